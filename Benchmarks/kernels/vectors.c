// FLAGS: -msimd128
// Vectors of 128 bits written as such: a blend of pictures in f32x4 and differences of bytes in u8x16.
#include "kernel.h"

#include <string.h>

typedef float Floats __attribute__((vector_size(16)));
typedef uint8_t Bytes __attribute__((vector_size(16)));

enum { VECTORS = 4096, ROUNDS = 80000 };
static Floats picture[VECTORS], other[VECTORS];
static Bytes before[VECTORS / 4], after[VECTORS / 4];

int main(void) {
    uint32_t state = 13, sum = 0;
    for (int i = 0; i < VECTORS; i++) {
        for (int lane = 0; lane < 4; lane++) {
            picture[i][lane] = (float)fraction(&state);
            other[i][lane] = (float)fraction(&state);
        }
    }
    for (int i = 0; i < VECTORS / 4; i++) {
        for (int lane = 0; lane < 16; lane++) before[i][lane] = (uint8_t)(noise(&state) >> 24);
    }
    for (int round = 0; round < ROUNDS; round++) {
        Floats weight = {0.5f, 0.25f, 0.125f, 0.75f};
        for (int i = 0; i < VECTORS; i++) picture[i] = picture[i] * (1 - weight) + other[i] * weight;
        Bytes total = {0};
        for (int i = 0; i < VECTORS / 4; i++) {
            Bytes mask = (Bytes)(before[i] > after[i]);
            total += ((before[i] - after[i]) & mask) | ((after[i] - before[i]) & ~mask);
            after[i] = before[i] + (uint8_t)round;
        }
        for (int lane = 0; lane < 16; lane++) sum = sum * 31 + total[lane];
    }
    for (int i = 0; i < VECTORS; i++) {
        uint32_t bits;
        float lane = picture[i][i % 4];
        memcpy(&bits, &lane, 4);
        sum = sum * 31 + bits;
    }
    printf("%u\n", sum);
    return 0;
}
