/* rule_error.c - what is wrong with a rule, for people. */
#include "rule.h"

#include <string.h>

/* Of a word that may be anybody's. */
#define SHOWN_WORD_BYTES 120
#define SHOWN_FOUND_BYTES 60

void wasmc_net_error_print(struct wasmc_text *text, const char *word, const struct wasmc_net_error *error)
{
    size_t bytes = strnlen(word, WASMC_NET_RULE_BYTES + 1);
    wasmc_text_escaped(text, word, bytes, SHOWN_WORD_BYTES);
    wasmc_text_string(text, ": expected ");
    wasmc_text_string(text, error->expected);
    if (error->at >= bytes) {
        wasmc_text_string(text, ", found the end");
        return;
    }
    wasmc_text_string(text, error->bytes == 0 ? ", found nothing" : ", found '");
    if (error->bytes != 0) {
        wasmc_text_escaped(text, word + error->at, error->bytes, SHOWN_FOUND_BYTES);
        wasmc_text_string(text, "'");
    }
    wasmc_text_string(text, " at byte ");
    wasmc_text_decimal(text, error->at + 1);
}
