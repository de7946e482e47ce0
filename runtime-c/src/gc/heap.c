/* heap.c - what the collector knows, and how it begins. */
#include "gc/heap.h"

#include <string.h>

struct wasmc_gc_heap wasmc_gc_heap;

/* A collection is worth its while only after so much, or a quarter of the heap. */
#define LEAST_THRESHOLD_BYTES (UINT64_C(64) << 20)

/* Sizes in steps of a grain up to this, from there on by a quarter. */
#define FINE_BYTES 256u

size_t wasmc_gc_structure_bytes(uint64_t heap_bytes)
{
    size_t blocks = (size_t)(heap_bytes >> WASMC_GC_BLOCK_LOG2);
    /* A block's structure, a byte for what it is, and 1 KiB of the mark stack for its objects. */
    return blocks * (sizeof(struct wasmc_gc_block) + 1024 + 1);
}

static void start_classes(struct wasmc_gc_heap *heap)
{
    uint32_t bytes = WASMC_GC_GRAIN_BYTES;
    uint32_t grains = 0;
    for (uint32_t i = 0; i < WASMC_GC_CLASSES && grains <= WASMC_GC_SMALL_BYTES / WASMC_GC_GRAIN_BYTES; i++) {
        heap->classes[i].cell_bytes = bytes;
        for (; grains <= bytes / WASMC_GC_GRAIN_BYTES; grains++)
            heap->class_of[grains] = (uint8_t)i;
        bytes = bytes < FINE_BYTES ? bytes + WASMC_GC_GRAIN_BYTES : (bytes + bytes / 4) & ~(WASMC_GC_GRAIN_BYTES - 1);
        if (bytes > WASMC_GC_SMALL_BYTES)
            bytes = WASMC_GC_SMALL_BYTES;
    }
}

void wasmc_gc_heap_start(uint8_t *base, uint64_t heap_bytes, void *structures, const struct wasmc_gc_program *program,
                         const uint8_t *stack_top)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    memset(heap, 0, sizeof *heap);
    heap->program = program;
    heap->base = base;
    heap->stack_top = stack_top;
    heap->block_limit = (uint32_t)(heap_bytes >> WASMC_GC_BLOCK_LOG2);
    heap->blocks = structures;
    heap->mark_stack = (uint32_t *)(heap->blocks + heap->block_limit);
    heap->mark_capacity = (size_t)heap->block_limit * 1024 / sizeof(uint32_t);
    heap->states = (uint8_t *)(heap->mark_stack + heap->mark_capacity);
    heap->least_threshold = heap_bytes / 4 < LEAST_THRESHOLD_BYTES ? heap_bytes / 4 : LEAST_THRESHOLD_BYTES;
    heap->threshold = heap->least_threshold;
    start_classes(heap);
}
