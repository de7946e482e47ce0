/* poll_list.h - a list of subscriptions by ppoll: once for programs without sockets of their own, once for those with such
 * (poll.c, poll_sockets.c), which the compiler makes of it by a constant. */
#ifndef WASMC_WASI_POLL_LIST_H
#define WASMC_WASI_POLL_LIST_H

#include <errno.h>
#include <poll.h>

#include "../net/socket_ahead.h"
#include "../net/socket_twins.h"
#include "../sys/sys.h"
#include "errno_map.h"
#include "poll_waiting.h"
#include "timestamp.h"

#define POLL_PART static inline __attribute__((always_inline))

/* Subscriptions that need no memory beside the stack. */
#define WASMC_POLL_STACK_SUBSCRIPTIONS 16u

/* place of a subscription that ppoll has nothing to do with. */
#define WASMC_POLL_NOWHERE UINT32_MAX

struct wasmc_poll_waiter {
    struct wasmc_waiting *items;
    struct pollfd *fds;
    uint32_t count;
    uint32_t fd_count;
    struct wasmc_clocks clocks;
    bool knows_sockets; /* a constant */
    bool is_ahead; /* of somebody there are bytes that the host no longer has */
    const struct wasmc_desc *datagrams; /* whose twins are waited for; if nothing else is, they do that themselves */
};

POLL_PART bool is_ahead(const struct wasmc_poll_waiter *waiter, const struct wasmc_waiting *item)
{
    return waiter->knows_sockets && item->subscription.type == WASI_EVENTTYPE_FD_READ && wasmc_socket_is_ahead(item->desc);
}

/* What is subscribed to for reading and for writing is asked for once where the two follow each other: ppoll takes no
 * more than there may be descriptors. */
POLL_PART void add_fd(struct wasmc_poll_waiter *waiter, struct wasmc_waiting *item)
{
    short events = item->subscription.type == WASI_EVENTTYPE_FD_READ ? POLLIN : POLLOUT;
    int host = item->desc->host;
    if (waiter->knows_sockets && events == POLLIN)
        host = wasmc_socket_where_to_read(item->desc);
    if (waiter->knows_sockets && host != item->desc->host)
        waiter->datagrams = item->desc;
    waiter->is_ahead = waiter->is_ahead || is_ahead(waiter, item);
    if (waiter->fd_count == 0 || waiter->fds[waiter->fd_count - 1].fd != host)
        waiter->fds[waiter->fd_count++] = (struct pollfd){.fd = host};
    item->place = waiter->fd_count - 1;
    waiter->fds[item->place].events |= events;
}

/* Prepares everything. BADF when there is nothing but descriptors and none of them is open. */
POLL_PART wasi_errno start(const struct wasmc_poll_call *call, struct wasmc_poll_waiter *waiter)
{
    bool any_valid = false;
    for (uint32_t i = 0; i < waiter->count; i++)
        wasmc_waiting_copy_in(call, i, &waiter->items[i]);
    for (uint32_t i = 0; i < waiter->count; i++) {
        if (waiter->items[i].subscription.type > WASI_EVENTTYPE_FD_WRITE)
            return WASI_ERRNO_INVAL;
    }
    for (uint32_t i = 0; i < waiter->count; i++) {
        struct wasmc_waiting *item = &waiter->items[i];
        item->place = WASMC_POLL_NOWHERE;
        if (wasmc_waiting_start(call->guest->ctx, item, &waiter->clocks))
            add_fd(waiter, item);
        any_valid = any_valid || item->error != WASI_ERRNO_BADF;
    }
    return any_valid ? WASI_ERRNO_SUCCESS : WASI_ERRNO_BADF;
}

