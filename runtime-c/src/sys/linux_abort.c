/* linux_abort.c - an end by SIGABRT that a sealed program can have: a timer that was made for it before. No call of the
 * program's then names a process, as that of kill(2) would. */
#include <signal.h>
#include <time.h>

#include "linux.h"
#include "sys.h"

/* How long the signal may take. */
#define PATIENCE_SECONDS 2

/* The kernel's number of the timer, and its structure. */
static int timer;

int wasmc_sys_prepare_abort(void)
{
    struct {
        uint64_t value;
        int signal;
        int notify;
        uint64_t others[6];
    } event = {.signal = SIGABRT, .notify = SIGEV_SIGNAL};
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(SIGABRT, &action, NULL);
    (void)wasmc_sys_unblock_signals(UINT64_C(1) << (SIGABRT - 1));
    return (int)result_of(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &timer));
}

void wasmc_sys_abort(void)
{
    WASMC_SYSCALL_ONLY(timer_settime, WASMC_NULL(3) | WASMC_ZERO(1), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    const struct itimerspec soon = {.it_value = {.tv_nsec = 1}};
    if (syscall(SYS_timer_settime, timer, 0L, &soon, NULL) == 0)
        (void)wasmc_sys_poll_ms(NULL, 0, PATIENCE_SECONDS * 1000);
}
