/* start.h - the network of a program, before anything of it is open. Referred to weakly: linked with the calls of sockets only. */
#ifndef WASMC_NET_START_H
#define WASMC_NET_START_H

struct wasmc_grants;
struct wasmc_program;

/* Makes the processes and the network that the grants ask for, if any. Ends the process with one clear line when the host
 * refuses. */
void wasmc_net_start(const struct wasmc_program *program, const struct wasmc_grants *grants) __attribute__((weak));

/* With the seal: the channels stay open. 0 or a negative errno. */
int wasmc_net_seal(void) __attribute__((weak));

#endif
