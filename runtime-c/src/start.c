/* start.c - main of a compiled program. */
#include "runtime.h"

#include <string.h>

#include "grants.h"
#include "seal.h"
#include "sys/sys.h"
#include "text.h"

/* Only when the program says WASMC_PROGRAM_INVOKE does the driver link it. */
extern __typeof__(wasmc_invoke) wasmc_invoke __attribute__((weak));

static struct wasmc_grants grants;

static void check_invoke(void)
{
    const char *name = wasmc_grants_word(&grants, WASMC_GRANT_INVOKE);
    if (name != NULL && (!(wasmc_program.flags & WASMC_PROGRAM_INVOKE) || wasmc_invoke == NULL))
        wasmc_fail(WASMC_EXIT_START, "", "--invoke ", name, ": this program was built without its exports");
}

/* Arguments that nothing can take are a mistake of whoever starts the program. */
static void check_arguments(void)
{
    if (wasmc_program.instance_count == 0 || wasmc_grants_have(&grants, WASMC_GRANT_INVOKE) || grants.argc <= 1)
        return;
    const struct wasmc_instance *main_instance = &wasmc_program.instances[wasmc_program.instance_count - 1];
    if (main_instance->entry == NULL && main_instance->start_function == NULL)
        wasmc_fail(WASMC_EXIT_START, "", "arguments: the program has no `_start` that could take them; --invoke NAME "
                   "calls an export", NULL, "");
}

static bool is_linked_module(void *context, const char *name)
{
    (void)context;
    for (uint32_t i = 0; i + 1 < wasmc_program.instance_count; i++) {
        if (strcmp(wasmc_program.instances[i].module_name, name) == 0)
            return true;
    }
    return false;
}

static void check_modules(void)
{
    struct wasmc_grant_error error;
    if (wasmc_grants_check_modules != NULL) {
        if (!wasmc_grants_check_modules(&grants, is_linked_module, NULL, &error))
            wasmc_fail(WASMC_EXIT_START, "WASMC_GRANTS: ", error.before, error.word, error.after);
    } else if (grants.names_modules) {
        wasmc_fail(WASMC_EXIT_START, "WASMC_GRANTS: ", "--module: this program has no linked modules", NULL, "");
    }
}

/* What the program does, from instantiation to the end; on the guest stack. */
static void run(void *status)
{
    for (uint32_t i = 0; i < wasmc_program.instance_count; i++)
        wasmc_instance_open(&wasmc_program.instances[i], &grants);
    wasmc_seal(&grants);
    for (uint32_t i = 0; i < wasmc_program.instance_count; i++) {
        const struct wasmc_instance *instance = &wasmc_program.instances[i];
        wasmc_instantiate(instance);
        /* A library is ready before the next instance can call it; the main instance follows below. */
        if (i + 1 < wasmc_program.instance_count && instance->entry_kind == WASMC_ENTRY_REACTOR)
            instance->entry();
    }
    if (wasmc_program.instance_count == 0)
        return;

    const struct wasmc_instance *main_instance = &wasmc_program.instances[wasmc_program.instance_count - 1];
    const char *invoked = wasmc_grants_word(&grants, WASMC_GRANT_INVOKE);
    bool is_command = main_instance->entry_kind == WASMC_ENTRY_COMMAND;
    /* A command that is invoked by export never runs _start; a reactor is initialized first. */
    if (main_instance->entry != NULL && !(is_command && invoked != NULL))
        main_instance->entry();
    if (invoked != NULL)
        *(int *)status = wasmc_invoke(main_instance, invoked, grants.argc - 1, grants.argv + 1);
}

int main(int argc, char **argv, char **envp)
{
    int status = 0;
    wasmc_start_process(&grants, argc, argv, envp);
    check_invoke();
    check_modules();
    check_arguments();
    wasmc_seal_descriptors(&grants);
    wasmc_stack_call(run, &status, wasmc_stack.top);
    wasmc_sys_exit(status);
}
