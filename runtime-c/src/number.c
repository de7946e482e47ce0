#include "number.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return 99;
}

static bool is_hexadecimal(const char *text)
{
    return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

static bool parse_digits(const char *text, uint64_t *value)
{
    unsigned base = 10;
    if (is_hexadecimal(text)) {
        base = 16;
        text += 2;
    }
    if (*text == '\0')
        return false;
    *value = 0;
    for (; *text != '\0'; text++) {
        unsigned digit = (unsigned)digit_value(*text);
        if (digit >= base || __builtin_mul_overflow(*value, (uint64_t)base, value) ||
            __builtin_add_overflow(*value, (uint64_t)digit, value))
            return false;
    }
    return true;
}

static const char *skip_sign(const char *text, bool *is_negative)
{
    *is_negative = *text == '-';
    return *text == '-' || *text == '+' ? text + 1 : text;
}

bool wasmc_number_parse_integer(const char *text, unsigned bits, uint64_t *value)
{
    bool is_negative;
    uint64_t magnitude;
    if (!parse_digits(skip_sign(text, &is_negative), &magnitude))
        return false;
    uint64_t all = UINT64_MAX >> (64 - bits);
    uint64_t sign = UINT64_C(1) << (bits - 1);
    if (magnitude > (is_negative ? sign : all))
        return false;
    *value = (is_negative ? 0 - magnitude : magnitude) & all;
    return true;
}

/* "nan" and "nan:0x<payload>": the fraction's bits, of which there are fraction_bits. */
static bool parse_nan(const char *text, unsigned fraction_bits, uint64_t *fraction)
{
    if (strncmp(text, "nan", 3) != 0)
        return false;
    text += 3;
    *fraction = UINT64_C(1) << (fraction_bits - 1);
    if (*text == '\0')
        return true;
    return *text == ':' && is_hexadecimal(text + 1) && parse_digits(text + 1, fraction) && *fraction != 0 &&
           *fraction >> fraction_bits == 0;
}

/* Whether strtod's grammar is the one we want here: it also takes blanks, "infinity" and "nan(...)". */
static bool starts_number(const char *text)
{
    return digit_value(text[0]) < 10 || text[0] == '.' || strcmp(text, "inf") == 0;
}

bool wasmc_number_parse_f32(const char *text, uint32_t *bits)
{
    bool is_negative;
    uint64_t fraction;
    const char *magnitude = skip_sign(text, &is_negative);
    if (parse_nan(magnitude, 23, &fraction)) {
        *bits = UINT32_C(0x7f800000) | (uint32_t)fraction;
    } else {
        char *end;
        if (!starts_number(magnitude))
            return false;
        float value = strtof(magnitude, &end);
        if (*end != '\0')
            return false;
        memcpy(bits, &value, sizeof *bits);
    }
    *bits |= is_negative ? UINT32_C(1) << 31 : 0;
    return true;
}

bool wasmc_number_parse_f64(const char *text, uint64_t *bits)
{
    bool is_negative;
    uint64_t fraction;
    const char *magnitude = skip_sign(text, &is_negative);
    if (parse_nan(magnitude, 52, &fraction)) {
        *bits = UINT64_C(0x7ff0000000000000) | fraction;
    } else {
        char *end;
        if (!starts_number(magnitude))
            return false;
        double value = strtod(magnitude, &end);
        if (*end != '\0')
            return false;
        memcpy(bits, &value, sizeof *bits);
    }
    *bits |= is_negative ? UINT64_C(1) << 63 : 0;
    return true;
}

/* Rewrites "d.ddde-xx" (as %e makes it, of a magnitude) without the exponent. */
static void print_positional(const char *scientific, char *text)
{
    char digits[24];
    int count = 0;
    const char *at = scientific;
    for (; *at != 'e'; at++) {
        if (*at != '.')
            digits[count++] = *at;
    }
    int exponent = atoi(at + 1);
    while (count > 1 && digits[count - 1] == '0')
        count--;
    if (exponent < 0) {
        *text++ = '0';
        *text++ = '.';
        for (int i = exponent + 1; i < 0; i++)
            *text++ = '0';
    }
    for (int i = 0; i < count; i++) {
        *text++ = digits[i];
        if (i == exponent && i + 1 < count)
            *text++ = '.';
    }
    for (int i = count; i <= exponent; i++)
        *text++ = '0';
    *text = '\0';
}

void wasmc_number_print_f32(uint32_t bits, char *text)
{
    float value;
    uint32_t magnitude = bits & 0x7fffffff;
    memcpy(&value, &magnitude, sizeof value);
    if (magnitude > 0x7f800000) {
        strcpy(text, "NaN");
        return;
    }
    if (bits != magnitude)
        *text++ = '-';
    if (magnitude == 0x7f800000) {
        strcpy(text, "inf");
        return;
    }
    char scientific[40];
    for (int precision = 0; precision <= 8; precision++) {
        snprintf(scientific, sizeof scientific, "%.*e", precision, (double)value);
        if (strtof(scientific, NULL) == value)
            break;
    }
    print_positional(scientific, text);
}

void wasmc_number_print_f64(uint64_t bits, char *text)
{
    double value;
    uint64_t magnitude = bits & INT64_MAX;
    memcpy(&value, &magnitude, sizeof value);
    if (magnitude > UINT64_C(0x7ff0000000000000)) {
        strcpy(text, "NaN");
        return;
    }
    if (bits != magnitude)
        *text++ = '-';
    if (magnitude == UINT64_C(0x7ff0000000000000)) {
        strcpy(text, "inf");
        return;
    }
    char scientific[40];
    for (int precision = 0; precision <= 16; precision++) {
        snprintf(scientific, sizeof scientific, "%.*e", precision, value);
        if (strtod(scientific, NULL) == value)
            break;
    }
    print_positional(scientific, text);
}

void wasmc_number_print_v128(const uint64_t halves[2], char *text)
{
    uint32_t limbs[4] = {(uint32_t)(halves[1] >> 32), (uint32_t)halves[1], (uint32_t)(halves[0] >> 32),
                         (uint32_t)halves[0]};
    char digits[40];
    int count = 0;
    bool is_zero;
    do {
        uint64_t remainder = 0;
        is_zero = true;
        for (int i = 0; i < 4; i++) {
            uint64_t part = remainder << 32 | limbs[i];
            limbs[i] = (uint32_t)(part / 10);
            remainder = part % 10;
            is_zero = is_zero && limbs[i] == 0;
        }
        digits[count++] = (char)('0' + remainder);
    } while (!is_zero);
    while (count > 0)
        *text++ = digits[--count];
    *text = '\0';
}
