/* wait.c - memory.atomic.wait and notify: threads that wait at host addresses of shared memories, which are the same for
 * all of them.
 *
 * The queues are ours and not the kernel's: notify says how many it has woken, and wait64 compares 64 bits. Each thread
 * sleeps on a word of its own, on its stack. */
#include <errno.h>
#include <stdbool.h>
#include <time.h>

#include "runtime.h"
#include "sys/sys.h"

#define NANOSECONDS INT64_C(1000000000)

/* What wait returns. */
enum { WOKEN = 0, NOT_EQUAL = 1, TIMED_OUT = 2 };

struct waiter {
    struct waiter *next;
    struct waiter **link; /* what points to this one */
    uintptr_t address;
    uint32_t is_woken;    /* a futex; set by who has taken it out of its queue */
};

/* A queue for all addresses that fall here, longest waiting first. */
struct bucket {
    uint32_t lock; /* a futex: 0 free, 1 held, 2 held and perhaps waited for */
    struct waiter *first;
    struct waiter **last;
};

#define BUCKETS_LOG2 6
static struct bucket buckets[1u << BUCKETS_LOG2];

static struct bucket *bucket_of(uintptr_t address)
{
    return &buckets[(uint32_t)(address >> 2) * UINT32_C(0x9e3779b1) >> (32 - BUCKETS_LOG2)];
}

static void lock(struct bucket *bucket)
{
    uint32_t seen = 0;
    if (__atomic_compare_exchange_n(&bucket->lock, &seen, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return;
    while (__atomic_exchange_n(&bucket->lock, 2, __ATOMIC_ACQUIRE) != 0)
        (void)wasmc_sys_futex_wait(&bucket->lock, 2, NULL);
}

static void unlock(struct bucket *bucket)
{
    if (__atomic_exchange_n(&bucket->lock, 0, __ATOMIC_RELEASE) == 2)
        wasmc_sys_futex_wake(&bucket->lock);
}

static void enqueue(struct bucket *bucket, struct waiter *waiter)
{
    if (bucket->last == NULL)
        bucket->last = &bucket->first;
    waiter->link = bucket->last;
    *bucket->last = waiter;
    bucket->last = &waiter->next;
}

static void dequeue(struct bucket *bucket, struct waiter *waiter)
{
    *waiter->link = waiter->next;
    if (waiter->next != NULL)
        waiter->next->link = waiter->link;
    else
        bucket->last = waiter->link;
}

static struct timespec deadline_after(int64_t timeout_ns)
{
    struct timespec time;
    (void)wasmc_sys_clock_get(CLOCK_MONOTONIC, &time);
    int64_t nanoseconds = time.tv_nsec + timeout_ns % NANOSECONDS;
    time.tv_sec += timeout_ns / NANOSECONDS + nanoseconds / NANOSECONDS;
    time.tv_nsec = nanoseconds % NANOSECONDS;
    return time;
}

/* Takes a waiter out whose time is over; false when it has been woken meanwhile. */
static bool give_up(struct bucket *bucket, struct waiter *waiter)
{
    lock(bucket);
    bool is_late = __atomic_load_n(&waiter->is_woken, __ATOMIC_RELAXED) != 0;
    if (!is_late)
        dequeue(bucket, waiter);
    unlock(bucket);
    return !is_late;
}

/* Waits in a bucket that is locked, and unlocks it. */
static uint32_t wait_in(struct bucket *bucket, uintptr_t address, int64_t timeout_ns)
{
    struct waiter waiter = {.address = address};
    enqueue(bucket, &waiter);
    unlock(bucket);
    struct timespec deadline;
    if (timeout_ns >= 0)
        deadline = deadline_after(timeout_ns);
    while (__atomic_load_n(&waiter.is_woken, __ATOMIC_ACQUIRE) == 0) {
        int error = wasmc_sys_futex_wait(&waiter.is_woken, 0, timeout_ns >= 0 ? &deadline : NULL);
        if (error == -ETIMEDOUT && give_up(bucket, &waiter))
            return TIMED_OUT;
    }
    /* Who has woken it may still be about to call the kernel with its word, and holds the lock until then. */
    lock(bucket);
    unlock(bucket);
    return WOKEN;
}

uint32_t wasmc_atomic_wait32(void *address, uint32_t expected, int64_t timeout_ns)
{
    struct bucket *bucket = bucket_of((uintptr_t)address);
    lock(bucket);
    if (__atomic_load_n((const uint32_t *)address, __ATOMIC_SEQ_CST) == expected)
        return wait_in(bucket, (uintptr_t)address, timeout_ns);
    unlock(bucket);
    return NOT_EQUAL;
}

uint32_t wasmc_atomic_wait64(void *address, uint64_t expected, int64_t timeout_ns)
{
    struct bucket *bucket = bucket_of((uintptr_t)address);
    lock(bucket);
    if (__atomic_load_n((const uint64_t *)address, __ATOMIC_SEQ_CST) == expected)
        return wait_in(bucket, (uintptr_t)address, timeout_ns);
    unlock(bucket);
    return NOT_EQUAL;
}

uint32_t wasmc_atomic_notify(void *address, uint32_t count)
{
    struct bucket *bucket = bucket_of((uintptr_t)address);
    uint32_t woken = 0;
    lock(bucket);
    for (struct waiter *waiter = bucket->first, *next; waiter != NULL && woken < count; waiter = next) {
        next = waiter->next;
        if (waiter->address != (uintptr_t)address)
            continue;
        dequeue(bucket, waiter);
        __atomic_store_n(&waiter->is_woken, 1, __ATOMIC_RELEASE);
        wasmc_sys_futex_wake(&waiter->is_woken);
        woken++;
    }
    unlock(bucket);
    return woken;
}
