/* script.c - trap recovery for the script engine. A program with its own main (a script harness)
 * links this; ordinary programs do not. One thread only. */
#include <setjmp.h>

#include "runtime.h"

struct attempt {
    jmp_buf back;
    uint32_t code;
    uint32_t module_offset;
};

static struct attempt *current;

static void leave_attempt(uint32_t code, uint32_t module_offset)
{
    if (current == NULL)
        return;
    current->code = code;
    current->module_offset = module_offset;
    /* The signal handlers leave their signal unblocked, so a longjmp without the mask will do. */
    longjmp(current->back, 1);
}

uint32_t wasmc_script_call(void (*function)(void *), void *argument, uint32_t *module_offset)
{
    struct attempt attempt = {.code = WASMC_TRAP_NONE, .module_offset = WASMC_MODULE_OFFSET_UNKNOWN};
    current = &attempt;
    wasmc_trap_hook = leave_attempt;
    if (setjmp(attempt.back) == 0)
        wasmc_stack_call(function, argument, wasmc_stack.top);
    wasmc_trap_hook = NULL;
    current = NULL;
    if (module_offset != NULL)
        *module_offset = attempt.module_offset;
    return attempt.code;
}

struct invocation {
    void (*invoke)(uint64_t *slots);
    uint64_t *slots;
};

static void run_invocation(void *argument)
{
    const struct invocation *invocation = argument;
    invocation->invoke(invocation->slots);
}

uint32_t wasmc_script_invoke(void (*invoke)(uint64_t *slots), uint64_t *slots, uint32_t *module_offset)
{
    struct invocation invocation = {invoke, slots};
    return wasmc_script_call(run_invocation, &invocation, module_offset);
}
