/* host.c - making and ending a host. */
#include "host.h"

#include <stdlib.h>
#include <string.h>

#include "../text.h"
#include "../wasi/poll.h"
#include "attempt.h"

static void free_strings(char **strings)
{
    for (size_t i = 0; strings != NULL && strings[i] != NULL; i++)
        free(strings[i]);
    free(strings);
}

/* A copy ended by a null pointer; null when there is no memory. */
static char **copy_strings(char *const *strings, size_t count)
{
    char **copy = calloc(count + 1, sizeof *copy);
    for (size_t i = 0; copy != NULL && i < count; i++) {
        copy[i] = strdup(strings[i]);
        if (copy[i] == NULL) {
            free_strings(copy);
            return NULL;
        }
    }
    return copy;
}

static size_t count_strings(char *const *strings)
{
    size_t count = 0;
    while (strings[count] != NULL)
        count++;
    return count;
}

static void free_host(struct wasmc_host *host)
{
    if (host->argv != NULL && host->argv0 != NULL)
        host->argv[0] = host->argv0;
    free_strings(host->argv);
    free_strings(host->envp);
    free_strings(host->starters_envp);
    free(host->baked);
    free(host->name);
    free(host);
}

/* Zeroed; the context's alignment is more than calloc's. */
static struct wasmc_host *allocate_host(void)
{
    const size_t bytes = (sizeof(struct wasmc_host) + WASMC_CTX_ALIGN - 1) & ~(size_t)(WASMC_CTX_ALIGN - 1);
    struct wasmc_host *host = aligned_alloc(WASMC_CTX_ALIGN, bytes);
    if (host != NULL)
        memset(host, 0, bytes);
    return host;
}

static void open_ctx(struct wasmc_host *host, const char *name, bool trace)
{
    host->ctx.memory = &host->memory;
    host->ctx.grants = &host->grants;
    host->ctx.name = name;
    host->ctx.is_main = host->main == NULL;
    host->ctx.trace = trace;
    if (!(host->main != NULL ? host->main : host)->is_closed)
        wasmc_fd_table_start(&host->ctx);
}

struct start {
    struct wasmc_host *host;
    int argc;
};

static void start_main(void *argument)
{
    const struct start *start = argument;
    struct wasmc_host *host = start->host;
    wasmc_grants_start(&host->grants, host->baked, false, start->argc, host->argv, host->envp);
    open_ctx(host, WASMC_MAIN_MODULE, wasmc_grants_have(&host->grants, WASMC_GRANT_TRACE_WASI));
}

static void start_module(void *argument)
{
    struct wasmc_host *host = argument;
    wasmc_grants_start_module(&host->grants, &host->main->grants, host->name);
    open_ctx(host, host->name, wasmc_grants_have(&host->main->grants, WASMC_GRANT_TRACE_WASI));
    wasmc_ctx_join(&host->ctx, &host->main->ctx);
}

static struct wasmc_host *attempt_start(struct wasmc_host *host, void (*start)(void *), void *argument,
                                        struct wasmc_host_outcome *outcome)
{
    wasmc_host_attempt(start, argument, outcome);
    if (outcome->end == WASMC_HOST_RETURNED)
        return host;
    wasmc_host_destroy(host);
    return NULL;
}

static struct wasmc_host *create_main(bool is_closed, const char *baked, size_t baked_bytes, int argc, char *const *argv,
                                      char *const *envp, struct wasmc_host_outcome *outcome)
{
    *outcome = (struct wasmc_host_outcome){.end = WASMC_HOST_RETURNED};
    struct wasmc_host *host = allocate_host();
    if (host == NULL)
        return NULL;
    host->is_closed = is_closed;
    host->argv = copy_strings(argv, (size_t)argc);
    host->envp = copy_strings(envp, count_strings(envp));
    host->starters_envp = copy_strings(envp, count_strings(envp));
    host->baked = malloc(baked_bytes);
    if (host->argv == NULL || host->envp == NULL || host->starters_envp == NULL || host->baked == NULL) {
        free_host(host);
        return NULL;
    }
    memcpy(host->baked, baked, baked_bytes);
    host->baked_bytes = baked_bytes;
    host->argv0 = host->argv[0];
    struct start start = {host, argc};
    return attempt_start(host, start_main, &start, outcome);
}

