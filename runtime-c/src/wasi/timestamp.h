/* timestamp.h - WASI's timestamps (u64 nanoseconds) and the host's struct timespec. */
#ifndef WASMC_WASI_TIMESTAMP_H
#define WASMC_WASI_TIMESTAMP_H

#include <stdint.h>
#include <time.h>

#define WASMC_NS_PER_SECOND UINT64_C(1000000000)

/* A time before 1970 is 0, one after the year 2554 the largest number: a file with a strange time
 * can still be looked at. */
uint64_t wasmc_timestamp_from(struct timespec time);

struct timespec wasmc_timestamp_to(uint64_t timestamp_ns);

#endif
