#include "alarm.h"

#include <sys/time.h>

#include "sys/sys.h"

#define AGAIN_MICROSECONDS 500000

__attribute__((noinline)) void wasmc_signals_install(const int *numbers, size_t count, wasmc_signal_handler *handler)
{
    /* SA_NODEFER: a trap hook may leave the handler by longjmp, and the next fault must arrive. */
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    uint64_t blocked = wasmc_sys_unblock_signals(0);
    uint64_t ours = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t bit = UINT64_C(1) << (numbers[i] - 1);
        /* Ignoring a signal discards one that waits. */
        if (blocked & bit) {
            action.sa_handler = SIG_IGN;
            sigaction(numbers[i], &action, NULL);
        }
        ours |= bit;
        action.sa_sigaction = handler;
        sigaction(numbers[i], &action, NULL);
    }
    if (blocked & ours)
        (void)wasmc_sys_unblock_signals(ours);
}

bool wasmc_alarm_start(uint64_t timeout_ns, wasmc_signal_handler *handler)
{
    /* A timer of the starter's own may run; this one takes its place. */
    wasmc_signals_install((const int[]){SIGALRM}, 1, handler);
    uint64_t microseconds = timeout_ns / 1000 + (timeout_ns % 1000 != 0);
    struct itimerval timer = {
        .it_interval = {.tv_usec = AGAIN_MICROSECONDS},
        .it_value = {.tv_sec = (time_t)(microseconds / 1000000), .tv_usec = (suseconds_t)(microseconds % 1000000)},
    };
    return setitimer(ITIMER_REAL, &timer, NULL) == 0;
}

bool wasmc_alarm_is_last(void)
{
    static volatile sig_atomic_t was_called;
    bool result = was_called;
    was_called = 1;
    return result;
}
