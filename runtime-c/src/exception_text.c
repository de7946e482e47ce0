#include "exception_text.h"

#include <string.h>

#include "value_text.h"
#include "wasmc/abi.h"
#include "wasmc/host.h"

/* How much of a tag's name, and how many of an exception's values, a message shows. */
enum { NAME_LIMIT_BYTES = 200, VALUE_LIMIT = 16 };

void wasmc_exception_put(struct wasmc_text *text, const char *name, const char *signature, const uint64_t *slots)
{
    if (!text->in_json)
        wasmc_text_string(text, "trap: ");
    wasmc_text_string(text, wasmc_trap_phrase(WASMC_TRAP_UNHANDLED_EXCEPTION));
    wasmc_text_string(text, ": ");
    wasmc_text_escaped(text, name, strlen(name), NAME_LIMIT_BYTES);
    wasmc_text_string(text, "(");
    for (uint32_t i = 0; signature[i] != '\0'; i++) {
        if (i > 0)
            wasmc_text_string(text, ", ");
        if (i == VALUE_LIMIT) {
            wasmc_text_string(text, "...");
            break;
        }
        wasmc_value_put(text, signature[i], slots + (size_t)i * WASMC_SLOTS_PER_VALUE);
    }
    wasmc_text_string(text, ")");
}
