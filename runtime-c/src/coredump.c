#include "wasmc/coredump.h"

#include <stdbool.h>
#include <string.h>

#include "coredump_output.h"

/* Memory without contents is left out in blocks of this size. */
#define BLOCK_BYTES 4096

/* Readers take 100,000 segments. From so many on, zeros between two are part of one unless there are very many; and
 * then all are. */
#define FEW_SEGMENTS 50000
#define MANY_SEGMENTS 90000
#define WIDE_GAP_BYTES (UINT64_C(1) << 20)

/* What a section holds besides segments, and the head of one more. */
#define SECTION_SPARE_BYTES 64

struct wasmc_coredump_frames {
    struct wasmc_dump *output;
    uint64_t start; /* where they begin in the file */
    uint32_t count;
};

/* The main module's name, and those of all. */
static void put_names(struct wasmc_dump *output, const struct wasmc_coredump_program *program)
{
    uint64_t section = wasmc_dump_begin_section(output, WASMC_DUMP_CUSTOM, "core");
    wasmc_dump_put_byte(output, 0);
    uint32_t count = program->instance_count;
    wasmc_dump_put_name(output, count != 0 ? program->instances[count - 1].name : "");
    wasmc_dump_end_section(output, section);
    section = wasmc_dump_begin_section(output, WASMC_DUMP_CUSTOM, "coremodules");
    wasmc_dump_put_unsigned(output, program->instance_count);
    for (uint32_t i = 0; i < program->instance_count; i++) {
        wasmc_dump_put_byte(output, 0);
        wasmc_dump_put_name(output, program->instances[i].name);
    }
    wasmc_dump_end_section(output, section);
}

static void put_indices(struct wasmc_dump *output, const uint32_t *indices, uint32_t count)
{
    wasmc_dump_put_unsigned(output, count);
    for (uint32_t i = 0; i < count; i++)
        wasmc_dump_put_unsigned(output, indices[i]);
}

/* Each is of the module with its number. */
static void put_instances(struct wasmc_dump *output, const struct wasmc_coredump_program *program)
{
    uint64_t section = wasmc_dump_begin_section(output, WASMC_DUMP_CUSTOM, "coreinstances");
    wasmc_dump_put_unsigned(output, program->instance_count);
    for (uint32_t i = 0; i < program->instance_count; i++) {
        const struct wasmc_coredump_instance *instance = &program->instances[i];
        wasmc_dump_put_byte(output, 0);
        wasmc_dump_put_unsigned(output, i);
        put_indices(output, instance->memories, instance->memory_count);
        put_indices(output, instance->globals, instance->global_count);
    }
    wasmc_dump_end_section(output, section);
}

static void put_memories(struct wasmc_dump *output, const struct wasmc_coredump_program *program)
{
    uint64_t section = wasmc_dump_begin_section(output, WASMC_DUMP_MEMORY, NULL);
    wasmc_dump_put_unsigned(output, program->memory_count);
    for (uint32_t i = 0; i < program->memory_count; i++) {
        const struct wasmc_coredump_memory *entry = &program->memories[i];
        const struct wasmc_memory *memory = entry->memory;
        bool is_custom = memory->page_log2 != 16;
        wasmc_dump_put_byte(output, (uint8_t)((entry->has_max ? 1 : 0) | (memory->flags & WASMC_MEMORY_SHARED ? 2 : 0) |
                                   (memory->flags & WASMC_MEMORY_IS64 ? 4 : 0) | (is_custom ? 8 : 0)));
        wasmc_dump_put_unsigned(output, memory->size_pages);
        if (entry->has_max)
            wasmc_dump_put_unsigned(output, entry->max_pages);
        if (is_custom)
            wasmc_dump_put_unsigned(output, memory->page_log2);
    }
    wasmc_dump_end_section(output, section);
}

