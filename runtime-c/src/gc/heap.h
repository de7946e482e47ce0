/* heap.h - the garbage-collected heap, for its own files.
 *
 * Mark and sweep; objects never move. A word on the guest's stack or in a register that looks like an address in an
 * object keeps that object (conservative); what objects, globals, tables and segments refer to is known (precise). The
 * heap is cut into blocks of cells of one size. What the collector knows of them lies elsewhere, where no reference
 * reaches: a heap that was damaged reaches nothing but itself.
 *
 * Each thread has a heap of its own: references do not leave a thread, as instances are its own, and nothing but numbers
 * lies in what threads share. Heaps take blocks from one space, which is as large as --max-gc-heap says, and collect
 * without each other.
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

/* What all heaps take blocks from. */
struct wasmc_gc_space {
    /* Constants, from before the first allocation on: */
    const struct wasmc_gc_program *program;
    uint8_t *base;
    uint32_t block_limit; /* that all heaps together may have */
    bool stress;          /* a collection at each allocation; free cells are poisoned */
    bool trace;           /* each collection is reported */
    uint8_t class_of[WASMC_GC_SMALL_BYTES / WASMC_GC_GRAIN_BYTES + 1]; /* by grains */
    struct wasmc_gc_block *blocks; /* each is known to the heap that has it, and to no other */
    /* Under the lock: */
    uint32_t lock;
    uint32_t block_ready; /* that are accessible */
    uint32_t block_used;  /* that were ever used; read without the lock, too */
    uint32_t free_hint;   /* no block before this one is free */
    uint8_t *is_taken;    /* by block */
    /* Atomic: */
    uint32_t block_taken; /* that heaps have */
    uint32_t heap_count;
    uint32_t requests;    /* how often a heap has asked the others to collect */
    uint64_t collections; /* of all heaps */
};

extern struct wasmc_gc_space wasmc_gc_space;

/* What a collection begins with. */
struct wasmc_gc_roots {
    const uint32_t *const *globals;
    const struct wasmc_table *const *tables;
    const struct wasmc_elem_instance *const *segments;
    const uint8_t *stack_top; /* where the guest's stack begins */
};

/* A thread's heap. */
struct wasmc_gc_heap {
    struct wasmc_gc_class classes[WASMC_GC_CLASSES];
    struct wasmc_gc_roots roots;
    uint8_t *states;      /* of blocks; those of others are free here. Null: the thread has no heap yet */
    uint32_t block_end;   /* behind the last block that it has had */
    uint32_t *mark_stack; /* objects whose references are still to be followed */
    size_t mark_capacity;
    size_t mark_count;
    bool mark_overflow;   /* it was too small: there are others */
    uint64_t calm;        /* allocations until the next collection under stress: 0 unless much is alive */
    uint64_t live_bytes;  /* that the last collection found */
    uint64_t new_bytes;   /* handed out since */
    uint64_t threshold;   /* so many of them are the reason for the next one */
    uint32_t answered;    /* requests that came before the last collection */
};

extern _Thread_local struct wasmc_gc_heap wasmc_gc_heap;

/* The address space that the space's own structures need for heaps of so many bytes, and those of each heap. */
size_t wasmc_gc_space_structure_bytes(uint64_t heap_bytes);
size_t wasmc_gc_heap_structure_bytes(void);

/* Begins the space.
 *
 *   base             heap_bytes of address space below 4 GiB, at a multiple of 64 KiB, not accessible yet
 *   structures       wasmc_gc_space_structure_bytes of zeroed memory
 */
void wasmc_gc_space_start(uint8_t *base, uint64_t heap_bytes, void *structures, const struct wasmc_gc_program *program);

/* Begins the heap of the thread that asks, in wasmc_gc_heap_structure_bytes of zeroed memory. */
void wasmc_gc_heap_start(void *structures, const struct wasmc_gc_roots *roots);

/* The number of bytes after which a collection is worth its while when little is alive. */
uint64_t wasmc_gc_least_threshold(void);

/* --- thread.c --- */

/* Begins the heap of the thread that asks, on the stack of which guest code runs; false when the host refuses the memory
 * for it. */
bool wasmc_gc_thread_begin(void);

/* Ends the thread's heap, but for the memory of its structures: its blocks are free for others. */
void wasmc_gc_heap_end(void);

/* --- blocks.c --- */

/* Consecutive free blocks, made accessible; the number of the first one, or UINT32_MAX. Their contents are anything. */
uint32_t wasmc_gc_take_blocks(uint32_t count);

/* Makes blocks of the heap's free for all. */
void wasmc_gc_give_back_blocks(uint32_t first, uint32_t count);

static inline uint8_t *wasmc_gc_block_start(uint32_t number)
{
    return wasmc_gc_space.base + ((size_t)number << WASMC_GC_BLOCK_LOG2);
}

/* Whether it is time for a collection before so many more bytes are handed out. */
bool wasmc_gc_is_due(uint64_t more_bytes);

/* Whether another heap has asked for one. */
bool wasmc_gc_is_asked(void);

/* Asks the other heaps for one, and waits a moment for blocks that they give back; false: there are none of either. */
bool wasmc_gc_ask_others(void);

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
/* Reports the collection with this number among those of all heaps. */
void wasmc_gc_report(uint64_t number, uint64_t begin_ns, uint64_t before_bytes);

#endif
