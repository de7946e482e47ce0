/* script.c - trap recovery for the script engine. A program with its own main (a script harness)
 * links this; ordinary programs do not. Each thread has attempts of its own. */
#include <setjmp.h>

#include "runtime.h"

struct attempt {
    jmp_buf back;
    struct wasmc_trap trap;
};

static _Thread_local struct attempt *current;

static void leave_attempt(uint32_t code, uint32_t module_offset, uint64_t element)
{
    if (current == NULL)
        return;
    current->trap = (struct wasmc_trap){code, module_offset, element};
    /* The signal handlers leave their signal unblocked, so a longjmp without the mask will do. */
    longjmp(current->back, 1);
}

static void call_on_guest_stack(void (*function)(void *), void *argument)
{
    /* A thread has begun there. */
    if (wasmc_thread_stack() != &wasmc_stack)
        function(argument);
    else
        wasmc_stack_call(function, argument, wasmc_stack.top);
}

uint32_t wasmc_script_call(void (*function)(void *), void *argument, struct wasmc_trap *trap)
{
    struct attempt attempt = {.trap = {WASMC_TRAP_NONE, WASMC_MODULE_OFFSET_UNKNOWN, WASMC_NO_ELEMENT}};
    current = &attempt;
    wasmc_trap_hook = leave_attempt;
    wasmc_traps_come_back = true;
    if (setjmp(attempt.back) == 0)
        call_on_guest_stack(function, argument);
    current = NULL;
    if (trap != NULL)
        *trap = attempt.trap;
    return attempt.trap.code;
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

uint32_t wasmc_script_invoke(void (*invoke)(uint64_t *slots), uint64_t *slots, struct wasmc_trap *trap)
{
    struct invocation invocation = {invoke, slots};
    return wasmc_script_call(run_invocation, &invocation, trap);
}
