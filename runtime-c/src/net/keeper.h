/* keeper.h - the name of a network namespace, which must not outlive the program, however that ends. */
#ifndef WASMC_NET_KEEPER_H
#define WASMC_NET_KEEPER_H

#include <stdbool.h>

#define WASMC_KEEPER_PREFIX_BYTES 64

/* Whether PREFIX-PID can be the name of a file: up to 64 letters, digits and -_. that begin with none of these. */
#define WASMC_KEEPER_PREFIX_FORM "1 to 64 letters, digits, '-', '_' and '.', a letter or digit first"
bool wasmc_keeper_takes(const char *prefix);

/* Mounts this process's network namespace as /run/netns/PREFIX-PID, by a process beside it, which takes that away when
 * this one is gone. Returns 0 when it is there, or a negative errno. */
int wasmc_keeper_start(const char *prefix);

#endif
