/* poll.c - waiting for descriptors and clocks. */
#include "poll.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "timestamp.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* Offsets that both layouts share. */
enum { OFFSET_USERDATA = 0, OFFSET_TYPE = 8, OFFSET_FD = 16 };

/* Subscriptions that need no memory beside the stack. */
#define STACK_SUBSCRIPTIONS 16u

/* A clock that somebody can set is looked at this often, so that setting it is noticed. */
#define REALTIME_SLICE_NS WASMC_NS_PER_SECOND

/* The guest's event: 32 bytes, the same in both layouts. */
struct event {
    uint64_t userdata;
    uint16_t error;
    uint8_t type;
    uint8_t reserved0[5];
    uint64_t ready_bytes;
    uint16_t flags;
    uint8_t reserved1[6];
};
static_assert(sizeof(struct event) == 32, "event");

/* A subscription and what becomes of it. */
struct waiting {
    struct wasmc_subscription subscription;
    struct wasmc_desc *desc; /* of a valid descriptor, held while waiting */
    uint64_t deadline_ns;    /* of a clock, on clock */
    uint64_t ready_bytes;
    wasi_errno error;
    uint16_t flags;
    uint8_t clock;           /* CLOCK_MONOTONIC or CLOCK_REALTIME */
    bool is_due;
};

struct waiter {
    struct waiting *items;
    struct pollfd *fds; /* fds[i].fd is -1 for what ppoll has nothing to do with */
    uint32_t count;
};

static uint64_t clock_now(clockid_t clock)
{
    struct timespec time;
    return wasmc_sys_clock_get(clock, &time) == 0 ? wasmc_timestamp_from(time) : 0;
}

static void copy_in(const struct wasmc_guest *guest, const struct wasmc_subscription_layout *layout, guest_addr addr,
                    struct wasmc_subscription *subscription)
{
    uint8_t bytes[64];
    wasmc_guest_copy_in(guest, bytes, addr, layout->bytes);
    memset(subscription, 0, sizeof *subscription);
    memcpy(&subscription->userdata, bytes + OFFSET_USERDATA, 8);
    memcpy(&subscription->type, bytes + OFFSET_TYPE, 1);
    if (subscription->type == WASI_EVENTTYPE_CLOCK) {
        memcpy(&subscription->clock_id, bytes + layout->clock_id, 4);
        memcpy(&subscription->timeout_ns, bytes + layout->timeout, 8);
        memcpy(&subscription->clock_flags, bytes + layout->clock_flags, 2);
    } else {
        memcpy(&subscription->fd, bytes + OFFSET_FD, 4);
    }
}

static void set_due(struct waiting *item, wasi_errno error)
{
    item->error = error;
    item->is_due = true;
}

static void start_clock(struct waiting *item)
{
    const struct wasmc_subscription *subscription = &item->subscription;
    bool is_absolute = (subscription->clock_flags & WASI_SUBCLOCKFLAGS_ABSTIME) != 0;
    if (subscription->clock_id == WASI_CLOCKID_PROCESS_CPUTIME_ID ||
        subscription->clock_id == WASI_CLOCKID_THREAD_CPUTIME_ID) {
        set_due(item, WASI_ERRNO_NOTSUP); /* it stands still while we wait */
        return;
    }
    if (subscription->clock_id > WASI_CLOCKID_THREAD_CPUTIME_ID ||
        (subscription->clock_flags & ~WASI_SUBCLOCKFLAGS_ALL)) {
        set_due(item, WASI_ERRNO_INVAL);
        return;
    }
    /* A span of time is measured on the clock that nobody sets. */
    bool is_realtime = is_absolute && subscription->clock_id == WASI_CLOCKID_REALTIME;
    item->clock = is_realtime ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    item->deadline_ns = subscription->timeout_ns;
    if (!is_absolute && __builtin_add_overflow(clock_now(CLOCK_MONOTONIC), subscription->timeout_ns, &item->deadline_ns))
        item->deadline_ns = UINT64_MAX;
}

/* Bytes between the position and the end of a file. */
static uint64_t bytes_left(int host)
{
    struct stat stat;
    off_t position = wasmc_sys_seek(host, 0, SEEK_CUR);
    if (wasmc_sys_stat(host, &stat) < 0 || position < 0 || stat.st_size < position)
        return 0;
    return (uint64_t)(stat.st_size - position);
}

