/* FLAGS: -msimd128
 *
 * vectors.c - 128-bit vectors: explicit instructions in kernels that people ship (base64, UTF-8 length, a matrix, an
 * image filter, a checksum), each beside its scalar form. Exit status: the number of kernels whose results differ.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasm_simd128.h>

#define BYTES 4096
#define SIDE 32

static uint8_t input[BYTES], scalar_output[2 * BYTES], vector_output[2 * BYTES];
static float left[SIDE][SIDE], right[SIDE][SIDE], scalar_product[SIDE][SIDE], vector_product[SIDE][SIDE];
static int failures;

static uint32_t next_random(void)
{
    static uint32_t state = 2463534242u;

    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    return state;
}

static uint64_t digest(const void *bytes, size_t size)
{
    const uint8_t *byte = bytes;
    uint64_t hash = 0xcbf29ce484222325u;

    while (size-- > 0) {
        hash = (hash ^ *byte++) * 0x100000001b3u;
    }
    return hash;
}

static void check(const char *kernel, bool equal, uint64_t value)
{
    printf("%-12s %s %016llx\n", kernel, equal ? "ok" : "WRONG", (unsigned long long)value);
    failures += !equal;
}

static uint8_t base64_digit(uint8_t value)
{
    return (uint8_t)"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[value];
}

/* Twelve bytes become sixteen digits: a swizzle spreads them, shifts and masks cut them, a table moves them. */
static v128_t base64_of_12(v128_t bytes)
{
    v128_t spread = wasm_i8x16_swizzle(bytes, wasm_i8x16_const(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10));
    v128_t first = wasm_v128_and(wasm_u32x4_shr(spread, 10), wasm_i32x4_const_splat(0x3f));
    v128_t second = wasm_v128_and(wasm_i32x4_shl(spread, 4), wasm_i32x4_const_splat(0x3f00));
    v128_t third = wasm_v128_and(wasm_u32x4_shr(spread, 6), wasm_i32x4_const_splat(0x3f0000));
    v128_t fourth = wasm_v128_and(wasm_i32x4_shl(spread, 8), wasm_i32x4_const_splat(0x3f000000));
    v128_t values = wasm_v128_or(wasm_v128_or(first, second), wasm_v128_or(third, fourth));
    v128_t kind = wasm_u8x16_sub_sat(values, wasm_i8x16_const_splat(51));
    v128_t is_upper = wasm_i8x16_lt(values, wasm_i8x16_const_splat(26));
    v128_t shifts = wasm_i8x16_const('a' - 26, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52, '0' - 52,
                                     '0' - 52, '0' - 52, '0' - 52, '+' - 62, '/' - 63, 'A', 0, 0);

    kind = wasm_v128_bitselect(wasm_i8x16_const_splat(13), kind, is_upper);
    return wasm_i8x16_add(values, wasm_i8x16_swizzle(shifts, kind));
}

static void base64(void)
{
    size_t blocks = (BYTES - 4) / 12;

    for (size_t i = 0; i < blocks; i++) {
        wasm_v128_store(vector_output + 16 * i, base64_of_12(wasm_v128_load(input + 12 * i)));
        for (size_t j = 0; j < 4; j++) {
            const uint8_t *three = input + 12 * i + 3 * j;
            uint8_t *four = scalar_output + 16 * i + 4 * j;

            four[0] = base64_digit(three[0] >> 2);
            four[1] = base64_digit((uint8_t)((three[0] & 3) << 4 | three[1] >> 4));
            four[2] = base64_digit((uint8_t)((three[1] & 15) << 2 | three[2] >> 6));
            four[3] = base64_digit(three[2] & 63);
        }
    }
    check("base64", memcmp(scalar_output, vector_output, 16 * blocks) == 0, digest(vector_output, 16 * blocks));
}

static void utf8_length(void)
{
    size_t scalar = 0, vector = 0;

    for (size_t i = 0; i < BYTES; i++) {
        scalar += (input[i] & 0xc0) != 0x80;
    }
    for (size_t i = 0; i < BYTES; i += 16) {
        v128_t is_start = wasm_i8x16_gt(wasm_v128_load(input + i), wasm_i8x16_const_splat(-65));

        vector += (size_t)__builtin_popcount(wasm_i8x16_bitmask(is_start));
    }
    check("utf8", scalar == vector, vector);
}

static void matrix(void)
{
    for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column += 4) {
            v128_t sum = wasm_f32x4_const_splat(0);

            for (int k = 0; k < SIDE; k++) {
                v128_t factor = wasm_v128_load32_splat(&left[row][k]);

                sum = wasm_f32x4_add(sum, wasm_f32x4_mul(factor, wasm_v128_load(&right[k][column])));
            }
            wasm_v128_store(&vector_product[row][column], sum);
        }
    }
    for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
            volatile float sum = 0;

            for (int k = 0; k < SIDE; k++) {
                volatile float product = left[row][k] * right[k][column];

                sum += product;
            }
            scalar_product[row][column] = sum;
        }
    }
    check("matrix", memcmp(scalar_product, vector_product, sizeof vector_product) == 0,
          digest(vector_product, sizeof vector_product));
}

