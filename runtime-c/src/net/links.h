/* links.h - connections that are forwarded: a client's of the host, and one to the program. */
#ifndef WASMC_NET_LINKS_H
#define WASMC_NET_LINKS_H

#include "relay.h"

/* What goes from one side to the other. A pipe holds what is on the way, and is there only then. */
struct wasmc_way {
    int pipe[2]; /* -1: none */
    uint32_t held_bytes;
    bool is_bulk;  /* there was so much last time that it is not worth copying */
    bool is_ended; /* nothing more comes */
    bool is_done;  /* the other side knows */
};

struct wasmc_side {
    struct wasmc_source source;
    struct wasmc_link *link;
    bool can_read; /* until it says that it cannot, and again when the kernel says so */
    bool can_write;
    bool may_have_more; /* a short read is not the last: the end may be behind it, or urgent data */
    bool is_reset; /* what came before may still be read */
    struct wasmc_way out;
};

enum wasmc_link_state {
    WASMC_LINK_CONNECTING,
    WASMC_LINK_WAITING, /* in its door's list: the program does not listen yet */
    WASMC_LINK_OPEN,
    WASMC_LINK_CLOSED,
};

struct wasmc_link {
    struct wasmc_side client;
    struct wasmc_side guest;
    struct wasmc_door *door;
    enum wasmc_link_state state;
    uint8_t attempts;      /* families that were asked */
    bool is_v6_first;
    bool is_short;         /* of descriptors or memory, and not refused */
    bool is_in_turn;       /* in the list of those that had enough for one round */
    struct wasmc_link *next;         /* waiting, closed, or free */
    struct wasmc_link *next_in_turn;
};

/* Empty pipes that are kept, and how many there are in all. */
struct wasmc_pipes {
    int kept[32][2];
    uint32_t kept_count;
    uint64_t made_count;
    uint64_t limit;
};

struct wasmc_links {
    struct wasmc_link *storage;
    uint64_t limit;
    uint64_t made_count; /* of the storage; those behind were never used */
    uint64_t open_count;
    bool is_full;        /* of descriptors; nobody is let in until a connection ends, or for a while */
    uint64_t retry_ns;   /* when it is full */
    struct wasmc_link *free;
    struct wasmc_link *closed; /* in this round */
    struct wasmc_link *in_turn;
    struct wasmc_pipes pipes;
};

/* --- links.c ---------------------------------------------------------------------------------- */

bool wasmc_links_have_room(const struct wasmc_links *links);

/* There is room. The program is not connected yet. */
struct wasmc_link *wasmc_link_begin(struct wasmc_relay *relay, struct wasmc_door *door, int client);
void wasmc_side_begin(struct wasmc_link *link, struct wasmc_side *side, int fd);

/* Passes on what can be, and ends the connection when it is over. */
void wasmc_link_pass_on(struct wasmc_relay *relay, struct wasmc_link *link);
void wasmc_link_end(struct wasmc_relay *relay, struct wasmc_link *link, bool is_reset);

/* Listens to a door or not, as its state and the room have it: those who come meanwhile wait in the kernel. */
void wasmc_door_update(struct wasmc_relay *relay, struct wasmc_door *door);
void wasmc_links_set_full(struct wasmc_relay *relay, bool is_full);

/* Gives those another turn that had enough for one; frees those that have ended. Returns when it wants to be called at
 * the latest. */
uint64_t wasmc_links_finish_round(struct wasmc_relay *relay);

/* --- pump.c ----------------------------------------------------------------------------------- */

/* Passes on what can be passed on, up to a limit, so that others have their turn; false: there is more. */
bool wasmc_pump(struct wasmc_relay *relay, struct wasmc_side *from, struct wasmc_side *to);

/* Gives up what a way holds. */
void wasmc_pump_drop(struct wasmc_pipes *pipes, struct wasmc_way *way);

#endif
