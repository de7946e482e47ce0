#include "leb128.h"

bool wasmc_leb128_read(struct wasmc_leb128 *list, bool is_signed, uint64_t *value)
{
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 70 && list->next < list->end; shift += 7) {
        uint8_t byte = *list->next++;
        if (shift < 64)
            result |= (uint64_t)(byte & 0x7f) << shift;
        if (byte & 0x80)
            continue;
        if (is_signed && (byte & 0x40) && shift + 7 < 64)
            result |= ~UINT64_C(0) << (shift + 7);
        *value = result;
        return true;
    }
    return false;
}

bool wasmc_leb128_unsigned(struct wasmc_leb128 *list, uint64_t *value)
{
    return wasmc_leb128_read(list, false, value);
}

bool wasmc_leb128_add(struct wasmc_leb128 *list, uint64_t *value)
{
    uint64_t delta;
    if (!wasmc_leb128_read(list, true, &delta))
        return false;
    *value += delta;
    return true;
}
