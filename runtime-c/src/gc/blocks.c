/* blocks.c - blocks, and free cells in them: swept one by one, when cells of their size are asked for. */
#include <string.h>

#include "gc/heap.h"
#include "sys/sys.h"

/* So many blocks become accessible at a time. */
#define READY_BLOCKS 64u

static bool make_ready(uint32_t count)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    if (count <= heap->block_ready)
        return true;
    uint32_t ready = (count + READY_BLOCKS - 1) / READY_BLOCKS * READY_BLOCKS;
    if (ready > heap->block_limit)
        ready = heap->block_limit;
    size_t bytes = (size_t)(ready - heap->block_ready) << WASMC_GC_BLOCK_LOG2;
    if (wasmc_sys_make_accessible(wasmc_gc_block_start(heap->block_ready), bytes) != 0)
        return false;
    heap->block_ready = ready;
    return true;
}

uint32_t wasmc_gc_take_blocks(uint32_t count)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    uint32_t run = 0;
    /* Only a collection frees blocks, and it sets the hint back. */
    for (uint32_t number = heap->free_hint; number < heap->block_used; number++) {
        run = heap->states[number] == WASMC_GC_FREE ? run + 1 : 0;
        if (run == count) {
            uint32_t first = number + 1 - count;
            if (first == heap->free_hint)
                heap->free_hint = number + 1;
            return first;
        }
    }
    uint32_t first = heap->block_used - run;
    if (count > heap->block_limit - first || !make_ready(first + count))
        return UINT32_MAX;
    heap->block_used = first + count;
    if (first == heap->free_hint)
        heap->free_hint = heap->block_used;
    return first;
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
    const struct wasmc_gc_block *block = &wasmc_gc_heap.blocks[number];
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
    wasmc_gc_heap.blocks[number] = (struct wasmc_gc_block){
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
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    for (;;) {
        if (cells->block != 0 && next_run(cells))
            return true;
        if (cells->unswept != 0) {
            cells->block = cells->unswept;
            cells->at = 0;
            cells->unswept = heap->blocks[cells->block - 1].next;
        } else if ((!forced && heap->new_bytes >= heap->threshold) || !new_block(cells)) {
            return false;
        }
    }
}
