/* environ.c - environment variables: empty but for what --env and --inherit-env grant. */
#include <string.h>

#include "../grants.h"
#include "../lock.h"
#include "strings.h"
#include "trace.h"
#include "wasmc/wasi.h"

static uint32_t build_lock;

struct list {
    const char **items;
    size_t count;
};

static size_t name_bytes_of(const char *variable)
{
    return strcspn(variable, "=");
}

/* Adds NAME=VALUE, in the place of an earlier one of that name. */
static void put_variable(struct list *list, const char *variable)
{
    size_t bytes = name_bytes_of(variable) + 1;
    for (size_t i = 0; i < list->count; i++) {
        if (strncmp(list->items[i], variable, bytes) == 0) {
            list->items[i] = variable;
            return;
        }
    }
    list->items[list->count++] = variable;
}

/* How the runtime itself is told what to grant is not the guest's business. */
static bool is_ours(const char *variable)
{
    return strncmp(variable, "WASMC_GRANTS=", 13) == 0;
}

static void inherit(struct list *list, char **envp)
{
    for (; *envp != NULL; envp++) {
        if (strchr(*envp, '=') != NULL && !is_ours(*envp))
            list->items[list->count++] = *envp;
    }
}

/* The host's whole NAME=VALUE for a grant of NAME alone; null when it is not set. */
static const char *host_variable(const struct wasmc_grants *grants, const char *name)
{
    size_t bytes = strlen(name);
    const char *value = wasmc_grants_host_variable(grants->envp, name, bytes);
    return value != NULL ? value - bytes - 1 : NULL;
}

static size_t count_candidates(const struct wasmc_grants *grants)
{
    size_t count = 0;
    for (const struct wasmc_grant *grant = NULL; (grant = wasmc_grants_next(grants, WASMC_GRANT_ENV, grant)) != NULL;)
        count++;
    if (wasmc_grants_have(grants, WASMC_GRANT_INHERIT_ENV)) {
        for (char **envp = grants->envp; *envp != NULL; envp++)
            count++;
    }
    return count;
}

static struct wasmc_strings build(const struct wasmc_grants *grants)
{
    struct list list = {wasmc_arena_allocate((count_candidates(grants) + 1) * sizeof(char *)), 0};
    if (list.items == NULL)
        return (struct wasmc_strings){0};
    if (wasmc_grants_have(grants, WASMC_GRANT_INHERIT_ENV))
        inherit(&list, grants->envp);
    for (const struct wasmc_grant *grant = NULL; (grant = wasmc_grants_next(grants, WASMC_GRANT_ENV, grant)) != NULL;) {
        const char *variable = grant->word;
        if (strchr(variable, '=') == NULL)
            variable = host_variable(grants, variable);
        if (variable != NULL)
            put_variable(&list, variable);
    }
    return (struct wasmc_strings){list.items, list.count};
}

static struct wasmc_strings environment(struct wasmc_ctx *ctx)
{
    wasmc_lock(&build_lock);
    if (!ctx->environment_built) {
        ctx->environment = build(ctx->grants);
        ctx->environment_built = true;
    }
    wasmc_unlock(&build_lock);
    return ctx->environment;
}

/* environ_sizes_get - how much environ_get will write.
 *
 *   count_addr   guest address of a u32 that receives the number of variables
 *   bytes_addr   guest address of a u32 that receives the size of the strings, NULs included
 *
 * Rights: none.   Errors: OVERFLOW the sizes do not fit; guest memory is then unchanged.
 * witx: environ_sizes_get
 */
uint32_t wasmc_wasi_environ_sizes_get(struct wasmc_ctx *ctx, uint32_t count_addr, uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "environ_sizes_get"};
    wasi_errno error = wasmc_strings_sizes(&guest, environment(ctx), count_addr, bytes_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, ">count:4 >bytes:4", count_addr, bytes_addr);
    return error;
}

/* environ_get - the variables, as NAME=VALUE.
 *
 *   environ_addr   guest address of an array of u32 that receives the strings' addresses
 *   buffer_addr    guest address that receives the strings, each with its NUL
 *
 * Rights: none.   Errors: OVERFLOW as above.   witx: environ_get
 */
uint32_t wasmc_wasi_environ_get(struct wasmc_ctx *ctx, uint32_t environ_addr, uint32_t buffer_addr)
{
    struct wasmc_guest guest = {ctx, "environ_get"};
    wasi_errno error = wasmc_strings_get(&guest, environment(ctx), environ_addr, buffer_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "environ:x buffer:x", environ_addr, buffer_addr);
    return error;
}
