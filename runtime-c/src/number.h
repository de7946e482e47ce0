/* number.h - wasm values as text, for --invoke. */
#ifndef WASMC_NUMBER_H
#define WASMC_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal or 0x hexadecimal, with an optional sign, from -2^(bits-1) to 2^bits - 1. */
bool wasmc_number_parse_integer(const char *text, unsigned bits, uint64_t *value);

/* Everything strtod takes (without blanks), "inf", "nan" and "nan:0x<payload>", with an optional
 * sign; the value's bits. */
bool wasmc_number_parse_f32(const char *text, uint32_t *bits);
bool wasmc_number_parse_f64(const char *text, uint64_t *bits);

/* Room for any of the following, NUL included. */
#define WASMC_NUMBER_TEXT_BYTES 400

/* The fewest digits that read back as the same value, never with an exponent ("0.001", "1e21" is
 * "1000000000000000000000"); "NaN", "inf", "-inf". */
void wasmc_number_print_f32(uint32_t bits, char *text);
void wasmc_number_print_f64(uint64_t bits, char *text);

/* A v128 as one unsigned decimal number; its low half first. */
void wasmc_number_print_v128(const uint64_t halves[2], char *text);

#endif
