// Bytes are counted, and what is counted summed up.
#include "kernel.h"
#define N (1 << 20)
static unsigned char bytes[N];
static uint32_t counts[256];
static double result[256];
int main(void) {
    uint32_t state = 21;
    for (int i = 0; i < N; i++) bytes[i] = noise(&state) >> 24;
    for (int t = 0; t < 60; t++)
        for (int i = 0; i < N; i++) counts[bytes[i]]++;
    for (int i = 0; i < 256; i++) result[i] = counts[i];
    PRINT(result);
}
