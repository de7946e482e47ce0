/* blocks.c - blocks, and free cells in them: swept one by one, when cells of their size are asked for. */
#include <string.h>

#include "gc/heap.h"
#include "lock.h"
#include "sys/sys.h"

/* So many blocks become accessible at a time. */
#define READY_BLOCKS 64u

/* How long who finds no block waits for others. */
#define PATIENCE_NS UINT64_C(1000000000)

static bool make_ready(uint32_t count)
{
    struct wasmc_gc_space *space = &wasmc_gc_space;
    if (count <= space->block_ready)
        return true;
    uint32_t ready = (count + READY_BLOCKS - 1) / READY_BLOCKS * READY_BLOCKS;
    if (ready > space->block_limit)
        ready = space->block_limit;
    size_t bytes = (size_t)(ready - space->block_ready) << WASMC_GC_BLOCK_LOG2;
    if (wasmc_sys_make_accessible(wasmc_gc_block_start(space->block_ready), bytes) != 0)
        return false;
    space->block_ready = ready;
    return true;
}

/* The first of so many free blocks, or UINT32_MAX. */
static uint32_t find_blocks(uint32_t count)
{
    struct wasmc_gc_space *space = &wasmc_gc_space;
    uint32_t run = 0;
    /* Who frees blocks sets the hint back. */
    for (uint32_t number = space->free_hint; number < space->block_used; number++) {
        run = space->is_taken[number] ? 0 : run + 1;
        if (run == count)
            return number + 1 - count;
    }
    uint32_t first = space->block_used - run;
    if (count > space->block_limit - first || !make_ready(first + count))
        return UINT32_MAX;
    __atomic_store_n(&space->block_used, first + count, __ATOMIC_RELAXED);
    return first;
}

uint32_t wasmc_gc_take_blocks(uint32_t count)
{
    struct wasmc_gc_space *space = &wasmc_gc_space;
    wasmc_lock(&space->lock);
    uint32_t first = find_blocks(count);
    if (first != UINT32_MAX) {
        memset(space->is_taken + first, 1, count);
        if (first == space->free_hint)
            space->free_hint = first + count;
        __atomic_fetch_add(&space->block_taken, count, __ATOMIC_RELAXED);
    }
    wasmc_unlock(&space->lock);
    if (first != UINT32_MAX && first + count > wasmc_gc_heap.block_end)
        wasmc_gc_heap.block_end = first + count;
    return first;
}

void wasmc_gc_give_back_blocks(uint32_t first, uint32_t count)
{
    struct wasmc_gc_space *space = &wasmc_gc_space;
    memset(&wasmc_gc_heap.states[first], WASMC_GC_FREE, count);
    wasmc_lock(&space->lock);
    memset(space->is_taken + first, 0, count);
    if (first < space->free_hint)
        space->free_hint = first;
    __atomic_fetch_sub(&space->block_taken, count, __ATOMIC_RELAXED);
    wasmc_unlock(&space->lock);
}

/* Nobody can collect what another thread has left lying. Where there are several and half of the space is taken, each
 * leaves no more than its part of the other half. */
static bool has_its_part(uint64_t new_bytes)
{
    const struct wasmc_gc_space *space = &wasmc_gc_space;
    uint32_t heaps = __atomic_load_n(&space->heap_count, __ATOMIC_RELAXED);
    if (heaps < 2 || __atomic_load_n(&space->block_taken, __ATOMIC_RELAXED) < space->block_limit / 2)
        return false;
    return new_bytes > ((uint64_t)space->block_limit << WASMC_GC_BLOCK_LOG2) / 2 / heaps;
}

bool wasmc_gc_is_asked(void)
{
    return wasmc_gc_heap.answered != __atomic_load_n(&wasmc_gc_space.requests, __ATOMIC_RELAXED);
}

/* A thread that waits for something else never answers. */
bool wasmc_gc_ask_others(void)
{
    struct wasmc_gc_space *space = &wasmc_gc_space;
    uint32_t taken = __atomic_load_n(&space->block_taken, __ATOMIC_RELAXED);
    if (__atomic_load_n(&space->heap_count, __ATOMIC_RELAXED) < 2)
        return false;
    wasmc_gc_heap.answered = __atomic_add_fetch(&space->requests, 1, __ATOMIC_RELAXED);
    uint64_t end_ns = wasmc_gc_now_ns() + PATIENCE_NS;
    while (wasmc_gc_now_ns() < end_ns) {
        if (__atomic_load_n(&space->block_taken, __ATOMIC_RELAXED) < taken)
            return true;
        wasmc_sys_yield();
    }
    return false;
}

bool wasmc_gc_is_due(uint64_t more_bytes)
{
    const struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    uint64_t new_bytes = heap->new_bytes + more_bytes;
    return new_bytes > heap->threshold || has_its_part(new_bytes);
}

/* The first cell from `from` on whose mark is `marked`, or the count of cells. */
static uint32_t find_cell(const struct wasmc_gc_block *block, uint32_t from, bool marked)
{
    while (from < block->cell_count) {
        uint64_t word = block->marks[from / 64];
        uint64_t rest = (marked ? word : ~word) >> (from % 64);
        if (rest != 0) {
            from += (uint32_t)__builtin_ctzll(rest);
            return from < block->cell_count ? from : block->cell_count;
        }
        from = (from | 63) + 1;
    }
    return block->cell_count;
}

/* The next cells without a mark in the class's block, cleared; false at its end. */
static bool next_run(struct wasmc_gc_class *cells)
{
    uint32_t number = cells->block - 1;
    const struct wasmc_gc_block *block = &wasmc_gc_space.blocks[number];
    uint32_t first = find_cell(block, cells->at, false);
    if (first == block->cell_count)
        return false;
    uint32_t end = find_cell(block, first, true);
    cells->at = end;
    uint8_t *start = wasmc_gc_block_start(number) + (size_t)first * block->cell_bytes;
    uint32_t bytes = (end - first) * block->cell_bytes;
    memset(start, 0, bytes);
    wasmc_gc_heap.new_bytes += bytes;
    cells->run.cursor = (uint32_t)(uintptr_t)start;
    cells->run.limit = cells->run.cursor + bytes;
    return true;
}

static bool new_block(struct wasmc_gc_class *cells)
{
    uint32_t number = wasmc_gc_take_blocks(1);
    if (number == UINT32_MAX)
        return false;
    uint32_t bytes = cells->cell_bytes;
    wasmc_gc_heap.states[number] = WASMC_GC_CELLS;
    wasmc_gc_space.blocks[number] = (struct wasmc_gc_block){
        .cell_bytes = bytes,
        .reciprocal = (uint32_t)((UINT64_C(1) << 32) / bytes + 1),
        .cell_count = WASMC_GC_BLOCK_BYTES / bytes,
    };
    cells->block = number + 1;
    cells->at = 0;
    return true;
}

bool wasmc_gc_refill(struct wasmc_gc_class *cells, bool forced)
{
    for (;;) {
        if (cells->block != 0 && next_run(cells))
            return true;
        if (cells->unswept != 0) {
            cells->block = cells->unswept;
            cells->at = 0;
            cells->unswept = wasmc_gc_space.blocks[cells->block - 1].next;
        } else if ((!forced && wasmc_gc_is_due(1)) || !new_block(cells)) {
            return false;
        }
    }
}
