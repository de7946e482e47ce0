#include "unwind_reader.h"

/* Encodings of .eh_frame_hdr as every linker writes it: version 1, pointer to .eh_frame, count, sorted table of pairs of
 * 32 bits, from the header's start. */
static const uint8_t known_header[] = {1, 0x1b, 0x03, 0x3b};

/* A common information entry. */
struct common {
    struct wasmc_reader instructions;
    int64_t data_alignment;
    uint8_t pointer_encoding;
    uint8_t handlers_encoding;
    bool has_augmentation;
};

/* An entry: its contents behind the length, and the place to which its first word refers. */
static struct wasmc_reader open_entry(const struct wasmc_unwind_tables *tables, const uint8_t *at)
{
    struct wasmc_reader entry = wasmc_reader_at(tables, at);
    uint64_t bytes = wasmc_read_bytes(&entry, 4);
    /* 0 ends a list, and the largest number begins 64-bit entries, which nobody writes for such programs. */
    if (entry.failed || bytes == 0 || bytes >= 0xfffffff0 || bytes > (uint64_t)(entry.end - entry.at))
        entry.failed = true;
    else
        entry.end = entry.at + bytes;
    return entry;
}

static bool read_augmentation(const struct wasmc_unwind_tables *tables, struct wasmc_reader *entry,
                              struct wasmc_reader letters, struct common *common)
{
    if (letters.at == letters.end)
        return true;
    if (wasmc_read_bytes(&letters, 1) != 'z')
        return false;
    common->has_augmentation = true;
    uint64_t bytes = wasmc_read_unsigned(entry);
    struct wasmc_reader data = *entry;
    wasmc_reader_skip(entry, bytes);
    while (letters.at < letters.end) {
        switch (wasmc_read_bytes(&letters, 1)) {
        case 'R': common->pointer_encoding = (uint8_t)wasmc_read_bytes(&data, 1); break;
        case 'L': common->handlers_encoding = (uint8_t)wasmc_read_bytes(&data, 1); break;
        /* The personality: there is only ours. Its pointer is not followed. */
        case 'P': {
            uint8_t encoding = (uint8_t)wasmc_read_bytes(&data, 1);
            wasmc_read_encoded(tables, &data, encoding & WASMC_POINTER_FORMAT);
            break;
        }
        /* A signal's frame, pointers that are signed: none of guest code is. */
        default: return false;
        }
    }
    return !data.failed && data.at <= entry->at;
}

static bool read_common(const struct wasmc_unwind_tables *tables, const uint8_t *at, struct common *common)
{
    struct wasmc_reader entry = open_entry(tables, at);
    if (wasmc_read_bytes(&entry, 4) != 0 || wasmc_read_bytes(&entry, 1) != 1)
        return false;
    struct wasmc_reader letters = entry;
    while (wasmc_read_bytes(&entry, 1) != 0) {
    }
    if (entry.failed)
        return false;
    letters.end = entry.at - 1;
    uint64_t code_alignment = wasmc_read_unsigned(&entry);
    common->data_alignment = wasmc_read_signed(&entry);
    if (code_alignment != 1 || common->data_alignment != -8 ||
        wasmc_read_unsigned(&entry) != WASMC_DWARF_RETURN_ADDRESS)
        return false;
    common->pointer_encoding = 0;
    common->handlers_encoding = WASMC_POINTER_OMITTED;
    common->has_augmentation = false;
    bool is_known = read_augmentation(tables, &entry, letters, common);
    common->instructions = entry;
    return is_known && !entry.failed;
}

/* The table's entry for the function that begins last at or before `pc`, or null. */
static const uint8_t *search(const struct wasmc_unwind_tables *tables, uintptr_t pc, bool *is_broken)
{
    struct wasmc_reader reader = wasmc_reader_at(tables, tables->header);
    for (size_t i = 0; i < sizeof known_header; i++)
        *is_broken |= wasmc_read_bytes(&reader, 1) != known_header[i];
    wasmc_read_bytes(&reader, 4);
    uint64_t count = wasmc_read_bytes(&reader, 4);
    *is_broken |= reader.failed || count > (uint64_t)(reader.end - reader.at) / 8;
    if (*is_broken)
        return NULL;
    int64_t relative = (int64_t)(pc - (uintptr_t)tables->header);
    uint64_t low = 0;
    uint64_t high = count;
    int32_t pair[2];
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        memcpy(pair, reader.at + 8 * middle, sizeof pair);
        if (pair[0] <= relative)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    memcpy(pair, reader.at + 8 * (low - 1), sizeof pair);
    return (const uint8_t *)((uintptr_t)tables->header + (uintptr_t)(intptr_t)pair[1]);
}

/* --- call frame instructions */

enum { REMEMBERED_FRAMES = 4 };

struct machine {
    struct wasmc_unwind_frame *frame;
    struct wasmc_unwind_frame initial;
    struct wasmc_unwind_frame remembered[REMEMBERED_FRAMES];
    unsigned remembered_count;
    int64_t data_alignment;
    uintptr_t location;
    bool is_broken;
};

static void set_saved(struct machine *machine, uint64_t dwarf_number, int64_t offset)
{
    int number = wasmc_register_number(dwarf_number);
    /* A return address is nowhere else than on top of the frame. */
    if (number < 0 || (number == WASMC_REGISTER_PC && offset != -8))
        machine->is_broken = true;
    else
        machine->frame->saved[number] = offset;
}

