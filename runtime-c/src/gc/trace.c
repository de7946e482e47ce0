/* trace.c - --trace-gc. */
#include <time.h>

#include "gc/heap.h"
#include "gc/report.h"
#include "sys/sys.h"

uint64_t wasmc_gc_now_ns(void)
{
    struct timespec now = {0};
    wasmc_sys_clock_get(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

void wasmc_gc_report(uint64_t number, uint64_t begin_ns, uint64_t before_bytes)
{
    uint64_t end_ns = wasmc_gc_now_ns();
    const struct wasmc_gc_report report = {
        .number = number,
        .before_bytes = before_bytes,
        .alive_bytes = wasmc_gc_heap.live_bytes,
        .heap_bytes = (uint64_t)__atomic_load_n(&wasmc_gc_space.block_used, __ATOMIC_RELAXED) << WASMC_GC_BLOCK_LOG2,
        .time_us = (end_ns - begin_ns) / 1000,
    };
    wasmc_gc_print_report(&report);
}
