/* text.h - messages without stdio: a small buffer in front of write(2). Async-signal-safe. */
#ifndef WASMC_TEXT_H
#define WASMC_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct wasmc_text {
    int fd;
    int patience_ms; /* how long to wait for a reader that does not read; -1: for ever */
    int in_json;     /* what is escaped becomes part of a JSON string */
    uint32_t used;
    bool is_lost; /* whether something could not be written */
    char bytes[491];
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

/* Bytes that the guest or the command line chose. What is no UTF-8, is not seen, or changes how other characters are
 * seen (controls, line ends, bidirectional overrides) becomes \xNN for each byte, and the text ends with "..." before
 * the character that would be behind `limit` bytes: so a name cannot drive the terminal or forge a line. */
void wasmc_text_escaped(struct wasmc_text *text, const char *bytes, size_t count, size_t limit);

void wasmc_text_flush(struct wasmc_text *text);

/* A message on standard error, waiting as last words do: for people "wasmc: " and one line or more, under --json an object on one line:
 *
 *     {"phase":"trap","message":"unreachable","function":"f","offset":39}
 *
 * begin; the message, of literals without quotes and of escaped values; then fields, and end. */
void wasmc_message_begin(struct wasmc_text *text, int patience_ms, const char *phase);
/* Ends the message itself; only then come fields. */
void wasmc_message_fields(struct wasmc_text *text);
void wasmc_message_end(struct wasmc_text *text);

/* Set by --json. */
extern int wasmc_messages_are_json;

/* Prints "wasmc: " where before, the escaped value in quotes (when not null) and after, then exits. */
_Noreturn void wasmc_fail(int status, const char *where, const char *before, const char *value, const char *after);

#endif
