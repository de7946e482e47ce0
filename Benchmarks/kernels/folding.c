// Pairs of bases in a sequence, by dynamic programming over intervals.
#include "kernel.h"
#define N 1500
static int table[N][N];
static unsigned char sequence[N];
static double result[N];
int main(void) {
    uint32_t state = 16;
    for (int i = 0; i < N; i++) sequence[i] = noise(&state) >> 30;
    for (int i = N - 1; i >= 0; i--)
        for (int j = i + 1; j < N; j++) {
            int best = table[i][j - 1];
            if (i + 1 < N && table[i + 1][j] > best) best = table[i + 1][j];
            if (i + 1 < N && i < j - 1) {
                int pair = table[i + 1][j - 1] + (sequence[i] + sequence[j] == 3);
                if (pair > best) best = pair;
            }
            for (int k = i + 1; k < j; k++)
                if (table[i][k] + table[k + 1][j] > best) best = table[i][k] + table[k + 1][j];
            table[i][j] = best;
        }
    for (int i = 0; i < N; i++) result[i] = table[i][N - 1];
    PRINT(result);
}