/* A constant expression of a global's value; a reference is null. */
static void put_value(struct wasmc_dump *output, uint8_t type, const uint64_t *slots)
{
    switch (type) {
    case 0x7f: wasmc_dump_put_byte(output, 0x41); wasmc_dump_put_signed(output, (int32_t)(uint32_t)slots[0]); break;
    case 0x7e: wasmc_dump_put_byte(output, 0x42); wasmc_dump_put_signed(output, (int64_t)slots[0]); break;
    case 0x7d: wasmc_dump_put_byte(output, 0x43); wasmc_dump_put_little_endian(output, slots[0], 4); break;
    case 0x7c: wasmc_dump_put_byte(output, 0x44); wasmc_dump_put_little_endian(output, slots[0], 8); break;
    case 0x7b:
        wasmc_dump_put_byte(output, 0xfd);
        wasmc_dump_put_unsigned(output, 12);
        wasmc_dump_put_little_endian(output, slots[0], 8);
        wasmc_dump_put_little_endian(output, slots[1], 8);
        break;
    default: wasmc_dump_put_byte(output, 0xd0); wasmc_dump_put_byte(output, type); break;
    }
    wasmc_dump_put_byte(output, 0x0b);
}

static void put_globals(struct wasmc_dump *output, const struct wasmc_coredump_program *program)
{
    if (program->read_globals != NULL)
        program->read_globals(program->slots);
    uint64_t section = wasmc_dump_begin_section(output, WASMC_DUMP_GLOBAL, NULL);
    wasmc_dump_put_unsigned(output, program->global_count);
    for (uint32_t i = 0; i < program->global_count; i++) {
        wasmc_dump_put_byte(output, program->globals[i].type);
        wasmc_dump_put_byte(output, program->globals[i].is_mutable);
        put_value(output, program->globals[i].type, program->slots + (uint64_t)i * WASMC_SLOTS_PER_VALUE);
    }
    wasmc_dump_end_section(output, section);
}

static bool is_zero(const uint8_t *bytes, uint64_t count)
{
    for (; count >= sizeof(uint64_t); count -= sizeof(uint64_t), bytes += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, bytes, sizeof word);
        if (word != 0)
            return false;
    }
    while (count > 0 && *bytes == 0)
        count--, bytes++;
    return count == 0;
}

static uint64_t block_end(const struct wasmc_memory *memory, uint64_t at)
{
    return memory->size_bytes - at < BLOCK_BYTES ? memory->size_bytes : at + BLOCK_BYTES;
}

/* Where zeros end that begin at `at`. */
static uint64_t skip_zeros(const struct wasmc_memory *memory, uint64_t at)
{
    while (at < memory->size_bytes && is_zero(memory->base + at, block_end(memory, at) - at))
        at = block_end(memory, at);
    return at;
}

/* Where contents end that begin at `at`: before zeros of more than `gap` bytes. */
static uint64_t skip_contents(const struct wasmc_memory *memory, uint64_t at, uint64_t gap, uint64_t most)
{
    uint64_t start = at;
    while (at < memory->size_bytes && at - start < most) {
        uint64_t zeros = skip_zeros(memory, at);
        if (zeros == memory->size_bytes || zeros - at > gap)
            return at;
        at = block_end(memory, zeros);
    }
    return at;
}

static void put_segment(struct wasmc_dump *output, uint32_t index, const struct wasmc_memory *memory, uint64_t start,
                        uint64_t end)
{
    wasmc_dump_put_byte(output, index == 0 ? 0 : 2);
    if (index != 0)
        wasmc_dump_put_unsigned(output, index);
    bool is64 = memory->flags & WASMC_MEMORY_IS64;
    wasmc_dump_put_byte(output, is64 ? 0x42 : 0x41);
    wasmc_dump_put_signed(output, is64 ? (int64_t)start : (int32_t)(uint32_t)start);
    wasmc_dump_put_byte(output, 0x0b);
    wasmc_dump_put_unsigned(output, end - start);
    wasmc_dump_put_bytes(output, memory->base + start, end - start);
}