POLL_PART void finish(struct wasmc_poll_waiter *waiter)
{
    for (uint32_t i = 0; i < waiter->count; i++) {
        struct wasmc_waiting *item = &waiter->items[i];
        if (item->place == WASMC_POLL_NOWHERE)
            continue;
        uint32_t revents = (uint16_t)waiter->fds[item->place].revents;
        if (wasmc_waiting_concerns(item->subscription.type, revents) || is_ahead(waiter, item))
            wasmc_waiting_finish(item, item->desc, revents, waiter->knows_sockets && item->desc->watch == 0);
    }
}

POLL_PART int ask_host(struct wasmc_poll_waiter *waiter, const struct timespec *timeout)
{
    if (!waiter->knows_sockets || waiter->datagrams == NULL || waiter->fd_count != 1 || wasmc_twins_await == NULL)
        return wasmc_sys_poll(waiter->fds, waiter->fd_count, timeout);
    waiter->fds[0].revents = POLLIN;
    return wasmc_twins_await(waiter->datagrams, timeout);
}

/* Sleeps until something is due. */
POLL_PART wasi_errno wait_until_due(struct wasmc_poll_waiter *waiter)
{
    bool any_due = wasmc_waiting_check_clocks(waiter->items, waiter->count, &waiter->clocks) || waiter->is_ahead;
    for (;;) {
        uint64_t left_ns = any_due ? 0 : wasmc_waiting_time_left(waiter->items, waiter->count, &waiter->clocks);
        struct timespec timeout = wasmc_timestamp_to(left_ns);
        /* What is due already must not keep the others from being looked at. */
        int result = ask_host(waiter, left_ns == UINT64_MAX ? NULL : &timeout);
        if (result < 0 && result != -EINTR)
            return wasmc_wasi_errno(result);
        if (result > 0 || waiter->is_ahead)
            finish(waiter);
        waiter->clocks = (struct wasmc_clocks){0};
        any_due = wasmc_waiting_check_clocks(waiter->items, waiter->count, &waiter->clocks);
        if (any_due)
            return WASI_ERRNO_SUCCESS;
    }
}

POLL_PART void write_events(const struct wasmc_poll_call *call, const struct wasmc_poll_waiter *waiter)
{
    uint32_t written = 0;
    for (uint32_t i = 0; i < waiter->count; i++) {
        if (waiter->items[i].is_due)
            wasmc_waiting_write(call, &waiter->items[i], written++);
    }
    wasmc_guest_write_u32(call->guest, call->count_addr, written);
}

POLL_PART wasi_errno run(const struct wasmc_poll_call *call, struct wasmc_poll_waiter *waiter)
{
    wasi_errno error = start(call, waiter);
    if (error == WASI_ERRNO_SUCCESS)
        error = wait_until_due(waiter);
    if (error == WASI_ERRNO_SUCCESS)
        write_events(call, waiter);
    wasmc_waiting_release(call->guest->ctx, waiter->items, waiter->count);
    return error;
}

/* The whole of it; `knows_sockets` is a constant. */
POLL_PART wasi_errno wasmc_poll_list_as(const struct wasmc_poll_call *call, bool knows_sockets)
{
    struct wasmc_waiting stack_items[WASMC_POLL_STACK_SUBSCRIPTIONS];
    struct pollfd stack_fds[WASMC_POLL_STACK_SUBSCRIPTIONS];
    struct wasmc_poll_waiter waiter = {
        .items = stack_items, .fds = stack_fds, .count = call->count, .knows_sockets = knows_sockets};
    size_t bytes = 0;
    if (call->count > WASMC_POLL_STACK_SUBSCRIPTIONS) {
        bytes = call->count * (sizeof *waiter.items + sizeof *waiter.fds);
        waiter.items = wasmc_sys_map(bytes);
        if (waiter.items == NULL)
            return WASI_ERRNO_NOMEM;
        waiter.fds = (struct pollfd *)(waiter.items + call->count);
    }
    wasi_errno error = run(call, &waiter);
    if (bytes > 0)
        wasmc_sys_unmap(waiter.items, bytes);
    return error;
}

#endif
