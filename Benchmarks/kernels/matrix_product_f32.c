// A product in single precision, by dot products with a transposed matrix.
#include "kernel.h"
#define N 640
static float a[N][N], b[N][N];
static double c[N][N];
int main(void) {
    uint32_t state = 2;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) a[i][j] = (float)fraction(&state), b[j][i] = (float)fraction(&state);
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) {
            float sum[8] = {0};
            for (int k = 0; k < N; k += 8)
                for (int l = 0; l < 8; l++) sum[l] += a[i][k + l] * b[j][k + l];
            c[i][j] = sum[0] + sum[1] + sum[2] + sum[3] + sum[4] + sum[5] + sum[6] + sum[7];
        }
    PRINT(c);
}
