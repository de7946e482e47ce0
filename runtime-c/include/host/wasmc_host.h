/* wasmc_host.h - the runtime's host functions for an embedder: the interpreter calls the same C that
 * compiled programs call.
 *
 * What ends a compiled program - a trap, proc_exit, a grant that is refused - becomes a value here. One
 * thread uses a host at a time, but for calls of host functions. Nothing of a guest's is trusted: arguments are numbers, and an address
 * is checked against the memory that the call is given.
 */
#ifndef WASMC_HOST_EMBEDDING_H
#define WASMC_HOST_EMBEDDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum wasmc_host_end {
    WASMC_HOST_RETURNED,
    WASMC_HOST_TRAPPED,
    WASMC_HOST_EXITED,
};

/* How a call ended. */
struct wasmc_host_outcome {
    enum wasmc_host_end end;
    uint32_t trap;    /* WASMC_HOST_TRAPPED: the code in traps.def */
    const char *call; /* WASMC_HOST_TRAPPED: the host function's name, static */
    int32_t status;   /* WASMC_HOST_EXITED: the exit status, 0 to 255 */
};

/* A capability context with its grants, arguments and descriptors. */
struct wasmc_host;

/* Makes the host of a program's main module: standard streams, and what the words of `baked` and the variable
 * WASMC_GRANTS of `envp` grant. The strings are copied.
 *
 *   baked         grants as a program has them, wasmc_program.grants: words ended by a NUL each, and an empty one
 *   baked_bytes   their length, with the empty word
 *   argv          argc strings; argv[0] as --argv0 says
 *   envp          ended by a null pointer
 *
 * Null when a grant is refused or a directory cannot be opened: the reason is then on standard error and
 * the outcome is WASMC_HOST_EXITED, or when there is no memory: WASMC_HOST_RETURNED.
 */
struct wasmc_host *wasmc_host_create(const char *baked, size_t baked_bytes, int argc, char *const *argv,
                                     char *const *envp, struct wasmc_host_outcome *outcome);

/* The same, but nothing is opened and no host function can be called: for a program whose host calls were recorded. Only
 * limits and the names of modules count. */
struct wasmc_host *wasmc_host_create_closed(const char *baked, size_t baked_bytes, int argc, char *const *argv,
                                            char *const *envp, struct wasmc_host_outcome *outcome);

/* Makes the host of a module that the main one imports from as `name`, with the grants that the main module's words
 * have for it. Null as above. The main module's host must live longer. */
struct wasmc_host *wasmc_host_create_module(struct wasmc_host *main, const char *name,
                                            struct wasmc_host_outcome *outcome);

/* When all modules have their hosts: ends with WASMC_HOST_EXITED when a grant names another one. */
void wasmc_host_check_modules(struct wasmc_host *main, struct wasmc_host_outcome *outcome);

/* When all modules have their hosts, at most once in a process: makes the network that the grants ask for, if any.
 *
 *   names    of the linked modules, in the order in which their hosts were made
 *   helper   the executable of the runtime's for that
 *
 * Ends with WASMC_HOST_EXITED at a rule that is none, and when the host refuses; the reason is then on standard error. */
void wasmc_host_start_network(struct wasmc_host *main, size_t linked_count, char *const *names, const char *helper,
                              struct wasmc_host_outcome *outcome);

/* Closes everything the guest has opened. */
void wasmc_host_destroy(struct wasmc_host *host);

/* What the grants say about running the program. */
struct wasmc_host_limits {
    uint64_t max_memory_bytes; /* of memories and tables together: the program's, or a linked module's */
    uint64_t max_gc_heap_bytes;
    uint64_t max_stack_bytes;  /* 0: the default */
    bool saves_coredump;
    bool aborts;           /* at a trap */
    uint64_t timeout_ns;       /* 0: none */
    uint64_t max_threads;      /* beside the first */
    bool trace_gc;
    bool needs_seal;           /* --seal require or log, which mean a process of the program's own */
    const char *invoke;        /* export to be called, or null; lives as long as the host */
};
struct wasmc_host_limits wasmc_host_limits(const struct wasmc_host *host);

/* What is wrong with a word: what was expected (static), and where something else is, from byte `at` on so many. */
struct wasmc_host_word_error {
    const char *expected;
    size_t at;
    size_t bytes;
};

/* Whether a word is what a grant of this kind takes.
 *
 *   value   enum wasmc_grant_value, of the network's grammars; others take any word
 */
bool wasmc_host_check_word(uint32_t value, const char *word, struct wasmc_host_word_error *error);

/* A host function of any type. */
typedef void (*wasmc_host_code)(void);

/* The function behind a symbol of wasi.def, or null. */
wasmc_host_code wasmc_host_find(const char *symbol);

