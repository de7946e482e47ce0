// Each element becomes the mean of three, to and fro.
#include "kernel.h"
#define N 4000
static double a[N], b[N];
int main(void) {
    uint32_t state = 10;
    FILL(a, &state);
    FILL(b, &state);
    for (int t = 0; t < 100000; t++) {
        for (int i = 1; i < N - 1; i++) b[i] = 0.33333 * (a[i - 1] + a[i] + a[i + 1]);
        for (int i = 1; i < N - 1; i++) a[i] = 0.33333 * (b[i - 1] + b[i] + b[i + 1]);
    }
    PRINT(a);
}
