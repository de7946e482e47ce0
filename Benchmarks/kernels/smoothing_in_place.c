// Each element depends on the one before: nothing to vectorise.
#include "kernel.h"
#define N 300
static double a[N][N];
int main(void) {
    uint32_t state = 12;
    FILL(a, &state);
    for (int t = 0; t < 100; t++)
        for (int i = 1; i < N - 1; i++)
            for (int j = 1; j < N - 1; j++)
                a[i][j] = (a[i - 1][j - 1] + a[i - 1][j] + a[i - 1][j + 1] + a[i][j - 1] + a[i][j] + a[i][j + 1] +
                           a[i + 1][j - 1] + a[i + 1][j] + a[i + 1][j + 1]) / 9.0;
    PRINT(a);
}
