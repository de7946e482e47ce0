/* poll.h - the engine of poll_oneoff, apart from the layouts of subscriptions. */
#ifndef WASMC_WASI_POLL_H
#define WASMC_WASI_POLL_H

#include "../guest.h"

/* The most subscriptions of one call: for each descriptor that the module may have both kinds, and these. */
#define WASMC_POLL_LIMIT(ctx) (4096u + 2 * (ctx)->fds.limit)

/* A subscription, from either layout. */
struct wasmc_subscription {
    uint64_t userdata;
    uint64_t timeout_ns;
    uint32_t fd;
    uint32_t clock_id;
    uint16_t clock_flags;
    uint8_t type; /* WASI_EVENTTYPE_* */
};

/* Where a layout keeps the fields. */
struct wasmc_subscription_layout {
    uint32_t bytes;
    uint32_t clock_id;
    uint32_t timeout;
    uint32_t clock_flags;
};

/* Waits until one of the subscriptions is due; see poll_oneoff in poll.c. */
wasi_errno wasmc_poll(const struct wasmc_guest *guest, const struct wasmc_subscription_layout *layout,
                      guest_addr subscriptions_addr, guest_addr events_addr, uint32_t count, guest_addr count_addr);

#endif
