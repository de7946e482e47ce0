/* collect.c - a collection: marks, then frees the blocks in which nothing is alive. Cells of others are swept when they
 * are needed (blocks.c). */
#include <string.h>

#include "gc/heap.h"

/* What a freed cell is filled with under stress: no number of a type, no reference. */
#define POISON 0xdb

static void clear_marks(void)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    for (uint32_t number = 0; number < heap->block_end; number++) {
        struct wasmc_gc_block *block = &wasmc_gc_space.blocks[number];
        if (heap->states[number] != WASMC_GC_CELLS && heap->states[number] != WASMC_GC_LARGE)
            continue;
        block->marked = 0;
        memset(block->marks, 0, (block->cell_count + 63) / 64 * sizeof *block->marks);
    }
}

static void poison(uint32_t number, const struct wasmc_gc_block *block)
{
    for (uint32_t cell = 0; cell < block->cell_count; cell++) {
        if ((block->marks[cell / 64] >> (cell % 64) & 1) == 0)
            memset(wasmc_gc_block_start(number) + (size_t)cell * block->cell_bytes, POISON, block->cell_bytes);
    }
}

/* Cells go to the list of their size; what is empty is free for all. */
static void sort_block(uint32_t number)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    struct wasmc_gc_block *block = &wasmc_gc_space.blocks[number];
    if (wasmc_gc_space.stress)
        poison(number, block);
    if (block->marked == 0) {
        uint32_t count = heap->states[number] == WASMC_GC_LARGE ? block->cell_bytes >> WASMC_GC_BLOCK_LOG2 : 1;
        wasmc_gc_give_back_blocks(number, count);
    } else if (heap->states[number] == WASMC_GC_CELLS && block->marked < block->cell_count) {
        struct wasmc_gc_class *cells = &heap->classes[wasmc_gc_space.class_of[block->cell_bytes / WASMC_GC_GRAIN_BYTES]];
        block->next = cells->unswept;
        cells->unswept = number + 1;
    }
}

static void sort_blocks(void)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    for (uint32_t i = 0; i < WASMC_GC_CLASSES; i++) {
        struct wasmc_gc_class *cells = &heap->classes[i];
        cells->run = (struct wasmc_gc_run){0};
        cells->block = 0;
        cells->unswept = 0;
    }
    for (uint32_t number = heap->block_end; number-- > 0;) {
        if (heap->states[number] == WASMC_GC_CELLS || heap->states[number] == WASMC_GC_LARGE)
            sort_block(number);
    }
}

void wasmc_gc_collect(const uint32_t *low)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    bool trace = wasmc_gc_space.trace;
    uint64_t begin_ns = trace ? wasmc_gc_now_ns() : 0;
    uint64_t before_bytes = heap->live_bytes + heap->new_bytes;
    heap->live_bytes = 0;
    heap->answered = __atomic_load_n(&wasmc_gc_space.requests, __ATOMIC_RELAXED);
    clear_marks();
    wasmc_gc_mark(low);
    sort_blocks();
    heap->new_bytes = 0;
    uint64_t least_threshold = wasmc_gc_least_threshold();
    heap->threshold = heap->live_bytes > least_threshold ? heap->live_bytes : least_threshold;
    uint64_t number = __atomic_add_fetch(&wasmc_gc_space.collections, 1, __ATOMIC_RELAXED);
    if (trace)
        wasmc_gc_report(number, begin_ns, before_bytes);
}
