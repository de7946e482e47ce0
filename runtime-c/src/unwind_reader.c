#include "unwind_reader.h"

/* Formats: DW_EH_PE_absptr, uleb128, udata2, udata4, udata8, sleb128, sdata2, sdata4, sdata8. */
static uint64_t read_format(struct wasmc_reader *reader, uint8_t format)
{
    switch (format) {
    case 0x00:
    case 0x04:
    case 0x0c: return wasmc_read_bytes(reader, 8);
    case 0x01: return wasmc_read_unsigned(reader);
    case 0x02: return wasmc_read_bytes(reader, 2);
    case 0x03: return wasmc_read_bytes(reader, 4);
    case 0x09: return (uint64_t)wasmc_read_signed(reader);
    case 0x0a: return (uint64_t)(int16_t)wasmc_read_bytes(reader, 2);
    case 0x0b: return (uint64_t)(int32_t)wasmc_read_bytes(reader, 4);
    default: reader->failed = true; return 0;
    }
}

uint64_t wasmc_read_encoded(const struct wasmc_unwind_tables *tables, struct wasmc_reader *reader, uint8_t encoding)
{
    uintptr_t place = (uintptr_t)reader->at;
    uint64_t value = read_format(reader, encoding & WASMC_POINTER_FORMAT);
    uint8_t base = encoding & WASMC_POINTER_BASE;
    if (value == 0 || reader->failed)
        return 0;
    if (base == WASMC_POINTER_RELATIVE)
        value += place;
    else if (base != 0)
        reader->failed = true;
    if ((encoding & WASMC_POINTER_INDIRECT) != 0) {
        struct wasmc_reader target = wasmc_reader_at(tables, (const uint8_t *)(uintptr_t)value);
        value = wasmc_read_bytes(&target, 8);
        reader->failed |= target.failed;
    }
    return reader->failed ? 0 : value;
}
