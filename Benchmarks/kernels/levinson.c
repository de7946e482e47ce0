// A system of equations that two vectors describe.
#include "kernel.h"
#define N 10000
static double r[N], y[N], z[N];
int main(void) {
    uint32_t state = 19;
    FILL(r, &state);
    for (int i = 0; i < N; i++) r[i] *= 0.001;
    y[0] = -r[0];
    double beta = 1, alpha = -r[0];
    for (int k = 1; k < N; k++) {
        beta *= 1 - alpha * alpha;
        double sum = 0;
        for (int i = 0; i < k; i++) sum += r[k - i - 1] * y[i];
        alpha = -(r[k] + sum) / beta;
        for (int i = 0; i < k; i++) z[i] = y[i] + alpha * y[k - i - 1];
        for (int i = 0; i < k; i++) y[i] = z[i];
        y[k] = alpha;
    }
    PRINT(y);
}
