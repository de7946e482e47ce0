/* relay_udp.c - datagrams between the host and the program: a socket in the program's network for each who sends. */
#include <errno.h>

#include "../sys/sys.h"
#include "relay.h"

#define TURN 64 /* datagrams of one socket before another's */

/* The largest datagram. One at a time is on the way. */
static uint8_t datagram[65536];

static void end_flow(struct wasmc_relay *relay, struct wasmc_flow *flow)
{
    wasmc_sys_relay_close(flow->source.fd, false);
    wasmc_flows_remove(&relay->flows, flow);
}

/* Null: the host has no descriptor for it. */
static struct wasmc_flow *begin_flow(struct wasmc_relay *relay, struct wasmc_door *door,
                                     const struct wasmc_relay_peer *peer)
{
    if (wasmc_flows_are_full(&relay->flows))
        end_flow(relay, relay->flows.oldest);
    int fd = wasmc_sys_relay_connect(door->answers_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM, door->guest_port);
    if (fd < 0) {
        door->answers_v6 = false; /* a host without IPv6 */
        return NULL;
    }
    struct wasmc_flow *flow = wasmc_flows_add(&relay->flows, door, peer, relay->now_ns);
    flow->source = (struct wasmc_source){fd, WASMC_SOURCE_FLOW};
    if (wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_ADD, fd, EPOLLIN, flow) == 0)
        return flow;
    end_flow(relay, flow);
    return NULL;
}

/* The program has no socket there; the next datagram finds out whether it has one of the other family. */
static void refuse_flow(struct wasmc_relay *relay, struct wasmc_flow *flow)
{
    flow->door->answers_v6 = !flow->door->answers_v6;
    end_flow(relay, flow);
}

static void send_in(struct wasmc_relay *relay, struct wasmc_door *door, const struct wasmc_relay_peer *peer,
                    size_t bytes)
{
    struct wasmc_flow *flow = wasmc_flows_find(&relay->flows, door, peer);
    /* A refusal comes back within the call, as nothing lies between: so that the first datagram, too, is asked of both
     * families. */
    for (int attempt = 0; attempt < 2; attempt++) {
        bool is_new = flow == NULL;
        if (is_new)
            flow = begin_flow(relay, door, peer);
        if (flow == NULL)
            continue;
        ssize_t sent = wasmc_sys_relay_send(flow->source.fd, datagram, bytes);
        bool is_refused = sent == -ECONNREFUSED || (is_new && wasmc_sys_relay_error(flow->source.fd) == ECONNREFUSED);
        if (!is_refused) {
            wasmc_flows_use(&relay->flows, flow, relay->now_ns);
            return;
        }
        refuse_flow(relay, flow);
        flow = NULL;
    }
}

void wasmc_datagrams_in(struct wasmc_relay *relay, struct wasmc_door *door)
{
    struct wasmc_relay_peer peer;
    for (int i = 0; i < TURN; i++) {
        ssize_t bytes = wasmc_sys_relay_receive_from(door->source.fd, datagram, sizeof datagram, &peer);
        if (bytes < 0)
            return;
        send_in(relay, door, &peer, (size_t)bytes);
    }
}

void wasmc_datagrams_out(struct wasmc_relay *relay, struct wasmc_flow *flow)
{
    if (flow->source.fd < 0) /* ended in this round */
        return;
    for (int i = 0; i < TURN; i++) {
        ssize_t bytes = wasmc_sys_relay_receive(flow->source.fd, datagram, sizeof datagram);
        if (bytes == -ECONNREFUSED) {
            refuse_flow(relay, flow);
            return;
        }
        if (bytes < 0)
            return;
        (void)wasmc_sys_relay_send_to(flow->door->source.fd, datagram, (size_t)bytes, &flow->peer);
        wasmc_flows_use(&relay->flows, flow, relay->now_ns);
    }
}

uint64_t wasmc_datagrams_round(struct wasmc_relay *relay)
{
    for (struct wasmc_flow *flow; (flow = wasmc_flows_expired(&relay->flows, relay->now_ns)) != NULL;)
        end_flow(relay, flow);
    return relay->flows.oldest != NULL ? relay->flows.oldest->used_ns + WASMC_FLOW_LIFE_NS : WASMC_NEVER;
}
