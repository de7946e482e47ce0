#include "flows.h"

#include <string.h>

#include "../sys/sys.h"

bool wasmc_flows_start(struct wasmc_flows *flows, uint32_t limit)
{
    flows->limit = limit < WASMC_FLOW_LIMIT ? limit : WASMC_FLOW_LIMIT;
    flows->storage = wasmc_sys_map(flows->limit * sizeof *flows->storage);
    return flows->storage != NULL;
}

/* FNV-1a. Whoever finds peers that share a bucket makes himself as slow as a list of the limit. */
static uint32_t bucket_of(const struct wasmc_relay_peer *peer)
{
    const uint8_t *bytes = (const uint8_t *)peer;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < sizeof *peer; i++)
        hash = (hash ^ bytes[i]) * 16777619u;
    return (hash ^ hash >> 16) % WASMC_FLOW_BUCKETS;
}

struct wasmc_flow *wasmc_flows_find(struct wasmc_flows *flows, const struct wasmc_door *door,
                                    const struct wasmc_relay_peer *peer)
{
    struct wasmc_flow *flow = flows->buckets[bucket_of(peer)];
    while (flow != NULL && (flow->door != door || memcmp(&flow->peer, peer, sizeof *peer) != 0))
        flow = flow->next;
    return flow;
}

bool wasmc_flows_are_full(const struct wasmc_flows *flows)
{
    return flows->free == NULL && flows->made == flows->limit;
}

static void make_newest(struct wasmc_flows *flows, struct wasmc_flow *flow)
{
    flow->older = flows->newest;
    flow->newer = NULL;
    if (flows->newest != NULL)
        flows->newest->newer = flow;
    else
        flows->oldest = flow;
    flows->newest = flow;
}

static void leave_order(struct wasmc_flows *flows, struct wasmc_flow *flow)
{
    if (flow->older != NULL)
        flow->older->newer = flow->newer;
    else
        flows->oldest = flow->newer;
    if (flow->newer != NULL)
        flow->newer->older = flow->older;
    else
        flows->newest = flow->older;
}

struct wasmc_flow *wasmc_flows_add(struct wasmc_flows *flows, struct wasmc_door *door,
                                   const struct wasmc_relay_peer *peer, uint64_t now_ns)
{
    struct wasmc_flow *flow = flows->free;
    if (flow != NULL)
        flows->free = flow->next;
    else
        flow = &flows->storage[flows->made++];
    uint32_t bucket = bucket_of(peer);
    *flow = (struct wasmc_flow){.source.fd = -1, .door = door, .peer = *peer, .used_ns = now_ns};
    flow->next = flows->buckets[bucket];
    flows->buckets[bucket] = flow;
    make_newest(flows, flow);
    return flow;
}

void wasmc_flows_use(struct wasmc_flows *flows, struct wasmc_flow *flow, uint64_t now_ns)
{
    flow->used_ns = now_ns;
    if (flow == flows->newest)
        return;
    leave_order(flows, flow);
    make_newest(flows, flow);
}

void wasmc_flows_remove(struct wasmc_flows *flows, struct wasmc_flow *flow)
{
    struct wasmc_flow **at = &flows->buckets[bucket_of(&flow->peer)];
    while (*at != flow)
        at = &(*at)->next;
    *at = flow->next;
    leave_order(flows, flow);
    flow->source.fd = -1;
    flow->next = flows->free;
    flows->free = flow;
}

struct wasmc_flow *wasmc_flows_expired(const struct wasmc_flows *flows, uint64_t now_ns)
{
    struct wasmc_flow *oldest = flows->oldest;
    return oldest != NULL && now_ns - oldest->used_ns >= WASMC_FLOW_LIFE_NS ? oldest : NULL;
}