/* How functions of one type are called. */
struct wasmc_host_signature;

/* Parameters ':' result as in wasi.def, "ili:i". Null: no such signature can be called, or no memory. */
struct wasmc_host_signature *wasmc_host_signature_create(const char *signature);
void wasmc_host_signature_destroy(struct wasmc_host_signature *signature);

/* Calls a host function whose type is `signature`.
 *
 *   base, size_bytes   guest memory; size 0 when there is none
 *   slots              arguments from the start, an i32 in the lower half; then the result, zero-extended
 */
void wasmc_host_call(struct wasmc_host *host, const struct wasmc_host_signature *signature, wasmc_host_code code,
                     uint8_t *base, uint64_t size_bytes, uint64_t *slots, struct wasmc_host_outcome *outcome);

/* What thread-spawn of the host's module does: `spawn` starts a thread that runs wasi_thread_start with its number and the
 * argument, and returns the number, or 0 when there cannot be another one. The thread calls host functions of the same
 * hosts; memories that they are given are shared then. */
void wasmc_host_on_spawn(struct wasmc_host *host, uint32_t (*spawn)(void *context, uint32_t argument), void *context);

/* Calls an export with arguments from the command line and prints its results, as --invoke does.
 *
 *   signature   as in wasmc_export, or null when nothing is exported under the name
 *   call        gets slots as wasmc_export.invoke does; false when the call did not return
 *
 * Returns the exit status, or -1 when `call` returned false.
 */
int wasmc_host_invoke(const char *name, const char *signature, int argument_count, char **arguments,
                      bool (*call)(void *context, uint64_t *slots), void *context);

/* A call in a module. */
struct wasmc_host_frame {
    const char *module;    /* UTF-8; null in a program of one module */
    const char *func_name; /* UTF-8, or "" */
    uint32_t func_index;
    uint32_t module_offset;
    uint64_t repeated; /* how many more of the same follow */
    uint64_t omitted;  /* how many before it are left out */
    const char *file;  /* UTF-8, or null: not known */
    uint32_t line;     /* or 0: not known */
    uint32_t column;   /* or 0: not known */
    bool has_source;
    bool is_inlined;   /* into the next one, by the module's compiler */
};

/* Writes a trap's message as compiled programs do.
 *
 *   call     the host function in which it happened, or null
 *   frames   the calls that led there, innermost first
 */
void wasmc_host_print_trap(const char *message, const char *call, const struct wasmc_host_frame *frames,
                           size_t frame_count);

/* The same for an exception that nothing has caught.
 *
 *   signature   letters of its values, as before ':' in wasmc_export
 *   slots       the values, as wasmc_export.invoke gives results
 */
void wasmc_host_print_exception(const char *tag, const char *signature, const uint64_t *slots,
                                const struct wasmc_host_frame *frames, size_t frame_count);

/* For a process that runs one program, when all hosts are made: from here on the kernel keeps the process to the
 * directories of `main` and of the modules beside it, and from privileges and writable code, as far as it can; nothing
 * with --seal off. Only the calling thread and those that it makes. Says on standard error what holds when --trace-wasi
 * is granted. */
void wasmc_host_seal(const struct wasmc_host *main);

/* Before wasmc_host_seal: makes the file of --coredump, if it is granted. Ends with WASMC_HOST_EXITED when it cannot; the
 * reason is then on standard error. */
void wasmc_host_open_coredump(struct wasmc_host *main, struct wasmc_host_outcome *outcome);

/* Writes the file of --coredump, if there is one.
 *
 *   program   a struct wasmc_coredump_program
 *   frames    an array of frame_count struct wasmc_coredump_frame, the innermost first
 */
void wasmc_host_write_coredump(const void *program, const void *frames, size_t frame_count);

/* Ends the process by SIGABRT. */
void wasmc_host_abort(void);

/* Writes the line of --trace-gc about a collection. */
void wasmc_host_report_collection(uint64_t number, uint64_t before_bytes, uint64_t alive_bytes, uint64_t heap_bytes,
                                  uint64_t time_us);

/* Writes "wasmc: " and the reason why a program cannot start. */
void wasmc_host_print_refusal(const char *reason);

/* Writes that an imported memory or table is too small, as compiled programs do. */
void wasmc_host_print_misfit(const char *import);

/* What a process does that runs one program: writing to a closed pipe is an errno of the write, and after
 * timeout_ns (0: never) the process ends with the trap WASMC_TRAP_TIMEOUT: by whoever looks at wasmc_host_interruption, or
 * without frames when nobody does so in time, or a host function runs. With `aborts` by SIGABRT. */
void wasmc_host_start_process(uint64_t timeout_ns, bool aborts);

/* A word that is 0 until the time is up. */
uint64_t *wasmc_host_interruption(void);

#endif
