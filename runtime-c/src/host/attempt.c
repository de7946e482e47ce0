/* attempt.c - the ends of a process as values. Takes the place of trap.c and sys/linux_exit.c. */
#include "attempt.h"

#include <setjmp.h>
#include <stdlib.h>
#include <unistd.h>

#include "../runtime.h"
#include "../sys/sys.h"

struct attempt {
    jmp_buf back;
    struct attempt *outer;
    struct wasmc_host_outcome *outcome;
};

static _Thread_local struct attempt *current;

static _Noreturn void leave(struct wasmc_host_outcome outcome)
{
    *current->outcome = outcome;
    longjmp(current->back, 1);
}

_Noreturn void wasmc_sys_exit(int status)
{
    if (current == NULL)
        _exit(status);
    /* What the process that waits for this one would see. */
    leave((struct wasmc_host_outcome){.end = WASMC_HOST_EXITED, .status = status & 0xff});
}

_Noreturn void wasmc_trap_host_call(uint32_t code, const char *call)
{
    /* Only a host call can trap so, and wasmc_host_call is an attempt. */
    if (current == NULL)
        abort();
    leave((struct wasmc_host_outcome){.end = WASMC_HOST_TRAPPED, .trap = code, .call = call});
}

void wasmc_host_attempt(void (*function)(void *), void *argument, struct wasmc_host_outcome *outcome)
{
    *outcome = (struct wasmc_host_outcome){.end = WASMC_HOST_RETURNED};
    struct attempt attempt = {.outer = current, .outcome = outcome};
    current = &attempt;
    if (setjmp(attempt.back) == 0)
        function(argument);
    current = attempt.outer;
}
