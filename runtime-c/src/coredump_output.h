/* coredump_output.h - the numbers, names and sections of the binary format, into a file. Async-signal-safe. */
#ifndef WASMC_COREDUMP_OUTPUT_H
#define WASMC_COREDUMP_OUTPUT_H

#include <stdint.h>

enum wasmc_dump_section { WASMC_DUMP_CUSTOM = 0, WASMC_DUMP_MEMORY = 5, WASMC_DUMP_GLOBAL = 6, WASMC_DUMP_DATA = 11 };

/* A file that is being written. */
struct wasmc_dump {
    int fd;
    int error; /* a negative errno: nothing is written any more */
    uint64_t at; /* in the file, of the first of `bytes` */
    uint32_t used;
    uint8_t bytes[512];
};

void wasmc_dump_flush(struct wasmc_dump *output);
void wasmc_dump_put_byte(struct wasmc_dump *output, uint8_t byte);
/* What is not small goes from where it is. */
void wasmc_dump_put_bytes(struct wasmc_dump *output, const void *bytes, uint64_t count);
void wasmc_dump_put_unsigned(struct wasmc_dump *output, uint64_t value);
void wasmc_dump_put_signed(struct wasmc_dump *output, int64_t value);
void wasmc_dump_put_little_endian(struct wasmc_dump *output, uint64_t value, unsigned count);
void wasmc_dump_put_name(struct wasmc_dump *output, const char *name);
/* Leaves room for a number; its place in the file, for put_at. */
uint64_t wasmc_dump_put_later(struct wasmc_dump *output);
void wasmc_dump_put_at(struct wasmc_dump *output, uint64_t place, uint32_t value);
/* The place of its length. A custom section has a name, others null. */
uint64_t wasmc_dump_begin_section(struct wasmc_dump *output, enum wasmc_dump_section section, const char *name);
void wasmc_dump_end_section(struct wasmc_dump *output, uint64_t place);

#endif
