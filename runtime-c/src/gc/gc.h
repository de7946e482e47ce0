/* gc.h - the garbage-collected heap, for the rest of the runtime. Programs without one contain nothing of it. */
#ifndef WASMC_GC_GC_H
#define WASMC_GC_GC_H

struct wasmc_grants;

/* Reserves the heap and everything below 4 GiB around it; once, before any memory. Ends the process with one clear line
 * when the host refuses that. */
void wasmc_gc_start(const struct wasmc_grants *grants);

/* At a thread's end: its objects are gone. */
void wasmc_gc_thread_end(void);

#endif
