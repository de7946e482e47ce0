/* embedding.h - what an embedder (host/embedding.c) and the process that it starts for the network say to each other over a
 * stream, descriptor 3 of that process. */
#ifndef WASMC_HELPER_EMBEDDING_H
#define WASMC_HELPER_EMBEDDING_H

#include <stdint.h>

/* First: how much follows. Names of the linked modules, each ended by a NUL; the words that are baked in, likewise, and a
 * NUL. */
struct wasmc_embedding {
    uint32_t module_count; /* the main module's included, which has no name */
    uint32_t names_bytes;
    uint32_t words_bytes;
};

/* Then the process answers with a byte for each channel, 1 where there is one, and passes those along. When it ends
 * without, it has said why. The end of the stream ends it. */
#define WASMC_EMBEDDING_CHANNELS 2

#endif
