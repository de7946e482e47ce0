/* relay_udp.c - datagrams between the host and the program: a socket in the program's network for each who sends. */
#include <errno.h>
#include <string.h>

#include "../sys/sys.h"
#include "relay.h"

#define TURN 64 /* datagrams of one socket before another's */

/* One at a time is on the way. */
static uint8_t datagram[WASMC_DATAGRAM_BYTES];

static void end_flow(struct wasmc_relay *relay, struct wasmc_flow *flow)
{
    wasmc_sys_relay_close(flow->source.fd, false);
    wasmc_flows_remove(&relay->flows, flow);
}

/* Null: the host has no descriptor for it, or there is no such network; `is_refused` receives whether it will be there. */
static struct wasmc_flow *begin_flow(struct wasmc_relay *relay, struct wasmc_door *door,
                                     const struct wasmc_relay_peer *peer, bool *is_refused)
{
    if (wasmc_flows_are_full(&relay->flows))
        end_flow(relay, relay->flows.oldest);
    int fd = wasmc_sys_relay_connect(door->answers_v6 ? AF_INET6 : AF_INET, SOCK_DGRAM, door->guest_port);
    if (fd < 0) {
        door->answers_v6 = false; /* a host without IPv6 */
        *is_refused = *is_refused || fd == -ENETUNREACH; /* the program's network is about to come */
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

/* False: the program has no socket there, of neither family. */
static bool send_in(struct wasmc_relay *relay, struct wasmc_door *door, const struct wasmc_relay_peer *peer,
                    const uint8_t *bytes, size_t count)
{
    struct wasmc_flow *flow = wasmc_flows_find(&relay->flows, door, peer);
    bool was_refused = false;
    /* A refusal comes back within the call, as nothing lies between: so that the first datagram, too, is asked of both
     * families. */
    for (int attempt = 0; attempt < 2; attempt++) {
        bool is_new = flow == NULL;
        if (is_new)
            flow = begin_flow(relay, door, peer, &was_refused);
        if (flow == NULL)
            continue;
        ssize_t sent = wasmc_sys_relay_send(flow->source.fd, bytes, count);
        bool is_refused = sent == -ECONNREFUSED || (is_new && wasmc_sys_relay_error(flow->source.fd) == ECONNREFUSED);
        if (!is_refused) {
            wasmc_flows_use(&relay->flows, flow, relay->now_ns);
            return true;
        }
        was_refused = true;
        refuse_flow(relay, flow);
        flow = NULL;
    }
    return !was_refused;
}

static void watch_door(struct wasmc_relay *relay, struct wasmc_door *door)
{
    uint32_t events = door->early->is_there ? 0 : EPOLLIN;
    (void)wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_MODIFY, door->source.fd, events, door);
}

/* Keeps what came before the program listens: who asked would have to ask again. */
static void keep(struct wasmc_relay *relay, struct wasmc_door *door, const struct wasmc_relay_peer *peer, size_t count)
{
    door->early->is_there = true;
    door->early->peer = *peer;
    door->early->count = count;
    memcpy(door->early->bytes, datagram, count);
    wasmc_door_delay(door, relay->now_ns);
    watch_door(relay, door);
}

void wasmc_datagrams_in(struct wasmc_relay *relay, struct wasmc_door *door)
{
    struct wasmc_relay_peer peer;
    for (int i = 0; i < TURN && !door->early->is_there; i++) {
        ssize_t bytes = wasmc_sys_relay_receive_from(door->source.fd, datagram, sizeof datagram, &peer);
        if (bytes < 0)
            return;
        if (!send_in(relay, door, &peer, datagram, (size_t)bytes) && !door->was_answered)
            keep(relay, door, &peer, (size_t)bytes);
    }
}

/* Returns when it is asked again, if it is. */
static uint64_t ask_again(struct wasmc_relay *relay, struct wasmc_door *door)
{
    struct wasmc_early *early = door->early;
    if (early == NULL || !early->is_there)
        return WASMC_NEVER;
    if (door->retry_ns > relay->now_ns)
        return door->retry_ns;
    if (!send_in(relay, door, &early->peer, early->bytes, early->count)) {
        wasmc_door_delay(door, relay->now_ns);
        return door->retry_ns;
    }
    early->is_there = false;
    door->delay_ns = 0;
    watch_door(relay, door);
    return WASMC_NEVER;
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
        flow->door->was_answered = true;
        (void)wasmc_sys_relay_send_to(flow->door->source.fd, datagram, (size_t)bytes, &flow->peer);
        wasmc_flows_use(&relay->flows, flow, relay->now_ns);
    }
}

uint64_t wasmc_datagrams_round(struct wasmc_relay *relay)
{
    for (struct wasmc_flow *flow; (flow = wasmc_flows_expired(&relay->flows, relay->now_ns)) != NULL;)
        end_flow(relay, flow);
    uint64_t next_ns = relay->flows.oldest != NULL ? relay->flows.oldest->used_ns + WASMC_FLOW_LIFE_NS : WASMC_NEVER;
    for (size_t i = 0; i < relay->door_count; i++) {
        uint64_t ask_ns = ask_again(relay, &relay->doors[i]);
        next_ns = ask_ns < next_ns ? ask_ns : next_ns;
    }
    return next_ns;
}
