/* relay_tcp.c - connections: let in, connected to the program, and ended. */
#include <errno.h>

#include "../sys/sys.h"
#include "links.h"

#define TURN 64 /* connections of one listener before another's */
#define EDGE (EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP | EPOLLET)

/* How often the program is asked whether it listens now, and a host whether it has descriptors again. */
#define FIRST_DELAY_NS UINT64_C(1000000)
#define LAST_DELAY_NS UINT64_C(50000000)

bool wasmc_links_start(struct wasmc_relay *relay, uint64_t links, uint64_t pipes)
{
    static struct wasmc_links state;
    state.limit = links;
    state.pipes.limit = pipes;
    state.storage = wasmc_sys_map(links * sizeof *state.storage);
    relay->links = &state;
    return state.storage != NULL;
}

bool wasmc_links_are_open(const struct wasmc_relay *relay)
{
    return relay->links->open_count > 0;
}

/* Whether a listener is looked at: those who come meanwhile wait in the kernel. */
static void update_door(struct wasmc_relay *relay, struct wasmc_door *door)
{
    bool is_wanted = !door->is_asking && door->waiting == NULL && !relay->links->is_full && !relay->is_ending;
    if (door->is_watched == is_wanted || door->source.kind != WASMC_SOURCE_LISTENER)
        return;
    door->is_watched = is_wanted;
    (void)wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_MODIFY, door->source.fd, is_wanted ? EPOLLIN : 0, door);
}

static void set_full(struct wasmc_relay *relay, bool is_full)
{
    relay->links->is_full = is_full;
    relay->links->retry_ns = relay->now_ns + LAST_DELAY_NS;
    for (size_t i = 0; i < relay->door_count; i++)
        update_door(relay, &relay->doors[i]);
}

static void end_side(struct wasmc_relay *relay, struct wasmc_side *side, bool is_reset)
{
    wasmc_pump_drop(&relay->links->pipes, &side->out);
    if (side->source.fd >= 0)
        wasmc_sys_relay_close(side->source.fd, is_reset);
}

static void end_link(struct wasmc_relay *relay, struct wasmc_link *link, bool is_reset)
{
    struct wasmc_links *links = relay->links;
    end_side(relay, &link->client, is_reset);
    end_side(relay, &link->guest, is_reset);
    if (link->state == WASMC_LINK_CONNECTING)
        link->door->is_asking = false;
    link->state = WASMC_LINK_CLOSED;
    link->next = links->closed;
    links->closed = link;
    links->open_count--;
    if (links->is_full)
        set_full(relay, false);
    else
        update_door(relay, link->door);
}

static void begin_side(struct wasmc_link *link, struct wasmc_side *side, int fd)
{
    *side = (struct wasmc_side){.source = {fd, WASMC_SOURCE_SIDE}, .link = link, .out.pipe = {-1, -1}};
}

/* Ends a connection of which both ways are done, or one that was reset and has no more to say. */
static void settle(struct wasmc_relay *relay, struct wasmc_link *link)
{
    const struct wasmc_side *client = &link->client;
    const struct wasmc_side *guest = &link->guest;
    bool is_reset = client->is_reset || guest->is_reset;
    if ((client->is_reset && client->out.is_done) || (guest->is_reset && guest->out.is_done) ||
        (client->out.is_done && guest->out.is_done))
        end_link(relay, link, is_reset);
}

static void pass_on(struct wasmc_relay *relay, struct wasmc_link *link)
{
    bool is_through = wasmc_pump(relay, &link->client, &link->guest);
    is_through &= wasmc_pump(relay, &link->guest, &link->client);
    if (link->client.is_reset || link->guest.is_reset) /* seen by the second, perhaps */
        is_through &= wasmc_pump(relay, &link->client, &link->guest);
    settle(relay, link);
    if (is_through || link->state == WASMC_LINK_CLOSED || link->is_in_turn)
        return;
    link->is_in_turn = true;
    link->next_in_turn = relay->links->in_turn;
    relay->links->in_turn = link;
}

