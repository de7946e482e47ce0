// A fast Fourier transform, in place.
#include "kernel.h"
#define N (1 << 16)
static double re[N], im[N], wr[N / 2], wi[N / 2];
int main(void) {
    uint32_t state = 27;
    FILL(re, &state);
    double c = 0.99999999540410733, s = 9.587379909597734e-05;
    wr[0] = 1;
    for (int i = 1; i < N / 2; i++) wr[i] = wr[i - 1] * c - wi[i - 1] * s, wi[i] = wr[i - 1] * s + wi[i - 1] * c;
    for (int t = 0; t < 12; t++)
        for (int half = N / 2; half >= 1; half /= 2)
            for (int i = 0; i < N; i += 2 * half)
                for (int j = 0; j < half; j++) {
                    int w = j * (N / 2 / half);
                    double ar = re[i + j], ai = im[i + j], br = re[i + j + half], bi = im[i + j + half];
                    re[i + j] = (ar + br) * 0.5, im[i + j] = (ai + bi) * 0.5;
                    ar -= br, ai -= bi;
                    re[i + j + half] = (ar * wr[w] - ai * wi[w]) * 0.5, im[i + j + half] = (ar * wi[w] + ai * wr[w]) * 0.5;
                }
    PRINT(re);
}
