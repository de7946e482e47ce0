/* poll_watch.h - the set of descriptors that a module polls, which the host keeps between calls (epoll).
 *
 * A watch belongs to a number of the guest's. What has been registered stays so until its descriptor is closed, or
 * until it is ready while nobody asks for it: a program that polls several lists in turn, or leaves out for a while
 * what it has not read yet, costs the host nothing. What is asked for in a call has the call's round.
 *
 * The descriptor's table is the lock: a watch knows its descriptor by the slot's pointer, which stays until whoever
 * closes the descriptor has called forget. */
#ifndef WASMC_WASI_POLL_WATCH_H
#define WASMC_WASI_POLL_WATCH_H

#include "../ctx.h"

struct epoll_event;

/* By the type of a subscription, WASI_EVENTTYPE_FD_READ or _WRITE. */
#define WASMC_WATCH_SIDE(type) ((uint32_t)(type) - WASI_EVENTTYPE_FD_READ)
enum { WASMC_WATCH_SIDES = 2 };

#define WASMC_WATCH_AHEAD 64u

struct wasmc_watch {
    struct wasmc_desc *desc;              /* registered; null: none */
    uint64_t userdata[WASMC_WATCH_SIDES]; /* of this round's subscriptions */
    uint32_t index[WASMC_WATCH_SIDES];    /* in the list */
    uint32_t round[WASMC_WATCH_SIDES];    /* in which they were asked for; never 0 */
    uint8_t registered;                   /* bit i: side i, with the host */
    uint8_t known;                        /* bit i: side i, and the descriptor has the rights for it */
    uint16_t revents;                     /* of this round */
};

struct wasmc_poll_set {
    _Atomic int host; /* the epoll descriptor */
    uint32_t busy; /* a lock that is only tried: others wait without the set */
    uint32_t round;
    uint32_t watch_count; /* numbers below have a watch */
    struct wasmc_watch *watches;
    struct epoll_event *events; /* room for one of each watch */
    uint32_t rights_changes;    /* of the table, when `known` was right */
    /* Numbers of connections of which bytes were received ahead (net/socket_ahead.h), which the host does not know. */
    uint32_t ahead[WASMC_WATCH_AHEAD];
    uint32_t ahead_count;
    /* Of a call: what is due, by its index in the list. */
    uint64_t *due;    /* a bit for each; 0 between calls */
    uint32_t *places; /* where what is due is found */
    uint32_t room;    /* of both, in subscriptions */
};

/* The module's set, for this call alone, in the next round. Null: another call has it, or the host refuses one. */
struct wasmc_poll_set *wasmc_watch_begin(struct wasmc_ctx *ctx);
void wasmc_watch_end(struct wasmc_poll_set *set);

/* Asks for a side of a number's descriptor, which the caller holds and has the rights for. A negative errno: the host
 * does not take it. */
int wasmc_watch_add(struct wasmc_ctx *ctx, struct wasmc_desc *desc, uint32_t fd, uint32_t side);

/* What the host said of a number. Returns the sides that were asked for and are due; what is ready and was not asked
 * for, the host does not look for any more. False: it is nobody's, and the set has to be replaced. */
bool wasmc_watch_take(struct wasmc_ctx *ctx, const struct epoll_event *event, uint32_t *due);

/* From now on the number is looked at, as there are bytes ahead. False: there are too many. */
bool wasmc_watch_add_ahead(struct wasmc_poll_set *set, uint32_t fd);

/* Makes a new set with nothing in it. */
void wasmc_watch_replace(struct wasmc_ctx *ctx);

/* Counts the caller as a user of a watch's descriptor, for wasmc_fd_put; null: it was closed. */
struct wasmc_desc *wasmc_watch_hold(struct wasmc_ctx *ctx, const struct wasmc_watch *watch);

/* Of due and places. */
static inline size_t wasmc_watch_room_bytes(uint32_t room)
{
    return room / 64 * sizeof(uint64_t) + room * sizeof(uint32_t);
}

/* Whether a side is asked for in this round. The caller holds the table's lock. */
static inline bool wasmc_watch_is_asked(const struct wasmc_poll_set *set, const struct wasmc_watch *watch,
                                        uint32_t side)
{
    return watch->desc != NULL && watch->round[side] == set->round;
}

/* Asks for what is known already; false: it is not. The caller holds the table's lock. */
static inline bool wasmc_watch_ask(const struct wasmc_fd_table *table, const struct wasmc_poll_set *set, uint32_t fd,
                                   uint32_t side, uint64_t userdata, uint32_t index)
{
    if (side >= WASMC_WATCH_SIDES || fd >= set->watch_count)
        return false;
    struct wasmc_watch *watch = &set->watches[fd];
    if (!(watch->known >> side & 1) || watch->desc != table->slots[fd] || watch->round[side] == set->round)
        return false;
    watch->userdata[side] = userdata;
    watch->index[side] = index;
    watch->round[side] = set->round;
    return true;
}

#endif
