/* fd_slots.c - a table's slots and what they hold, without locks: start-up fills them, fd_table.c shares them. */
#include "fd_table.h"

#include "../runtime.h"

/* Descriptors that are allocated at a time when the inline ones are used up. */
#define CHUNK_DESCS 64u

static bool grow_slots(struct wasmc_fd_table *table)
{
    struct wasmc_desc **slots = wasmc_arena_allocate(WASMC_FD_LIMIT * sizeof *slots);
    if (slots == NULL)
        return false;
    for (uint32_t i = 0; i < table->slot_count; i++)
        slots[i] = table->slots[i];
    table->slots = slots;
    table->slot_count = WASMC_FD_LIMIT;
    return true;
}

void wasmc_fd_add_free(struct wasmc_fd_table *table, struct wasmc_desc *descs, uint32_t count)
{
    for (uint32_t i = count; i-- > 0;) {
        descs[i].next_free = table->free;
        table->free = &descs[i];
    }
}

static struct wasmc_desc *take_desc(struct wasmc_fd_table *table)
{
    if (table->free == NULL) {
        struct wasmc_desc *descs = wasmc_arena_allocate(CHUNK_DESCS * sizeof *descs);
        if (descs == NULL)
            return NULL;
        wasmc_fd_add_free(table, descs, CHUNK_DESCS);
    }
    struct wasmc_desc *desc = table->free;
    table->free = desc->next_free;
    return desc;
}

wasi_errno wasmc_fd_set(struct wasmc_fd_table *table, uint32_t fd, const struct wasmc_desc *value)
{
    if (fd >= table->limit)
        return WASI_ERRNO_MFILE;
    if (fd >= table->slot_count && !grow_slots(table))
        return WASI_ERRNO_NOMEM;
    struct wasmc_desc *desc = take_desc(table);
    if (desc == NULL)
        return WASI_ERRNO_NOMEM;
    *desc = *value;
    desc->users = 1; /* the slot */
    table->slots[fd] = desc;
    return WASI_ERRNO_SUCCESS;
}

void wasmc_fd_table_init(struct wasmc_fd_table *table)
{
    table->slots = table->inline_slots;
    table->slot_count = WASMC_FD_INLINE_SLOTS;
    table->limit = WASMC_FD_LIMIT;
    wasmc_fd_add_free(table, table->inline_descs, WASMC_FD_INLINE_DESCS);
}
