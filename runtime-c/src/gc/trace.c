/* trace.c - --trace-gc: a line on standard error for each collection, such as
 *
 *   wasmc: gc 12: 24117248 bytes -> 1048576 alive, heap 33554432, 1840 us
 */
#include <time.h>

#include "gc/heap.h"
#include "sys/sys.h"
#include "text.h"

uint64_t wasmc_gc_now_ns(void)
{
    struct timespec now = {0};
    wasmc_sys_clock_get(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

void wasmc_gc_report(uint64_t begin_ns, uint64_t before_bytes)
{
    const struct wasmc_gc_heap *heap = &wasmc_gc_heap;
    uint64_t end_ns = wasmc_gc_now_ns();
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: gc ");
    wasmc_text_decimal(&text, heap->collections);
    wasmc_text_string(&text, ": ");
    wasmc_text_decimal(&text, before_bytes);
    wasmc_text_string(&text, " bytes -> ");
    wasmc_text_decimal(&text, heap->live_bytes);
    wasmc_text_string(&text, " alive, heap ");
    wasmc_text_decimal(&text, (uint64_t)heap->block_used << WASMC_GC_BLOCK_LOG2);
    wasmc_text_string(&text, ", ");
    wasmc_text_decimal(&text, (end_ns - begin_ns) / 1000);
    wasmc_text_string(&text, " us\n");
    wasmc_text_flush(&text);
}
