/* resolver.h - getaddrinfo for the broker: musl's, over a transport of our own, in a process of its own that holds nothing. */
#ifndef WASMC_NET_RESOLVER_H
#define WASMC_NET_RESOLVER_H

#include <stdbool.h>
#include <stdint.h>

#include "question.h"

/* What a lookup gives: `error` 0 or EAI_..., and for how long (seconds, at most a day; 0 for what does not come from
 * the network: as long as the program runs). */
struct wasmc_net_answered {
    int32_t error;
    uint32_t ttl_s;
    bool is_from_network;
    struct wasmc_net_found found;
};

/* At the broker's start, before its filter: reads nothing, checks the musl that it is linked with.
 *
 *   resolv_conf   path of the host's instead of /etc/resolv.conf, or null
 */
void wasmc_resolver_start(const char *resolv_conf);

/* Looks up, blocking; in the child of the broker that does nothing else and then ends. */
void wasmc_resolver_lookup(const struct wasmc_net_question *question, struct wasmc_net_answered *answered);

struct wasmc_net_policy;
/* learn.c: rules with that name admit what was found, for as long as it lives. */
void wasmc_net_learn(struct wasmc_net_policy *policy, const char *host, const struct wasmc_net_answered *answered,
                     uint64_t now_ns);

/* Directories that must stay readable for that: of the hosts file, services, resolv.conf. Returns how many; at most 2. */
uint32_t wasmc_resolver_directories(const char *directories[2]);

#endif
