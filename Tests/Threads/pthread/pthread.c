/* pthread.c - threads of wasi-threads for C without a libc: each has a stack, and storage that wasm-ld lays out
 * (__wasm_init_tls), as wasi-libc does it for the target wasm32-wasip1-threads. */
#include "pthread.h"

enum { MOST_THREADS = 32, STACK_BYTES = 32768, STORAGE_BYTES = 4096, EBUSY = 10, EAGAIN = 6 };

struct pthread {
    void *stack_top; /* first: wasi_thread_start reads it */
    void *(*run)(void *);
    void *argument;
    void *result;
    uint32_t is_over;
    uint32_t is_taken;
    _Alignas(16) unsigned char stack[STACK_BYTES];
    _Alignas(16) unsigned char storage[STORAGE_BYTES];
};

__attribute__((import_module("wasi"), import_name("thread-spawn"))) int32_t thread_spawn(void *argument);
void __wasm_init_tls(void *storage);

static struct pthread threads[MOST_THREADS];
static _Thread_local pthread_t self;

static int wait_at(uint32_t *word, uint32_t expected)
{
    return __builtin_wasm_memory_atomic_wait32((int *)word, (int)expected, -1);
}

static void wake(uint32_t *word, uint32_t count)
{
    __builtin_wasm_memory_atomic_notify((int *)word, count);
}

/* A thread begins without a stack. */
__asm__("   .globaltype __stack_pointer, i32\n"
        "   .section .text.wasi_thread_start, \"\", @\n"
        "   .globl wasi_thread_start\n"
        "   .type wasi_thread_start, @function\n"
        "   .export_name wasi_thread_start, wasi_thread_start\n"
        "   .functype begin_thread (i32) -> ()\n"
        "wasi_thread_start:\n"
        "   .functype wasi_thread_start (i32, i32) -> ()\n"
        "   local.get 1\n"
        "   i32.load 0\n"
        "   global.set __stack_pointer\n"
        "   local.get 1\n"
        "   call begin_thread\n"
        "   end_function\n");

__attribute__((used)) void begin_thread(pthread_t thread)
{
    __wasm_init_tls(thread->storage);
    self = thread;
    thread->result = thread->run(thread->argument);
    __atomic_store_n(&thread->is_over, 1, __ATOMIC_SEQ_CST);
    wake(&thread->is_over, UINT32_MAX);
}

static pthread_t take(void)
{
    for (pthread_t thread = threads; thread < threads + MOST_THREADS; thread++) {
        if (__atomic_exchange_n(&thread->is_taken, 1, __ATOMIC_SEQ_CST) == 0)
            return thread;
    }
    return NULL;
}

int pthread_create(pthread_t *created, const void *attributes, void *(*run)(void *), void *argument)
{
    (void)attributes;
    pthread_t thread = take();
    if (thread == NULL || __builtin_wasm_tls_size() > STORAGE_BYTES)
        return EAGAIN;
    thread->stack_top = thread->stack + STACK_BYTES;
    thread->run = run;
    thread->argument = argument;
    thread->is_over = 0;
    *created = thread;
    if (thread_spawn(thread) > 0)
        return 0;
    thread->is_taken = 0;
    return EAGAIN;
}

int pthread_join(pthread_t thread, void **result)
{
    while (__atomic_load_n(&thread->is_over, __ATOMIC_SEQ_CST) == 0)
        wait_at(&thread->is_over, 0);
    if (result != NULL)
        *result = thread->result;
    __atomic_store_n(&thread->is_taken, 0, __ATOMIC_SEQ_CST);
    return 0;
}

pthread_t pthread_self(void)
{
    return self;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    uint32_t free = 0;
    return __atomic_compare_exchange_n(&mutex->state, &free, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST) ? 0 : EBUSY;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    if (pthread_mutex_trylock(mutex) == 0)
        return 0;
    while (__atomic_exchange_n(&mutex->state, 2, __ATOMIC_SEQ_CST) != 0)
        wait_at(&mutex->state, 2);
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    if (__atomic_exchange_n(&mutex->state, 0, __ATOMIC_SEQ_CST) == 2)
        wake(&mutex->state, 1);
    return 0;
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    uint32_t count = __atomic_load_n(&condition->count, __ATOMIC_SEQ_CST);
    pthread_mutex_unlock(mutex);
    wait_at(&condition->count, count);
    return pthread_mutex_lock(mutex);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    __atomic_fetch_add(&condition->count, 1, __ATOMIC_SEQ_CST);
    wake(&condition->count, 1);
    return 0;
}

int pthread_cond_broadcast(pthread_cond_t *condition)
{
    __atomic_fetch_add(&condition->count, 1, __ATOMIC_SEQ_CST);
    wake(&condition->count, UINT32_MAX);
    return 0;
}

int pthread_barrier_init(pthread_barrier_t *barrier, const void *attributes, unsigned count)
{
    (void)attributes;
    *barrier = (pthread_barrier_t){.needed = count};
    return 0;
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    pthread_mutex_lock(&barrier->mutex);
    uint32_t round = barrier->round;
    int is_last = ++barrier->there == barrier->needed;
    if (is_last) {
        barrier->there = 0;
        barrier->round++;
        pthread_cond_broadcast(&barrier->all);
    }
    while (barrier->round == round)
        pthread_cond_wait(&barrier->all, &barrier->mutex);
    pthread_mutex_unlock(&barrier->mutex);
    return is_last ? PTHREAD_BARRIER_SERIAL_THREAD : 0;
}

int pthread_once(pthread_once_t *once, void (*run)(void))
{
    uint32_t seen = 0;
    if (__atomic_compare_exchange_n(&once->state, &seen, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
        run();
        __atomic_store_n(&once->state, 2, __ATOMIC_SEQ_CST);
        wake(&once->state, UINT32_MAX);
        return 0;
    }
    while (__atomic_load_n(&once->state, __ATOMIC_SEQ_CST) != 2)
        wait_at(&once->state, 1);
    return 0;
}
