/* memory_map.c - large data segments: their pages are moved from where the kernel has mapped the executable to where the guest
 * has them. So they are read when they are needed, and what is only read is shared with other processes. In a program that has
 * such segments (WASMC_DATA_MAPPER). */
#include <string.h>

#include "runtime.h"
#include "sys/sys.h"

/* More are copied: each is compared with all segments. */
#define LIMIT 64u

static const struct wasmc_data_segment *mapped[LIMIT];
static uint32_t mapped_count;

/* The pages that belong to a segment alone, where the program has it. */
struct pages {
    const uint8_t *first;
    const uint8_t *end;
};

static struct pages pages_of(const struct wasmc_data_segment *segment)
{
    uintptr_t mask = ~(uintptr_t)(wasmc_sys_page_bytes() - 1);
    uintptr_t start = (uintptr_t)segment->bytes, end = start + segment->size_bytes;
    return (struct pages){(const uint8_t *)((start + ~mask) & mask), (const uint8_t *)(end & mask)};
}

/* What others write before or behind it would be lost, or come back. */
static bool is_alone(const struct wasmc_instance *instance, const struct wasmc_data_segment *segment)
{
    for (uint32_t i = 0; i < instance->data_segment_count; i++) {
        const struct wasmc_data_segment *other = &instance->data_segments[i];
        bool overlaps = other->memory == segment->memory && other->size_bytes > 0 &&
                        other->offset_bytes < segment->offset_bytes + segment->size_bytes &&
                        segment->offset_bytes < other->offset_bytes + other->size_bytes;
        if (other != segment && overlaps)
            return false;
    }
    return true;
}

/* Nobody else has seen a memory of the instance's own yet: whether instantiation comes to this segment makes no difference. */
static bool can_map(const struct wasmc_instance *instance, const struct wasmc_data_segment *segment)
{
    const struct wasmc_memory *memory = segment->memory;
    bool is_own = memory >= instance->memories && memory < instance->memories + instance->memory_count;
    if (!is_own || mapped_count == LIMIT || segment->size_bytes < WASMC_MAPPED_DATA_BYTES ||
        segment->size_bytes > memory->size_bytes || segment->offset_bytes > memory->size_bytes - segment->size_bytes)
        return false;
    uintptr_t distance = (uintptr_t)memory->base + segment->offset_bytes - (uintptr_t)segment->bytes;
    struct pages pages = pages_of(segment);
    return distance % wasmc_sys_page_bytes() == 0 && pages.first < pages.end && is_alone(instance, segment);
}

void wasmc_memory_map_segments(const struct wasmc_instance *instance)
{
    for (uint32_t i = 0; i < instance->data_segment_count; i++) {
        const struct wasmc_data_segment *segment = &instance->data_segments[i];
        if (!can_map(instance, segment))
            continue;
        struct pages pages = pages_of(segment);
        uint8_t *target = segment->memory->base + segment->offset_bytes + (pages.first - segment->bytes);
        /* Where the host refuses, they are still here. */
        if (wasmc_sys_move_writable((void *)(uintptr_t)pages.first, (size_t)(pages.end - pages.first), target) == 0)
            mapped[mapped_count++] = segment;
    }
}

bool wasmc_memory_is_mapped(const struct wasmc_data_segment *segment)
{
    for (uint32_t i = 0; i < mapped_count; i++) {
        if (mapped[i] == segment)
            return true;
    }
    return false;
}

void wasmc_memory_copy_segment(const struct wasmc_data_segment *segment)
{
    uint8_t *target = segment->memory->base + segment->offset_bytes;
    if (!wasmc_memory_is_mapped(segment)) {
        memcpy(target, segment->bytes, segment->size_bytes);
        return;
    }
    struct pages pages = pages_of(segment);
    const uint8_t *end = segment->bytes + segment->size_bytes;
    memcpy(target, segment->bytes, (size_t)(pages.first - segment->bytes));
    memcpy(target + (pages.end - segment->bytes), pages.end, (size_t)(end - pages.end));
}
