/* start.h - the network of a program, before anything of it is open. Linked with the calls of sockets only: start.c and
 * seal.c have functions in the place of these that do nothing. */
#ifndef WASMC_NET_START_H
#define WASMC_NET_START_H

#include "rules.h"

struct wasmc_program;

/* Makes the processes and the network that the grants ask for, if any. Ends the process with one clear line when the host
 * refuses. */
void wasmc_net_start(const struct wasmc_program *program, const struct wasmc_grants *grants) __attribute__((weak));

/* When every granted thing is open, and before the seal. */
void wasmc_net_begin(const struct wasmc_program *program);

/* Before the seal, and the guest: waits for what wasmc_net_start has begun. Ends the process likewise. */
void wasmc_net_await(void);

/* --- start_report.c: what is enforced, told by the processes that it is enforced on ------------ */

/* With the seal: the channels stay open. Returns what the kernel refuses, in the words of `--seal require`, or null. */
const char *wasmc_net_seal(void);

/* The same of the processes beside this one, behind the seal: until then they have the time that it takes. */
const char *wasmc_net_check_sealed(void);

/* A line for --trace-wasi. */
void wasmc_net_report(const struct wasmc_grants *grants) __attribute__((weak));

/* --- processes.c ------------------------------------------------------------------------------- */

/* The same by rules that are read; the ends of the channels by enum wasmc_broker_network, or -1. An isolated network is not
 * there until wasmc_net_await_inside has returned, and the broker inside answers nothing before. */
void wasmc_net_start_processes(const struct wasmc_net_rules *rules, const struct wasmc_grants *grants, int channels[2]);

/* Waits until the network that a broker is in can be used. Ends the process where the kernel refuses that. */
void wasmc_net_await_inside(int channel);

#endif
