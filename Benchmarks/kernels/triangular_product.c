// B = A * B with a triangular A.
#include "kernel.h"
#define N 640
static double a[N][N], b[N][N];
int main(void) {
    uint32_t state = 5;
    FILL(a, &state);
    FILL(b, &state);
    for (int i = 0; i < N; i++)
        for (int k = i + 1; k < N; k++)
            for (int j = 0; j < N; j++) b[i][j] += a[k][i] * b[k][j] * 0.01;
    PRINT(b);
}
