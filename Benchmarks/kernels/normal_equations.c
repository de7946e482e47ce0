// y = transposed A * (A * x).
#include "kernel.h"
#define N 1500
static double a[N][N], x[N], y[N], t[N];
int main(void) {
    uint32_t state = 6;
    FILL(a, &state);
    FILL(x, &state);
    for (int round = 0; round < 60; round++)
        for (int i = 0; i < N; i++) {
            double sum = 0;
            for (int j = 0; j < N; j++) sum += a[i][j] * x[j];
            t[i] = sum;
            for (int j = 0; j < N; j++) y[j] += a[i][j] * t[i] * 1e-6;
        }
    PRINT(y);
}
