/* relay.h - the process that forwards: its loop, and what the parts of it share.
 *
 * It lives in the program's network, with nothing but the host's sockets of --forward and what comes of them. It has a
 * filter of system calls of its own, no files, and connects to the program's ports only. When the program is gone it
 * takes nothing new, passes on what was sent before, and ends.
 *
 * Nothing of it blocks. Memory is bounded: by the descriptors that the host allows, and by pipes, which a connection
 * has only while something is on the way.
 */
#ifndef WASMC_NET_RELAY_H
#define WASMC_NET_RELAY_H

#include "../grants.h"
#include "../sys/relay.h"
#include "flows.h"
#include "forward.h"

/* What the kernel tells of. Each of these begins with it. */
enum wasmc_source_kind {
    WASMC_SOURCE_LIFE,
    WASMC_SOURCE_LISTENER,
    WASMC_SOURCE_SIDE,
    WASMC_SOURCE_DATAGRAMS,
    WASMC_SOURCE_FLOW,
};

struct wasmc_link;

#define WASMC_DATAGRAM_BYTES 65536

/* The host's end of a forward. */
struct wasmc_door {
    struct wasmc_source source;
    uint16_t guest_port;
    bool answers_v6;   /* the program's last answer came from ::1: asked first */
    bool was_answered; /* by connections, by a datagram; before, whoever comes waits */
    bool is_asking;    /* the first one to come is being connected */
    bool is_watched;
    struct wasmc_link *waiting;
    struct wasmc_early *early; /* of datagrams */
    uint64_t retry_ns; /* when there is one waiting */
    uint64_t delay_ns;
};

/* A datagram that waits; others wait in the kernel. */
struct wasmc_early {
    bool is_there;
    struct wasmc_relay_peer peer;
    size_t count;
    uint8_t bytes[WASMC_DATAGRAM_BYTES];
};

struct wasmc_links;

struct wasmc_relay {
    int queue;
    bool is_ending;    /* the program is gone */
    bool has_moved;    /* something was passed on since this was false */
    uint64_t now_ns;   /* of this round */
    struct wasmc_door doors[WASMC_FORWARDS];
    size_t door_count;
    struct wasmc_links *links;
    struct wasmc_flows flows;
};

#define WASMC_NEVER UINT64_MAX

/* The process's whole life. Descriptor 3 + i is the host's socket of forward i. */
_Noreturn void wasmc_relay_run(const struct wasmc_forward *forwards, size_t count, enum wasmc_seal_mode mode);

/* How soon the program is asked again whether it listens now: after 1 ms, at last every 50. */
static inline void wasmc_door_delay(struct wasmc_door *door, uint64_t now_ns)
{
    door->delay_ns = door->delay_ns == 0 ? 1000000 : 2 * door->delay_ns;
    if (door->delay_ns > 50000000)
        door->delay_ns = 50000000;
    door->retry_ns = now_ns + door->delay_ns;
}

/* --- relay_tcp.c ------------------------------------------------------------------------------ */

/* False: no memory. */
bool wasmc_links_start(struct wasmc_relay *relay, uint64_t links, uint64_t pipes);

/* A listener has connections; a side of a connection can be read or written, or has failed. */
void wasmc_links_accept(struct wasmc_relay *relay, struct wasmc_door *door);
void wasmc_links_event(struct wasmc_relay *relay, struct wasmc_source *side, uint32_t events);

/* At the end of each round, whose events name nothing that is freed before. Returns when it wants to be called at the
 * latest, though nothing happens. */
uint64_t wasmc_links_round(struct wasmc_relay *relay);

/* The program is gone. */
void wasmc_links_end(struct wasmc_relay *relay);

bool wasmc_links_are_open(const struct wasmc_relay *relay);

/* --- relay_udp.c ------------------------------------------------------------------------------ */

void wasmc_datagrams_in(struct wasmc_relay *relay, struct wasmc_door *door);
void wasmc_datagrams_out(struct wasmc_relay *relay, struct wasmc_flow *flow);

/* As wasmc_links_round. */
uint64_t wasmc_datagrams_round(struct wasmc_relay *relay);

#endif
