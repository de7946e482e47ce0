/* start.c - main of a compiled program. */
#include "runtime.h"

#include <string.h>

#include "coredump_file.h"
#include "grants.h"
#include "net/start.h"
#include "seal.h"
#include "sys/sys.h"
#include "text.h"
#include "trap_end.h"

/* Only when the program says WASMC_PROGRAM_INVOKE does the driver link it. */
extern __typeof__(wasmc_invoke) wasmc_invoke __attribute__((weak));

/* The process's one program and what it is granted. */
struct process {
    const struct wasmc_program *program;
    struct wasmc_grants *grants;
    int status;
};

/* The last one; null in a program without modules. */
static const struct wasmc_instance *main_instance(const struct wasmc_program *program)
{
    return program->instance_count != 0 ? &program->instances[program->instance_count - 1] : NULL;
}

static void check_invoke(const struct process *process)
{
    const char *name = wasmc_grants_word(process->grants, WASMC_GRANT_INVOKE);
    if (name != NULL && (!(process->program->flags & WASMC_PROGRAM_INVOKE) || wasmc_invoke == NULL))
        wasmc_fail(WASMC_EXIT_START, "", "--invoke ", name, ": this program was built without its exports");
}

/* Only a program that is made with --coredump or --abort has it. */
extern __typeof__(wasmc_coredump_open) wasmc_coredump_open __attribute__((weak));
extern __typeof__(wasmc_abort_prepare) wasmc_abort_prepare __attribute__((weak));

static void check_trap_end(const struct wasmc_grants *grants)
{
    if ((wasmc_coredump_open == NULL && wasmc_grants_have(grants, WASMC_GRANT_COREDUMP)) ||
        (wasmc_abort_prepare == NULL && wasmc_grants_have(grants, WASMC_GRANT_ABORT)))
        wasmc_fail(WASMC_EXIT_START, "", "--coredump, --abort: this program was built without them", NULL, "");
}

/* Arguments that nothing can take are a mistake of whoever starts the program. */
static void check_arguments(const struct process *process)
{
    const struct wasmc_instance *instance = main_instance(process->program);
    if (instance == NULL || wasmc_grants_have(process->grants, WASMC_GRANT_INVOKE) || process->grants->argc <= 1)
        return;
    if (instance->entry == NULL && instance->start_function == NULL)
        wasmc_fail(WASMC_EXIT_START, "", "arguments: the program has no `_start` that could take them; --invoke NAME "
                   "calls an export", NULL, "");
}

static bool is_linked_module(void *context, const char *name)
{
    const struct wasmc_program *program = context;
    for (uint32_t i = 0; i + 1 < program->instance_count; i++) {
        if (strcmp(program->instances[i].module_name, name) == 0)
            return true;
    }
    return false;
}

static void check_modules(const struct process *process)
{
    struct wasmc_grant_error error;
    if (wasmc_grants_check_modules != NULL) {
        if (!wasmc_grants_check_modules(process->grants, is_linked_module, (void *)(uintptr_t)process->program, &error))
            wasmc_fail(WASMC_EXIT_START, "WASMC_GRANTS: ", error.before, error.word, error.after);
    } else if (process->grants->names_modules) {
        wasmc_fail(WASMC_EXIT_START, "WASMC_GRANTS: ", "--module: this program has no linked modules", NULL, "");
    }
}

/* Of a program without sockets. */
__attribute__((weak)) void wasmc_net_begin(const struct wasmc_program *program)
{
    (void)program;
}

/* What the program does, from instantiation to the end; on the guest stack. */
static void run(void *argument)
{
    struct process *process = argument;
    const struct wasmc_program *program = process->program;
    struct wasmc_grants *grants = process->grants;
    for (uint32_t i = 0; i < program->instance_count; i++)
        wasmc_instance_open(program, &program->instances[i], grants);
    wasmc_net_begin(program);
    wasmc_seal(program, grants);
    for (uint32_t i = 0; i < program->instance_count; i++) {
        const struct wasmc_instance *instance = &program->instances[i];
        wasmc_instantiate(instance);
        /* A library is ready before the next instance can call it; the main instance follows below. */
        if (i + 1 < program->instance_count && instance->entry_kind == WASMC_ENTRY_REACTOR)
            instance->entry();
    }
    const struct wasmc_instance *instance = main_instance(program);
    if (instance == NULL)
        return;

    const char *invoked = wasmc_grants_word(grants, WASMC_GRANT_INVOKE);
    bool is_command = instance->entry_kind == WASMC_ENTRY_COMMAND;
    /* A command that is invoked by export never runs _start; a reactor is initialized first. */
    if (instance->entry != NULL && !(is_command && invoked != NULL))
        instance->entry();
    if (invoked != NULL)
        process->status = wasmc_invoke(instance, invoked, grants->argc - 1, grants->argv + 1);
}

int main(int argc, char **argv, char **envp)
{
    static struct wasmc_grants grants;
    struct process process = {&wasmc_program, &grants, 0};
    wasmc_start_process(process.program, &grants, argc, argv, envp);
    check_invoke(&process);
    check_trap_end(&grants);
    check_modules(&process);
    check_arguments(&process);
    wasmc_seal_descriptors(&grants);
    if (wasmc_net_start != NULL)
        wasmc_net_start(process.program, &grants);
    wasmc_stack_call(run, &process, wasmc_stack.top);
    wasmc_sys_exit(process.status);
}