static void restore(struct machine *machine, uint64_t dwarf_number)
{
    int number = wasmc_register_number(dwarf_number);
    if (number < 0)
        machine->is_broken = true;
    else
        machine->frame->saved[number] = machine->initial.saved[number];
}

static void remember(struct machine *machine)
{
    if (machine->remembered_count == REMEMBERED_FRAMES)
        machine->is_broken = true;
    else
        machine->remembered[machine->remembered_count++] = *machine->frame;
}

static void recall(struct machine *machine)
{
    if (machine->remembered_count == 0)
        machine->is_broken = true;
    else
        *machine->frame = machine->remembered[--machine->remembered_count];
}

/* DW_CFA_*, those that LLVM writes for functions that are called. */
static void step(struct machine *machine, struct wasmc_reader *reader)
{
    struct wasmc_unwind_frame *frame = machine->frame;
    uint8_t operation = (uint8_t)wasmc_read_bytes(reader, 1);
    uint8_t low = operation & 0x3f;
    switch (operation & 0xc0) {
    case 0x40: machine->location += low; return;
    case 0x80: set_saved(machine, low, (int64_t)wasmc_read_unsigned(reader) * machine->data_alignment); return;
    case 0xc0: restore(machine, low); return;
    default: break;
    }
    uint64_t number;
    switch (operation) {
    case 0x00: break; /* nop */
    case 0x02: machine->location += wasmc_read_bytes(reader, 1); break;
    case 0x03: machine->location += wasmc_read_bytes(reader, 2); break;
    case 0x04: machine->location += wasmc_read_bytes(reader, 4); break;
    case 0x05: /* offset_extended */
        number = wasmc_read_unsigned(reader);
        set_saved(machine, number, (int64_t)wasmc_read_unsigned(reader) * machine->data_alignment);
        break;
    case 0x06: restore(machine, wasmc_read_unsigned(reader)); break;
    case 0x08: set_saved(machine, wasmc_read_unsigned(reader), 0); break; /* same_value */
    case 0x0a: remember(machine); break;
    case 0x0b: recall(machine); break;
    case 0x0c: /* def_cfa */
        frame->cfa_register = wasmc_read_unsigned(reader);
        frame->cfa_offset = (int64_t)wasmc_read_unsigned(reader);
        break;
    case 0x0d: frame->cfa_register = wasmc_read_unsigned(reader); break;
    case 0x0e: frame->cfa_offset = (int64_t)wasmc_read_unsigned(reader); break;
    case 0x2e: frame->argument_bytes = wasmc_read_unsigned(reader); break; /* GNU_args_size */
    default: machine->is_broken = true;
    }
}

/* Runs instructions as long as they speak of places up to `pc`. Whether all was known. */
static bool run(struct machine *machine, struct wasmc_reader reader, uintptr_t pc)
{
    while (reader.at < reader.end && !machine->is_broken && !reader.failed) {
        step(machine, &reader);
        if (machine->location > pc)
            break;
    }
    return !machine->is_broken && !reader.failed;
}

enum wasmc_unwind_result wasmc_unwind_find_frame(const struct wasmc_unwind_tables *tables, uintptr_t pc,
                                                 struct wasmc_unwind_frame *frame)
{
    bool is_broken = false;
    const uint8_t *found = search(tables, pc, &is_broken);
    if (is_broken)
        return WASMC_UNWIND_BROKEN;
    if (found == NULL)
        return WASMC_UNWIND_NONE;
    struct wasmc_reader entry = open_entry(tables, found);
    const uint8_t *place = entry.at;
    uint64_t distance = wasmc_read_bytes(&entry, 4);
    struct common common;
    if (entry.failed || distance > (uintptr_t)place || !read_common(tables, place - distance, &common))
        return WASMC_UNWIND_BROKEN;
    memset(frame, 0, sizeof *frame);
    frame->start = (uintptr_t)wasmc_read_encoded(tables, &entry, common.pointer_encoding);
    uint64_t bytes = wasmc_read_encoded(tables, &entry, common.pointer_encoding & WASMC_POINTER_FORMAT);
    if (entry.failed)
        return WASMC_UNWIND_BROKEN;
    if (pc - frame->start >= bytes)
        return WASMC_UNWIND_NONE;
    uint64_t augmentation_bytes = common.has_augmentation ? wasmc_read_unsigned(&entry) : 0;
    struct wasmc_reader augmentation = entry;
    wasmc_reader_skip(&entry, augmentation_bytes);
    if (common.handlers_encoding != WASMC_POINTER_OMITTED)
        frame->handlers =
            (const uint8_t *)(uintptr_t)wasmc_read_encoded(tables, &augmentation, common.handlers_encoding);
    struct machine machine = {.frame = frame, .data_alignment = common.data_alignment};
    if (augmentation.failed || !run(&machine, common.instructions, UINTPTR_MAX))
        return WASMC_UNWIND_BROKEN;
    machine.initial = *frame;
    machine.location = frame->start;
    return run(&machine, entry, pc) ? WASMC_UNWIND_FOUND : WASMC_UNWIND_BROKEN;
}
