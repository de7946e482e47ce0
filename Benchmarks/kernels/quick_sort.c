// Integers, sorted in place.
#include "kernel.h"
#define N 1500000
static int32_t values[N];
static double result[2];
static void sort(int32_t *low, int32_t *high) {
    while (low < high) {
        int32_t pivot = low[(high - low) / 2], *i = low, *j = high;
        while (i <= j) {
            while (*i < pivot) i++;
            while (*j > pivot) j--;
            if (i <= j) {
                int32_t kept = *i;
                *i++ = *j;
                *j-- = kept;
            }
        }
        if (j - low < high - i) {
            sort(low, j);
            low = i;
        } else {
            sort(i, high);
            high = j;
        }
    }
}
int main(void) {
    uint32_t state = 24;
    for (int i = 0; i < N; i++) values[i] = (int32_t)noise(&state);
    sort(values, values + N - 1);
    for (int i = 0; i < N; i++) result[i & 1] += values[i] * (double)(i % 5);
    PRINT(result);
}
