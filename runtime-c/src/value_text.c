#include "value_text.h"

#include <stddef.h>

void wasmc_value_put(struct wasmc_text *text, char kind, const uint64_t *slots)
{
    switch (kind) {
    case 'i': wasmc_text_signed(text, (int32_t)slots[0]); break;
    case 'l': wasmc_text_signed(text, (int64_t)slots[0]); break;
    case 'f':
    case 'd':
    case 'v':
        if (wasmc_value_put_number != NULL)
            wasmc_value_put_number(text, kind, slots);
        break;
    case 'R': wasmc_text_string(text, slots[0] == 0 ? "<null ref>" : "<ref>"); break;
    case 'F': wasmc_text_string(text, slots[0] == 0 ? "<null funcref>" : "<funcref>"); break;
    default: wasmc_text_string(text, slots[0] == 0 ? "<null externref>" : "<externref>"); break;
    }
}
