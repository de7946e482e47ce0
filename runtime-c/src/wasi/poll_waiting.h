/* poll_waiting.h - subscriptions, one by one: what is to be waited for, and what becomes of it. */
#ifndef WASMC_WASI_POLL_WAITING_H
#define WASMC_WASI_POLL_WAITING_H

#include "poll.h"

/* Of an event, in both layouts. */
#define WASMC_EVENT_BYTES 32u

/* A subscription, from either layout. */
struct wasmc_subscription {
    uint64_t userdata;
    uint64_t timeout_ns;
    uint32_t fd;
    uint32_t clock_id;
    uint16_t clock_flags;
    uint8_t type; /* WASI_EVENTTYPE_* */
};

/* A subscription and what becomes of it. */
struct wasmc_waiting {
    struct wasmc_subscription subscription;
    struct wasmc_desc *desc; /* of a valid descriptor, held while waiting */
    uint64_t deadline_ns;    /* of a clock, on clock */
    uint64_t ready_bytes;
    uint32_t place;          /* for who waits: where else it stands */
    wasi_errno error;
    uint16_t flags;
    uint8_t clock;           /* CLOCK_MONOTONIC or CLOCK_REALTIME */
    bool is_due;
    bool is_repeated;        /* in a set: the list has it before, too */
};

/* What the clocks said, each of which is read when it is needed, and once between two waits. */
struct wasmc_clocks {
    uint64_t monotonic_ns; /* 0: not read */
    uint64_t realtime_ns;
};

/* Copies the subscription of this index in. */
void wasmc_waiting_copy_in(const struct wasmc_poll_call *call, uint32_t index, struct wasmc_waiting *item);

/* Looks at the clock or the descriptor. True: it is a descriptor that the host has to wait for. This and
 * wasmc_waiting_finish are poll_waiting_sockets.c's where that is linked. */
bool wasmc_waiting_start(struct wasmc_ctx *ctx, struct wasmc_waiting *item, struct wasmc_clocks *clocks);

/* The same of what the host alone knows about. */
bool wasmc_waiting_start_host(struct wasmc_ctx *ctx, struct wasmc_waiting *item, struct wasmc_clocks *clocks);

/* Lets go of the descriptors. */
void wasmc_waiting_release(struct wasmc_ctx *ctx, const struct wasmc_waiting *items, uint32_t count);

/* Marks the clocks that have come. Returns whether anything is due. */
bool wasmc_waiting_check_clocks(struct wasmc_waiting *items, uint32_t count, struct wasmc_clocks *clocks);

/* How long to sleep at most; UINT64_MAX: no clock is waited for. */
uint64_t wasmc_waiting_time_left(const struct wasmc_waiting *items, uint32_t count, struct wasmc_clocks *clocks);

/* What the host says of a descriptor, as ppoll does: it is due, unless there is nothing to read in a socket's twins.
 * `may_receive`: see net/socket_ahead.h. */
void wasmc_waiting_finish(struct wasmc_waiting *item, struct wasmc_desc *desc, uint32_t revents, bool may_receive);

/* It is due: what the host says, and how much there is to read; negative: that is unknown. */
void wasmc_waiting_set_ready(struct wasmc_waiting *item, uint32_t revents, int readable);

/* How much there is to read in a socket's descriptor, or elsewhere, or a negative errno: poll_waiting_sockets.c, which
 * poll_sockets.c brings by this name. */
int wasmc_waiting_bytes_to_read(struct wasmc_desc *desc, uint32_t revents, bool may_receive);

/* Whether that concerns a subscription of this type: an error condition and a hang-up do in any case. */
bool wasmc_waiting_concerns(uint8_t type, uint32_t revents);

/* Writes the event-th event. */
void wasmc_waiting_write(const struct wasmc_poll_call *call, const struct wasmc_waiting *item, uint32_t event);

#endif
