/* runtime.h - what the runtime's own files share. Compiled code sees nothing of it. */
#ifndef WASMC_RUNTIME_H
#define WASMC_RUNTIME_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

#include "wasmc/abi.h"
#include "wasmc/pcmap.h"

struct wasmc_grants;

/* A weak reference brings no object of the archive in. Who needs what others refer to weakly says so with this, at
 * file scope. */
#define WASMC_BRINGS(symbol) __asm__(".globl " #symbol)

/* --- running.c ------------------------------------------------------------------------------- */

/* The program of this process, for those whom nobody passes it: what compiled code calls (builtins, traps), and signal
 * handlers. Set before there is anything else; everybody else has it as a parameter. */
extern const struct wasmc_program *wasmc_running;

/* --- start: stack.c, signals.c, start.c, arch/ARCHITECTURE/ ---------------------------------- */

/* The first feature of `level` (enum wasmc_cpu_level) that this CPU lacks, or null. */
const char *wasmc_cpu_missing(uint32_t level);

/* What a program of `level` was compiled for, as "for x86-64-v2". */
const char *wasmc_cpu_level_name(uint32_t level);

/* Everything that happens once per process, before any instance: abi version, CPU level, grants,
 * guest stack, signal handlers, timer. Ends the process with one clear line when it cannot. */
void wasmc_start_process(const struct wasmc_program *program, struct wasmc_grants *grants, int argc, char **argv,
                         char **envp);

/* The guest stack, with a guard below it whose touch is "call stack exhausted". */
struct wasmc_stack {
    uint8_t *guard;       /* lowest address of the guard */
    uint8_t *bottom;      /* lowest usable address; the guard ends here */
    uint8_t *top;         /* one past the highest usable address; 16-byte aligned */
    uint8_t *signal_stack;
    size_t signal_stack_bytes;
};
extern struct wasmc_stack wasmc_stack; /* the main thread's */

/* Maps a guest stack (stack_bytes, at least 64 KiB, rounded up to pages) and its signal stack.
 * False: no memory. */
bool wasmc_stack_make(struct wasmc_stack *stack, uint64_t stack_bytes);
/* The same for the thread that the process begins with, whose signal stack is part of the kernel's, below the caller. It is not
 * unmade. */
bool wasmc_stack_make_first(struct wasmc_stack *stack, uint64_t stack_bytes);
void wasmc_stack_unmake(const struct wasmc_stack *stack);

/* Calls function(argument) with the stack pointer at `top`, and comes back. */
void wasmc_stack_call(void (*function)(void *), void *argument, void *top);

void wasmc_signals_start(void);

/* Arms the timer of --timeout; its expiry is WASMC_TRAP_TIMEOUT. */
void wasmc_signals_start_timeout(uint64_t timeout_ns);

/* --- threads: thread.c ------------------------------------------------------------------------ */

struct wasmc_thread {
    struct wasmc_stack stack;
    void (*run)(const struct wasmc_thread *thread);
    void *context;
    uint32_t id;
    uint32_t argument;
};

/* Starts a thread that calls run(thread) on a guarded stack of its own; `thread` says what, and is copied. False: the host
 * refuses. */
bool wasmc_thread_start(const struct wasmc_thread *thread, uint64_t stack_bytes);

/* The stack of the thread that asks. */
const struct wasmc_stack *wasmc_thread_stack(void);

/* --- instances: instance.c, memory.c -------------------------------------------------------- */

/* What an instance of a program needs of the host: memories, and the directories and sockets that `grants`, those of
 * all, have for it. Runs no guest code; the program is sealed when it has happened for every instance. Ends the process with
 * one clear line when it cannot. */
void wasmc_instance_open(const struct wasmc_program *program, const struct wasmc_instance *instance,
                         const struct wasmc_grants *grants);

/* Instantiates what is open: tables, data segments, start function. Runs on the guest stack; traps as the spec says. */
void wasmc_instantiate(const struct wasmc_instance *instance);

/* Compiled code may address up to this much below the base (see the lowering of constant index
 * arithmetic), so a reservation starts there. Below WASMC_MEMORY_BASE nothing is ever mapped. */
#define WASMC_LOW_GUARD_BYTES UINT64_C(0x10000)

enum wasmc_memory_result {
    WASMC_MEMORY_READY = 0,
    WASMC_MEMORY_TAKEN,          /* something else lives at fixed_base */
    WASMC_MEMORY_NO_SPACE,       /* the host refuses the reservation */
    WASMC_MEMORY_NO_PAGES,       /* the host refuses the first pages */
    WASMC_MEMORY_OVER_LIMIT,     /* min_pages is more than max_memory_bytes, or than is left of the budget */
    WASMC_MEMORY_UNSUPPORTED,    /* flags that need compares on every access, without them */
};

/* Reserves a memory and makes its first pages accessible.
 *
 *   space_bytes       address space free from fixed_base on, for a memory with explicit compares
 *   max_memory_bytes  the granted limit, or UINT64_MAX
 *   account           that pays beside the program's, or null
 */
