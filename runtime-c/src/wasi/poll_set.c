/* poll_set.c - waiting with a set that the host keeps between calls. */
#include "poll_set.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "../lock.h"
#include "../net/socket_ahead.h"
#include "../sys/sys.h"
#include "errno_map.h"
#include "timestamp.h"

/* Clocks, and what cannot be waited for: so many need no memory beside the stack. */
#define STACK_ITEMS 16u

/* In places: an item; else twice the number of a descriptor, and the side. */
#define PLACE_ITEM UINT32_C(0x80000000)

static void set_due(struct wasmc_set_call *waiter, uint32_t index, uint32_t place)
{
    waiter->set->due[index / 64] |= UINT64_C(1) << index % 64;
    waiter->set->places[index] = place;
}

static bool is_due(const struct wasmc_set_call *waiter, uint32_t index)
{
    return waiter->set->due[index / 64] >> index % 64 & 1;
}

/* False: the set had to be replaced. */
static bool take_events(struct wasmc_set_call *waiter, uint32_t count, bool *any_due)
{
    bool any_orphan = false;
    for (uint32_t i = 0; i < count; i++) {
        const struct epoll_event *event = &waiter->set->events[i];
        uint32_t fd = (uint32_t)event->data.u64;
        uint32_t sides = 0;
        if (!wasmc_watch_take(waiter->ctx, event, &sides))
            any_orphan = true;
        for (uint32_t side = 0; side < WASMC_WATCH_SIDES; side++) {
            if (sides >> side & 1)
                set_due(waiter, waiter->set->watches[fd].index[side], 2 * fd + side);
        }
        *any_due = *any_due || sides != 0;
    }
    bool is_again = any_orphan && waiter->had_orphan;
    waiter->had_orphan = any_orphan;
    if (!is_again || *any_due)
        return true;
    memset(waiter->set->due, 0, waiter->set->room / 64 * sizeof *waiter->set->due);
    wasmc_watch_replace(waiter->ctx);
    return false;
}

/* Of what was received ahead and is still there, what is asked for is due. */
static bool take_ahead(struct wasmc_set_call *waiter)
{
    struct wasmc_poll_set *set = waiter->set;
    uint32_t left = 0;
    bool any_due = false;
    wasmc_lock(&waiter->ctx->fds.lock);
    for (uint32_t i = 0; i < set->ahead_count; i++) {
        struct wasmc_watch *watch = &set->watches[set->ahead[i]];
        if (watch->desc == NULL || !wasmc_socket_is_ahead(watch->desc))
            continue;
        if (wasmc_watch_is_asked(set, watch, 0)) {
            watch->revents = EPOLLIN;
            set_due(waiter, watch->index[0], 2 * set->ahead[i]);
            any_due = true;
        }
        set->ahead[left++] = set->ahead[i];
    }
    set->ahead_count = left;
    wasmc_unlock(&waiter->ctx->fds.lock);
    return any_due;
}

/* Sleeps until something is due. False: the set had to be replaced. */
static bool wait_until_due(struct wasmc_set_call *waiter, wasi_errno *error)
{
    struct wasmc_poll_set *set = waiter->set;
    bool any_due = take_ahead(waiter);
    any_due = wasmc_waiting_check_clocks(waiter->items, waiter->count, &waiter->clocks) || any_due;
    for (;;) {
        uint64_t left_ns = any_due ? 0 : wasmc_waiting_time_left(waiter->items, waiter->count, &waiter->clocks);
        struct timespec timeout = wasmc_timestamp_to(left_ns);
        /* What is due already must not keep the others from being looked at. */
        int result =
            wasmc_sys_epoll_wait(set->host, set->events, set->watch_count, left_ns == UINT64_MAX ? NULL : &timeout);
        if (result < 0 && result != -EINTR) {
            *error = wasmc_wasi_errno(result);
            return true;
        }
        if (result > 0 && !take_events(waiter, (uint32_t)result, &any_due))
            return false;
        waiter->clocks = (struct wasmc_clocks){0};
        if (wasmc_waiting_check_clocks(waiter->items, waiter->count, &waiter->clocks) || any_due)
            return true;
    }
}

