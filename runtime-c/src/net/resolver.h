/* resolver.h - getaddrinfo for the broker: musl's, over a transport of our own, in a process that holds nothing.
 *
 * It is musl's in all but what resolver_musl.h replaces. That brings: any path for resolv.conf; TCP when an answer is
 * cut off, so that names with many addresses have them; how long an answer lives; ids and ports at random; and that of
 * an answer only what leads from the question to addresses counts.
 *
 * For musl alone: whoever is linked with another libc starts a program that is linked with this one.
 */
#ifndef WASMC_NET_RESOLVER_H
#define WASMC_NET_RESOLVER_H

#include <stdbool.h>
#include <stdint.h>

#include "question.h"

#define WASMC_RESOLVER_TTL_LIMIT_S 86400

/* What a lookup gives: `error` 0 or a code of getaddrinfo's (EAI_...; EAI_NODATA when the name is there, but no such
 * address), and for how long, in seconds; 0 for what does not come from the network, which holds as long as the
 * program runs. */
struct wasmc_net_answered {
    int32_t error;
    uint32_t ttl_s; /* at most WASMC_RESOLVER_TTL_LIMIT_S */
    bool is_from_network;
    struct wasmc_net_found found;
};

/* At the broker's start, before its filter.
 *
 *   resolv_conf   path that stands for /etc/resolv.conf, or null; it must live as long as lookups are made
 */
void wasmc_resolver_start(const char *resolv_conf);

/* Directories that must stay readable for that: of hosts, services and resolv.conf, where they are and where they
 * really lie, since they may be links. Not the files: others take their place. Returns how many. */
#define WASMC_RESOLVER_DIRECTORIES 5
uint32_t wasmc_resolver_directories(const char *directories[WASMC_RESOLVER_DIRECTORIES]);

/* Looks up, blocking; in a child of the broker that does nothing else and then ends: what it allocates is not freed.
 * What it calls is in the broker's filter where this is linked (sys/linux_resolver.c). */
void wasmc_resolver_lookup(const struct wasmc_net_question *question, struct wasmc_net_answered *answered);

struct wasmc_net_policy;
/* learn.c: rules with that name admit what was found, for as long as it lives. */
void wasmc_net_learn(struct wasmc_net_policy *policy, const char *host, const struct wasmc_net_answered *answered,
                     uint64_t now_ns);

#endif
