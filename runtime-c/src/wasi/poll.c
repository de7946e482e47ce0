/* poll.c - waiting for descriptors and clocks. */
#include <errno.h>
#include <poll.h>

#include "../net/socket_ahead.h"
#include "../net/socket_twins.h"
#include "../sys/sys.h"
#include "errno_map.h"
#include "poll_waiting.h"
#include "timestamp.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* Subscriptions that need no memory beside the stack. */
#define STACK_SUBSCRIPTIONS 16u

/* place of a subscription that ppoll has nothing to do with. */
#define NOWHERE UINT32_MAX

struct waiter {
    struct wasmc_waiting *items;
    struct pollfd *fds;
    uint32_t count;
    uint32_t fd_count;
    bool is_ahead; /* of somebody there are bytes that the host no longer has */
    const struct wasmc_desc *datagrams; /* whose twins are waited for; if nothing else is, they do that themselves */
};

static bool is_ahead(const struct wasmc_waiting *item)
{
    return item->subscription.type == WASI_EVENTTYPE_FD_READ && wasmc_socket_is_ahead(item->desc);
}

/* What is subscribed to for reading and for writing is asked for once where the two follow each other: ppoll takes no
 * more than there may be descriptors. */
static void add_fd(struct waiter *waiter, struct wasmc_waiting *item)
{
    short events = item->subscription.type == WASI_EVENTTYPE_FD_READ ? POLLIN : POLLOUT;
    int host = events == POLLIN ? wasmc_socket_where_to_read(item->desc) : item->desc->host;
    if (host != item->desc->host)
        waiter->datagrams = item->desc;
    waiter->is_ahead = waiter->is_ahead || is_ahead(item);
    if (waiter->fd_count == 0 || waiter->fds[waiter->fd_count - 1].fd != host)
        waiter->fds[waiter->fd_count++] = (struct pollfd){.fd = host};
    item->place = waiter->fd_count - 1;
    waiter->fds[item->place].events |= events;
}

/* Prepares everything. BADF when there is nothing but descriptors and none of them is open. */
static wasi_errno start(const struct wasmc_poll_call *call, struct waiter *waiter)
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
        item->place = NOWHERE;
        if (wasmc_waiting_start(call->guest->ctx, item))
            add_fd(waiter, item);
        any_valid = any_valid || item->error != WASI_ERRNO_BADF;
    }
    return any_valid ? WASI_ERRNO_SUCCESS : WASI_ERRNO_BADF;
}

static void finish(struct waiter *waiter)
{
    for (uint32_t i = 0; i < waiter->count; i++) {
        struct wasmc_waiting *item = &waiter->items[i];
        if (item->place == NOWHERE)
            continue;
        const struct pollfd *fd = &waiter->fds[item->place];
        if (wasmc_waiting_concerns(item->subscription.type, (uint16_t)fd->revents) || is_ahead(item))
            wasmc_waiting_finish(item, item->desc, (uint16_t)fd->revents, item->desc->watch == 0);
    }
}

static int wait_for_host(struct waiter *waiter, const struct timespec *timeout)
{
    if (waiter->datagrams == NULL || waiter->fd_count != 1 || wasmc_twins_await == NULL)
        return wasmc_sys_poll(waiter->fds, waiter->fd_count, timeout);
    waiter->fds[0].revents = POLLIN;
    return wasmc_twins_await(waiter->datagrams, timeout);
}

/* Sleeps until something is due. */
static wasi_errno wait_until_due(struct waiter *waiter)
{
    bool any_due = wasmc_waiting_check_clocks(waiter->items, waiter->count) || waiter->is_ahead;
    for (;;) {
        uint64_t left_ns = any_due ? 0 : wasmc_waiting_time_left(waiter->items, waiter->count);
        struct timespec timeout = wasmc_timestamp_to(left_ns);
        /* What is due already must not keep the others from being looked at. */
        int result = wait_for_host(waiter, left_ns == UINT64_MAX ? NULL : &timeout);
        if (result < 0 && result != -EINTR)
            return wasmc_wasi_errno(result);
        if (result > 0 || waiter->is_ahead)
            finish(waiter);
        any_due = wasmc_waiting_check_clocks(waiter->items, waiter->count);
        if (any_due)
            return WASI_ERRNO_SUCCESS;
    }
}

static void write_events(const struct wasmc_poll_call *call, const struct waiter *waiter)
{
    uint32_t written = 0;
    for (uint32_t i = 0; i < waiter->count; i++) {
        if (waiter->items[i].is_due)
            wasmc_waiting_write(call, &waiter->items[i], written++);
    }
    wasmc_guest_write_u32(call->guest, call->count_addr, written);
}

