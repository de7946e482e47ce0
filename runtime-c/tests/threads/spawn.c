/* spawn.c - threads that start threads, which wait for each other at addresses of a shared memory, with timeouts and
 * without, have tables and a heap of their own and grow the memory, under ThreadSanitizer. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ctx.h"
#include "gc/gc.h"
#include "gc/heap.h"
#include "grants.h"
#include "runtime.h"
#include "wasmc/wasi.h"

enum { SPAWNERS = 4, MOST_THREADS = 16, NODE = 1, KEPT = 100, TABLE = 10 };
/* Addresses of the memory, in words; queues of different addresses may be the same. */
enum { MUTEX = 0, COUNTER = 1, DONE = 2, STORM = 64, STORM_WORDS = 200 };

static struct wasmc_memory memory;
static uint32_t *words; /* of the memory */
static union {
    struct wasmc_ctx ctx;
    _Alignas(WASMC_CTX_ALIGN) uint8_t bytes[WASMC_CTX_BYTES];
} context;
static long rounds;
static uint32_t failures;
static uint32_t woken_waits;
static uint32_t counted_wakes;
static uint8_t id_is_known[1 << 20];

/* Each thread's, as compiled code has them. */
static const void *const first_elements[TABLE];
static _Thread_local struct wasmc_table table = {
    .elements = (const void **)(uintptr_t)first_elements, .size = TABLE, .max = 1000, .capacity = TABLE};
static _Thread_local uint32_t root;

static void check(int condition, const char *what)
{
    if (!condition && __atomic_fetch_add(&failures, 1, __ATOMIC_RELAXED) < 10)
        printf("spawn.c: failed: %s\n", what);
}

/* The program: one instance, whose start function runs in each thread. */

static void localize(void)
{
    wasmc_table_localize(&table, 100, sizeof(void *));
}

static void run(uint32_t id, uint32_t argument);

static const struct wasmc_memory_desc memory_desc = {
    .min_pages = 1, .max_pages = 200, .page_log2 = 16, .flags = WASMC_MEMORY_SHARED | WASMC_MEMORY_EXPLICIT};
static const struct wasmc_instance instances[] = {{
    .module_name = "main",
    .ctx = &context.ctx,
    .memories = &memory,
    .memory_descs = &memory_desc,
    .memory_count = 1,
    .start_function = localize,
    .table_elements = 20000,
}};
const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instances = instances,
    .instance_count = 1,
    .default_stack_bytes = 1 << 18,
};
void (*const wasmc_thread_starts[])(uint32_t thread_id, uint32_t argument) = {run};

static const struct wasmc_gc_type types[] = {
    [NODE] = {.kind = WASMC_GC_STRUCT, .size_bytes = 16, .first_reference = 0, .reference_count = 1}};
static const uint32_t offsets[] = {4};

static void thread_roots(const void **roots)
{
    roots[0] = &root;
}

const struct wasmc_gc_program wasmc_gc_program = {
    .types = types, .reference_offsets = offsets, .thread_roots = thread_roots, .type_count = 2, .global_count = 1};

/* What threads do. */

static uint32_t pick(uint64_t *state, uint32_t limit)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 40) % limit;
}

