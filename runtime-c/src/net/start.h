/* start.h - the network of a program, before anything of it is open. Referred to weakly: linked with the calls of sockets
 * only. */
#ifndef WASMC_NET_START_H
#define WASMC_NET_START_H

#include "rules.h"

struct wasmc_program;

/* Makes the processes and the network that the grants ask for, if any. Ends the process with one clear line when the host
 * refuses. */
void wasmc_net_start(const struct wasmc_program *program, const struct wasmc_grants *grants) __attribute__((weak));

/* When every granted thing is open, and before the seal. */
void wasmc_net_begin(const struct wasmc_program *program) __attribute__((weak));

/* With the seal: the channels stay open. 0 or a negative errno. */
int wasmc_net_seal(void) __attribute__((weak));

/* --- start_report.c: what is enforced, told by the processes that it is enforced on ------------ */

/* What a kernel refuses of it, in the words of `--seal require`; null: nothing. */
const char *wasmc_net_unsealed(void) __attribute__((weak));

struct wasmc_text;
/* A line for --trace-wasi. */
void wasmc_net_report(struct wasmc_text *text, const struct wasmc_grants *grants) __attribute__((weak));

/* --- processes.c ------------------------------------------------------------------------------- */

/* The same by rules that are read; the ends of the channels by enum wasmc_broker_network, or -1. */
void wasmc_net_start_processes(const struct wasmc_net_rules *rules, const struct wasmc_grants *grants, int channels[2]);

#endif
