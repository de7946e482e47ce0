// The factor of a symmetric matrix.
#include "kernel.h"
#define N 1000
static double a[N][N];
int main(void) {
    uint32_t state = 9;
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= i; j++) a[i][j] = fraction(&state) + (i == j) * N;
    for (int i = 0; i < N; i++)
        for (int j = 0; j <= i; j++) {
            double sum = a[i][j];
            for (int k = 0; k < j; k++) sum -= a[i][k] * a[j][k];
            a[i][j] = i == j ? __builtin_sqrt(sum) : sum / a[j][j];
        }
    PRINT(a);
}