static void blur(void)
{
    for (size_t i = 0; i + 32 <= BYTES; i += 16) {
        v128_t here = wasm_v128_load(input + i), next = wasm_v128_load(input + i + 1);

        wasm_v128_store(vector_output + i, wasm_u8x16_avgr(here, wasm_u8x16_max(next, wasm_i8x16_const_splat(16))));
    }
    for (size_t i = 0; i < BYTES - 16; i++) {
        unsigned next = input[i + 1] > 16 ? input[i + 1] : 16;

        scalar_output[i] = (uint8_t)((input[i] + next + 1) / 2);
    }
    check("blur", memcmp(scalar_output, vector_output, BYTES - 16) == 0, digest(vector_output, BYTES - 16));
}

static void dot_product(void)
{
    const int16_t *values = (const int16_t *)(const void *)input;
    int64_t scalar = 0, vector;
    v128_t sum = wasm_i64x2_const_splat(0);

    for (size_t i = 0; i + 16 <= BYTES / 2; i += 8) {
        v128_t products = wasm_i32x4_dot_i16x8(wasm_v128_load(values + i), wasm_v128_load(values + i + 8));

        sum = wasm_i64x2_add(sum, wasm_i64x2_extend_low_i32x4(products));
        sum = wasm_i64x2_add(sum, wasm_i64x2_extend_high_i32x4(products));
        for (size_t j = 0; j < 8; j += 2) {
            scalar += (int32_t)((uint32_t)(values[i + j] * values[i + j + 8]) +
                                (uint32_t)(values[i + j + 1] * values[i + j + 9]));
        }
    }
    vector = wasm_i64x2_extract_lane(sum, 0) + wasm_i64x2_extract_lane(sum, 1);
    check("dot", scalar == vector, (uint64_t)vector);
}

static void conversions(void)
{
    const v128_t values = wasm_f32x4_make(-1e10f, 3e9f, NAN, -2.5f);
    const v128_t wide = wasm_f64x2_make(1e300, -0.75);
    int32_t lanes[4], unsigned_lanes[4], narrow[4];
    float rounded[4];
    bool equal;

    wasm_v128_store(lanes, wasm_i32x4_trunc_sat_f32x4(values));
    wasm_v128_store(unsigned_lanes, wasm_u32x4_trunc_sat_f32x4(values));
    wasm_v128_store(narrow, wasm_i32x4_trunc_sat_f64x2_zero(wide));
    wasm_v128_store(rounded, wasm_f32x4_nearest(wasm_f32x4_make(0.5f, 1.5f, -2.5f, 7.49f)));
    equal = lanes[0] == INT32_MIN && lanes[1] == INT32_MAX && lanes[2] == 0 && lanes[3] == -2 &&
            unsigned_lanes[0] == 0 && (uint32_t)unsigned_lanes[1] == 3000000000u && narrow[0] == INT32_MAX &&
            narrow[1] == 0 && narrow[3] == 0 && rounded[0] == 0 && rounded[1] == 2 && rounded[2] == -2 && rounded[3] == 7;
    check("conversions", equal, digest(lanes, sizeof lanes) ^ digest(unsigned_lanes, sizeof unsigned_lanes));
}

static void saturation(void)
{
    v128_t words = wasm_i16x8_make(-32768, 32767, 300, -300, 127, 128, -128, -129);
    int8_t narrow[16];
    int16_t products[8];
    static const int8_t expected[8] = {-128, 127, 127, -128, 127, 127, -128, -128};
    bool equal;

    wasm_v128_store(narrow, wasm_i8x16_narrow_i16x8(words, words));
    wasm_v128_store(products, wasm_i16x8_q15mulr_sat(words, wasm_i16x8_const_splat(-32768)));
    equal = memcmp(narrow, expected, 8) == 0 && products[0] == 32767 && products[1] == -32767 && products[2] == -300 &&
            wasm_i16x8_all_true(words) && wasm_v128_any_true(words) && !wasm_i8x16_all_true(wasm_i8x16_const_splat(0));
    check("saturation", equal, digest(narrow, sizeof narrow) ^ digest(products, sizeof products));
}

int main(void)
{
    for (size_t i = 0; i < BYTES; i++) {
        input[i] = (uint8_t)next_random();
    }
    for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
            left[row][column] = (float)(int32_t)next_random() / 65536;
            right[row][column] = (float)(int32_t)next_random() / 1048576;
        }
    }
    base64();
    utf8_length();
    matrix();
    blur();
    dot_product();
    conversions();
    saturation();
    return failures;
}
