#include "runtime.h"

#include <errno.h>
#include <string.h>

#include "ctx.h"
#include "lock.h"
#include "sys/start.h"
#include "sys/sys.h"

/* Index space of 32-bit addresses. */
#define INDEX_SPACE32_BYTES (UINT64_C(1) << 32)

/* The most address space that a memory with explicit compares reserves. */
#define EXPLICIT_SPACE_LIMIT_BYTES (UINT64_C(1) << 40)

static uint32_t grow_lock;

static uint64_t round_up(uint64_t bytes, uint64_t unit)
{
    return (bytes + unit - 1) & ~(unit - 1);
}

/* pages << page_log2, or UINT64_MAX when that does not fit. */
static uint64_t pages_to_bytes(uint64_t pages, uint32_t page_log2)
{
    return pages > (UINT64_MAX >> page_log2) ? UINT64_MAX : pages << page_log2;
}

static bool needs_explicit_compares(const struct wasmc_memory_desc *desc)
{
    return (desc->flags & WASMC_MEMORY_IS64) || (UINT64_C(1) << desc->page_log2) % wasmc_sys_page_bytes() != 0;
}

/* Bytes below the base that belong to the reservation. */
static uint64_t low_guard_bytes(const struct wasmc_memory_desc *desc)
{
    bool guarded = !(desc->flags & WASMC_MEMORY_EXPLICIT) && desc->fixed_base != WASMC_MEMORY_BASE;
    return guarded ? WASMC_LOW_GUARD_BYTES : 0;
}

static enum wasmc_memory_result reserve_at(struct wasmc_memory *memory, const struct wasmc_memory_desc *desc,
                                           uint64_t bytes)
{
    uint64_t low = low_guard_bytes(desc);
    uint8_t *start;
    if (desc->fixed_base != 0) {
        start = (uint8_t *)(uintptr_t)(desc->fixed_base - low);
        int error = wasmc_sys_reserve_at(start, bytes + low);
        if (error != 0)
            return error == -EEXIST ? WASMC_MEMORY_TAKEN : WASMC_MEMORY_NO_SPACE;
    } else {
        start = wasmc_sys_reserve(bytes + low);
        if (start == NULL)
            return WASMC_MEMORY_NO_SPACE;
    }
    memory->base = start + low;
    memory->reserved_bytes = bytes;
    return WASMC_MEMORY_READY;
}

/* Reserves what the memory can grow to, or as much of it as the host gives, at least the minimum. */
static enum wasmc_memory_result reserve_explicit(struct wasmc_memory *memory, const struct wasmc_memory_desc *desc,
                                                 uint64_t space_bytes)
{
    uint64_t page = wasmc_sys_page_bytes();
    uint64_t limit = space_bytes < EXPLICIT_SPACE_LIMIT_BYTES ? space_bytes : EXPLICIT_SPACE_LIMIT_BYTES;
    uint64_t minimum = pages_to_bytes(desc->min_pages, desc->page_log2);
    uint64_t wanted = pages_to_bytes(memory->max_pages, desc->page_log2);
    if (minimum > limit)
        return WASMC_MEMORY_NO_SPACE;
    if (wanted > limit)
        wanted = limit;
    for (;;) {
        /* One page more than nothing: a base is needed even for an empty memory. */
        uint64_t bytes = round_up(wanted == 0 ? 1 : wanted, page);
        enum wasmc_memory_result result = reserve_at(memory, desc, bytes);
        if (result == WASMC_MEMORY_READY) {
            uint64_t pages = bytes >> desc->page_log2;
            if (pages < memory->max_pages)
                memory->max_pages = pages;
            return result;
        }
        if (result != WASMC_MEMORY_NO_SPACE || wanted <= minimum)
            return result;
        wanted = wanted / 2 > minimum ? wanted / 2 : minimum;
    }
}

/* Makes the pages up to a size accessible that the reservation holds. */
static inline __attribute__((always_inline)) bool resize(struct wasmc_memory *memory, uint64_t new_pages,
                                                         int (*make_accessible)(void *base, size_t bytes))
{
    uint64_t new_bytes = pages_to_bytes(new_pages, memory->page_log2);
    uint64_t page = wasmc_sys_page_bytes();
    uint64_t from = round_up(memory->size_bytes, page);
    uint64_t to = round_up(new_bytes, page);
    if (to > from && make_accessible(memory->base + from, to - from) != 0)
        return false;
    /* Released: a thread that sees the new size must find the pages accessible, and who has seen the pages the bytes. */
    __atomic_store_n(&memory->size_bytes, new_bytes, __ATOMIC_RELEASE);
    __atomic_store_n(&memory->size_pages, new_pages, __ATOMIC_RELEASE);
    return true;
}