/* Items that are due, and those whose first subscription is. */
static void set_items_due(struct wasmc_set_call *waiter)
{
    for (uint32_t i = 0; i < waiter->count; i++) {
        const struct wasmc_waiting *item = &waiter->items[i];
        const struct wasmc_subscription *subscription = &item->subscription;
        if (item->is_due || (item->is_repeated && is_due(waiter, waiter->set->watches[subscription->fd]
                                                                     .index[WASMC_WATCH_SIDE(subscription->type)])))
            set_due(waiter, item->place, PLACE_ITEM | i);
    }
}

static void finish_watch(struct wasmc_set_call *waiter, const struct wasmc_watch *watch, struct wasmc_waiting *item)
{
    struct wasmc_desc *desc = wasmc_watch_hold(waiter->ctx, watch);
    if (desc == NULL) { /* another thread closed it */
        item->error = WASI_ERRNO_BADF;
        return;
    }
    uint32_t fd = (uint32_t)(watch - waiter->set->watches);
    wasmc_waiting_finish(item, desc, watch->revents, waiter->set->ahead_count < WASMC_WATCH_AHEAD);
    if (wasmc_socket_is_ahead(desc))
        (void)wasmc_watch_add_ahead(waiter->set, fd);
    (void)wasmc_fd_put(waiter->ctx, desc);
}

static void write_event(struct wasmc_set_call *waiter, uint32_t index, uint32_t event)
{
    uint32_t place = waiter->set->places[index];
    if (place & PLACE_ITEM) {
        struct wasmc_waiting *item = &waiter->items[place & ~PLACE_ITEM];
        if (item->is_repeated)
            finish_watch(waiter, &waiter->set->watches[item->subscription.fd], item);
        wasmc_waiting_write(waiter->call, item, event);
        return;
    }
    const struct wasmc_watch *watch = &waiter->set->watches[place / 2];
    uint32_t side = place % 2;
    struct wasmc_waiting item = {
        .subscription = {.userdata = watch->userdata[side], .type = (uint8_t)(WASI_EVENTTYPE_FD_READ + side)}};
    finish_watch(waiter, watch, &item);
    wasmc_waiting_write(waiter->call, &item, event);
}

/* In the order of the list. */
static void write_events(struct wasmc_set_call *waiter)
{
    uint32_t written = 0;
    set_items_due(waiter);
    for (uint32_t word = 0; word <= (waiter->call->count - 1) / 64; word++) {
        for (uint64_t bits = waiter->set->due[word]; bits != 0; bits &= bits - 1)
            write_event(waiter, word * 64 + (uint32_t)__builtin_ctzll(bits), written++);
        waiter->set->due[word] = 0;
    }
    wasmc_guest_write_u32(waiter->call->guest, waiter->call->count_addr, written);
}

/* Room for what is due of so many. */
static bool make_room(struct wasmc_poll_set *set, uint32_t count)
{
    if (count <= set->room)
        return true;
    uint32_t room = (count + count / 2 + 63) / 64 * 64;
    uint64_t *due = wasmc_sys_map(wasmc_watch_room_bytes(room));
    if (due == NULL)
        return false;
    if (set->room > 0)
        wasmc_sys_unmap(set->due, wasmc_watch_room_bytes(set->room));
    set->due = due;
    set->places = (uint32_t *)(due + room / 64);
    set->room = room;
    return true;
}

static bool run(struct wasmc_set_call *waiter, wasi_errno *error)
{
    *error = WASI_ERRNO_SUCCESS;
    if (!make_room(waiter->set, waiter->call->count) || !wasmc_set_subscribe(waiter, error))
        return false;
    if (*error == WASI_ERRNO_SUCCESS && !wait_until_due(waiter, error))
        return false;
    if (*error == WASI_ERRNO_SUCCESS)
        write_events(waiter);
    return true;
}

bool wasmc_poll_set(const struct wasmc_poll_call *call, wasi_errno *error)
{
    struct wasmc_ctx *ctx = call->guest->ctx;
    struct wasmc_poll_set *set = wasmc_watch_begin(ctx);
    if (set == NULL)
        return false;
    struct wasmc_waiting stack_items[STACK_ITEMS];
    struct wasmc_set_call waiter = {.call = call, .ctx = ctx, .set = set, .items = stack_items, .room = STACK_ITEMS};
    bool is_done = run(&waiter, error);
    wasmc_waiting_release(ctx, waiter.items, waiter.count);
    if (waiter.mapped_bytes > 0)
        wasmc_sys_unmap(waiter.items, waiter.mapped_bytes);
    wasmc_watch_end(set);
    return is_done;
}
