#include "runtime.h"

#include <string.h>

#include "ctx.h"
#include "sys/sys.h"

static bool in_bounds(uint64_t start, uint64_t count, uint64_t size)
{
    return count <= size && start <= size - count;
}

/* Moves the elements to a mapping that never moves again: address space for as many as the table
 * may ever hold, pages only where elements are written. */
static bool reserve_elements(struct wasmc_table *table, uint64_t needed, uint64_t limit)
{
    uint64_t capacity = limit;
    const void **elements = wasmc_sys_map(capacity * sizeof *elements);
    if (elements == NULL) {
        capacity = needed;
        elements = wasmc_sys_map(capacity * sizeof *elements);
    }
    if (elements == NULL)
        return false;
    if (table->size > 0)
        memcpy(elements, table->elements, table->size * sizeof *elements);
    table->elements = elements;
    table->capacity = capacity;
    return true;
}

/* The account of the instance that defines a table; null when none does. */
static struct wasmc_account *account_of(const struct wasmc_program *program, const struct wasmc_table *table)
{
    uint32_t index = (uint32_t)table->instance;
    return index < program->instance_count ? wasmc_account_of(&program->instances[index]) : NULL;
}

int64_t wasmc_table_grow(struct wasmc_table *table, const void *element, uint64_t delta)
{
    uint64_t limit = table->max < WASMC_TABLE_LIMIT ? table->max : WASMC_TABLE_LIMIT;
    uint64_t old_size = table->size;
    if (delta == 0)
        return (int64_t)old_size;
    if (old_size > limit || delta > limit - old_size)
        return -1;
    uint64_t new_size = old_size + delta;
    struct wasmc_account *account = account_of(wasmc_running, table);
    if (!wasmc_budget_take(account, delta * sizeof *table->elements, WASMC_BUDGET_GROWTH))
        return -1;
    if (new_size > table->capacity && !reserve_elements(table, new_size, limit)) {
        wasmc_budget_give_back(account, delta * sizeof *table->elements);
        return -1;
    }
    /* Elements beyond size are null already; writing them would only touch the pages. */
    for (uint64_t i = old_size; element != NULL && i < new_size; i++)
        table->elements[i] = element;
    table->size = new_size;
    return (int64_t)old_size;
}

void wasmc_table_fill(struct wasmc_table *table, uint64_t start, const void *element, uint64_t count,
                      uint32_t module_offset)
{
    if (!in_bounds(start, count, table->size))
        wasmc_trap(WASMC_TRAP_OUT_OF_BOUNDS_TABLE, module_offset);
    for (uint64_t i = 0; i < count; i++)
        table->elements[start + i] = element;
}

void wasmc_table_copy(struct wasmc_table *to, struct wasmc_table *from, uint64_t to_start, uint64_t from_start,
                      uint64_t count, uint32_t module_offset)
{
    if (!in_bounds(to_start, count, to->size) || !in_bounds(from_start, count, from->size))
        wasmc_trap(WASMC_TRAP_OUT_OF_BOUNDS_TABLE, module_offset);
    if (count > 0)
        memmove(to->elements + to_start, from->elements + from_start, count * sizeof *to->elements);
}

void wasmc_table_init(struct wasmc_table *to, const struct wasmc_elem_instance *from, uint64_t to_start,
                      uint64_t from_start, uint64_t count, uint32_t module_offset)
{
    if (!in_bounds(to_start, count, to->size) || !in_bounds(from_start, count, from->size))
        wasmc_trap(WASMC_TRAP_OUT_OF_BOUNDS_TABLE, module_offset);
    if (count > 0)
        memcpy(to->elements + to_start, from->elements + from_start, count * sizeof *to->elements);
}

void wasmc_table_copy_segments(const struct wasmc_instance *instance)
{
    for (uint32_t i = 0; i < instance->elem_segment_count; i++) {
        const struct wasmc_elem_segment *segment = &instance->elem_segments[i];
        if (!in_bounds(segment->offset, segment->size, segment->table->size))
            wasmc_trap(WASMC_TRAP_OUT_OF_BOUNDS_TABLE, WASMC_MODULE_OFFSET_UNKNOWN);
        for (uint64_t k = 0; k < segment->size; k++)
            segment->table->elements[segment->offset + k] = segment->elements[k];
    }
}

/* A thread's own elements of a table, behind what is known of them. */
struct local_elements {
    struct local_elements *next;
    struct wasmc_table *table;
    uint64_t first_size;
    size_t bytes; /* of the mapping */
    uint32_t element_bytes;
    _Alignas(sizeof(void *)) uint8_t elements[];
};

static _Thread_local struct local_elements *local_tables;

void wasmc_table_localize(struct wasmc_table *table, uint64_t capacity, uint32_t element_bytes)
{
    if (capacity > WASMC_TABLE_LIMIT)
        capacity = WASMC_TABLE_LIMIT;
    if (capacity < table->size)
        capacity = table->size;
    size_t bytes = sizeof(struct local_elements) + capacity * element_bytes;
    struct local_elements *local = wasmc_sys_map(bytes);
    if (local == NULL) {
        capacity = table->size;
        bytes = sizeof *local + capacity * element_bytes;
        local = wasmc_sys_map(bytes);
    }
    if (local == NULL)
        wasmc_trap(WASMC_TRAP_OUT_OF_MEMORY, WASMC_MODULE_OFFSET_UNKNOWN);
    *local = (struct local_elements){local_tables, table, table->size, bytes, element_bytes};
    if (table->size > 0)
        memcpy(local->elements, table->elements, table->size * element_bytes);
    table->elements = (const void **)(void *)local->elements;
    table->capacity = capacity;
    local_tables = local;
}

void wasmc_tables_end(void)
{
    while (local_tables != NULL) {
        struct local_elements *local = local_tables;
        struct wasmc_table *table = local->table;
        uint64_t grown = table->size - local->first_size;
        /* An element counts as a pointer, also where it takes less (gc/table.c). */
        if (grown > 0)
            wasmc_budget_give_back(account_of(wasmc_running, table), grown * sizeof *table->elements);
        if ((uint8_t *)table->elements != local->elements)
            wasmc_sys_unmap(table->elements, table->capacity * local->element_bytes);
        local_tables = local->next;
        wasmc_sys_unmap(local, local->bytes);
    }
}