enum wasmc_memory_result wasmc_memory_start(struct wasmc_memory *memory, const struct wasmc_memory_desc *desc,
                                            uint64_t space_bytes, uint64_t max_memory_bytes,
                                            struct wasmc_account *account)
{
    bool is_explicit = (desc->flags & WASMC_MEMORY_EXPLICIT) != 0;
    if (!is_explicit && needs_explicit_compares(desc))
        return WASMC_MEMORY_UNSUPPORTED;

    uint64_t granted_pages = max_memory_bytes >> desc->page_log2;
    if (desc->min_pages > granted_pages)
        return WASMC_MEMORY_OVER_LIMIT;
    memory->page_log2 = desc->page_log2;
    memory->flags = desc->flags;
    memory->max_pages = desc->max_pages < granted_pages ? desc->max_pages : granted_pages;
    memory->size_pages = 0;
    memory->size_bytes = 0;

    enum wasmc_memory_result result;
    if (is_explicit)
        result = reserve_explicit(memory, desc, space_bytes);
    else
        result = reserve_at(memory, desc, INDEX_SPACE32_BYTES + desc->guard_bytes);
    if (result != WASMC_MEMORY_READY)
        return result;
    if (!wasmc_budget_take(account, pages_to_bytes(desc->min_pages, desc->page_log2), WASMC_BUDGET_START))
        return WASMC_MEMORY_OVER_LIMIT;
    return resize(memory, desc->min_pages, wasmc_sys_start_make_accessible) ? WASMC_MEMORY_READY : WASMC_MEMORY_NO_PAGES;
}

/* The account of the instance that defines a memory; null when none does. */
static struct wasmc_account *account_of(const struct wasmc_program *program, const struct wasmc_memory *memory)
{
    for (uint32_t i = 0; i < program->instance_count; i++) {
        const struct wasmc_instance *instance = &program->instances[i];
        if (memory >= instance->memories && memory < instance->memories + instance->memory_count)
            return wasmc_account_of(instance);
    }
    return NULL;
}

static int64_t grow_locked(struct wasmc_memory *memory, uint64_t delta_pages)
{
    uint64_t old_pages = memory->size_pages;
    if (old_pages > memory->max_pages || delta_pages > memory->max_pages - old_pages)
        return -1;
    uint64_t new_pages = old_pages + delta_pages;
    if (pages_to_bytes(new_pages, memory->page_log2) > memory->reserved_bytes)
        return -1;
    struct wasmc_account *account = account_of(wasmc_running, memory);
    uint64_t bytes = pages_to_bytes(delta_pages, memory->page_log2);
    if (!wasmc_budget_take(account, bytes, WASMC_BUDGET_GROWTH))
        return -1;
    if (!resize(memory, new_pages, wasmc_sys_make_accessible)) {
        wasmc_budget_give_back(account, bytes);
        return -1;
    }
    return (int64_t)old_pages;
}

int64_t wasmc_memory_grow(struct wasmc_memory *memory, uint64_t delta_pages)
{
    wasmc_lock(&grow_lock);
    int64_t result = grow_locked(memory, delta_pages);
    wasmc_unlock(&grow_lock);
    return result;
}

static bool memory_contains(const struct wasmc_memory *memory, const struct wasmc_memory_desc *desc, uintptr_t address)
{
    uint64_t base = (uint64_t)(uintptr_t)memory->base;
    if (base == 0)
        return false;
    uint64_t low = desc->flags & WASMC_MEMORY_EXPLICIT ? base : base - WASMC_LOW_GUARD_BYTES;
    return address >= low && address < base + memory->reserved_bytes;
}

bool wasmc_memory_contains(const struct wasmc_program *program, uintptr_t address)
{
    for (uint32_t i = 0; i < program->instance_count; i++) {
        const struct wasmc_instance *instance = &program->instances[i];
        for (uint32_t k = 0; k < instance->memory_count; k++) {
            if (memory_contains(&instance->memories[k], &instance->memory_descs[k], address))
                return true;
        }
    }
    return false;
}

__attribute__((weak)) void wasmc_memory_map_segments(const struct wasmc_instance *instance)
{
    (void)instance;
}

__attribute__((weak)) void wasmc_memory_copy_segment(const struct wasmc_data_segment *segment)
{
    memcpy(segment->memory->base + segment->offset_bytes, segment->bytes, segment->size_bytes);
}

void wasmc_memory_copy_segments(const struct wasmc_instance *instance)
{
    for (uint32_t i = 0; i < instance->data_segment_count; i++) {
        const struct wasmc_data_segment *segment = &instance->data_segments[i];
        const struct wasmc_memory *memory = segment->memory;
        if (segment->size_bytes > memory->size_bytes ||
            segment->offset_bytes > memory->size_bytes - segment->size_bytes)
            wasmc_trap(WASMC_TRAP_OUT_OF_BOUNDS_MEMORY, WASMC_MODULE_OFFSET_UNKNOWN);
        if (segment->size_bytes > 0)
            wasmc_memory_copy_segment(segment);
    }
}
