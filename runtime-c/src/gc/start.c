/* start.c - the heap of a program: where it lies and how large it may become. */
#include "gc/gc.h"
#include "gc/heap.h"
#include "grants.h"
#include "runtime.h"
#include "sys/sys.h"
#include "text.h"

/* Below are the pages that no process may map (vm.mmap_min_addr). */
#define LOWEST_ADDRESS WASMC_MEMORY_BASE

void wasmc_gc_start(const struct wasmc_grants *grants)
{
    if (wasmc_gc_space.base != NULL)
        return;
    uint64_t bytes = WASMC_GC_HEAP_END - WASMC_GC_HEAP_BASE;
    uint64_t granted = wasmc_grants_gc_heap_bytes(grants);
    if (granted < bytes)
        bytes = granted & ~(uint64_t)(WASMC_GC_BLOCK_BYTES - 1);
    void *lowest = (void *)(uintptr_t)LOWEST_ADDRESS;
    if (wasmc_sys_reserve_at(lowest, WASMC_GC_HEAP_END + WASMC_GC_GUARD_BYTES - LOWEST_ADDRESS) != 0)
        wasmc_fail(WASMC_EXIT_START, "", "cannot set up the GC heap: something else is mapped below 4 GiB, or the host "
                   "refuses the address space (a limit on virtual memory, ulimit -v?)", NULL, "");
    void *structures = wasmc_sys_map(wasmc_gc_space_structure_bytes(bytes));
    if (structures != NULL) {
        wasmc_gc_space_start((uint8_t *)(uintptr_t)WASMC_GC_HEAP_BASE, bytes, structures, &wasmc_gc_program);
        wasmc_gc_space.trace = wasmc_grants_have(grants, WASMC_GRANT_TRACE_GC);
        wasmc_gc_space.stress = (wasmc_gc_program.flags & WASMC_GC_STRESS) != 0;
    }
    if (structures == NULL || !wasmc_gc_thread_begin())
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the memory for the GC heap", NULL, "");
}
