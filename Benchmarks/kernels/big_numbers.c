// Multiplication of numbers of 1024 bits in 64-bit limbs.
#include "kernel.h"

#include <string.h>

enum { LIMBS = 16, TIMES = 500000 };

static void multiply(uint64_t product[2 * LIMBS], const uint64_t a[LIMBS], const uint64_t b[LIMBS]) {
    memset(product, 0, 2 * LIMBS * sizeof *product);
    for (int i = 0; i < LIMBS; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < LIMBS; j++) {
            unsigned __int128 sum = (unsigned __int128)a[i] * b[j] + product[i + j] + carry;
            product[i + j] = (uint64_t)sum;
            carry = (uint64_t)(sum >> 64);
        }
        product[i + LIMBS] = carry;
    }
}

int main(void) {
    static uint64_t a[LIMBS], b[LIMBS], product[2 * LIMBS];
    uint32_t state = 11;
    for (int i = 0; i < LIMBS; i++) {
        a[i] = (uint64_t)noise(&state) << 32 | noise(&state);
        b[i] = (uint64_t)noise(&state) << 32 | noise(&state);
    }
    for (int time = 0; time < TIMES; time++) {
        multiply(product, a, b);
        memcpy(a, product + LIMBS / 2, sizeof a);
        a[0] |= 1;
    }
    printf("%016llx %016llx\n", (unsigned long long)a[3], (unsigned long long)a[LIMBS - 1]);
    return 0;
}