/* The program does not listen. Once it did, that is its answer; before, it is only not ready. */
static void refuse(struct wasmc_relay *relay, struct wasmc_link *link)
{
    struct wasmc_door *door = link->door;
    if ((door->was_answered && !link->is_short) || relay->is_ending) {
        end_link(relay, link, true);
        return;
    }
    link->state = WASMC_LINK_WAITING;
    link->next = door->waiting;
    door->waiting = link;
    door->is_asking = false;
    door->delay_ns = door->delay_ns == 0 ? FIRST_DELAY_NS : 2 * door->delay_ns;
    if (door->delay_ns > LAST_DELAY_NS)
        door->delay_ns = LAST_DELAY_NS;
    door->retry_ns = relay->now_ns + door->delay_ns;
    update_door(relay, door);
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
        begin_side(link, &link->guest, fd);
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
    connect_guest(relay, link);
}

/* What became of connecting. */
static void finish_connecting(struct wasmc_relay *relay, struct wasmc_link *link, uint32_t events)
{
    struct wasmc_door *door = link->door;
    if (events & EPOLLERR) {
        wasmc_sys_relay_close(link->guest.source.fd, false);
        link->guest.source.fd = -1;
        connect_guest(relay, link);
        return;
    }
    if (!(events & EPOLLOUT))
        return;
    door->answers_v6 = link->is_v6_first ^ (link->attempts == 2);
    door->was_answered = true;
    door->is_asking = false;
    door->delay_ns = 0;
    link->state = WASMC_LINK_OPEN;
    link->guest.can_read = link->guest.can_write = true;
    link->client.can_read = link->client.can_write = true;
    link->client.may_have_more = true; /* nothing was told of it yet */
    update_door(relay, door);
    if (wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_ADD, link->client.source.fd, EDGE, &link->client) != 0)
        end_link(relay, link, true);
    else
        pass_on(relay, link);
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
    pass_on(relay, link);
}

static struct wasmc_link *begin_link(struct wasmc_links *links)
{
    struct wasmc_link *link = links->free;
    if (link != NULL)
        links->free = link->next;
    else if (links->made_count < links->limit)
        link = &links->storage[links->made_count++];
    else
        return NULL;
    links->open_count++;
    return link;
}

void wasmc_links_accept(struct wasmc_relay *relay, struct wasmc_door *door)
{
    struct wasmc_links *links = relay->links;
    for (int i = 0; i < TURN && door->is_watched; i++) {
        if (links->free == NULL && links->made_count == links->limit) {
            set_full(relay, true);
            return;
        }
        int fd = wasmc_sys_relay_accept(door->source.fd);
        if (is_shortage(fd))
            set_full(relay, true);
        if (fd < 0)
            return;
        struct wasmc_link *link = begin_link(links);
        *link = (struct wasmc_link){.door = door};
        begin_side(link, &link->client, fd);
        begin_side(link, &link->guest, -1);
        door->is_asking = !door->was_answered; /* the next ones when it is known whether somebody listens */
        update_door(relay, door);
        ask(relay, link);
    }
}

/* Whoever waits asks again. Returns when the next one does. */
static uint64_t ask_again(struct wasmc_relay *relay)
{
    uint64_t next_ns = WASMC_NEVER;
    for (size_t i = 0; i < relay->door_count; i++) {
        struct wasmc_door *door = &relay->doors[i];
        struct wasmc_link *link = door->waiting;
        if (link != NULL && door->retry_ns <= relay->now_ns) {
            door->waiting = NULL;
            while (link != NULL) {
                struct wasmc_link *next = link->next;
                door->is_asking = !door->was_answered;
                ask(relay, link);
                link = next;
            }
            update_door(relay, door);
        }
        if (door->waiting != NULL && door->retry_ns < next_ns)
            next_ns = door->retry_ns;
    }
    return next_ns;
}

uint64_t wasmc_links_round(struct wasmc_relay *relay)
{
    struct wasmc_links *links = relay->links;
    struct wasmc_link *link = links->in_turn;
    links->in_turn = NULL;
    while (link != NULL) {
        struct wasmc_link *next = link->next_in_turn;
        link->is_in_turn = false;
        if (link->state == WASMC_LINK_OPEN)
            pass_on(relay, link);
        link = next;
    }
    uint64_t next_ns = ask_again(relay);
    if (links->is_full && (links->closed != NULL || links->retry_ns <= relay->now_ns))
        set_full(relay, false);
    if (links->is_full && links->retry_ns < next_ns)
        next_ns = links->retry_ns;
    while (links->closed != NULL) {
        link = links->closed;
        links->closed = link->next;
        link->next = links->free;
        links->free = link;
    }
    return links->in_turn != NULL ? 0 : next_ns;
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
            end_link(relay, link, true);
    }
}
