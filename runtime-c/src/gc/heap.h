/* heap.h - the garbage-collected heap, for its own files.
 *
 * Mark and sweep; objects never move. A word on the guest's stack or in a register that looks like an address in an
 * object keeps that object (conservative); what objects, globals, tables and segments refer to is known (precise). The
 * heap is cut into blocks of cells of one size. What the collector knows of them lies elsewhere, where no reference
 * reaches: a heap that was damaged reaches nothing but itself.
 */
#ifndef WASMC_GC_HEAP_H
#define WASMC_GC_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wasmc/abi.h"

#define WASMC_GC_BLOCK_LOG2 16
#define WASMC_GC_BLOCK_BYTES (UINT32_C(1) << WASMC_GC_BLOCK_LOG2)
/* Cells are multiples of this. */
#define WASMC_GC_GRAIN_BYTES UINT32_C(16)
#define WASMC_GC_GRAINS (WASMC_GC_BLOCK_BYTES / WASMC_GC_GRAIN_BYTES)
/* Larger objects have blocks of their own. */
#define WASMC_GC_SMALL_BYTES UINT32_C(16384)
/* Sizes of cells; heap.c computes them. */
#define WASMC_GC_CLASSES 40

/* What a block is. */
enum {
    WASMC_GC_FREE = 0,
    WASMC_GC_CELLS, /* cells of one size */
    WASMC_GC_LARGE, /* the first block of a large object */
    WASMC_GC_REST,  /* another block of it */
};

struct wasmc_gc_block {
    uint32_t cell_bytes; /* of a large object: all its blocks */
    uint32_t reciprocal; /* 2^32 / cell_bytes, rounded up: the number of a cell by one multiplication */
    uint32_t cell_count;
    uint32_t distance;   /* WASMC_GC_REST: blocks back to the first one */
    uint32_t next;       /* of the same size, + 1 */
    uint32_t marked;     /* cells that the last collection found alive */
    uint64_t marks[WASMC_GC_GRAINS / 64]; /* a bit per cell */
};

/* Free and cleared cells of one size, one behind the other. */
struct wasmc_gc_run {
    uint32_t cursor;
    uint32_t limit;
};

struct wasmc_gc_class {
    struct wasmc_gc_run run;
    uint32_t cell_bytes;
    uint32_t block;   /* that the run lies in, + 1 */
    uint32_t at;      /* the cell where the search for the next run goes on */
    uint32_t unswept; /* blocks to look for free cells in, + 1 */
};

struct wasmc_gc_heap {
    struct wasmc_gc_class classes[WASMC_GC_CLASSES];
    uint8_t class_of[WASMC_GC_SMALL_BYTES / WASMC_GC_GRAIN_BYTES + 1]; /* by grains */
    const struct wasmc_gc_program *program;
    uint8_t *base;
    const uint8_t *stack_top;
    uint32_t block_limit; /* that the heap may have */
    uint32_t block_ready; /* that are accessible */
    uint32_t block_used;  /* that were ever used */
    uint32_t free_hint;   /* no block before this one is free */
    struct wasmc_gc_block *blocks;
    uint8_t *states;      /* of blocks */
    uint32_t *mark_stack; /* objects whose references are still to be followed */
    size_t mark_capacity;
    size_t mark_count;
    bool mark_overflow;   /* it was too small: there are others */
    bool stress;          /* a collection at each allocation; free cells are poisoned */
    uint64_t calm;        /* allocations until the next one under stress: 0 unless much is alive */
    bool trace;           /* each collection is reported */
    uint64_t live_bytes;  /* that the last collection found */
    uint64_t new_bytes;   /* handed out since */
    uint64_t threshold;   /* so many of them are the reason for the next one */
    uint64_t least_threshold;
    uint64_t collections;
};

extern struct wasmc_gc_heap wasmc_gc_heap;

/* The address space that the heap's own structures need beside a heap of so many bytes. */
size_t wasmc_gc_structure_bytes(uint64_t heap_bytes);

/* Begins a heap.
 *
 *   base             heap_bytes of address space below 4 GiB, at a multiple of 64 KiB, not accessible yet
 *   structures       wasmc_gc_structure_bytes of zeroed memory
 *   stack_top        where the guest's stack begins
 */
void wasmc_gc_heap_start(uint8_t *base, uint64_t heap_bytes, void *structures, const struct wasmc_gc_program *program,
                         const uint8_t *stack_top);

/* --- blocks.c --- */

/* Consecutive free blocks, made accessible; the number of the first one, or UINT32_MAX. Their contents are anything. */
uint32_t wasmc_gc_take_blocks(uint32_t count);

static inline uint8_t *wasmc_gc_block_start(uint32_t number)
{
    return wasmc_gc_heap.base + ((size_t)number << WASMC_GC_BLOCK_LOG2);
}

/* The next free cells of a size, which become its run; false when there are none, or it is time for a collection.
 * `forced`: it is not. */
bool wasmc_gc_refill(struct wasmc_gc_class *cells, bool forced);

/* --- mark.c --- */

/* Marks what is reachable from globals, tables, segments and the words from `low` to the top of the stack. */
void wasmc_gc_mark(const uint32_t *low);

/* --- collect.c --- */

/* `low`: the lowest address of the stack that may hold references, all registers included. */
void wasmc_gc_collect(const uint32_t *low);

/* --- trace.c: --trace-gc --- */

uint64_t wasmc_gc_now_ns(void);
void wasmc_gc_report(uint64_t begin_ns, uint64_t before_bytes);

#endif
