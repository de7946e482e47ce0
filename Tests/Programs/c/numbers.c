/* numbers.c - corner cases of integer and floating-point arithmetic, as text and as one digest of many thousand
 * results. No NaN is printed by its bits: those may differ.
 */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t hash = 0xcbf29ce484222325u;

static void mix(uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        hash = (hash ^ (value >> 8 * i & 0xff)) * 0x100000001b3u;
    }
}

static void mix_double(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    mix(isnan(value) ? 0x7ff8000000000000u : bits);
}

static const uint64_t integers[] = {
    0, 1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x100000000,
    0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffffffe, 0xffffffffffffffff, 0x0123456789abcdef,
};

static const double doubles[] = {
    0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370495.5, 1e10, -1e10, 1e300,
    -1e300, 2147483647.0, -2147483649.0, 4294967295.5, 9223372036854775807.0, 1.8446744073709552e19, 3.5e-46, DBL_MIN,
    DBL_MAX, DBL_TRUE_MIN, INFINITY, -INFINITY, NAN,
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static void integer_operations(uint64_t a, uint64_t b)
{
    uint32_t x = (uint32_t)a, y = (uint32_t)b;

    mix(a + b), mix(a - b), mix(a * b), mix(a & b), mix(a | b), mix(a ^ b), mix(x * y);
    mix(a << (b & 63)), mix(a >> (b & 63)), mix((uint64_t)((int64_t)a >> (b & 63)));
    mix(x << (y & 31)), mix(x >> (y & 31)), mix((uint32_t)((int32_t)x >> (y & 31)));
    mix(__builtin_rotateleft64(a, b)), mix(__builtin_rotateright32(x, y));
    mix((int64_t)a < (int64_t)b), mix(a < b), mix((int32_t)x <= (int32_t)y), mix(x == y);
    if (b != 0) {
        mix(a / b), mix(a % b);
        if (!(a == UINT64_C(0x8000000000000000) && b == UINT64_MAX)) {
            mix((uint64_t)((int64_t)a / (int64_t)b)), mix((uint64_t)((int64_t)a % (int64_t)b));
        }
    }
    if (y != 0) {
        mix(x / y), mix(x % y);
    }
}

static void unary_operations(uint64_t a)
{
    mix((uint64_t)__builtin_popcountll(a)), mix((uint64_t)(int64_t)(int8_t)a), mix((uint64_t)(int64_t)(int16_t)a);
    mix((uint64_t)(int64_t)(int32_t)a), mix(a == 0);
    if (a != 0) {
        mix((uint64_t)__builtin_clzll(a)), mix((uint64_t)__builtin_ctzll(a));
    }
    mix_double((double)a), mix_double((double)(int64_t)a), mix_double((float)a), mix_double((float)(int32_t)a);
}

static void double_operations(double a, double b)
{
    float x = (float)a, y = (float)b;

    mix_double(a + b), mix_double(a - b), mix_double(a * b), mix_double(a / b);
    mix_double(__builtin_fmin(a, b)), mix_double(__builtin_fmax(a, b)), mix_double(copysign(a, b));
    mix_double(x + y), mix_double(x - y), mix_double(x * y), mix_double(x / y), mix_double(copysignf(x, y));
    mix(a < b), mix(a <= b), mix(a == b), mix(a != b), mix(x > y), mix(x >= y);
}

static void double_conversions(double a)
{
    mix_double(floor(a)), mix_double(ceil(a)), mix_double(trunc(a)), mix_double(rint(a)), mix_double(sqrt(a));
    mix_double(fabs(a)), mix_double(-a), mix_double((float)a);
    mix_double(floorf((float)a)), mix_double(rintf((float)a));
    mix((uint64_t)(int64_t)__builtin_wasm_trunc_saturate_s_i32_f64(a));
    mix((uint64_t)(uint32_t)__builtin_wasm_trunc_saturate_u_i32_f64(a));
    mix((uint64_t)__builtin_wasm_trunc_saturate_s_i64_f64(a));
    mix((uint64_t)__builtin_wasm_trunc_saturate_u_i64_f64(a));
    mix((uint64_t)__builtin_wasm_trunc_saturate_u_i64_f32((float)a));
}

static void print_examples(void)
{
    volatile double third = 1.0 / 3, negative_zero = -0.0;
    volatile int64_t smallest = INT64_MIN;

    printf("%.17g %g %a\n", third, negative_zero, third);
    printf("%" PRId64 " %" PRIu64 " %" PRIx64 "\n", smallest, (uint64_t)smallest, (uint64_t)(smallest >> 60));
    printf("%g %g %g %g\n", rint(2.5), rint(3.5), rint(-0.4), nearbyint(0.49999999999999994));
    printf("%g %g %g\n", fmin(negative_zero, 0.0) == 0 ? 0.0 : 1.0, fmax(NAN, 1.0), sqrt(2.0));
    printf("%.10g %.10g %.10g %.10g\n", sin(1e6), exp(-10.5), pow(2.5, 7.25), log1p(1e-10));
    printf("%ld %g %g\n", strtol("-0x7f", NULL, 16), strtod("1e-320", NULL), strtod("inf", NULL));
}

int main(void)
{
    for (size_t i = 0; i < COUNT(integers); i++) {
        unary_operations(integers[i]);
        for (size_t j = 0; j < COUNT(integers); j++) {
            integer_operations(integers[i], integers[j]);
        }
    }
    printf("integers %016" PRIx64 "\n", hash);
    for (size_t i = 0; i < COUNT(doubles); i++) {
        double_conversions(doubles[i]);
        for (size_t j = 0; j < COUNT(doubles); j++) {
            double_operations(doubles[i], doubles[j]);
        }
    }
    printf("doubles %016" PRIx64 "\n", hash);
    print_examples();
    return 0;
}
