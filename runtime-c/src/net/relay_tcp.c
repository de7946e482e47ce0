/* relay_tcp.c - connections: let in, and connected to the program. */
#include <errno.h>

#include "links.h"

#define TURN 64 /* connections of one listener before another's */
#define EDGE (EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP | EPOLLET)

/* The program does not listen. Once it did, that is its answer; before, it is only not ready. */
static void refuse(struct wasmc_relay *relay, struct wasmc_link *link)
{
    struct wasmc_door *door = link->door;
    if ((door->was_answered && !link->is_short) || relay->is_ending) {
        wasmc_link_end(relay, link, true);
        return;
    }
    link->state = WASMC_LINK_WAITING;
    link->next = door->waiting;
    door->waiting = link;
    door->is_asking = false;
    wasmc_door_delay(door, relay->now_ns);
    wasmc_door_update(relay, door);
}

static bool is_shortage(int error)
{
    return error == -EMFILE || error == -ENFILE || error == -ENOMEM || error == -ENOBUFS;
}

/* One family, and the other if that fails. */
static void connect_guest(struct wasmc_relay *relay, struct wasmc_link *link)
{
    static const int families[] = {AF_INET, AF_INET6};
    struct wasmc_door *door = link->door;
    link->state = WASMC_LINK_CONNECTING;
    while (link->attempts < 2) {
        int family = families[link->is_v6_first ^ link->attempts];
        link->attempts++;
        int fd = wasmc_sys_relay_connect(family, SOCK_STREAM, door->guest_port);
        /* Ports of IPv4's loopback run out, too; of IPv6 the same means that there is none. */
        link->is_short |= is_shortage(fd) || (fd == -EADDRNOTAVAIL && family == AF_INET);
        if (fd < 0)
            continue;
        wasmc_side_begin(link, &link->guest, fd);
        if (wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_ADD, fd, EDGE, &link->guest) == 0)
            return;
        link->is_short = true;
        wasmc_sys_relay_close(fd, true);
        link->guest.source.fd = -1;
    }
    refuse(relay, link);
}

static void ask(struct wasmc_relay *relay, struct wasmc_link *link)
{
    link->attempts = 0;
    link->is_v6_first = link->door->answers_v6;
    link->is_short = false;
    link->door->is_asking = !link->door->was_answered; /* others when it is known whether somebody listens */
    connect_guest(relay, link);
}

static void open_link(struct wasmc_relay *relay, struct wasmc_link *link)
{
    struct wasmc_door *door = link->door;
    door->answers_v6 = link->is_v6_first ^ (link->attempts == 2);
    door->was_answered = true;
    door->is_asking = false;
    door->delay_ns = 0;
    wasmc_door_update(relay, door);
    link->state = WASMC_LINK_OPEN;
    link->guest.can_read = link->guest.can_write = true;
    link->client.can_read = link->client.can_write = true;
    link->client.may_have_more = true; /* nothing was told of it yet */
    if (wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_ADD, link->client.source.fd, EDGE, &link->client) != 0)
        wasmc_link_end(relay, link, true);
    else
        wasmc_link_pass_on(relay, link);
}

/* What became of connecting. */
static void finish_connecting(struct wasmc_relay *relay, struct wasmc_link *link, uint32_t events)
{
    int error = events & EPOLLERR ? wasmc_sys_relay_error(link->guest.source.fd) : 0;
    if (error == ECONNRESET) {
        link->guest.is_reset = true; /* it had been connected */
    } else if (error != 0) {
        wasmc_sys_relay_close(link->guest.source.fd, false);
        link->guest.source.fd = -1;
        connect_guest(relay, link);
        return;
    }
    if (events & EPOLLOUT)
        open_link(relay, link);
}

void wasmc_links_event(struct wasmc_relay *relay, struct wasmc_source *source, uint32_t events)
{
    struct wasmc_side *side = (struct wasmc_side *)source;
    struct wasmc_link *link = side->link;
    if (link->state == WASMC_LINK_CONNECTING) {
        finish_connecting(relay, link, events);
        return;
    }
    if (link->state != WASMC_LINK_OPEN) /* ended in this round */
        return;
    side->can_read |= (events & (EPOLLIN | EPOLLPRI | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    side->may_have_more = (events & (EPOLLPRI | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    side->can_write |= (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
    side->is_reset |= (events & EPOLLERR) != 0;
    wasmc_link_pass_on(relay, link);
}

void wasmc_links_accept(struct wasmc_relay *relay, struct wasmc_door *door)
{
    for (int i = 0; i < TURN && door->is_watched; i++) {
        int fd = wasmc_links_have_room(relay->links) ? wasmc_sys_relay_accept(door->source.fd) : -EMFILE;
        if (is_shortage(fd))
            wasmc_links_set_full(relay, true);
        if (fd < 0)
            return;
        ask(relay, wasmc_link_begin(relay, door, fd));
        wasmc_door_update(relay, door);
    }
}

/* Whoever waits asks again. */
static void ask_again(struct wasmc_relay *relay, struct wasmc_door *door)
{
    struct wasmc_link *link = door->waiting;
    door->waiting = NULL;
    while (link != NULL) {
        struct wasmc_link *next = link->next;
        ask(relay, link);
        link = next;
    }
    wasmc_door_update(relay, door);
}

uint64_t wasmc_links_round(struct wasmc_relay *relay)
{
    uint64_t next_ns = wasmc_links_finish_round(relay);
    for (size_t i = 0; i < relay->door_count; i++) {
        struct wasmc_door *door = &relay->doors[i];
        if (door->waiting != NULL && door->retry_ns <= relay->now_ns)
            ask_again(relay, door);
        if (door->waiting != NULL && door->retry_ns < next_ns)
            next_ns = door->retry_ns;
    }
    return next_ns;
}

void wasmc_links_end(struct wasmc_relay *relay)
{
    for (size_t i = 0; i < relay->door_count; i++) {
        relay->doors[i].waiting = NULL;
        if (relay->doors[i].source.kind == WASMC_SOURCE_LISTENER)
            wasmc_sys_relay_close(relay->doors[i].source.fd, false);
        relay->doors[i].is_watched = false;
    }
    for (uint64_t i = 0; i < relay->links->made_count; i++) {
        struct wasmc_link *link = &relay->links->storage[i];
        if (link->state == WASMC_LINK_CONNECTING || link->state == WASMC_LINK_WAITING)
            wasmc_link_end(relay, link, true);
    }
}
