/* alarm.h - signals that must arrive, and the timer of --timeout. Also for an embedder (host/report.c). */
#ifndef WASMC_ALARM_H
#define WASMC_ALARM_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How long the message of a timeout waits for its reader. */
#define WASMC_TIMEOUT_MESSAGE_MS 100

typedef void wasmc_signal_handler(int number, siginfo_t *info, void *context);

/* Installs a handler for each of the signals, on the signal stack and without blocking the signal meanwhile. Whoever
 * started this process may have left them ignored or blocked, and pending: what is pending is not the program's. */
void wasmc_signals_install(const int *numbers, size_t count, wasmc_signal_handler *handler);

/* Calls the handler of SIGALRM after timeout_ns (rounded up to microseconds; not 0), and every half second from then on:
 * whatever keeps the first call from ending the process, e.g. a message that nobody reads, the second ends it with
 * wasmc_alarm_is_last. False: the host refuses the timer. */
bool wasmc_alarm_start(uint64_t timeout_ns, wasmc_signal_handler *handler);

/* In the handler of SIGALRM: whether it was called before. */
bool wasmc_alarm_is_last(void);

#endif
