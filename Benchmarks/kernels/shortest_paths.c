// All pairs, in integers.
#include "kernel.h"
#define N 800
static int path[N][N];
static double result[N];
int main(void) {
    uint32_t state = 15;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) path[i][j] = (int)(noise(&state) >> 16) % 999 + 1;
    for (int k = 0; k < N; k++)
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++)
                path[i][j] = path[i][j] < path[i][k] + path[k][j] ? path[i][j] : path[i][k] + path[k][j];
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) result[i] += path[i][j];
    PRINT(result);
}
