/* thread_spawn.c - threads that the guest starts, as wasi-threads has them: each has instances of its own of all modules.
 * https://github.com/WebAssembly/wasi-threads */
#include "ctx.h"
#include "gc/gc.h"
#include "grants.h"
#include "runtime.h"
#include "sys/sys.h"
#include "threads_started.h"
#include "wasi/trace.h"
#include "wasmc/wasi.h"

/* The unit tests have no program. */
extern __typeof__(wasmc_thread_starts[0]) wasmc_thread_starts[] __attribute__((weak));

/* Linked only when the program allocates. */
extern __typeof__(wasmc_gc_thread_end) wasmc_gc_thread_end __attribute__((weak));

/* Numbers of threads are positive, and the upper bits are the guest's. */
#define LAST_THREAD_ID UINT32_C(0x1fffffff)

/* Tables that are no larger cost a thread nothing of --max-memory, as they cost nothing at start. */
#define FREE_TABLE_BYTES UINT64_C(65536)

static uint32_t running; /* beside the main one */
static uint32_t last_id;

/* The thread whose trap is being reported, by an address that is its own. */
static uintptr_t reporting_thread;
static _Thread_local uint8_t this_thread;

/* The hook of traps: the first thread that traps ends the program, and the others wait for that. */
static void wait_for_turn(uint32_t code, uint32_t module_offset, uint64_t element)
{
    (void)code;
    (void)module_offset;
    (void)element;
    uintptr_t nobody = 0;
    uintptr_t self = (uintptr_t)&this_thread;
    if (__atomic_compare_exchange_n(&reporting_thread, &nobody, self, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED) ||
        nobody == self)
        return;
    static uint32_t for_ever;
    for (;;)
        (void)wasmc_sys_futex_wait(&for_ever, 0, NULL);
}

/* What the instances' tables take for one more thread. */
static uint64_t table_bytes(const struct wasmc_instance *instance)
{
    uint64_t bytes = instance->table_elements * sizeof(void *);
    return bytes > FREE_TABLE_BYTES ? bytes - FREE_TABLE_BYTES : 0;
}

static void give_back_tables(const struct wasmc_program *program, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        wasmc_budget_give_back(wasmc_account_of(&program->instances[i]), table_bytes(&program->instances[i]));
}

static bool take_tables(const struct wasmc_program *program)
{
    for (uint32_t i = 0; i < program->instance_count; i++) {
        const struct wasmc_instance *instance = &program->instances[i];
        if (!wasmc_budget_take(wasmc_account_of(instance), table_bytes(instance), WASMC_BUDGET_GROWTH)) {
            give_back_tables(program, i);
            return false;
        }
    }
    return true;
}

static void run(const struct wasmc_thread *thread)
{
    const struct wasmc_program *program = wasmc_running;
    for (uint32_t i = 0; i < program->instance_count; i++) {
        wasmc_require_imports(&program->instances[i]);
        if (program->instances[i].start_function != NULL)
            program->instances[i].start_function();
    }
    const struct wasmc_instance *instance = thread->context;
    wasmc_thread_starts[instance - program->instances](thread->id, thread->argument);
    wasmc_tables_end();
    if (wasmc_gc_thread_end != NULL)
        wasmc_gc_thread_end();
    give_back_tables(program, program->instance_count);
    __atomic_fetch_sub(&running, 1, __ATOMIC_RELEASE);
}

static uint32_t next_id(void)
{
    uint32_t id = __atomic_add_fetch(&last_id, 1, __ATOMIC_RELAXED) & LAST_THREAD_ID;
    return id != 0 ? id : next_id();
}

/* Of the program: the main module's. */
static const struct wasmc_grants *program_grants(const struct wasmc_program *program)
{
    return program->instances[program->instance_count - 1].ctx->grants;
}

static const struct wasmc_instance *instance_of(const struct wasmc_program *program, const struct wasmc_ctx *ctx)
{
    const struct wasmc_instance *instance = program->instances;
    while (instance->ctx != ctx)
        instance++;
    return instance;
}

/* The thread's number; 0 when there cannot be another one. */
static uint32_t spawn(const struct wasmc_ctx *ctx, uint32_t argument)
{
    const struct wasmc_program *program = wasmc_running;
    const struct wasmc_grants *grants = program_grants(program);
    if (__atomic_fetch_add(&running, 1, __ATOMIC_ACQUIRE) >= wasmc_grants_threads(grants) || !take_tables(program)) {
        __atomic_fetch_sub(&running, 1, __ATOMIC_RELAXED);
        return 0;
    }
    /* Before the first one, and always the same. */
    __atomic_store_n(&wasmc_trap_hook, wait_for_turn, __ATOMIC_RELAXED);
    const struct wasmc_thread thread = {
        .run = run,
        .context = (void *)(uintptr_t)instance_of(program, ctx),
        .id = next_id(),
        .argument = argument,
    };
    if (wasmc_thread_start(&thread, wasmc_grants_number(grants, WASMC_GRANT_MAX_STACK, program->default_stack_bytes)))
        return thread.id;
    give_back_tables(program, program->instance_count);
    __atomic_fetch_sub(&running, 1, __ATOMIC_RELAXED);
    return 0;
}

/* thread-spawn - starts a thread, which runs `wasi_thread_start` of new instances: globals, tables and dropped segments
 * are as they were at start, memories and descriptors are the same.
 *
 *   argument   handed to wasi_thread_start, with the thread's number
 *
 * Returns the thread's number, which is positive, or -AGAIN: --max-threads, or what the host gives.
 * Rights: none.   https://github.com/WebAssembly/wasi-threads     POSIX: pthread_create(3)
 */
uint32_t wasmc_wasi_thread_spawn(struct wasmc_ctx *ctx, uint32_t argument)
{
    wasmc_threads_started = true;
    uint32_t id = spawn(ctx, argument);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "thread-spawn"}, id != 0 ? WASI_ERRNO_SUCCESS : WASI_ERRNO_AGAIN,
                    "argument:u thread:u", argument, id);
    return id != 0 ? id : (uint32_t)-WASI_ERRNO_AGAIN;
}
