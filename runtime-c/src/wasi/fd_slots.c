/* fd_slots.c - a table's slots and what they hold, without locks: start-up fills them, fd_table.c shares them. */
#include "fd_table.h"

#include <string.h>

#include "../runtime.h"

/* Descriptors that are allocated at a time when the inline ones are used up. */
#define CHUNK_DESCS 64u

static size_t word_count(uint32_t slot_count)
{
    return (slot_count + WASMC_FD_WORD_SLOTS - 1) / WASMC_FD_WORD_SLOTS;
}

/* Doubles the slots until there is one for `fd`. What was there is lost to the arena: together no more than there is. */
static bool grow_slots(struct wasmc_fd_table *table, uint32_t fd, wasmc_allocator *allocate)
{
    uint32_t count = table->slot_count;
    while (count <= fd)
        count *= 2;
    size_t words = word_count(count);
    struct wasmc_desc **slots = allocate(count * sizeof *slots + words * sizeof *table->blocks);
    if (slots == NULL)
        return false;
    uint64_t *blocks = (uint64_t *)(slots + count);
    memcpy(slots, table->slots, table->slot_count * sizeof *slots);
    memset(blocks, 0xff, words * sizeof *blocks);
    memcpy(blocks, table->blocks, word_count(table->slot_count) * sizeof *blocks);
    table->slots = slots;
    table->blocks = blocks;
    table->slot_count = count;
    return true;
}

void wasmc_fd_add_free(struct wasmc_fd_table *table, struct wasmc_desc *descs, uint32_t count)
{
    for (uint32_t i = count; i-- > 0;) {
        descs[i].next_free = table->free;
        table->free = &descs[i];
    }
}

static struct wasmc_desc *take_desc(struct wasmc_fd_table *table, wasmc_allocator *allocate)
{
    if (table->free == NULL) {
        struct wasmc_desc *descs = allocate(CHUNK_DESCS * sizeof *descs);
        if (descs == NULL)
            return NULL;
        wasmc_fd_add_free(table, descs, CHUNK_DESCS);
    }
    struct wasmc_desc *desc = table->free;
    table->free = desc->next_free;
    return desc;
}

wasi_errno wasmc_fd_set(struct wasmc_fd_table *table, uint32_t fd, const struct wasmc_desc *value,
                        wasmc_allocator *allocate)
{
    if (fd >= table->limit)
        return WASI_ERRNO_MFILE;
    if (fd >= table->slot_count && !grow_slots(table, fd, allocate))
        return WASI_ERRNO_NOMEM;
    struct wasmc_desc *desc = take_desc(table, allocate);
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
    table->blocks = &table->inline_blocks;
    table->inline_blocks = UINT64_MAX;
    table->slot_count = WASMC_FD_INLINE_SLOTS;
    table->limit = WASMC_FD_LIMIT;
    wasmc_fd_add_free(table, table->inline_descs, WASMC_FD_INLINE_DESCS);
}
