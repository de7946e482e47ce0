/* allocate.c - new objects. */
#include "gc/heap.h"

#include <string.h>

#include "runtime.h"

/* Who allocates has a heap. */
WASMC_BRINGS(wasmc_gc_start);

static uint32_t address_of(const void *object)
{
    return (uint32_t)(uintptr_t)object;
}

/* Whether it is time for a collection under stress. With much that is alive it is not each time: tests would not end. */
static bool is_stressed(void)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    if (!wasmc_gc_space.stress || heap->calm-- > 0)
        return false;
    heap->calm = heap->live_bytes / WASMC_GC_BLOCK_BYTES;
    return true;
}

/* The slow way to a cell; null when the heap is exhausted. */
static void *refilled_cell(struct wasmc_gc_class *cells, const uint32_t *low)
{
    bool is_due = is_stressed() || wasmc_gc_is_asked();
    if (is_due || (cells->run.cursor == cells->run.limit && !wasmc_gc_refill(cells, false))) {
        wasmc_gc_collect(low);
        if (!wasmc_gc_refill(cells, true))
            return NULL;
    }
    void *cell = (void *)(uintptr_t)cells->run.cursor;
    cells->run.cursor += cells->cell_bytes;
    return cell;
}

/* Whether the space could have an object so large if it had nothing else. */
static bool is_possible(uint64_t bytes)
{
    return bytes <= (uint64_t)wasmc_gc_space.block_limit << WASMC_GC_BLOCK_LOG2;
}

/* Blocks for a large object, cleared; null when the heap is exhausted. */
static void *large_object(uint64_t bytes, const uint32_t *low)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    if (!is_possible(bytes))
        return NULL;
    uint32_t count = (uint32_t)((bytes + WASMC_GC_BLOCK_BYTES - 1) >> WASMC_GC_BLOCK_LOG2);
    bool collected = is_stressed() || wasmc_gc_is_asked() || wasmc_gc_is_due(bytes);
    if (collected)
        wasmc_gc_collect(low);
    uint32_t first = wasmc_gc_take_blocks(count);
    if (first == UINT32_MAX && !collected) {
        wasmc_gc_collect(low);
        first = wasmc_gc_take_blocks(count);
    }
    if (first == UINT32_MAX)
        return NULL;
    heap->states[first] = WASMC_GC_LARGE;
    wasmc_gc_space.blocks[first] = (struct wasmc_gc_block){.cell_bytes = count << WASMC_GC_BLOCK_LOG2, .cell_count = 1};
    for (uint32_t i = 1; i < count; i++) {
        heap->states[first + i] = WASMC_GC_REST;
        wasmc_gc_space.blocks[first + i].distance = i;
    }
    heap->new_bytes += (uint64_t)count << WASMC_GC_BLOCK_LOG2;
    return memset(wasmc_gc_block_start(first), 0, bytes);
}

/* Registers that a caller expects to find again may hold the only reference to an object: __builtin_unwind_init has all
 * of them saved in this function's frame, which lies above that of the function it calls. */
__attribute__((noinline)) static void *allocate_below(uint64_t bytes)
{
    const uint32_t *low = __builtin_frame_address(0);
    if (bytes > WASMC_GC_SMALL_BYTES)
        return large_object(bytes, low);
    uint32_t grains = (uint32_t)(bytes + WASMC_GC_GRAIN_BYTES - 1) / WASMC_GC_GRAIN_BYTES;
    return refilled_cell(&wasmc_gc_heap.classes[wasmc_gc_space.class_of[grains]], low);
}

__attribute__((noinline)) static void *allocate_slowly(uint64_t bytes, uint32_t module_offset)
{
    __builtin_unwind_init();
    if (wasmc_gc_heap.states == NULL && !wasmc_gc_thread_begin())
        wasmc_trap(WASMC_TRAP_OUT_OF_MEMORY, module_offset);
    void *object = allocate_below(bytes);
    while (object == NULL && is_possible(bytes) && wasmc_gc_ask_others())
        object = allocate_below(bytes);
    if (object == NULL)
        wasmc_trap(WASMC_TRAP_GC_HEAP_EXHAUSTED, module_offset);
    return object;
}

/* A cleared object. */
static inline uint32_t *allocate(uint64_t bytes, uint32_t module_offset)
{
    if (bytes > WASMC_GC_SMALL_BYTES)
        return allocate_slowly(bytes, module_offset);
    uint32_t grains = (uint32_t)(bytes + WASMC_GC_GRAIN_BYTES - 1) / WASMC_GC_GRAIN_BYTES;
    struct wasmc_gc_class *cells = &wasmc_gc_heap.classes[wasmc_gc_space.class_of[grains]];
    uint32_t cursor = cells->run.cursor;
    if (cells->run.limit == cursor || wasmc_gc_space.stress)
        return allocate_slowly(bytes, module_offset);
    cells->run.cursor = cursor + cells->cell_bytes;
    return (uint32_t *)(uintptr_t)cursor;
}

uint32_t wasmc_gc_new_struct(uint32_t type, uint32_t module_offset)
{
    uint32_t *object = allocate(wasmc_gc_space.program->types[type].size_bytes, module_offset);
    object[0] = type;
    return address_of(object);
}

uint32_t wasmc_gc_new_exception(uint32_t tag, uint32_t module_offset)
{
    return wasmc_gc_new_struct(wasmc_gc_space.program->type_count + tag, module_offset);
}

uint32_t wasmc_gc_new_array(uint32_t type, uint32_t length, uint32_t module_offset)
{
    uint32_t element_bytes = wasmc_gc_space.program->types[type].size_bytes;
    /* One byte more: an address behind the last element still keeps the array. */
    uint64_t bytes = WASMC_GC_ELEMENTS_OFFSET(element_bytes) + (uint64_t)length * element_bytes + 1;
    uint32_t *object = allocate(bytes, module_offset);
    object[0] = type;
    object[1] = length;
    return address_of(object);
}
