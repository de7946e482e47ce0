#include "coredump_output.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>

#include "sys/sys.h"

/* A number that is written when what it counts is there. */
#define PADDED_BYTES 5

static void write_at(struct wasmc_dump *output, const void *bytes, uint64_t count, uint64_t at)
{
    const uint8_t *next = bytes;
    while (count > 0 && output->error == 0) {
        const struct iovec part = {(void *)(uintptr_t)next, count};
        ssize_t written = wasmc_sys_pwritev(output->fd, &part, 1, (off_t)at);
        if (written <= 0) {
            output->error = written < 0 ? (int)written : -EIO;
            return;
        }
        next += written;
        at += (uint64_t)written;
        count -= (uint64_t)written;
    }
}

void wasmc_dump_flush(struct wasmc_dump *output)
{
    write_at(output, output->bytes, output->used, output->at);
    output->at += output->used;
    output->used = 0;
}

void wasmc_dump_put_byte(struct wasmc_dump *output, uint8_t byte)
{
    if (output->used == sizeof output->bytes)
        wasmc_dump_flush(output);
    output->bytes[output->used++] = byte;
}

/* What is not small goes from where it is. */
void wasmc_dump_put_bytes(struct wasmc_dump *output, const void *bytes, uint64_t count)
{
    wasmc_dump_flush(output);
    write_at(output, bytes, count, output->at);
    output->at += count;
}

void wasmc_dump_put_unsigned(struct wasmc_dump *output, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        wasmc_dump_put_byte(output, (uint8_t)(value | 0x80));
    wasmc_dump_put_byte(output, (uint8_t)value);
}

void wasmc_dump_put_signed(struct wasmc_dump *output, int64_t value)
{
    for (; value < -0x40 || value >= 0x40; value >>= 7)
        wasmc_dump_put_byte(output, (uint8_t)(value | 0x80));
    wasmc_dump_put_byte(output, (uint8_t)(value & 0x7f));
}

void wasmc_dump_put_little_endian(struct wasmc_dump *output, uint64_t value, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        wasmc_dump_put_byte(output, (uint8_t)(value >> (8 * i)));
}

void wasmc_dump_put_name(struct wasmc_dump *output, const char *name)
{
    wasmc_dump_put_unsigned(output, strlen(name));
    wasmc_dump_put_bytes(output, name, strlen(name));
}

/* Leaves room for a number; its place in the file. */
uint64_t wasmc_dump_put_later(struct wasmc_dump *output)
{
    wasmc_dump_flush(output);
    for (unsigned i = 0; i < PADDED_BYTES; i++)
        wasmc_dump_put_byte(output, 0);
    return output->at;
}

void wasmc_dump_put_at(struct wasmc_dump *output, uint64_t place, uint32_t value)
{
    uint8_t bytes[PADDED_BYTES];
    for (unsigned i = 0; i < PADDED_BYTES; i++)
        bytes[i] = (uint8_t)(value >> (7 * i) & 0x7f) | (i + 1 < PADDED_BYTES ? 0x80 : 0);
    wasmc_dump_flush(output);
    write_at(output, bytes, sizeof bytes, place);
}

uint64_t wasmc_dump_begin_section(struct wasmc_dump *output, enum wasmc_dump_section section, const char *name)
{
    wasmc_dump_put_byte(output, (uint8_t)section);
    uint64_t place = wasmc_dump_put_later(output);
    if (name != NULL)
        wasmc_dump_put_name(output, name);
    return place;
}

void wasmc_dump_end_section(struct wasmc_dump *output, uint64_t place)
{
    wasmc_dump_flush(output);
    wasmc_dump_put_at(output, place, (uint32_t)(output->at - place - PADDED_BYTES));
}
