// A filter along the rows of an image, forwards and backwards.
#include "kernel.h"
#define N 700
static float image[N][N], forth[N][N], back[N][N];
static double result[N];
int main(void) {
    uint32_t state = 18;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) image[i][j] = (float)fraction(&state);
    for (int t = 0; t < 30; t++) {
        for (int i = 0; i < N; i++) {
            float x = 0, y1 = 0, y2 = 0;
            for (int j = 0; j < N; j++) {
                float y = 0.2f * image[i][j] + 0.1f * x + 0.4f * y1 - 0.2f * y2;
                forth[i][j] = y, x = image[i][j], y2 = y1, y1 = y;
            }
            x = y1 = y2 = 0;
            for (int j = N - 1; j >= 0; j--) {
                float y = 0.1f * x + 0.4f * y1 - 0.2f * y2;
                back[i][j] = y, x = image[i][j], y2 = y1, y1 = y;
            }
        }
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++) image[i][j] = forth[i][j] + back[i][j];
    }
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++) result[i] += image[i][j];
    PRINT(result);
}
