/* report.h - --trace-gc: a line on standard error for each collection, of both engines, such as
 *
 *   wasmc: gc 12: 24117248 bytes -> 1048576 alive, heap 33554432, 1840 us
 */
#ifndef WASMC_GC_REPORT_H
#define WASMC_GC_REPORT_H

#include <stdint.h>

struct wasmc_gc_report {
    uint64_t number;
    uint64_t before_bytes; /* of objects, with what was set aside for more */
    uint64_t alive_bytes;
    uint64_t heap_bytes;   /* that the heap has had at most */
    uint64_t time_us;
};

void wasmc_gc_print_report(const struct wasmc_gc_report *report);

#endif