struct wasmc_host *wasmc_host_create(const char *baked, size_t baked_bytes, int argc, char *const *argv,
                                     char *const *envp, struct wasmc_host_outcome *outcome)
{
    return create_main(false, baked, baked_bytes, argc, argv, envp, outcome);
}

struct wasmc_host *wasmc_host_create_closed(const char *baked, size_t baked_bytes, int argc, char *const *argv,
                                            char *const *envp, struct wasmc_host_outcome *outcome)
{
    return create_main(true, baked, baked_bytes, argc, argv, envp, outcome);
}

struct wasmc_host *wasmc_host_create_module(struct wasmc_host *main, const char *name,
                                            struct wasmc_host_outcome *outcome)
{
    *outcome = (struct wasmc_host_outcome){.end = WASMC_HOST_RETURNED};
    struct wasmc_host *host = allocate_host();
    if (host == NULL)
        return NULL;
    host->main = main;
    host->number = main->linked_count++;
    host->name = strdup(name);
    if (host->name == NULL) {
        free_host(host);
        return NULL;
    }
    return attempt_start(host, start_module, host, outcome);
}

static bool is_linked_module(void *context, const char *name)
{
    const struct wasmc_host *main = context;
    return wasmc_ctx_find(&main->ctx, name) != NULL;
}

static void check_modules(void *argument)
{
    const struct wasmc_host *main = argument;
    struct wasmc_grant_error error;
    if (!wasmc_grants_check_modules(&main->grants, is_linked_module, argument, &error))
        wasmc_fail(WASMC_EXIT_START, "WASMC_GRANTS: ", error.before, error.word, error.after);
}

void wasmc_host_check_modules(struct wasmc_host *main, struct wasmc_host_outcome *outcome)
{
    wasmc_host_attempt(check_modules, main, outcome);
}

static void close_descriptors(void *argument)
{
    struct wasmc_ctx *ctx = argument;
    for (uint32_t fd = 0; fd < ctx->fds.slot_count; fd++) {
        if (ctx->fds.slots[fd] == NULL)
            continue;
        /* A call that was left by a trap is still counted as a user. */
        ctx->fds.slots[fd]->users = 1;
        (void)wasmc_fd_remove(ctx, fd);
    }
    wasmc_poll_set_end(ctx);
}

void wasmc_host_destroy(struct wasmc_host *host)
{
    struct wasmc_host_outcome outcome;
    wasmc_host_attempt(close_descriptors, &host->ctx, &outcome);
    free_host(host);
}

struct wasmc_host_limits wasmc_host_limits(const struct wasmc_host *host)
{
    enum wasmc_seal_mode seal = wasmc_grants_seal(&host->grants);
    return (struct wasmc_host_limits){
        .max_memory_bytes = wasmc_grants_memory_bytes(&host->grants),
        .max_gc_heap_bytes = wasmc_grants_gc_heap_bytes(&host->grants),
        .trace_gc = wasmc_grants_have(&host->grants, WASMC_GRANT_TRACE_GC),
        .max_stack_bytes = wasmc_grants_number(&host->grants, WASMC_GRANT_MAX_STACK, 0),
        .saves_coredump = wasmc_grants_have(&host->grants, WASMC_GRANT_COREDUMP),
        .aborts = wasmc_grants_have(&host->grants, WASMC_GRANT_ABORT),
        .timeout_ns = wasmc_grants_number(&host->grants, WASMC_GRANT_TIMEOUT, 0),
        .max_threads = wasmc_grants_threads(&host->grants),
        .needs_seal = seal == WASMC_SEAL_REQUIRE || seal == WASMC_SEAL_LOG,
        .invoke = wasmc_grants_word(&host->grants, WASMC_GRANT_INVOKE),
    };
}
