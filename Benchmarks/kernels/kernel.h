// What the kernels share: numbers to begin with, and the one line that they print.

#include <stdint.h>
#include <stdio.h>

static inline uint32_t noise(uint32_t *state) { return *state = *state * 1664525u + 1013904223u; }

static inline double fraction(uint32_t *state) { return (noise(state) >> 8) * (1.0 / 16777216); }

#define FILL(array, state)                                                              \
    for (size_t filled = 0; filled < sizeof(array) / sizeof(double); filled++) {        \
        ((double *)(array))[filled] = fraction(state);                                  \
    }

static inline double total(const double *values, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += values[i] * (double)(i % 7 + 1);
    return sum;
}

#define PRINT(array) printf("%.17g\n", total((const double *)(array), sizeof(array) / sizeof(double)))
