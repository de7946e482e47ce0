/* heap.c - what the collector knows, and how it begins. */
#include "gc/heap.h"

#include <string.h>

struct wasmc_gc_space wasmc_gc_space;
_Thread_local struct wasmc_gc_heap wasmc_gc_heap;

/* A collection is worth its while only after so much, or a quarter of the heap. */
#define LEAST_THRESHOLD_BYTES (UINT64_C(64) << 20)

/* Sizes in steps of a grain up to this, from there on by a quarter. */
#define FINE_BYTES 256u

/* Of a heap's mark stack, for each block that there may be. */
#define MARK_BYTES 1024u

size_t wasmc_gc_space_structure_bytes(uint64_t heap_bytes)
{
    /* A block's structure, and a byte that says whether it is taken. */
    return (size_t)(heap_bytes >> WASMC_GC_BLOCK_LOG2) * (sizeof(struct wasmc_gc_block) + 1);
}

size_t wasmc_gc_heap_structure_bytes(void)
{
    /* A byte that says what a block is, and the mark stack. */
    return (size_t)wasmc_gc_space.block_limit * (MARK_BYTES + 1);
}

/* The size of the cells that follow those of `bytes`. */
static uint32_t next_size(uint32_t bytes)
{
    bytes = bytes < FINE_BYTES ? bytes + WASMC_GC_GRAIN_BYTES : (bytes + bytes / 4) & ~(WASMC_GC_GRAIN_BYTES - 1);
    return bytes < WASMC_GC_SMALL_BYTES ? bytes : WASMC_GC_SMALL_BYTES;
}

void wasmc_gc_space_start(uint8_t *base, uint64_t heap_bytes, void *structures, const struct wasmc_gc_program *program)
{
    struct wasmc_gc_space *space = &wasmc_gc_space;
    memset(space, 0, sizeof *space);
    space->program = program;
    space->base = base;
    space->block_limit = (uint32_t)(heap_bytes >> WASMC_GC_BLOCK_LOG2);
    space->blocks = structures;
    space->is_taken = (uint8_t *)(space->blocks + space->block_limit);
    uint32_t bytes = WASMC_GC_GRAIN_BYTES;
    uint32_t grains = 0;
    for (uint8_t i = 0; grains <= WASMC_GC_SMALL_BYTES / WASMC_GC_GRAIN_BYTES; i++) {
        for (; grains <= bytes / WASMC_GC_GRAIN_BYTES; grains++)
            space->class_of[grains] = i;
        bytes = next_size(bytes);
    }
}

uint64_t wasmc_gc_least_threshold(void)
{
    uint64_t quarter = ((uint64_t)wasmc_gc_space.block_limit << WASMC_GC_BLOCK_LOG2) / 4;
    return quarter < LEAST_THRESHOLD_BYTES ? quarter : LEAST_THRESHOLD_BYTES;
}

void wasmc_gc_heap_start(void *structures, const struct wasmc_gc_roots *roots)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    memset(heap, 0, sizeof *heap);
    heap->roots = *roots;
    heap->mark_stack = structures;
    heap->mark_capacity = (size_t)wasmc_gc_space.block_limit * MARK_BYTES / sizeof(uint32_t);
    heap->states = (uint8_t *)(heap->mark_stack + heap->mark_capacity);
    heap->threshold = wasmc_gc_least_threshold();
    heap->answered = __atomic_load_n(&wasmc_gc_space.requests, __ATOMIC_RELAXED);
    uint32_t bytes = WASMC_GC_GRAIN_BYTES;
    for (uint32_t i = 0; i < WASMC_GC_CLASSES; i++) {
        heap->classes[i].cell_bytes = bytes;
        bytes = next_size(bytes);
    }
    __atomic_fetch_add(&wasmc_gc_space.heap_count, 1, __ATOMIC_RELAXED);
}