/* As a guest's libc has it: 0 free, 1 held, 2 held and perhaps waited for. */
static void lock(void)
{
    uint32_t seen = 0;
    if (__atomic_compare_exchange_n(&words[MUTEX], &seen, 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
        return;
    while (__atomic_exchange_n(&words[MUTEX], 2, __ATOMIC_SEQ_CST) != 0)
        (void)wasmc_atomic_wait32(&words[MUTEX], 2, -1);
}

static void unlock(void)
{
    if (__atomic_exchange_n(&words[MUTEX], 0, __ATOMIC_SEQ_CST) == 2)
        wasmc_atomic_notify(&words[MUTEX], 1);
}

/* Waits that end by a notification or their time, of both widths, on many addresses. */
static void storm(uint64_t *state)
{
    uint32_t *word = &words[STORM + pick(state, STORM_WORDS) * 2];
    if (pick(state, 3) == 0) {
        __atomic_fetch_add(&counted_wakes, wasmc_atomic_notify(word, 1 + pick(state, 3)), __ATOMIC_RELAXED);
        return;
    }
    int64_t timeout_ns = (int64_t)pick(state, 20000);
    bool is_wide = pick(state, 2) == 0;
    uint32_t result = is_wide ? wasmc_atomic_wait64(word, 0, timeout_ns) : wasmc_atomic_wait32(word, 0, timeout_ns);
    check(result == 0 || result == 2, "the word never changes");
    if (result == 0)
        __atomic_fetch_add(&woken_waits, 1, __ATOMIC_RELAXED);
}

static uint32_t *at(uint32_t reference)
{
    return (uint32_t *)(uintptr_t)reference;
}

/* A list that is kept, and much that is not. */
static void allocate(void)
{
    for (uint32_t i = 0; i < KEPT; i++) {
        uint32_t node = wasmc_gc_new_struct(NODE, 0);
        at(node)[1] = root;
        at(node)[2] = i;
        root = node;
        for (uint32_t k = 0; k < KEPT; k++)
            (void)wasmc_gc_new_struct(NODE, 0);
    }
    uint32_t count = 0;
    for (uint32_t node = root; node != 0; node = at(node)[1])
        check(at(node)[2] == KEPT - ++count, "the thread's own objects");
    check(count == KEPT, "all of them");
}

static void run(uint32_t id, uint32_t argument)
{
    uint64_t state = ((uint64_t)id << 32) + argument;
    check(table.size == TABLE && root == 0, "an instance of the thread's own");
    check(wasmc_table_grow(&table, &state, 200) == TABLE, "a table that grows");
    check(table.elements[TABLE] == &state && table.elements[0] == NULL, "its elements");
    allocate();
    for (int i = 0; i < 20; i++) {
        lock();
        words[COUNTER]++;
        unlock();
        storm(&state);
    }
    (void)wasmc_memory_grow(&memory, 1);
    __atomic_fetch_add(&words[DONE], 1, __ATOMIC_SEQ_CST);
    wasmc_atomic_notify(&words[DONE], UINT32_MAX);
}

static void *spawn_often(void *argument)
{
    uint64_t state = (uintptr_t)argument;
    for (long i = 0; i < rounds;) {
        uint32_t id = wasmc_wasi_thread_spawn(&context.ctx, (uint32_t)i);
        if ((int32_t)id > 0) {
            check(id < sizeof id_is_known && __atomic_exchange_n(&id_is_known[id], 1, __ATOMIC_RELAXED) == 0,
                  "a number of its own");
            i++;
        } else {
            check(id == (uint32_t)-WASI_ERRNO_AGAIN, "no more threads");
            storm(&state);
        }
    }
    return NULL;
}

static void start(void)
{
    static struct wasmc_grants grants;
    grants.given = 1u << WASMC_GRANT_MAX_THREADS | 1u << WASMC_GRANT_MAX_GC_HEAP;
    grants.values[WASMC_GRANT_MAX_THREADS].number = MOST_THREADS;
    grants.values[WASMC_GRANT_MAX_GC_HEAP].number = 8 << 20;
    wasmc_running = &wasmc_program;
    context.ctx.grants = &grants;
    context.ctx.memory = &memory;
    wasmc_budget_limit(&context.ctx.account, 64 << 20, 64 << 20);
    check(wasmc_memory_start(&memory, &memory_desc, UINT64_MAX, UINT64_MAX, &context.ctx.account) == WASMC_MEMORY_READY,
          "a memory");
    words = (uint32_t *)(void *)memory.base;
    check(wasmc_stack_make(&wasmc_stack, wasmc_program.default_stack_bytes), "a stack");
    wasmc_gc_start(&grants);
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100;
    start();
    pthread_t threads[SPAWNERS];
    for (uintptr_t i = 0; i < SPAWNERS; i++)
        check(pthread_create(&threads[i], NULL, spawn_often, (void *)(i + 1)) == 0, "pthread_create");
    for (int i = 0; i < SPAWNERS; i++)
        pthread_join(threads[i], NULL);
    uint32_t spawned = SPAWNERS * (uint32_t)rounds;
    uint32_t done;
    while ((done = __atomic_load_n(&words[DONE], __ATOMIC_SEQ_CST)) < spawned)
        (void)wasmc_atomic_wait32(&words[DONE], done, -1);
    lock();
    check(words[COUNTER] == 20 * spawned, "one thread at a time counts");
    unlock();
    check(woken_waits == counted_wakes, "whom notify counts has been woken");
    check(wasmc_atomic_notify(&words[MUTEX], UINT32_MAX) == 0, "nobody waits any more");
    uint32_t heaps = __atomic_load_n(&wasmc_gc_space.heap_count, __ATOMIC_RELAXED);
    check(heaps >= 1 && heaps <= 1 + MOST_THREADS, "heaps of threads that are over");
    printf("spawning: %u threads, %u waits that were woken\n", spawned, woken_waits);
    printf("%d passed, %u failed\n", failures == 0, failures);
    return failures != 0;
}
