/* support.h - what an Embedded Swift program on WASI needs of libc, with plain types: wasi-libc's own headers are for a
 * target that names WASI, and Embedded Swift's does not.
 */
#ifndef PROGRAMS_SWIFT_SUPPORT_H
#define PROGRAMS_SWIFT_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Number of the process's arguments, with argument 0.
int32_t support_argument_count(void);

/// An argument; NULL when there is none of that index.
const char *support_argument(int32_t index);

/// A variable of the environment; NULL when it is not set.
const char *support_environment(const char *name);

/// Reads a whole file, or standard input when `path` is NULL. The caller frees the result with support_free; NULL when
/// it cannot be read, with the error's number in `*error`.
uint8_t *support_read(const char *path, size_t *size, int32_t *error);

/// Writes a whole file; true when that worked, else the error's number is in `*error`.
bool support_write(const char *path, const uint8_t *bytes, size_t size, int32_t *error);

void support_free(void *memory);

/// Ends the process with a status from 0 to 125; buffered output is written first.
_Noreturn void support_exit(int32_t status);

/// Prints a number with `digits` digits after the point. Gives the text's length, or 0 when it does not fit.
size_t support_format(double number, int32_t digits, char *buffer, size_t size);

#endif
