#include "number.h"
#include "value_text.h"

void wasmc_value_put_number(struct wasmc_text *text, char kind, const uint64_t *slots)
{
    char number[WASMC_NUMBER_TEXT_BYTES];
    switch (kind) {
    case 'f': wasmc_number_print_f32((uint32_t)slots[0], number); break;
    case 'd': wasmc_number_print_f64(slots[0], number); break;
    default: wasmc_number_print_v128(slots, number); break;
    }
    wasmc_text_string(text, number);
}
