/* links.c - connections from their beginning to their end. */
#include "links.h"

#include "../sys/sys.h"

/* How long a host that had no descriptor is not asked for another one. */
#define FULL_NS UINT64_C(50000000)

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

void wasmc_door_update(struct wasmc_relay *relay, struct wasmc_door *door)
{
    bool is_wanted = !door->is_asking && door->waiting == NULL && !relay->links->is_full && !relay->is_ending;
    if (door->is_watched == is_wanted || door->source.kind != WASMC_SOURCE_LISTENER)
        return;
    door->is_watched = is_wanted;
    (void)wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_MODIFY, door->source.fd, is_wanted ? EPOLLIN : 0, door);
}

void wasmc_links_set_full(struct wasmc_relay *relay, bool is_full)
{
    relay->links->is_full = is_full;
    relay->links->retry_ns = relay->now_ns + FULL_NS;
    for (size_t i = 0; i < relay->door_count; i++)
        wasmc_door_update(relay, &relay->doors[i]);
}

void wasmc_side_begin(struct wasmc_link *link, struct wasmc_side *side, int fd)
{
    *side = (struct wasmc_side){.source = {fd, WASMC_SOURCE_SIDE}, .link = link, .out.pipe = {-1, -1}};
}

bool wasmc_links_have_room(const struct wasmc_links *links)
{
    return links->free != NULL || links->made_count < links->limit;
}

struct wasmc_link *wasmc_link_begin(struct wasmc_relay *relay, struct wasmc_door *door, int client)
{
    struct wasmc_links *links = relay->links;
    struct wasmc_link *link = links->free;
    if (link != NULL)
        links->free = link->next;
    else
        link = &links->storage[links->made_count++];
    links->open_count++;
    *link = (struct wasmc_link){.door = door};
    wasmc_side_begin(link, &link->client, client);
    wasmc_side_begin(link, &link->guest, -1);
    return link;
}

static void end_side(struct wasmc_relay *relay, struct wasmc_side *side, bool is_reset)
{
    wasmc_pump_drop(&relay->links->pipes, &side->out);
    if (side->source.fd >= 0)
        wasmc_sys_relay_close(side->source.fd, is_reset);
}

void wasmc_link_end(struct wasmc_relay *relay, struct wasmc_link *link, bool is_reset)
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
    wasmc_door_update(relay, link->door);
}

/* Ends a connection of which both ways are done, or one that was reset and has no more to say. */
static void settle(struct wasmc_relay *relay, struct wasmc_link *link)
{
    const struct wasmc_side *client = &link->client;
    const struct wasmc_side *guest = &link->guest;
    bool is_reset = client->is_reset || guest->is_reset;
    if ((client->is_reset && client->out.is_done) || (guest->is_reset && guest->out.is_done) ||
        (client->out.is_done && guest->out.is_done))
        wasmc_link_end(relay, link, is_reset);
}

void wasmc_link_pass_on(struct wasmc_relay *relay, struct wasmc_link *link)
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

static void take_turns(struct wasmc_relay *relay)
{
    struct wasmc_link *link = relay->links->in_turn;
    relay->links->in_turn = NULL;
    while (link != NULL) {
        struct wasmc_link *next = link->next_in_turn;
        link->is_in_turn = false;
        if (link->state == WASMC_LINK_OPEN)
            wasmc_link_pass_on(relay, link);
        link = next;
    }
}

uint64_t wasmc_links_finish_round(struct wasmc_relay *relay)
{
    struct wasmc_links *links = relay->links;
    take_turns(relay);
    bool has_room = links->closed != NULL;
    while (links->closed != NULL) {
        struct wasmc_link *link = links->closed;
        links->closed = link->next;
        link->next = links->free;
        links->free = link;
    }
    if (links->is_full && (has_room || links->retry_ns <= relay->now_ns))
        wasmc_links_set_full(relay, false);
    if (links->in_turn != NULL)
        return 0;
    return links->is_full ? links->retry_ns : WASMC_NEVER;
}
