// Two rows of a table of 16-bit numbers.
#include "kernel.h"
#define N 6000
static unsigned char a[N], b[N];
static uint16_t before[N + 1], now[N + 1];
static double result[1];
int main(void) {
    uint32_t state = 17;
    for (int i = 0; i < N; i++) a[i] = noise(&state) >> 30, b[i] = noise(&state) >> 30;
    for (int j = 0; j <= N; j++) before[j] = (uint16_t)j;
    for (int i = 1; i <= N; i++) {
        now[0] = (uint16_t)i;
        for (int j = 1; j <= N; j++) {
            int best = before[j - 1] + (a[i - 1] != b[j - 1]);
            if (before[j] + 1 < best) best = before[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            now[j] = (uint16_t)best;
        }
        for (int j = 0; j <= N; j++) before[j] = now[j];
    }
    result[0] = before[N];
    PRINT(result);
}
