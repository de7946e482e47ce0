/* process.c - what happens once per process, before any instance. */
#include "runtime.h"

#include "grants.h"
#include "sys/sys.h"
#include "text.h"

static void check_program(const struct wasmc_program *program)
{
    if (program->abi_version != WASMC_ABI_VERSION)
        wasmc_fail(WASMC_EXIT_START, "", "this program was compiled for another version of its runtime", NULL, "");
    const char *missing = wasmc_cpu_missing(program->cpu_features);
    if (missing == NULL)
        return;
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, "this program was compiled ");
    wasmc_text_string(&text, wasmc_cpu_level_name(program->cpu_features));
    wasmc_text_string(&text, ", but this CPU lacks ");
    wasmc_text_string(&text, missing);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    wasmc_sys_exit(WASMC_EXIT_START);
}

void wasmc_start_process(const struct wasmc_program *program, struct wasmc_grants *grants, int argc, char **argv,
                         char **envp)
{
    wasmc_running = program;
    check_program(program);
    if (wasmc_sys_protect_constants() != 0)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses to protect the program's constants", NULL, "");
    bool is_ceiling = program->flags & WASMC_PROGRAM_CEILING;
    wasmc_grants_start(grants, program->grants, is_ceiling, argc, argv, envp);
    if (!wasmc_stack_make_first(&wasmc_stack, wasmc_grants_number(grants, WASMC_GRANT_MAX_STACK, program->default_stack_bytes)))
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the memory for the guest's stack", NULL, "");
    wasmc_signals_start();
    if (wasmc_grants_have(grants, WASMC_GRANT_TIMEOUT))
        wasmc_signals_start_timeout(wasmc_grants_number(grants, WASMC_GRANT_TIMEOUT, 0));
}