struct wasmc_account;
enum wasmc_memory_result wasmc_memory_start(struct wasmc_memory *memory, const struct wasmc_memory_desc *desc,
                                            uint64_t space_bytes, uint64_t max_memory_bytes,
                                            struct wasmc_account *account);

/* Whether a host address lies in the reservation of some memory of the program, guards included. */
bool wasmc_memory_contains(const struct wasmc_program *program, uintptr_t address);

/* Copies the active data segments in order; traps at the first that does not fit. */
void wasmc_memory_copy_segments(const struct wasmc_instance *instance);

/* One of them, and what can be done for it before the seal, when the memories are there: nothing, or what memory_map.c does,
 * which is linked when something refers to wasmc_memory_is_mapped (WASMC_DATA_MAPPER). */
void wasmc_memory_copy_segment(const struct wasmc_data_segment *segment);
void wasmc_memory_map_segments(const struct wasmc_instance *instance);
bool wasmc_memory_is_mapped(const struct wasmc_data_segment *segment);

/* Whether every imported memory and table is as large as its import says; if not, *import names
 * the first that is too small. */
bool wasmc_imports_fit(const struct wasmc_instance *instance, const char **import);

/* Ends the process with one clear line unless that is so. */
void wasmc_require_imports(const struct wasmc_instance *instance);

/* Writes the active element segments of imported tables in order; traps at the first that does not fit. */
void wasmc_table_copy_segments(const struct wasmc_instance *instance);

/* At a thread's end: gives back what its tables have, in memory and of the budget. */
void wasmc_tables_end(void);

/* Growth limit of every table, in elements: what the address space and the host can bear. */
#define WASMC_TABLE_LIMIT UINT64_C(10000000)

/* --- budget.c: what --max-memory limits ------------------------------------------------------- */

struct wasmc_account {
    uint64_t limit_bytes;
    uint64_t used_bytes;
    uint64_t small_table_bytes; /* of used_bytes: not in the way of what an instance needs at start */
};

/* Before an instance's memories and tables: the limits of the program and of the instance's own grants, unless it has
 * no account. */
void wasmc_budget_limit(struct wasmc_account *account, uint64_t program_bytes, uint64_t instance_bytes);

enum wasmc_budget_use {
    WASMC_BUDGET_GROWTH,
    WASMC_BUDGET_START,        /* a memory's first bytes */
    WASMC_BUDGET_START_TABLES, /* all that the tables of an instance begin with */
};

/* Pays for bytes of an instance, or of the program alone for null; false, and nothing is paid, when they are more than is
 * left. */
bool wasmc_budget_take(struct wasmc_account *account, uint64_t bytes, enum wasmc_budget_use use);
void wasmc_budget_give_back(struct wasmc_account *account, uint64_t bytes);

/* --- traps: trap.c, script.c ---------------------------------------------------------------- */

/* When set, called first by every trap, also from the signal handler; it may leave by longjmp
 * (handlers run with their signal unblocked). When it returns, the trap ends the process. `element` is that of a table,
 * which the trap is about, or WASMC_NO_ELEMENT. */
#define WASMC_NO_ELEMENT UINT64_MAX
extern void (*wasmc_trap_hook)(uint32_t code, uint32_t module_offset, uint64_t element);

/* Whether a trap's message is being written: the process is about to end. */
extern volatile sig_atomic_t wasmc_trap_is_reported;

/* A trap in a host call: the second line names the call instead of a place in the module. */
_Noreturn void wasmc_trap_host_call(uint32_t code, const char *call);

/* A trap that a signal handler found. */
_Noreturn void wasmc_trap_signal(uint32_t code, uint32_t module_offset, const ucontext_t *context);

/* What a trap says, as above. */
struct wasmc_trap {
    uint32_t code;
    uint32_t module_offset;
    uint64_t element;
};

/* Whether traps come back to who called, as long as the process lives. */
extern bool wasmc_traps_come_back;

/* Calls invoke(slots) on the thread's guest stack and survives its traps.
 *
 * Returns 0, or the code of the trap that ended it; *trap, unless it is null, then receives what it says. The
 * instances stay as the trap left them and can be invoked again.
 */
uint32_t wasmc_script_invoke(void (*invoke)(uint64_t *slots), uint64_t *slots, struct wasmc_trap *trap);

/* The same for any function of the runtime, e.g. an instantiation. */
uint32_t wasmc_script_call(void (*function)(void *), void *argument, struct wasmc_trap *trap);

/* --- invoke.c: linked only when the driver asks for it (-u wasmc_invoke) --------------------- */

/* Calls the export `name` of `instance` with the arguments (text) and prints its results, one a
 * line. Returns the exit status: 0, or WASMC_EXIT_START after a clear line. */
int wasmc_invoke(const struct wasmc_instance *instance, const char *name, int argument_count, char **arguments);

/* --- small helpers -------------------------------------------------------------------------- */

/* Memory for tables that live as long as the process; zeroed, 16-byte aligned. Null: none left. */
void *wasmc_arena_allocate(size_t bytes);
void *wasmc_arena_start_allocate(size_t bytes); /* start-up */

#endif