static void start_descriptor(struct wasmc_ctx *ctx, struct waiting *item, struct pollfd *fd)
{
    bool reads = item->subscription.type == WASI_EVENTTYPE_FD_READ;
    wasi_errno error = wasmc_fd_get(ctx, item->subscription.fd, WASMC_FD_ANY, 0, &item->desc);
    if (error != WASI_ERRNO_SUCCESS) {
        set_due(item, error);
        return;
    }
    wasi_rights sufficient = WASI_RIGHTS_POLL_FD_READWRITE | (reads ? WASI_RIGHTS_FD_READ : WASI_RIGHTS_FD_WRITE);
    if ((item->desc->base & sufficient) == 0) {
        set_due(item, WASI_ERRNO_NOTCAPABLE);
    } else if (item->desc->kind == WASMC_DESC_FILE || item->desc->kind == WASMC_DESC_DIRECTORY) {
        /* Files never block. */
        item->ready_bytes = reads ? bytes_left(item->desc->host) : 1;
        set_due(item, WASI_ERRNO_SUCCESS);
    } else {
        fd->fd = item->desc->host;
        fd->events = reads ? POLLIN : POLLOUT;
    }
}

/* Prepares everything. BADF when there is nothing but descriptors and none of them is open. */
static wasi_errno start(const struct wasmc_guest *guest, const struct wasmc_subscription_layout *layout,
                        guest_addr addr, struct waiter *waiter)
{
    bool any_valid = false;
    for (uint32_t i = 0; i < waiter->count; i++) {
        struct waiting *item = &waiter->items[i];
        memset(item, 0, sizeof *item);
        waiter->fds[i] = (struct pollfd){.fd = -1};
        copy_in(guest, layout, addr + i * layout->bytes, &item->subscription);
    }
    for (uint32_t i = 0; i < waiter->count; i++) {
        if (waiter->items[i].subscription.type > WASI_EVENTTYPE_FD_WRITE)
            return WASI_ERRNO_INVAL;
    }
    for (uint32_t i = 0; i < waiter->count; i++) {
        struct waiting *item = &waiter->items[i];
        if (item->subscription.type == WASI_EVENTTYPE_CLOCK)
            start_clock(item);
        else
            start_descriptor(guest->ctx, item, &waiter->fds[i]);
        any_valid = any_valid || item->error != WASI_ERRNO_BADF;
    }
    return any_valid ? WASI_ERRNO_SUCCESS : WASI_ERRNO_BADF;
}

/* Marks the clocks that have come. Returns whether anything is due. */
static bool check_clocks(struct waiter *waiter)
{
    uint64_t monotonic_ns = clock_now(CLOCK_MONOTONIC);
    uint64_t realtime_ns = clock_now(CLOCK_REALTIME);
    bool any_due = false;
    for (uint32_t i = 0; i < waiter->count; i++) {
        struct waiting *item = &waiter->items[i];
        if (item->subscription.type == WASI_EVENTTYPE_CLOCK && !item->is_due &&
            item->deadline_ns <= (item->clock == CLOCK_REALTIME ? realtime_ns : monotonic_ns))
            set_due(item, WASI_ERRNO_SUCCESS);
        any_due = any_due || item->is_due;
    }
    return any_due;
}

/* How long to sleep at most; UINT64_MAX: no clock is waited for. */
static uint64_t time_left(const struct waiter *waiter)
{
    uint64_t left_ns = UINT64_MAX;
    for (uint32_t i = 0; i < waiter->count; i++) {
        const struct waiting *item = &waiter->items[i];
        if (item->subscription.type != WASI_EVENTTYPE_CLOCK || item->is_due)
            continue;
        uint64_t now_ns = clock_now(item->clock);
        uint64_t item_ns = item->deadline_ns > now_ns ? item->deadline_ns - now_ns : 0;
        if (item->clock == CLOCK_REALTIME && item_ns > REALTIME_SLICE_NS)
            item_ns = REALTIME_SLICE_NS;
        if (item_ns < left_ns)
            left_ns = item_ns;
    }
    return left_ns;
}

static void finish_descriptor(struct waiting *item, const struct pollfd *fd)
{
    if (fd->revents == 0)
        return;
    if (fd->revents & POLLNVAL) {
        set_due(item, WASI_ERRNO_BADF);
        return;
    }
    int readable = wasmc_sys_bytes_to_read(fd->fd);
    bool reads = item->subscription.type == WASI_EVENTTYPE_FD_READ;
    item->ready_bytes = reads ? (readable > 0 ? (uint64_t)readable : 0) : 1;
    item->flags = fd->revents & POLLHUP ? WASI_EVENTRWFLAGS_HANGUP : 0;
    /* An error condition is not the wait's failure: reading or writing will report it. */
    set_due(item, WASI_ERRNO_SUCCESS);
}

