/* poll.h - waiting for subscriptions: what poll_oneoff and epoll_oneoff share.
 *
 * There are two ways to the same result. A list goes to ppoll(2), whose cost grows with it; or, where it is long, to a
 * set that the host keeps between calls (poll_set.c). */
#ifndef WASMC_WASI_POLL_H
#define WASMC_WASI_POLL_H

#include "../guest.h"

/* The most subscriptions of one call: for each descriptor that the module may have both kinds, and these. */
#define WASMC_POLL_LIMIT(ctx) (4096u + 2 * (ctx)->fds.limit)

/* From so many subscriptions on a set costs no more than ppoll. */
#define WASMC_POLL_SET_LEAST 8u

/* Where both layouts of a subscription keep what they have in common. */
enum { WASMC_SUBSCRIPTION_USERDATA = 0, WASMC_SUBSCRIPTION_TYPE = 8, WASMC_SUBSCRIPTION_FD = 16 };

/* Where a layout keeps the rest. */
struct wasmc_subscription_layout {
    uint32_t bytes;
    uint32_t clock_id;
    uint32_t timeout;
    uint32_t clock_flags;
};

/* poll_oneoff's, and that of wasi_unstable. */
extern const struct wasmc_subscription_layout wasmc_preview1_subscription;
extern const struct wasmc_subscription_layout wasmc_unstable_subscription;

struct wasmc_poll_call {
    const struct wasmc_guest *guest;
    const struct wasmc_subscription_layout *layout;
    guest_addr subscriptions_addr;
    guest_addr events_addr;
    uint32_t count;
    guest_addr count_addr;
};

/* Checks the addresses, waits until one of the subscriptions is due, reports and traces; see poll_oneoff in poll.c. */
wasi_errno wasmc_poll(const struct wasmc_poll_call *call);

/* The same without looking at addresses and counts: in the way that suits the list. poll_sockets.c, where it is linked, takes
 * the place of what poll.c has. */
wasi_errno wasmc_poll_any(const struct wasmc_poll_call *call);

/* --- in a program with calls of sockets ----------------------------------------------------------- */

/* By ppoll. Who makes sockets brings it. */
wasi_errno wasmc_poll_list(const struct wasmc_poll_call *call);

/* By the module's set. False: not this time, and nothing has happened. */
bool wasmc_poll_set(const struct wasmc_poll_call *call, wasi_errno *error);

/* Closes the module's set, whose descriptors are closed already. */
void wasmc_poll_set_end(struct wasmc_ctx *ctx);

#endif
