/* invoke.c - --invoke for an embedder: ../invoke.c with a callback in the place of compiled code. */
#include <string.h>

#include "../runtime.h"
#include "../sys/sys.h"
#include "attempt.h"

struct invocation {
    const char *name;
    const char *signature;
    int argument_count;
    char **arguments;
    bool (*call)(void *context, uint64_t *slots);
    void *context;
    int status;
};

/* A callee in wasmc_export has no argument for it. */
static _Thread_local struct invocation *current;

static void call_back(uint64_t *slots)
{
    struct invocation *invocation = current;
    if (invocation->call(invocation->context, slots))
        return;
    /* Nothing is printed of a call that did not return. The callback's frames are gone already. */
    wasmc_sys_exit(0);
}

static void invoke(void *argument)
{
    struct invocation *invocation = argument;
    const struct wasmc_export callee = {
        .name = invocation->name,
        .name_bytes = strlen(invocation->name),
        .signature = invocation->signature,
        .invoke = call_back,
    };
    const struct wasmc_instance instance = {
        .exports = &callee,
        .export_count = invocation->signature != NULL,
    };
    invocation->status =
        wasmc_invoke(&instance, invocation->name, invocation->argument_count, invocation->arguments);
}

int wasmc_host_invoke(const char *name, const char *signature, int argument_count, char **arguments,
                      bool (*call)(void *context, uint64_t *slots), void *context)
{
    struct invocation invocation = {name, signature, argument_count, arguments, call, context, -1};
    struct invocation *outer = current;
    struct wasmc_host_outcome outcome;
    current = &invocation;
    wasmc_host_attempt(invoke, &invocation, &outcome);
    current = outer;
    return invocation.status;
}
