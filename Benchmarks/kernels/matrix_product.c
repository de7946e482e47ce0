// C = a * A * B + b * C.
#include "kernel.h"
#define N 360
static double a[N][N], b[N][N], c[N][N];
int main(void) {
    uint32_t state = 1;
    FILL(a, &state);
    FILL(b, &state);
    for (int round = 0; round < 20; round++)
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) c[i][j] *= 0.9;
            for (int k = 0; k < N; k++)
                for (int j = 0; j < N; j++) c[i][j] += 1.1 * a[i][k] * b[k][j];
        }
    PRINT(c);
}
