// LU by dot products along a row and a column.
#include "kernel.h"
#define N 640
static double a[N][N];
int main(void) {
    uint32_t state = 8;
    FILL(a, &state);
    for (int i = 0; i < N; i++) a[i][i] += N;
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < i; j++) {
            for (int k = 0; k < j; k++) a[i][j] -= a[i][k] * a[k][j];
            a[i][j] /= a[j][j];
        }
        for (int j = i; j < N; j++)
            for (int k = 0; k < i; k++) a[i][j] -= a[i][k] * a[k][j];
    }
    PRINT(a);
}
