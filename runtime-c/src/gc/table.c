/* table.c - tables of a program with a heap, whose elements take 32 bits. They count as 8 bytes each, as others do. */
#include <string.h>

#include "ctx.h"
#include "runtime.h"
#include "sys/sys.h"

/* What --max-memory counts for an element. */
#define COUNTED_BYTES UINT64_C(8)

static uint32_t *elements_of(const struct wasmc_table *table)
{
    return (uint32_t *)(void *)table->elements;
}

static bool in_bounds(uint64_t start, uint64_t count, uint64_t size)
{
    return count <= size && start <= size - count;
}

static void require(bool in_bounds, uint32_t module_offset)
{
    if (!in_bounds)
        wasmc_trap(WASMC_TRAP_OUT_OF_BOUNDS_TABLE, module_offset);
}

/* Moves the elements to a mapping that never moves again. */
static bool reserve_elements(struct wasmc_table *table, uint64_t needed, uint64_t limit)
{
    uint64_t capacity = limit;
    uint32_t *elements = wasmc_sys_map(capacity * sizeof *elements);
    if (elements == NULL) {
        capacity = needed;
        elements = wasmc_sys_map(capacity * sizeof *elements);
    }
    if (elements == NULL)
        return false;
    if (table->size > 0)
        memcpy(elements, table->elements, table->size * sizeof *elements);
    __atomic_store_n(&table->elements, (const void **)(void *)elements, __ATOMIC_RELAXED);
    table->capacity = capacity;
    return true;
}

static struct wasmc_account *account_of(const struct wasmc_program *program, const struct wasmc_table *table)
{
    uint32_t index = (uint32_t)table->instance;
    return index < program->instance_count ? wasmc_account_of(&program->instances[index]) : NULL;
}

int64_t wasmc_gc_table_grow(struct wasmc_table *table, uint32_t element, uint64_t delta)
{
    uint64_t limit = table->max < WASMC_TABLE_LIMIT ? table->max : WASMC_TABLE_LIMIT;
    uint64_t old_size = table->size;
    if (delta == 0)
        return (int64_t)old_size;
    if (old_size > limit || delta > limit - old_size)
        return -1;
    struct wasmc_account *account = account_of(wasmc_running, table);
    if (!wasmc_budget_take(account, delta * COUNTED_BYTES, WASMC_BUDGET_GROWTH))
        return -1;
    if (old_size + delta > table->capacity && !reserve_elements(table, old_size + delta, limit)) {
        wasmc_budget_give_back(account, delta * COUNTED_BYTES);
        return -1;
    }
    /* Elements beyond size are null already. */
    for (uint64_t i = old_size; element != 0 && i < old_size + delta; i++)
        elements_of(table)[i] = element;
    /* Last: see mark.c. */
    __atomic_store_n(&table->size, old_size + delta, __ATOMIC_RELEASE);
    return (int64_t)old_size;
}

void wasmc_gc_table_fill(struct wasmc_table *table, uint64_t start, uint32_t element, uint64_t count,
                         uint32_t module_offset)
{
    require(in_bounds(start, count, table->size), module_offset);
    for (uint64_t i = 0; i < count; i++)
        elements_of(table)[start + i] = element;
}

void wasmc_gc_table_copy(struct wasmc_table *to, struct wasmc_table *from, uint64_t to_start, uint64_t from_start,
                         uint64_t count, uint32_t module_offset)
{
    require(in_bounds(to_start, count, to->size) && in_bounds(from_start, count, from->size), module_offset);
    if (count > 0)
        memmove(elements_of(to) + to_start, elements_of(from) + from_start, count * sizeof(uint32_t));
}

void wasmc_gc_table_init(struct wasmc_table *to, const struct wasmc_elem_instance *from, uint64_t to_start,
                         uint64_t from_start, uint64_t count, uint32_t module_offset)
{
    require(in_bounds(to_start, count, to->size) && in_bounds(from_start, count, from->size), module_offset);
    const uint32_t *elements = (const uint32_t *)(const void *)from->elements;
    if (count > 0)
        memcpy(elements_of(to) + to_start, elements + from_start, count * sizeof *elements);
}
