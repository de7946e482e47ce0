// The lower triangle of C = a * A * transposed A + b * C.
#include "kernel.h"
#define N 800
static double a[N][N], c[N][N];
int main(void) {
    uint32_t state = 3;
    FILL(a, &state);
    FILL(c, &state);
    for (int i = 0; i < N; i++) {
        for (int j = 0; j <= i; j++) c[i][j] *= 0.8;
        for (int k = 0; k < N; k++)
            for (int j = 0; j <= i; j++) c[i][j] += 1.2 * a[i][k] * a[j][k];
    }
    PRINT(c);
}
