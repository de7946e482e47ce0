#include "value_text.h"

#include "number.h"

void wasmc_value_put(struct wasmc_text *text, char kind, const uint64_t *slots)
{
    char number[WASMC_NUMBER_TEXT_BYTES];
    switch (kind) {
    case 'i': wasmc_text_signed(text, (int32_t)slots[0]); break;
    case 'l': wasmc_text_signed(text, (int64_t)slots[0]); break;
    case 'f':
        wasmc_number_print_f32((uint32_t)slots[0], number);
        wasmc_text_string(text, number);
        break;
    case 'd':
        wasmc_number_print_f64(slots[0], number);
        wasmc_text_string(text, number);
        break;
    case 'v':
        wasmc_number_print_v128(slots, number);
        wasmc_text_string(text, number);
        break;
    case 'R': wasmc_text_string(text, slots[0] == 0 ? "<null ref>" : "<ref>"); break;
    case 'F': wasmc_text_string(text, slots[0] == 0 ? "<null funcref>" : "<funcref>"); break;
    default: wasmc_text_string(text, slots[0] == 0 ? "<null externref>" : "<externref>"); break;
    }
}
