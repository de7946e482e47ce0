#include "wasmc/abi.h"

#define FILL(type, low)                          \
    for (uint64_t i = 0; i < count; i++)         \
        ((type *)elements)[i] = (type)(low)

void wasmc_gc_fill(void *elements, uint64_t count, uint64_t low, uint64_t high, uint32_t element_bytes)
{
    switch (element_bytes) {
    case 2: FILL(uint16_t, low); break;
    case 4: FILL(uint32_t, low); break;
    case 8: FILL(uint64_t, low); break;
    default:
        for (uint64_t i = 0; i < count; i++) {
            ((uint64_t *)elements)[2 * i] = low;
            ((uint64_t *)elements)[2 * i + 1] = high;
        }
    }
}
