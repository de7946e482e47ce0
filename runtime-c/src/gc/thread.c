/* thread.c - the heap of a thread, from its first allocation to its end. */
#include "gc/gc.h"
#include "gc/heap.h"
#include "runtime.h"
#include "sys/sys.h"

static size_t root_count(const struct wasmc_gc_program *program)
{
    return (size_t)program->global_count + program->table_count + program->segment_count;
}

/* Of the memory that a thread's heap has beside its objects: its roots come first, where they are its own. */
static size_t root_bytes(const struct wasmc_gc_program *program)
{
    return program->thread_roots != NULL ? root_count(program) * sizeof(void *) : 0;
}

/* Where the calling thread's globals, tables and segments lie. */
static struct wasmc_gc_roots own_roots(const struct wasmc_gc_program *program, const void **addresses)
{
    program->thread_roots(addresses);
    return (struct wasmc_gc_roots){
        .globals = (const uint32_t *const *)addresses,
        .tables = (const struct wasmc_table *const *)(addresses + program->global_count),
        .segments =
            (const struct wasmc_elem_instance *const *)(addresses + program->global_count + program->table_count),
    };
}

bool wasmc_gc_thread_begin(void)
{
    const struct wasmc_gc_program *program = wasmc_gc_space.program;
    size_t bytes = root_bytes(program);
    uint8_t *memory = wasmc_sys_map(bytes + wasmc_gc_heap_structure_bytes());
    if (memory == NULL)
        return false;
    struct wasmc_gc_roots roots = {program->globals, program->tables, program->segments, NULL};
    if (program->thread_roots != NULL)
        roots = own_roots(program, (const void **)(void *)memory);
    roots.stack_top = wasmc_thread_stack()->top;
    wasmc_gc_heap_start(memory + bytes, &roots);
    return true;
}

void wasmc_gc_heap_end(void)
{
    struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    for (uint32_t number = 0; number < heap->block_end; number++) {
        if (heap->states[number] != WASMC_GC_FREE)
            wasmc_gc_give_back_blocks(number, 1);
    }
    heap->states = NULL;
    __atomic_fetch_sub(&wasmc_gc_space.heap_count, 1, __ATOMIC_RELAXED);
}

void wasmc_gc_thread_end(void)
{
    if (wasmc_gc_heap.states == NULL)
        return;
    size_t bytes = root_bytes(wasmc_gc_space.program);
    uint8_t *memory = (uint8_t *)wasmc_gc_heap.mark_stack - bytes;
    wasmc_gc_heap_end();
    wasmc_sys_unmap(memory, bytes + wasmc_gc_heap_structure_bytes());
}
