/* threads_started.h - whether the guest has ever started a thread. */
#ifndef WASMC_THREADS_STARTED_H
#define WASMC_THREADS_STARTED_H

#include <stdbool.h>

extern _Atomic bool wasmc_threads_started;

#endif
