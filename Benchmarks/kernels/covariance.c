// Means and products of columns.
#include "kernel.h"
#define N 600
static double data[N][N], mean[N], product[N][N];
int main(void) {
    uint32_t state = 20;
    FILL(data, &state);
    for (int j = 0; j < N; j++) {
        for (int i = 0; i < N; i++) mean[j] += data[i][j];
        mean[j] /= N;
    }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) data[i][j] -= mean[j];
    for (int i = 0; i < N; i++)
        for (int j = i; j < N; j++) {
            double sum = 0;
            for (int k = 0; k < N; k++) sum += data[k][i] * data[k][j];
            product[i][j] = product[j][i] = sum / (N - 1);
        }
    PRINT(product);
}
