#include "check.h"
#include "number.h"

static void check_integer(const char *text, unsigned bits, int is_valid, uint64_t expected)
{
    uint64_t value = 0;
    bool valid = wasmc_number_parse_integer(text, bits, &value);
    CHECK_EQUAL(valid, is_valid, text);
    if (valid)
        CHECK_EQUAL(value, expected, text);
}

static void test_integers(void)
{
    check_integer("0", 32, 1, 0);
    check_integer("-1", 32, 1, 0xffffffff);
    check_integer("4294967295", 32, 1, 0xffffffff);
    check_integer("4294967296", 32, 0, 0);
    check_integer("-2147483648", 32, 1, 0x80000000);
    check_integer("-2147483649", 32, 0, 0);
    check_integer("+7", 32, 1, 7);
    check_integer("0xFf", 32, 1, 255);
    check_integer("-0x80000000", 32, 1, 0x80000000);
    check_integer("18446744073709551615", 64, 1, UINT64_MAX);
    check_integer("18446744073709551616", 64, 0, 0);
    check_integer("-9223372036854775808", 64, 1, UINT64_C(1) << 63);
    check_integer("-9223372036854775809", 64, 0, 0);
    check_integer("", 32, 0, 0);
    check_integer("-", 32, 0, 0);
    check_integer("0x", 32, 0, 0);
    check_integer("1a", 32, 0, 0);
    check_integer(" 1", 32, 0, 0);
    check_integer("1 ", 32, 0, 0);
    check_integer("--1", 32, 0, 0);
}

static void check_f32(const char *text, int is_valid, uint32_t bits, const char *printed)
{
    uint32_t value = 0;
    char back[WASMC_NUMBER_TEXT_BYTES];
    CHECK_EQUAL(wasmc_number_parse_f32(text, &value), is_valid, text);
    if (!is_valid)
        return;
    CHECK_EQUAL(value, bits, text);
    wasmc_number_print_f32(value, back);
    CHECK_TEXT(back, printed);
}

static void check_f64(const char *text, int is_valid, uint64_t bits, const char *printed)
{
    uint64_t value = 0;
    char back[WASMC_NUMBER_TEXT_BYTES];
    CHECK_EQUAL(wasmc_number_parse_f64(text, &value), is_valid, text);
    if (!is_valid)
        return;
    CHECK_EQUAL(value, bits, text);
    wasmc_number_print_f64(value, back);
    CHECK_TEXT(back, printed);
}

static void test_floats(void)
{
    check_f32("1", 1, 0x3f800000, "1");
    check_f32("-0", 1, 0x80000000, "-0");
    check_f32("0.1", 1, 0x3dcccccd, "0.1");
    check_f32("16777216", 1, 0x4b800000, "16777216");
    check_f32("3.4028235e38", 1, 0x7f7fffff, "340282350000000000000000000000000000000");
    check_f32("1e-45", 1, 1, "0.000000000000000000000000000000000000000000001");
    check_f32("inf", 1, 0x7f800000, "inf");
    check_f32("-inf", 1, 0xff800000, "-inf");
    check_f32("1e40", 1, 0x7f800000, "inf");
    check_f32("nan", 1, 0x7fc00000, "NaN");
    check_f32("-nan:0x200000", 1, 0xffa00000, "NaN");
    check_f32("nan:0x800000", 0, 0, "");
    check_f32("nan:0x0", 0, 0, "");
    check_f64("1.5", 1, 0x3ff8000000000000, "1.5");
    check_f64("0x1.8p1", 1, 0x4008000000000000, "3");
    check_f64("0.1", 1, 0x3fb999999999999a, "0.1");
    check_f64("123456.789", 1, 0x40fe240c9fbe76c9, "123456.789");
    check_f64("1e21", 1, 0x444b1ae4d6e2ef50, "1000000000000000000000");
    check_f64("1.7976931348623157e308", 1, 0x7fefffffffffffff,
              "17976931348623157000000000000000000000000000000000000000000000000000000000000000000000000000000000"
              "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
              "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
              "000000000000000");
    check_f64("nan", 1, 0x7ff8000000000000, "NaN");
    check_f64("nan:0xfffffffffffff", 1, 0x7fffffffffffffff, "NaN");
    check_f64("", 0, 0, "");
    check_f64(" 1", 0, 0, "");
    check_f64("1x", 0, 0, "");
    check_f64("infinity", 0, 0, "");
    check_f64("nan(1)", 0, 0, "");
    check_f64("--1", 0, 0, "");
}

/* The shortest text must read back as the same value, for values of every size. */
static void test_round_trip(void)
{
    uint64_t state = 1;
    char text[WASMC_NUMBER_TEXT_BYTES];
    int wrong = 0;
    for (int i = 0; i < 3000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t bits = state & UINT64_C(0xffefffffffffffff);
        uint64_t back = 0;
        wasmc_number_print_f64(bits, text);
        wrong += !wasmc_number_parse_f64(text, &back) || back != bits;
        uint32_t bits32 = (uint32_t)(state >> 32) & 0xff7fffff;
        uint32_t back32 = 0;
        wasmc_number_print_f32(bits32, text);
        wrong += !wasmc_number_parse_f32(text, &back32) || back32 != bits32;
    }
    CHECK_EQUAL(wrong, 0, "round trips");
}

static void test_v128(void)
{
    char text[WASMC_NUMBER_TEXT_BYTES];
    wasmc_number_print_v128((const uint64_t[]){0, 0}, text);
    CHECK_TEXT(text, "0");
    wasmc_number_print_v128((const uint64_t[]){UINT64_MAX, UINT64_MAX}, text);
    CHECK_TEXT(text, "340282366920938463463374607431768211455");
    wasmc_number_print_v128((const uint64_t[]){0, 1}, text);
    CHECK_TEXT(text, "18446744073709551616");
}

void test_number(void)
{
    test_integers();
    test_floats();
    test_round_trip();
    test_v128();
}
