// LU without pivoting, of a matrix with a large diagonal.
#include "kernel.h"
#define N 800
static double a[N][N];
int main(void) {
    uint32_t state = 7;
    FILL(a, &state);
    for (int i = 0; i < N; i++) a[i][i] += N;
    for (int k = 0; k < N; k++)
        for (int i = k + 1; i < N; i++) {
            a[i][k] /= a[k][k];
            for (int j = k + 1; j < N; j++) a[i][j] -= a[i][k] * a[k][j];
        }
    PRINT(a);
}
