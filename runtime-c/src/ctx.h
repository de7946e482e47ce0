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

struct wasmc_poll_set;

struct wasmc_ctx {
    const struct wasmc_memory *memory;  /* the memory exported as "memory"; of size 0 when there is none */
    const struct wasmc_grants *grants;  /* the module's own */
    const char *name;                   /* of the module: WASMC_MAIN_MODULE, or what it is linked as */
    struct wasmc_ctx *next;             /* the program's modules in a ring; null: there is no other */
    bool is_main;                       /* the main module: the process's arguments and streams are its own */
    bool trace;                         /* --trace-wasi */
    bool environment_built;
    struct wasmc_account account;       /* memories and tables of the module's instance (budget.c) */
    struct wasmc_strings arguments;
    struct wasmc_strings environment;
    struct wasmc_fd_table fds;
    struct wasmc_poll_set *poll_set;    /* of descriptors that were polled (wasi/poll_watch.h), or null */
};

/* The account of an instance beside the program's; null when it has none. */
static inline struct wasmc_account *wasmc_account_of(const struct wasmc_instance *instance)
{
    return instance->ctx != NULL ? &instance->ctx->account : NULL;
}

/* What modules call the main module. */
#define WASMC_MAIN_MODULE "main"

/* Adds a context to the ring that `member` is in. */
void wasmc_ctx_join(struct wasmc_ctx *ctx, struct wasmc_ctx *member);

/* Another module of the program by its name, or null; the one that asks is not found. */
struct wasmc_ctx *wasmc_ctx_find(const struct wasmc_ctx *ctx, const char *name);

static_assert(sizeof(struct wasmc_ctx) <= WASMC_CTX_BYTES, "the compiler's storage for a context");
static_assert(_Alignof(struct wasmc_ctx) <= WASMC_CTX_ALIGN, "the compiler's alignment of a context");

#endif
