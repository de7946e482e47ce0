/* Who sends datagrams: a table that is bounded and forgets. */
#include <string.h>
#include <sys/mman.h>

#include "check.h"
#include "net/flows.h"

#define SECOND UINT64_C(1000000000)
#define LIMIT 8

static struct wasmc_flows flows;
static const struct wasmc_door *const door = (const struct wasmc_door *)&flows;

static struct wasmc_relay_peer peer_of(uint16_t port)
{
    struct wasmc_relay_peer peer;
    memset(&peer, 0, sizeof peer);
    peer.address.v4.sin_family = AF_INET;
    peer.address.v4.sin_port = port;
    return peer;
}

static struct wasmc_flow *find(uint16_t port)
{
    struct wasmc_relay_peer peer = peer_of(port);
    return wasmc_flows_find(&flows, door, &peer);
}

static struct wasmc_flow *add(uint16_t port, uint64_t now_ns)
{
    struct wasmc_relay_peer peer = peer_of(port);
    return wasmc_flows_add(&flows, (struct wasmc_door *)(uintptr_t)door, &peer, now_ns);
}

static void test_peers(void)
{
    struct wasmc_flow *flow = add(1, 0);
    struct wasmc_relay_peer other = peer_of(1);
    CHECK(find(1) == flow);
    CHECK(find(2) == NULL);
    other.local[3] = 9; /* sent to another address of the host */
    CHECK(wasmc_flows_find(&flows, door, &other) == NULL);
    other = peer_of(1);
    CHECK(wasmc_flows_find(&flows, (const struct wasmc_door *)&other, &other) == NULL);
    wasmc_flows_remove(&flows, flow);
    CHECK(find(1) == NULL);
    CHECK(flow->source.fd < 0);
}

static void test_limit(void)
{
    for (uint16_t port = 1; port <= LIMIT; port++) {
        CHECK(!wasmc_flows_are_full(&flows));
        add(port, port * SECOND);
    }
    CHECK(wasmc_flows_are_full(&flows));
    CHECK(flows.oldest == find(1));
    wasmc_flows_use(&flows, find(1), 20 * SECOND);
    CHECK(flows.oldest == find(2));
    wasmc_flows_remove(&flows, find(5)); /* between others */
    CHECK(!wasmc_flows_are_full(&flows));
    add(9, 21 * SECOND);
    CHECK(wasmc_flows_are_full(&flows));
    for (uint16_t port = 1; port <= 9; port++)
        CHECK((find(port) != NULL) == (port != 5));
    static const uint16_t order[] = {2, 3, 4, 6, 7, 8, 1, 9};
    for (unsigned i = 0; i < LIMIT; i++) {
        CHECK(flows.oldest == find(order[i]));
        wasmc_flows_remove(&flows, flows.oldest);
    }
    CHECK(flows.oldest == NULL && flows.newest == NULL);
}

static void test_expiry(void)
{
    add(1, 100 * SECOND);
    add(2, 110 * SECOND);
    CHECK(wasmc_flows_expired(&flows, 159 * SECOND) == NULL);
    CHECK(wasmc_flows_expired(&flows, 160 * SECOND) == find(1));
    wasmc_flows_use(&flows, find(1), 160 * SECOND);
    CHECK(wasmc_flows_expired(&flows, 169 * SECOND) == NULL);
    CHECK(wasmc_flows_expired(&flows, 170 * SECOND) == find(2));
    wasmc_flows_remove(&flows, find(2));
    CHECK(wasmc_flows_expired(&flows, 219 * SECOND) == NULL);
    CHECK(wasmc_flows_expired(&flows, 220 * SECOND) == find(1));
    wasmc_flows_remove(&flows, find(1));
    CHECK(wasmc_flows_expired(&flows, UINT64_MAX) == NULL);
}

void test_flows(void)
{
    CHECK(wasmc_flows_start(&flows, LIMIT));
    test_peers();
    test_limit();
    test_expiry();
    munmap(flows.storage, LIMIT * sizeof *flows.storage);
}
