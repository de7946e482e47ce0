/* exception.c - references to exceptions: an exception that has been caught as an object, and thrown again. */
#include <string.h>

#include "gc/heap.h"
#include "runtime.h"

/* What a value takes in an object, where it lies at its natural alignment (8 bytes for a v128). */
static uint32_t value_bytes(char kind)
{
    switch (kind) {
    case 'l':
    case 'd': return 8;
    case 'v': return 16;
    default: return 4;
    }
}

/* Where the value behind `end` lies. */
static uint32_t aligned(uint32_t end, uint32_t bytes)
{
    uint32_t alignment = bytes < 8 ? bytes : 8;
    return (end + alignment - 1) & ~(alignment - 1);
}

uint32_t wasmc_exception_reference(const struct wasmc_exception *exception, uint32_t module_offset)
{
    const struct wasmc_tag *tag = exception->tag;
    /* The collector does not look at the exception, but at the stack. */
    uint64_t slots[exception->slot_count + 1];
    memcpy(slots, exception + 1, exception->slot_count * sizeof *slots);
    uint32_t reference = wasmc_gc_new_exception(tag->number, module_offset);
    uint8_t *object = (uint8_t *)(uintptr_t)reference;
    uint32_t end = sizeof(uint32_t);
    for (uint32_t i = 0; tag->signature[i] != '\0'; i++) {
        uint32_t bytes = value_bytes(tag->signature[i]);
        end = aligned(end, bytes);
        memcpy(object + end, &slots[i * WASMC_SLOTS_PER_VALUE], bytes);
        end += bytes;
    }
    return reference;
}

void wasmc_exception_from_reference(struct wasmc_exception *exception, uint32_t reference)
{
    const struct wasmc_gc_program *program = wasmc_gc_space.program;
    const uint8_t *object = (const uint8_t *)(uintptr_t)reference;
    uint32_t number = *(const uint32_t *)(const void *)object - program->type_count;
    if (number >= program->tag_count)
        __builtin_trap();
    const struct wasmc_tag *tag = program->tags[number];
    uint64_t *slots = (uint64_t *)(exception + 1);
    uint32_t end = sizeof(uint32_t);
    uint32_t count = 0;
    for (; tag->signature[count] != '\0'; count++) {
        uint32_t bytes = value_bytes(tag->signature[count]);
        end = aligned(end, bytes);
        slots[count * WASMC_SLOTS_PER_VALUE] = 0;
        memcpy(&slots[count * WASMC_SLOTS_PER_VALUE], object + end, bytes);
        end += bytes;
    }
    exception->tag = tag;
    exception->slot_count = count * WASMC_SLOTS_PER_VALUE;
}
