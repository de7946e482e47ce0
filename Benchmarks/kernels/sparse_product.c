// A matrix of which few elements are not zero, by rows.
#include "kernel.h"
#define N 20000
#define EACH 16
static int column[N][EACH];
static double value[N][EACH], x[N], y[N];
int main(void) {
    uint32_t state = 26;
    FILL(value, &state);
    FILL(x, &state);
    for (int i = 0; i < N; i++)
        for (int k = 0; k < EACH; k++) column[i][k] = (int)(noise(&state) % N);
    for (int t = 0; t < 150; t++) {
        for (int i = 0; i < N; i++) {
            double sum = 0;
            for (int k = 0; k < EACH; k++) sum += value[i][k] * x[column[i][k]];
            y[i] = sum;
        }
        for (int i = 0; i < N; i++) x[i] = y[i] * 0.1;
    }
    PRINT(y);
}
