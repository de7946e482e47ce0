/* unwind_reader.h - reads the tables of unwind.h. What would lie outside of them is 0, and the reader has failed. */
#ifndef WASMC_UNWIND_READER_H
#define WASMC_UNWIND_READER_H

#include <string.h>

#include "unwind.h"

struct wasmc_reader {
    const uint8_t *at;
    const uint8_t *end;
    bool failed;
};

/* DW_EH_PE_*: how a pointer is written. */
enum {
    WASMC_POINTER_OMITTED = 0xff,
    WASMC_POINTER_INDIRECT = 0x80,
    WASMC_POINTER_BASE = 0x70,
    WASMC_POINTER_RELATIVE = 0x10, /* to its own place */
    WASMC_POINTER_FORMAT = 0x0f,
};

static inline struct wasmc_reader wasmc_reader_at(const struct wasmc_unwind_tables *tables, const uint8_t *at)
{
    bool inside = (uintptr_t)at >= (uintptr_t)tables->begin && (uintptr_t)at < (uintptr_t)tables->end;
    return (struct wasmc_reader){inside ? at : tables->end, tables->end, !inside};
}

static inline uint64_t wasmc_read_bytes(struct wasmc_reader *reader, size_t count)
{
    uint64_t value = 0;
    if (reader->failed || (size_t)(reader->end - reader->at) < count) {
        reader->failed = true;
        return 0;
    }
    memcpy(&value, reader->at, count);
    reader->at += count;
    return value;
}

static inline void wasmc_reader_skip(struct wasmc_reader *reader, uint64_t count)
{
    if (reader->failed || (uint64_t)(reader->end - reader->at) < count)
        reader->failed = true;
    else
        reader->at += count;
}

static inline uint64_t wasmc_read_leb128(struct wasmc_reader *reader, bool is_signed)
{
    uint64_t value = 0;
    unsigned shift = 0;
    uint8_t byte;
    do {
        byte = (uint8_t)wasmc_read_bytes(reader, 1);
        if (shift > 63)
            reader->failed = true;
        else
            value |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
    } while ((byte & 0x80) != 0 && !reader->failed);
    if (is_signed && shift < 64 && (byte & 0x40) != 0)
        value |= ~UINT64_C(0) << shift;
    return value;
}

static inline uint64_t wasmc_read_unsigned(struct wasmc_reader *reader)
{
    return wasmc_read_leb128(reader, false);
}

static inline int64_t wasmc_read_signed(struct wasmc_reader *reader)
{
    return (int64_t)wasmc_read_leb128(reader, true);
}

/* A pointer, or an offset, in this encoding; the pointer that it leads to when it is an indirect one. */
uint64_t wasmc_read_encoded(const struct wasmc_unwind_tables *tables, struct wasmc_reader *reader, uint8_t encoding);

#endif
