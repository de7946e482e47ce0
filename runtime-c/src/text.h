/* text.h - messages without stdio: a small buffer in front of write(2). Async-signal-safe. */
#ifndef WASMC_TEXT_H
#define WASMC_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct wasmc_text {
    int fd;
    int patience_ms; /* how long to wait for a reader that does not read; -1: for ever */
    uint32_t used;
    char bytes[496];
};

void wasmc_text_begin(struct wasmc_text *text, int fd);

/* The last words of a program, on standard error: they wait so long for a reader that does not read, and are lost then,
 * as the program must end. */
#define WASMC_LAST_WORDS_MS 1000
void wasmc_text_begin_last(struct wasmc_text *text, int patience_ms);
void wasmc_text_string(struct wasmc_text *text, const char *string);
void wasmc_text_bytes(struct wasmc_text *text, const char *bytes, size_t count);
void wasmc_text_decimal(struct wasmc_text *text, uint64_t value);
void wasmc_text_signed(struct wasmc_text *text, int64_t value);
void wasmc_text_hex(struct wasmc_text *text, uint64_t value); /* with 0x */

/* Bytes that the guest or the command line chose: control characters (C0, DEL, C1) become \xNN and
 * the text ends with "..." after `limit` bytes, so that a name cannot write to the terminal. */
void wasmc_text_escaped(struct wasmc_text *text, const char *bytes, size_t count, size_t limit);

void wasmc_text_flush(struct wasmc_text *text);

/* Prints "wasmc: " where before, the escaped value in quotes (when not null) and after, then exits. */
_Noreturn void wasmc_fail(int status, const char *where, const char *before, const char *value, const char *after);

#endif
