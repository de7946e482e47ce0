/* ceiling_words.h - what WASMC_GRANTS may say about the network under a ceiling. */
#ifndef WASMC_NET_CEILING_WORDS_H
#define WASMC_NET_CEILING_WORDS_H

#include "../grants.h"

/* Whether all that a word of --allow-outbound, --allow-inbound or --allow-resolve gives, the baked words of that grant
 * give together: one prefix or range of ports may be parts of several. Only in programs with sockets, as such words
 * mean nothing to others. */
bool wasmc_net_words_include(const struct wasmc_grants *baked, enum wasmc_grant_id id, const char *word)
    __attribute__((weak));

#endif
