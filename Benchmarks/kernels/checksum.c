// Adler-32, and a polynomial hash in 64 bits.
#include "kernel.h"
#define N (1 << 20)
static unsigned char bytes[N];
static double result[2];
int main(void) {
    uint32_t state = 23;
    for (int i = 0; i < N; i++) bytes[i] = noise(&state) >> 24;
    uint32_t a = 1, b = 0;
    uint64_t hash = 14695981039346656037u;
    for (int t = 0; t < 40; t++) {
        for (int i = 0; i < N; i += 4096) {
            for (int j = 0; j < 4096; j++) a += bytes[i + j], b += a;
            a %= 65521, b %= 65521;
        }
        for (int i = 0; i < N; i++) hash = (hash ^ bytes[i]) * 1099511628211u;
    }
    result[0] = b * 65536.0 + a, result[1] = (double)(hash >> 16);
    PRINT(result);
}
