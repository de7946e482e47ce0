/* program.c - what programs do with threads: count, lock, wait for each other, hand things over, and have variables of
 * their own. Its exit status is 7, or from 20 on, by the line where something was wrong. */
#include "pthread.h"

enum { THREADS = 16, TURNS = OPERATIONS / 100, ITEMS = 2000, ROOM = 8, ROUNDS = 50 };

__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit"))) _Noreturn void proc_exit(int status);

#define CHECK(condition) ((condition) ? (void)0 : proc_exit(__LINE__ % 100 + 20))

static uint32_t counter;
static uint64_t wide_counter;
static uint8_t narrow_counter;
static double sum; /* by compare and exchange */

static pthread_mutex_t mutex;
static uint32_t locked_counter;
static _Thread_local uint32_t own_counter = 1000;
static _Thread_local uint32_t own_zero;

static void add_to_sum(double value)
{
    uint64_t seen = __atomic_load_n((uint64_t *)&sum, __ATOMIC_SEQ_CST), next;
    do {
        double new_sum;
        __builtin_memcpy(&new_sum, &seen, sizeof seen);
        new_sum += value;
        __builtin_memcpy(&next, &new_sum, sizeof next);
    } while (!__atomic_compare_exchange_n((uint64_t *)&sum, &seen, next, 1, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
}

static void *count(void *argument)
{
    CHECK(own_counter == 1000 && own_zero == 0);
    for (uint32_t i = 0; i < OPERATIONS; i++)
        __atomic_fetch_add(&counter, 1, __ATOMIC_SEQ_CST);
    for (uint32_t i = 0; i < TURNS; i++) {
        __atomic_fetch_add(&wide_counter, UINT64_C(1) << 20, __ATOMIC_RELAXED);
        __atomic_fetch_xor(&narrow_counter, 1, __ATOMIC_RELAXED);
        add_to_sum(0.5);
        pthread_mutex_lock(&mutex);
        locked_counter++;
        pthread_mutex_unlock(&mutex);
        own_counter++;
    }
    CHECK(own_counter == 1000 + TURNS);
    return (char *)argument + own_counter;
}

static void test_counting(void)
{
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, count, (void *)i) == 0);
    for (uintptr_t i = 0; i < THREADS; i++) {
        void *result;
        CHECK(pthread_join(threads[i], &result) == 0);
        CHECK((uintptr_t)result == i + 1000 + TURNS);
    }
    CHECK(counter == (uint32_t)THREADS * OPERATIONS);
    CHECK(wide_counter == ((uint64_t)THREADS * TURNS) << 20);
    CHECK(narrow_counter == (THREADS * TURNS) % 2);
    CHECK(sum == 0.5 * THREADS * TURNS);
    CHECK(locked_counter == THREADS * TURNS);
    CHECK(own_counter == 1000);
}

/* A queue with little room: each item comes out once. */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t is_changed;
    uint32_t items[ROOM];
    uint32_t first, count;
} queue;
static uint8_t is_out[THREADS / 2 * ITEMS];

static void *produce(void *argument)
{
    for (uint32_t i = 0; i < ITEMS; i++) {
        pthread_mutex_lock(&queue.mutex);
        while (queue.count == ROOM)
            pthread_cond_wait(&queue.is_changed, &queue.mutex);
        queue.items[(queue.first + queue.count++) % ROOM] = (uint32_t)(uintptr_t)argument * ITEMS + i;
        pthread_cond_broadcast(&queue.is_changed);
        pthread_mutex_unlock(&queue.mutex);
    }
    return NULL;
}

static void *consume(void *argument)
{
    (void)argument;
    for (uint32_t i = 0; i < ITEMS; i++) {
        pthread_mutex_lock(&queue.mutex);
        while (queue.count == 0)
            pthread_cond_wait(&queue.is_changed, &queue.mutex);
        uint32_t item = queue.items[queue.first];
        queue.first = (queue.first + 1) % ROOM;
        queue.count--;
        pthread_cond_broadcast(&queue.is_changed);
        pthread_mutex_unlock(&queue.mutex);
        CHECK(__atomic_exchange_n(&is_out[item], 1, __ATOMIC_SEQ_CST) == 0);
    }
    return NULL;
}

static void test_queue(void)
{
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, i % 2 == 0 ? produce : consume, (void *)(i / 2)) == 0);
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    for (uint32_t i = 0; i < sizeof is_out; i++)
        CHECK(is_out[i] == 1);
}

static pthread_barrier_t barrier;
static pthread_once_t once;
static uint32_t times_once, serials, turns;

static void run_once(void)
{
    times_once++;
}

static void *go_round(void *argument)
{
    pthread_once(&once, run_once);
    CHECK(times_once == 1);
    for (uint32_t i = 0; i < ROUNDS; i++) {
        __atomic_fetch_add(&turns, 1, __ATOMIC_SEQ_CST);
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
            serials++;
        CHECK(__atomic_load_n(&turns, __ATOMIC_SEQ_CST) == (i + 1) * THREADS);
        pthread_barrier_wait(&barrier);
    }
    CHECK(pthread_self() == *(pthread_t *)argument);
    return NULL;
}

static void test_rounds(void)
{
    pthread_t threads[THREADS];
    pthread_barrier_init(&barrier, NULL, THREADS + 1);
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_create(&threads[i], NULL, go_round, &threads[i]) == 0);
    for (int i = 0; i < 2 * ROUNDS; i++) {
        if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD && i % 2 == 0)
            serials++;
    }
    for (int i = 0; i < THREADS; i++)
        CHECK(pthread_join(threads[i], NULL) == 0);
    CHECK(serials == ROUNDS);
}

__attribute__((export_name("_start"))) void _start(void)
{
    test_counting();
    test_queue();
    test_rounds();
    proc_exit(7);
}
