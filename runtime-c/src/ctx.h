/* ctx.h - a module's capability context: what its host calls may reach. The compiler passes it to
 * every host call as a constant, so that two modules of one program keep two sets of authority. */
#ifndef WASMC_CTX_H
#define WASMC_CTX_H

#include "runtime.h"
#include "wasi/fd_table.h"

/* NUL-terminated strings, as args_get and environ_get hand them out. */
struct wasmc_strings {
    const char *const *items;
    size_t count;
};

struct wasmc_ctx {
    const struct wasmc_memory *memory;  /* the memory exported as "memory"; of size 0 when there is none */
    const struct wasmc_grants *grants;  /* of the program */
    bool is_main;                       /* the main module: grants apply to it, others get none */
    bool trace;                         /* --trace-wasi */
    bool environment_built;
    struct wasmc_strings arguments;
    struct wasmc_strings environment;
    struct wasmc_fd_table fds;
};

static_assert(sizeof(struct wasmc_ctx) <= WASMC_CTX_BYTES, "the compiler's storage for a context");
static_assert(_Alignof(struct wasmc_ctx) <= WASMC_CTX_ALIGN, "the compiler's alignment of a context");

#endif