/* Writes what a memory holds, as long as the section has room: its size has 32 bits. */
static void put_contents(struct wasmc_dump *output, uint32_t index, const struct wasmc_memory *memory, uint64_t section,
                         uint32_t *count)
{
    uint64_t at = skip_zeros(memory, 0);
    while (at < memory->size_bytes && output->error == 0) {
        wasmc_dump_flush(output);
        uint64_t used = output->at - section + SECTION_SPARE_BYTES;
        if (used >= UINT32_MAX)
            return;
        uint64_t gap = *count < FEW_SEGMENTS ? 0 : *count < MANY_SEGMENTS ? WIDE_GAP_BYTES : UINT64_MAX;
        uint64_t most = UINT32_MAX - used;
        uint64_t end = skip_contents(memory, at, gap, most);
        if (end - at > most)
            end = at + most;
        put_segment(output, index, memory, at, end);
        ++*count;
        at = skip_zeros(memory, end);
    }
}

static void put_data(struct wasmc_dump *output, const struct wasmc_coredump_program *program)
{
    uint64_t section = wasmc_dump_begin_section(output, WASMC_DUMP_DATA, NULL);
    uint64_t place = wasmc_dump_put_later(output);
    uint32_t count = 0;
    for (uint32_t i = 0; i < program->memory_count; i++)
        put_contents(output, i, program->memories[i].memory, section, &count);
    wasmc_dump_put_at(output, place, count);
    wasmc_dump_end_section(output, section);
}

/* A local's value, or that it is missing. */
static void put_local(struct wasmc_dump *output, const struct wasmc_coredump_value *value)
{
    uint8_t type = value != NULL && value->type >= 0x7c && value->type <= 0x7f ? value->type : 0x01;
    wasmc_dump_put_byte(output, type);
    switch (type) {
    case 0x7f: wasmc_dump_put_signed(output, (int32_t)(uint32_t)value->bits); break;
    case 0x7e: wasmc_dump_put_signed(output, (int64_t)value->bits); break;
    case 0x7d: wasmc_dump_put_little_endian(output, value->bits, 4); break;
    case 0x7c: wasmc_dump_put_little_endian(output, value->bits, 8); break;
    default: break;
    }
}

static void put_locals(struct wasmc_coredump_frames *frames, const struct wasmc_coredump_frame *frame)
{
    bool is_full = frames->output->at - frames->start >= WASMC_COREDUMP_LOCALS_BYTES;
    uint32_t count = is_full ? 0 : frame->local_count;
    wasmc_dump_put_unsigned(frames->output, count);
    for (uint32_t i = 0; i < count; i++)
        put_local(frames->output, frame->locals != NULL ? &frame->locals[i] : NULL);
}

void wasmc_coredump_add_frame(struct wasmc_coredump_frames *frames, const struct wasmc_coredump_frame *frame)
{
    if (frames->count == WASMC_COREDUMP_FRAMES)
        return;
    frames->count++;
    wasmc_dump_put_byte(frames->output, 0);
    wasmc_dump_put_unsigned(frames->output, frame->instance);
    wasmc_dump_put_unsigned(frames->output, frame->func);
    wasmc_dump_put_unsigned(frames->output, frame->code_offset);
    put_locals(frames, frame);
    /* Operands are where either engine has put them. */
    wasmc_dump_put_byte(frames->output, 0);
}

int wasmc_coredump_write(int fd, const struct wasmc_coredump_program *program,
                         void (*put_frames)(void *context, struct wasmc_coredump_frames *frames), void *context)
{
    struct wasmc_dump output = {.fd = fd};
    static const uint8_t head[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
    wasmc_dump_put_bytes(&output, head, sizeof head);
    put_names(&output, program);
    put_instances(&output, program);
    uint64_t section = wasmc_dump_begin_section(&output, WASMC_DUMP_CUSTOM, "corestack");
    wasmc_dump_put_byte(&output, 0);
    wasmc_dump_put_name(&output, "main");
    struct wasmc_coredump_frames frames = {&output, output.at, 0};
    uint64_t place = wasmc_dump_put_later(&output);
    put_frames(context, &frames);
    wasmc_dump_put_at(&output, place, frames.count);
    wasmc_dump_end_section(&output, section);
    put_memories(&output, program);
    put_globals(&output, program);
    put_data(&output, program);
    wasmc_dump_flush(&output);
    return output.error;
}
