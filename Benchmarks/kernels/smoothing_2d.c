// The mean of five neighbours.
#include "kernel.h"
#define N 300
static double a[N][N], b[N][N];
int main(void) {
    uint32_t state = 11;
    FILL(a, &state);
    FILL(b, &state);
    for (int t = 0; t < 3000; t++) {
        for (int i = 1; i < N - 1; i++)
            for (int j = 1; j < N - 1; j++)
                b[i][j] = 0.2 * (a[i][j] + a[i][j - 1] + a[i][j + 1] + a[i + 1][j] + a[i - 1][j]);
        for (int i = 1; i < N - 1; i++)
            for (int j = 1; j < N - 1; j++)
                a[i][j] = 0.2 * (b[i][j] + b[i][j - 1] + b[i][j + 1] + b[i + 1][j] + b[i - 1][j]);
    }
    PRINT(a);
}
