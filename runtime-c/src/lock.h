/* lock.h - a lock for critical sections of a few instructions. Never held over a system call that
 * can block, nor over an access to guest memory (which may trap). */
#ifndef WASMC_LOCK_H
#define WASMC_LOCK_H

#include <stdint.h>

#include "sys/sys.h"

static inline void wasmc_lock(uint32_t *lock)
{
    while (__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) != 0)
        wasmc_sys_yield();
}

static inline void wasmc_unlock(uint32_t *lock)
{
    __atomic_store_n(lock, 0, __ATOMIC_RELEASE);
}

#endif