/* Sleeps until something is due. */
static wasi_errno wait_until_due(struct waiter *waiter)
{
    bool any_due = check_clocks(waiter);
    for (;;) {
        uint64_t left_ns = any_due ? 0 : time_left(waiter);
        struct timespec timeout = wasmc_timestamp_to(left_ns);
        /* What is due already must not keep the others from being looked at. */
        int result = wasmc_sys_poll(waiter->fds, waiter->count, left_ns == UINT64_MAX ? NULL : &timeout);
        if (result < 0 && result != -EINTR)
            return wasmc_wasi_errno(result);
        for (uint32_t i = 0; result > 0 && i < waiter->count; i++) {
            if (waiter->fds[i].fd >= 0)
                finish_descriptor(&waiter->items[i], &waiter->fds[i]);
        }
        any_due = check_clocks(waiter);
        if (any_due)
            return WASI_ERRNO_SUCCESS;
    }
}

static uint32_t write_events(const struct wasmc_guest *guest, const struct waiter *waiter, guest_addr addr)
{
    uint32_t written = 0;
    for (uint32_t i = 0; i < waiter->count; i++) {
        const struct waiting *item = &waiter->items[i];
        if (!item->is_due)
            continue;
        struct event event = {
            .userdata = item->subscription.userdata,
            .error = (uint16_t)item->error,
            .type = item->subscription.type,
            .ready_bytes = item->ready_bytes,
            .flags = item->flags,
        };
        wasmc_guest_copy_out(guest, addr + written * (guest_addr)sizeof event, &event, sizeof event);
        written++;
    }
    return written;
}

static void release(const struct wasmc_guest *guest, const struct waiter *waiter)
{
    for (uint32_t i = 0; i < waiter->count; i++) {
        if (waiter->items[i].desc != NULL)
            (void)wasmc_fd_put(guest->ctx, waiter->items[i].desc);
    }
}

static wasi_errno run(const struct wasmc_guest *guest, const struct wasmc_subscription_layout *layout,
                      guest_addr subscriptions_addr, guest_addr events_addr, struct waiter *waiter,
                      guest_addr count_addr)
{
    wasi_errno error = start(guest, layout, subscriptions_addr, waiter);
    if (error == WASI_ERRNO_SUCCESS)
        error = wait_until_due(waiter);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, count_addr, write_events(guest, waiter, events_addr));
    release(guest, waiter);
    return error;
}

wasi_errno wasmc_poll(const struct wasmc_guest *guest, const struct wasmc_subscription_layout *layout,
                      guest_addr subscriptions_addr, guest_addr events_addr, uint32_t count, guest_addr count_addr)
{
    /* Checked as a whole first, so that nothing traps between here and the end. */
    (void)wasmc_guest_bytes(guest, subscriptions_addr, (uint64_t)count * layout->bytes);
    (void)wasmc_guest_bytes(guest, events_addr, (uint64_t)count * sizeof(struct event));
    (void)wasmc_guest_bytes(guest, count_addr, 4);
    if (count == 0)
        return WASI_ERRNO_INVAL; /* would sleep for ever */
    if (count > WASMC_POLL_LIMIT(guest->ctx))
        return WASI_ERRNO_NOMEM;

    struct waiting stack_items[STACK_SUBSCRIPTIONS];
    struct pollfd stack_fds[STACK_SUBSCRIPTIONS];
    struct waiter waiter = {stack_items, stack_fds, count};
    size_t bytes = 0;
    if (count > STACK_SUBSCRIPTIONS) {
        bytes = count * (sizeof *waiter.items + sizeof *waiter.fds);
        waiter.items = wasmc_sys_map(bytes);
        if (waiter.items == NULL)
            return WASI_ERRNO_NOMEM;
        waiter.fds = (struct pollfd *)(waiter.items + count);
    }
    wasi_errno error = run(guest, layout, subscriptions_addr, events_addr, &waiter, count_addr);
    if (bytes > 0)
        wasmc_sys_unmap(waiter.items, bytes);
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
 * than 4096 and two for each descriptor that the module may have.     witx: poll_oneoff     POSIX: ppoll(2)
 */
uint32_t wasmc_wasi_poll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                uint32_t count, uint32_t count_addr)
{
    static const struct wasmc_subscription_layout layout = {
        .bytes = 48, .clock_id = 16, .timeout = 24, .clock_flags = 40};
    struct wasmc_guest guest = {ctx, "poll_oneoff"};
    wasi_errno error = wasmc_poll(&guest, &layout, subscriptions_addr, events_addr, count, count_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "subscriptions:x events:x count:u >ready:4", subscriptions_addr, events_addr,
                    count, count_addr);
    return error;
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
    static const struct wasmc_subscription_layout layout = {
        .bytes = 56, .clock_id = 24, .timeout = 32, .clock_flags = 48};
    struct wasmc_guest guest = {ctx, "poll_oneoff"};
    wasi_errno error = wasmc_poll(&guest, &layout, subscriptions_addr, events_addr, count, count_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "subscriptions:x events:x count:u >ready:4", subscriptions_addr, events_addr,
                    count, count_addr);
    return error;
}
