// C = a * (A * transposed B + B * transposed A) + b * C, by rows.
#include "kernel.h"
#define N 640
static double a[N][N], b[N][N], c[N][N];
int main(void) {
    uint32_t state = 4;
    FILL(a, &state);
    FILL(b, &state);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++)
            for (int j = 0; j <= i; j++) c[i][j] += a[k][j] * b[i][k] + b[k][j] * a[i][k];
    PRINT(c);
}
