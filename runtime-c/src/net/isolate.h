/* isolate.h - --isolate-network: a network of the program's own, with nothing in it but its loopback.
 *
 * Nothing outside can be reached from there and nothing reaches it, whatever a socket is made to do; so binding and
 * connecting inside needs no rule. Ways out are the broker's (what the rules admit), ways in the forwarder's
 * (forward.h); both hold sockets of the host that were made where the host's network is.
 */
#ifndef WASMC_NET_ISOLATE_H
#define WASMC_NET_ISOLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "isolate_error.h"

struct wasmc_grants;

/* Moves this process, which has one thread, into a network namespace of its own, in which nothing is up yet. Processes
 * that it makes later are there, too.
 *
 * Without privileges that takes a user namespace. With them (root) there is none; and with --namespace-prefix PREFIX the
 * namespace is called PREFIX-PID as long as the program runs, for `ip netns`.
 *
 * Never returns without isolation: what the kernel refuses ends the program, with status 1, the reason and the
 * remedy. */
void wasmc_isolate(const struct wasmc_grants *grants);

/* Once, in a process of that namespace: brings its loopback up and lets everybody take low ports. A broker does it, while
 * the program goes on to start. Afterwards this process has what capabilities it needs; 0, or a negative errno of what the
 * step says. */
int wasmc_isolate_furnish(bool has_loopback, enum wasmc_isolate_step *step);

/* Takes the capabilities away that isolation took: of root's, those remain that files need, as they would without
 * isolation. `binds`: and the one for low ports, as this process binds itself. */
void wasmc_isolate_confine(bool binds);

/* The number of this process's network namespace, unique since the host started, by which SO_NETNS_COOKIE tells its
 * sockets from others. 0: unknown, which is never so behind wasmc_isolate. */
uint64_t wasmc_netns_cookie(void);

#endif
