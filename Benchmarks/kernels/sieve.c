// Primes, in bytes.
#include "kernel.h"
#define N 4000000
static unsigned char composite[N];
static double result[1];
int main(void) {
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < N; i++) composite[i] = 0;
        for (int i = 2; i * i < N; i++)
            if (!composite[i])
                for (int j = i * i; j < N; j += i) composite[j] = 1;
        for (int i = 2; i < N; i++) result[0] += !composite[i];
    }
    PRINT(result);
}
