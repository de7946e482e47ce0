// Seven neighbours in space.
#include "kernel.h"
#define N 60
static double a[N][N][N], b[N][N][N];
#define STEP(to, from)                                                                                      \
    for (int i = 1; i < N - 1; i++)                                                                         \
        for (int j = 1; j < N - 1; j++)                                                                     \
            for (int k = 1; k < N - 1; k++)                                                                 \
                to[i][j][k] = 0.125 * (from[i + 1][j][k] - 2 * from[i][j][k] + from[i - 1][j][k]) +         \
                              0.125 * (from[i][j + 1][k] - 2 * from[i][j][k] + from[i][j - 1][k]) +         \
                              0.125 * (from[i][j][k + 1] - 2 * from[i][j][k] + from[i][j][k - 1]) + from[i][j][k];
int main(void) {
    uint32_t state = 14;
    FILL(a, &state);
    FILL(b, &state);
    for (int t = 0; t < 250; t++) {
        STEP(b, a)
        STEP(a, b)
    }
    PRINT(a);
}
