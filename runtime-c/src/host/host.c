/* host.c - making and ending a host. */
#include "host.h"

#include <stdlib.h>
#include <string.h>

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
    free(host);
}

struct start {
    struct wasmc_host *host;
    int argc;
};

static void start_host(void *argument)
{
    const struct start *start = argument;
    struct wasmc_host *host = start->host;
    wasmc_grants_start(&host->grants, "", false, start->argc, host->argv, host->envp);
    host->ctx.memory = &host->memory;
    host->ctx.grants = &host->grants;
    host->ctx.name = WASMC_MAIN_MODULE;
    host->ctx.is_main = true;
    host->ctx.trace = host->grants.trace_wasi;
    wasmc_fd_table_start(&host->ctx);
}

struct wasmc_host *wasmc_host_create(int argc, char *const *argv, char *const *envp,
                                     struct wasmc_host_outcome *outcome)
{
    *outcome = (struct wasmc_host_outcome){.end = WASMC_HOST_RETURNED};
    /* The context's alignment is more than calloc's. */
    struct wasmc_host *host = aligned_alloc(WASMC_CTX_ALIGN, (sizeof *host + WASMC_CTX_ALIGN - 1) & ~(size_t)(WASMC_CTX_ALIGN - 1));
    if (host == NULL)
        return NULL;
    memset(host, 0, sizeof *host);
    host->argv = copy_strings(argv, (size_t)argc);
    host->envp = copy_strings(envp, count_strings(envp));
    if (host->argv == NULL || host->envp == NULL) {
        free_host(host);
        return NULL;
    }
    host->argv0 = host->argv[0];
    struct start start = {host, argc};
    wasmc_host_attempt(start_host, &start, outcome);
    if (outcome->end != WASMC_HOST_RETURNED) {
        wasmc_host_destroy(host);
        return NULL;
    }
    return host;
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
}

void wasmc_host_destroy(struct wasmc_host *host)
{
    struct wasmc_host_outcome outcome;
    wasmc_host_attempt(close_descriptors, &host->ctx, &outcome);
    free_host(host);
}

struct wasmc_host_limits wasmc_host_limits(const struct wasmc_host *host)
{
    return (struct wasmc_host_limits){
        .max_memory_bytes = host->grants.max_memory_bytes,
        .max_stack_bytes = host->grants.max_stack_bytes,
        .timeout_ns = host->grants.timeout_ns,
        .needs_seal = host->grants.seal == WASMC_SEAL_REQUIRE || host->grants.seal == WASMC_SEAL_LOG,
        .invoke = host->grants.invoke,
    };
}
