/* poll_set.h - a call of poll_set.c: what it asked for, and what of it is not in the set. */
#ifndef WASMC_WASI_POLL_SET_H
#define WASMC_WASI_POLL_SET_H

#include "poll_waiting.h"
#include "poll_watch.h"

struct wasmc_set_call {
    const struct wasmc_poll_call *call;
    struct wasmc_ctx *ctx;
    struct wasmc_poll_set *set;
    struct wasmc_waiting *items; /* what is not in the set; place is the index in the list */
    struct wasmc_clocks clocks;
    uint32_t count;
    uint32_t room;
    size_t mapped_bytes; /* of items; 0: they are on the stack */
    bool any_valid;
    /* The last time there was an event of no descriptor: it was closed between the host's word and our look, unless
     * that comes again. */
    bool had_orphan;
};

/* Asks for everything in the list (poll_subscribe.c). Errors: INVAL unknown type; BADF descriptors only, none of them
 * open. False: the set cannot do it. */
bool wasmc_set_subscribe(struct wasmc_set_call *waiter, wasi_errno *error);

#endif
