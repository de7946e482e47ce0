/* leb128.h - lists of LEB128 numbers, as the compiler writes tables for messages. Async-signal-safe; malformed data ends
 * the list. */
#ifndef WASMC_LEB128_H
#define WASMC_LEB128_H

#include <stdbool.h>
#include <stdint.h>

struct wasmc_leb128 {
    const uint8_t *next;
    const uint8_t *end;
};

/* Reads up to 10 bytes. False when the data ends or the number does not. */
bool wasmc_leb128_read(struct wasmc_leb128 *list, bool is_signed, uint64_t *value);

/* Reads an unsigned number. */
bool wasmc_leb128_unsigned(struct wasmc_leb128 *list, uint64_t *value);

/* Adds a signed number to *value. */
bool wasmc_leb128_add(struct wasmc_leb128 *list, uint64_t *value);

#endif
