// Forces between bodies, structures of arrays.
#include "kernel.h"
#define N 1200
static double x[N], y[N], z[N], m[N], fx[N], fy[N], fz[N];
int main(void) {
    uint32_t state = 28;
    FILL(x, &state);
    FILL(y, &state);
    FILL(z, &state);
    FILL(m, &state);
    for (int t = 0; t < 12; t++) {
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) {
                double dx = x[j] - x[i], dy = y[j] - y[i], dz = z[j] - z[i];
                double d = dx * dx + dy * dy + dz * dz + 0.01, f = m[j] / (d * __builtin_sqrt(d));
                fx[i] += f * dx, fy[i] += f * dy, fz[i] += f * dz;
            }
        for (int i = 0; i < N; i++) x[i] += fx[i] * 1e-9, y[i] += fy[i] * 1e-9, z[i] += fz[i] * 1e-9;
    }
    PRINT(fx);
}
