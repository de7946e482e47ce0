#include "poll_waiting.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "../sys/sys.h"
#include "timestamp.h"

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
static_assert(sizeof(struct event) == WASMC_EVENT_BYTES, "event");

const struct wasmc_subscription_layout wasmc_preview1_subscription = {
    .bytes = 48, .clock_id = 16, .timeout = 24, .clock_flags = 40};
const struct wasmc_subscription_layout wasmc_unstable_subscription = {
    .bytes = 56, .clock_id = 24, .timeout = 32, .clock_flags = 48};

static uint64_t clock_now(struct wasmc_clocks *clocks, clockid_t clock)
{
    uint64_t *read_ns = clock == CLOCK_REALTIME ? &clocks->realtime_ns : &clocks->monotonic_ns;
    struct timespec time;
    if (*read_ns == 0 && wasmc_sys_clock_get(clock, &time) == 0)
        *read_ns = wasmc_timestamp_from(time);
    return *read_ns;
}

void wasmc_waiting_copy_in(const struct wasmc_poll_call *call, uint32_t index, struct wasmc_waiting *item)
{
    const struct wasmc_subscription_layout *layout = call->layout;
    struct wasmc_subscription *subscription = &item->subscription;
    uint8_t bytes[64];
    wasmc_guest_copy_in(call->guest, bytes, call->subscriptions_addr + index * layout->bytes, layout->bytes);
    memset(item, 0, sizeof *item);
    memcpy(&subscription->userdata, bytes + WASMC_SUBSCRIPTION_USERDATA, 8);
    memcpy(&subscription->type, bytes + WASMC_SUBSCRIPTION_TYPE, 1);
    if (subscription->type == WASI_EVENTTYPE_CLOCK) {
        memcpy(&subscription->clock_id, bytes + layout->clock_id, 4);
        memcpy(&subscription->timeout_ns, bytes + layout->timeout, 8);
        memcpy(&subscription->clock_flags, bytes + layout->clock_flags, 2);
    } else {
        memcpy(&subscription->fd, bytes + WASMC_SUBSCRIPTION_FD, 4);
    }
}

static void set_due(struct wasmc_waiting *item, wasi_errno error)
{
    item->error = error;
    item->is_due = true;
}

static void start_clock(struct wasmc_waiting *item, struct wasmc_clocks *clocks)
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
    if (is_absolute)
        return;
    if (subscription->timeout_ns == 0) /* whatever the clock says */
        set_due(item, WASI_ERRNO_SUCCESS);
    else if (__builtin_add_overflow(clock_now(clocks, CLOCK_MONOTONIC), subscription->timeout_ns, &item->deadline_ns))
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

static bool start_descriptor(struct wasmc_ctx *ctx, struct wasmc_waiting *item)
{
    bool reads = item->subscription.type == WASI_EVENTTYPE_FD_READ;
    wasi_errno error = wasmc_fd_get(ctx, item->subscription.fd, WASMC_FD_ANY, 0, &item->desc);
    if (error != WASI_ERRNO_SUCCESS) {
        set_due(item, error);
        return false;
    }
    wasi_rights sufficient = WASI_RIGHTS_POLL_FD_READWRITE | (reads ? WASI_RIGHTS_FD_READ : WASI_RIGHTS_FD_WRITE);
    if ((item->desc->base & sufficient) == 0) {
        set_due(item, WASI_ERRNO_NOTCAPABLE);
        return false;
    }
    if (item->desc->kind != WASMC_DESC_FILE && item->desc->kind != WASMC_DESC_DIRECTORY)
        return true;
    /* Files never block. */
    item->ready_bytes = reads ? bytes_left(item->desc->host) : 1;
    set_due(item, WASI_ERRNO_SUCCESS);
    return false;
}

bool wasmc_waiting_start_host(struct wasmc_ctx *ctx, struct wasmc_waiting *item, struct wasmc_clocks *clocks)
{
    if (item->subscription.type != WASI_EVENTTYPE_CLOCK)
        return start_descriptor(ctx, item);
    start_clock(item, clocks);
    return false;
}

extern __typeof__(wasmc_waiting_start_host) wasmc_waiting_start __attribute__((weak, alias("wasmc_waiting_start_host")));

void wasmc_waiting_release(struct wasmc_ctx *ctx, const struct wasmc_waiting *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].desc != NULL)
            (void)wasmc_fd_put(ctx, items[i].desc);
    }
}

bool wasmc_waiting_check_clocks(struct wasmc_waiting *items, uint32_t count, struct wasmc_clocks *clocks)
{
    bool any_due = false;
    for (uint32_t i = 0; i < count; i++) {
        struct wasmc_waiting *item = &items[i];
        bool waits = item->subscription.type == WASI_EVENTTYPE_CLOCK && !item->is_due;
        if (waits && item->deadline_ns <= clock_now(clocks, item->clock))
            set_due(item, WASI_ERRNO_SUCCESS);
        any_due = any_due || item->is_due;
    }
    return any_due;
}

uint64_t wasmc_waiting_time_left(const struct wasmc_waiting *items, uint32_t count, struct wasmc_clocks *clocks)
{
    uint64_t left_ns = UINT64_MAX;
    for (uint32_t i = 0; i < count; i++) {
        const struct wasmc_waiting *item = &items[i];
        if (item->subscription.type != WASI_EVENTTYPE_CLOCK || item->is_due)
            continue;
        uint64_t now_ns = clock_now(clocks, item->clock);
        uint64_t item_ns = item->deadline_ns > now_ns ? item->deadline_ns - now_ns : 0;
        if (item->clock == CLOCK_REALTIME && item_ns > REALTIME_SLICE_NS)
            item_ns = REALTIME_SLICE_NS;
        if (item_ns < left_ns)
            left_ns = item_ns;
    }
    return left_ns;
}

bool wasmc_waiting_concerns(uint8_t type, uint32_t revents)
{
    uint32_t wanted = type == WASI_EVENTTYPE_FD_READ ? POLLIN : POLLOUT;
    return (revents & (wanted | POLLERR | POLLHUP | POLLNVAL)) != 0;
}

void wasmc_waiting_set_ready(struct wasmc_waiting *item, uint32_t revents, int readable)
{
    if (revents & POLLNVAL) {
        set_due(item, WASI_ERRNO_BADF);
        return;
    }
    item->ready_bytes = readable > 0 ? (uint64_t)readable : 0;
    item->flags = revents & POLLHUP ? WASI_EVENTRWFLAGS_HANGUP : 0;
    /* An error condition is not the wait's failure: reading or writing will report it. */
    set_due(item, WASI_ERRNO_SUCCESS);
}

__attribute__((weak)) void wasmc_waiting_finish(struct wasmc_waiting *item, struct wasmc_desc *desc, uint32_t revents,
                                                bool may_receive)
{
    (void)may_receive;
    bool reads = item->subscription.type == WASI_EVENTTYPE_FD_READ;
    wasmc_waiting_set_ready(item, revents, reads ? wasmc_sys_bytes_to_read(desc->host) : 1);
}

void wasmc_waiting_write(const struct wasmc_poll_call *call, const struct wasmc_waiting *item, uint32_t event)
{
    const struct event value = {
        .userdata = item->subscription.userdata,
        .error = (uint16_t)item->error,
        .type = item->subscription.type,
        .ready_bytes = item->ready_bytes,
        .flags = item->flags,
    };
    wasmc_guest_copy_out(call->guest, call->events_addr + event * (guest_addr)sizeof value, &value, sizeof value);
}
