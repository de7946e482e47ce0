#include "unwind_reader.h"

/* The header of a function's table of handlers (LSDA), as far as it is read. */
struct table {
    struct wasmc_reader sites;
    struct wasmc_reader actions;
    const uint8_t *types; /* the end of the list, which is read backwards; null: there is none */
    uint8_t type_encoding;
    uint8_t site_encoding;
};

static bool open_table(const struct wasmc_unwind_tables *tables, const uint8_t *at, struct table *table)
{
    struct wasmc_reader reader = wasmc_reader_at(tables, at);
    /* Landing pads count from the function's start; nobody writes another base. */
    if (wasmc_read_bytes(&reader, 1) != WASMC_POINTER_OMITTED)
        return false;
    table->type_encoding = (uint8_t)wasmc_read_bytes(&reader, 1);
    table->types = NULL;
    if (table->type_encoding != WASMC_POINTER_OMITTED) {
        uint64_t distance = wasmc_read_unsigned(&reader);
        if (reader.failed || distance > (uint64_t)(reader.end - reader.at))
            return false;
        table->types = reader.at + distance;
    }
    table->site_encoding = (uint8_t)wasmc_read_bytes(&reader, 1);
    uint64_t bytes = wasmc_read_unsigned(&reader);
    table->sites = reader;
    wasmc_reader_skip(&reader, bytes);
    table->sites.end = reader.at;
    table->actions = reader;
    return !reader.failed;
}

static size_t pointer_bytes(uint8_t encoding)
{
    switch (encoding & WASMC_POINTER_FORMAT) {
    case 0x02:
    case 0x0a: return 2;
    case 0x03:
    case 0x0b: return 4;
    case 0x00:
    case 0x04:
    case 0x0c: return 8;
    default: return 0;
    }
}

/* Whether entry `number` of the list of tags catches `tag`: it is the tag's, or null, which is every tag's. */
static bool names(const struct wasmc_unwind_tables *tables, const struct table *table, int64_t number,
                  const struct wasmc_tag *tag, bool *is_broken)
{
    size_t bytes = pointer_bytes(table->type_encoding);
    uint64_t room = table->types == NULL ? 0 : (uint64_t)(table->types - tables->begin);
    if (number <= 0 || bytes == 0 || (uint64_t)number > room / bytes) {
        *is_broken = true;
        return false;
    }
    struct wasmc_reader reader = wasmc_reader_at(tables, table->types - (uint64_t)number * bytes);
    uint64_t address = wasmc_read_encoded(tables, &reader, table->type_encoding);
    *is_broken = reader.failed;
    return !reader.failed && (address == 0 || address == (uintptr_t)tag);
}

/* Whether the list of actions that begins at `first`, counted from 1, catches `tag`. 0 is a cleanup. */
static bool catches(const struct wasmc_unwind_tables *tables, const struct table *table, uint64_t first,
                    const struct wasmc_tag *tag, bool *is_broken)
{
    if (first == 0)
        return true;
    struct wasmc_reader reader = table->actions;
    wasmc_reader_skip(&reader, first - 1);
    /* A list may go back and share the end of another; one without an end is longer than the table. */
    for (uint64_t budget = (uint64_t)(table->actions.end - table->actions.at); budget > 0 && !reader.failed; budget--) {
        int64_t number = wasmc_read_signed(&reader);
        const uint8_t *place = reader.at;
        int64_t distance = wasmc_read_signed(&reader);
        if (reader.failed)
            break;
        if (number == 0 || names(tables, table, number, tag, is_broken))
            return true;
        if (distance == 0 || *is_broken)
            return false;
        reader = wasmc_reader_at(tables, (const uint8_t *)((uintptr_t)place + (uintptr_t)(intptr_t)distance));
    }
    *is_broken = true;
    return false;
}

enum wasmc_unwind_result wasmc_unwind_find_handler(const struct wasmc_unwind_tables *tables,
                                                   const struct wasmc_unwind_frame *frame, uintptr_t pc,
                                                   const struct wasmc_tag *tag, uintptr_t *landing_pad)
{
    struct table table;
    if (frame->handlers == NULL)
        return WASMC_UNWIND_NONE;
    if (!open_table(tables, frame->handlers, &table))
        return WASMC_UNWIND_BROKEN;
    uint64_t place = pc - frame->start;
    while (table.sites.at < table.sites.end) {
        uint64_t start = wasmc_read_encoded(tables, &table.sites, table.site_encoding);
        uint64_t bytes = wasmc_read_encoded(tables, &table.sites, table.site_encoding);
        uint64_t pad = wasmc_read_encoded(tables, &table.sites, table.site_encoding);
        uint64_t action = wasmc_read_unsigned(&table.sites);
        if (table.sites.failed)
            return WASMC_UNWIND_BROKEN;
        /* They are sorted. What lies between two of them does not throw, or is a call without a handler. */
        if (place < start)
            break;
        if (place - start >= bytes)
            continue;
        bool is_broken = false;
        if (pad == 0 || !catches(tables, &table, action, tag, &is_broken))
            return is_broken ? WASMC_UNWIND_BROKEN : WASMC_UNWIND_NONE;
        *landing_pad = frame->start + (uintptr_t)pad;
        return WASMC_UNWIND_FOUND;
    }
    return WASMC_UNWIND_NONE;
}
