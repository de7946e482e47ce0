/* flows.h - who sent datagrams, and the socket in the program's network that speaks for him: a table that is bounded,
 * and whose entries end when nothing was sent for a minute, or when there is no room and they were used before all
 * others. */
#ifndef WASMC_NET_FLOWS_H
#define WASMC_NET_FLOWS_H

#include <stdbool.h>
#include <stdint.h>

#include "../sys/relay.h"

/* A descriptor in the forwarding process's queue; of what kind is in relay.h. */
struct wasmc_source {
    int fd;
    uint8_t kind;
};

struct wasmc_door;

struct wasmc_flow {
    struct wasmc_source source; /* its descriptor is negative when it is none */
    struct wasmc_door *door;
    struct wasmc_relay_peer peer;
    uint64_t used_ns;
    struct wasmc_flow *next; /* of its bucket, or free */
    struct wasmc_flow *older;
    struct wasmc_flow *newer;
};

#define WASMC_FLOW_BUCKETS 1024
#define WASMC_FLOW_LIMIT 4096
#define WASMC_FLOW_LIFE_NS UINT64_C(60000000000)

struct wasmc_flows {
    struct wasmc_flow *storage;
    uint32_t limit;
    uint32_t made; /* of the storage; those behind were never used */
    struct wasmc_flow *free;
    struct wasmc_flow *oldest; /* in the order of their last use */
    struct wasmc_flow *newest;
    struct wasmc_flow *buckets[WASMC_FLOW_BUCKETS];
};

/* Of at most `limit` flows, zeroed before. False: no memory. */
bool wasmc_flows_start(struct wasmc_flows *flows, uint32_t limit);

/* Null: there is none. */
struct wasmc_flow *wasmc_flows_find(struct wasmc_flows *flows, const struct wasmc_door *door,
                                    const struct wasmc_relay_peer *peer);

bool wasmc_flows_are_full(const struct wasmc_flows *flows);

/* The table is not full. */
struct wasmc_flow *wasmc_flows_add(struct wasmc_flows *flows, struct wasmc_door *door,
                                   const struct wasmc_relay_peer *peer, uint64_t now_ns);

void wasmc_flows_use(struct wasmc_flows *flows, struct wasmc_flow *flow, uint64_t now_ns);

/* Closing its socket is the caller's. */
void wasmc_flows_remove(struct wasmc_flows *flows, struct wasmc_flow *flow);

/* Whose time is over, or null. */
struct wasmc_flow *wasmc_flows_expired(const struct wasmc_flows *flows, uint64_t now_ns);

#endif