static wasi_errno run(const struct wasmc_poll_call *call, struct waiter *waiter)
{
    wasi_errno error = start(call, waiter);
    if (error == WASI_ERRNO_SUCCESS)
        error = wait_until_due(waiter);
    if (error == WASI_ERRNO_SUCCESS)
        write_events(call, waiter);
    wasmc_waiting_release(call->guest->ctx, waiter->items, waiter->count);
    return error;
}

wasi_errno wasmc_poll_list(const struct wasmc_poll_call *call)
{
    struct wasmc_waiting stack_items[STACK_SUBSCRIPTIONS];
    struct pollfd stack_fds[STACK_SUBSCRIPTIONS];
    struct waiter waiter = {stack_items, stack_fds, call->count, 0, false, NULL};
    size_t bytes = 0;
    if (call->count > STACK_SUBSCRIPTIONS) {
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

static wasi_errno poll_checked(const struct wasmc_poll_call *call)
{
    /* Checked as a whole first, so that nothing traps between here and the end. */
    (void)wasmc_guest_bytes(call->guest, call->subscriptions_addr, (uint64_t)call->count * call->layout->bytes);
    (void)wasmc_guest_bytes(call->guest, call->events_addr, (uint64_t)call->count * WASMC_EVENT_BYTES);
    (void)wasmc_guest_bytes(call->guest, call->count_addr, 4);
    if (call->count == 0)
        return WASI_ERRNO_INVAL; /* would sleep for ever */
    if (call->count > WASMC_POLL_LIMIT(call->guest->ctx))
        return WASI_ERRNO_NOMEM;
    wasi_errno error;
    if (call->count >= WASMC_POLL_SET_LEAST && wasmc_poll_set != NULL && wasmc_poll_set(call, &error))
        return error;
    return wasmc_poll_list(call);
}

wasi_errno wasmc_poll(const struct wasmc_poll_call *call)
{
    wasi_errno error = poll_checked(call);
    if (call->guest->ctx->trace)
        wasmc_trace(call->guest, error, "subscriptions:x events:x count:u >ready:4", call->subscriptions_addr,
                    call->events_addr, call->count, call->count_addr);
    return error;
}

/* poll_oneoff - waits until at least one of the subscriptions is due, and reports all that are.
 *
 *   subscriptions_addr   guest address of count subscriptions, 48 bytes each:
 *
 *     | u64 userdata | u8 type | 7 pad | clock: u32 id | 4 pad | u64 timeout_ns | u64 precision | u16 flags |
 *                                      | fd read, fd write: u32 fd |
 *
 *   events_addr          guest address that receives up to count events, 32 bytes each:
 *
 *     | u64 userdata | u16 error | u8 type | 5 pad | u64 ready bytes | u16 flags (1 hang-up) | 6 pad |
 *
 *   count_addr           guest address of a u32 that receives how many
 *
 * Types: 0 clock (flags 1: timeout is a point in time), 1 fd read, 2 fd write. A file or directory
 * is always ready. A subscription that cannot be waited for gives an event with its error: BADF,
 * NOTCAPABLE; INVAL unknown clock or flags; NOTSUP a CPU-time clock.
 * Rights: POLL_FD_READWRITE, or the right to do what is waited for.
 * Errors: INVAL no subscriptions, unknown type; BADF descriptors only, none of them open; NOMEM more
 * than 4096 and two for each descriptor that the module may have.
 * witx: poll_oneoff     POSIX: ppoll(2), or epoll_wait(2) for a long list
 */
uint32_t wasmc_wasi_poll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                uint32_t count, uint32_t count_addr)
{
    struct wasmc_guest guest = {ctx, "poll_oneoff"};
    const struct wasmc_poll_call call = {
        &guest, &wasmc_preview1_subscription, subscriptions_addr, events_addr, count, count_addr};
    return wasmc_poll(&call);
}

/* poll_oneoff of wasi_unstable - as above, with subscriptions of 56 bytes: a clock has a u64 of its
 * own before its id.
 *
 *     | u64 userdata | u8 type | 7 pad | clock: u64 identifier | u32 id | 4 pad | u64 timeout_ns |
 *                                        u64 precision | u16 flags |
 */
uint32_t wasmc_wasi0_poll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                 uint32_t count, uint32_t count_addr)
{
    struct wasmc_guest guest = {ctx, "poll_oneoff"};
    const struct wasmc_poll_call call = {
        &guest, &wasmc_unstable_subscription, subscriptions_addr, events_addr, count, count_addr};
    return wasmc_poll(&call);
}
