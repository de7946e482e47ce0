/* poll_set.c - waiting with a set that the host keeps between calls.
 *
 * The list is read anew in each call, as the guest may have changed anything in it: a subscription that was there before
 * costs a few loads and stores, in whatever place it stands now. Only what is new is looked up, and made known to the host. */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "../lock.h"
#include "../sys/sys.h"
#include "errno_map.h"
#include "poll_waiting.h"
#include "poll_watch.h"
#include "timestamp.h"

/* Subscriptions that are copied in before the table is locked. */
enum { CHUNK = 64 };

/* Clocks, and what cannot be waited for: so many need no memory beside the stack. */
#define STACK_ITEMS 16u

/* In places: an item; else twice the number of a descriptor, and the side. */
#define PLACE_ITEM UINT32_C(0x80000000)

struct waiter {
    const struct wasmc_poll_call *call;
    struct wasmc_ctx *ctx;
    struct wasmc_poll_set *set;
    struct wasmc_waiting *items; /* what is not in the set; place is the index in the list */
    uint32_t count;
    uint32_t room;
    size_t mapped_bytes; /* of items; 0: they are on the stack */
    bool any_valid;
    bool had_orphan; /* an event of no descriptor: it was closed between the host's word and our look, unless that comes again */
};

/* A subscription's fields that matter to the set. */
struct key {
    uint64_t userdata;
    uint32_t fd;
    uint8_t type;
};

static struct key read_key(const uint8_t *subscription)
{
    struct key key;
    memcpy(&key.userdata, subscription + WASMC_SUBSCRIPTION_USERDATA, sizeof key.userdata);
    memcpy(&key.fd, subscription + WASMC_SUBSCRIPTION_FD, sizeof key.fd);
    key.type = subscription[WASMC_SUBSCRIPTION_TYPE];
    return key;
}

static struct wasmc_waiting *add_item(struct waiter *waiter)
{
    if (waiter->count == waiter->room) {
        size_t bytes = waiter->call->count * sizeof *waiter->items; /* there are no more */
        struct wasmc_waiting *items = waiter->mapped_bytes == 0 ? wasmc_sys_map(bytes) : NULL;
        if (items == NULL)
            return NULL;
        memcpy(items, waiter->items, waiter->count * sizeof *items);
        waiter->items = items;
        waiter->room = waiter->call->count;
        waiter->mapped_bytes = bytes;
    }
    return &waiter->items[waiter->count++];
}

static bool ask(struct waiter *waiter, const struct wasmc_subscription *subscription, uint32_t index)
{
    wasmc_lock(&waiter->ctx->fds.lock);
    bool is_known = wasmc_watch_ask(&waiter->ctx->fds, waiter->set, subscription->fd, WASMC_WATCH_SIDE(subscription->type),
                                    subscription->userdata, index);
    wasmc_unlock(&waiter->ctx->fds.lock);
    return is_known;
}

static bool is_repeated(const struct waiter *waiter, const struct wasmc_waiting *item)
{
    uint32_t fd = item->subscription.fd;
    if (fd >= waiter->set->watch_count)
        return false;
    const struct wasmc_watch *watch = &waiter->set->watches[fd];
    wasmc_lock(&waiter->ctx->fds.lock);
    bool is_asked = watch->desc == item->desc &&
                    wasmc_watch_is_asked(waiter->set, watch, WASMC_WATCH_SIDE(item->subscription.type));
    wasmc_unlock(&waiter->ctx->fds.lock);
    return is_asked;
}

/* A clock, or a descriptor that the set does not know. False: the set cannot do it. */
static bool add_other(struct waiter *waiter, uint32_t index, wasi_errno *error)
{
    struct wasmc_waiting *item = add_item(waiter);
    if (item == NULL)
        return false;
    wasmc_waiting_copy_in(waiter->call, index, item);
    item->place = index;
    const struct wasmc_subscription *subscription = &item->subscription;
    if (subscription->type > WASI_EVENTTYPE_FD_WRITE) {
        *error = WASI_ERRNO_INVAL;
        return true;
    }
    bool waits = wasmc_waiting_start(waiter->ctx, item);
    waiter->any_valid = waiter->any_valid || item->error != WASI_ERRNO_BADF;
    if (!waits)
        return true;
    item->is_repeated = is_repeated(waiter, item);
    if (item->is_repeated)
        return true;
    if (wasmc_watch_add(waiter->ctx, item->desc, subscription->fd, WASMC_WATCH_SIDE(subscription->type)) < 0 ||
        !ask(waiter, subscription, index))
        return false;
    waiter->count--;
    (void)wasmc_fd_put(waiter->ctx, item->desc);
    return true;
}

/* Asks for everything. False: the set cannot do it. */
static bool subscribe(struct waiter *waiter, wasi_errno *error)
{
    const struct wasmc_poll_call *call = waiter->call;
    uint32_t bytes = call->layout->bytes;
    const uint8_t *list = wasmc_guest_bytes(call->guest, call->subscriptions_addr, (uint64_t)call->count * bytes);
    for (uint32_t first = 0; first < call->count; first += CHUNK) {
        struct key keys[CHUNK];
        uint32_t others[CHUNK];
        uint32_t other_count = 0;
        uint32_t count = call->count - first < CHUNK ? call->count - first : CHUNK;
        for (uint32_t i = 0; i < count; i++)
            keys[i] = read_key(list + (size_t)(first + i) * bytes);
        wasmc_lock(&waiter->ctx->fds.lock);
        for (uint32_t i = 0; i < count; i++) {
            if (!wasmc_watch_ask(&waiter->ctx->fds, waiter->set, keys[i].fd, WASMC_WATCH_SIDE(keys[i].type),
                                 keys[i].userdata, first + i))
                others[other_count++] = first + i;
        }
        wasmc_unlock(&waiter->ctx->fds.lock);
        waiter->any_valid = waiter->any_valid || other_count < count;
        for (uint32_t i = 0; i < other_count && *error == WASI_ERRNO_SUCCESS; i++) {
            if (!add_other(waiter, others[i], error))
                return false;
        }
        if (*error != WASI_ERRNO_SUCCESS)
            return true;
    }
    if (!waiter->any_valid)
        *error = WASI_ERRNO_BADF;
    return true;
}

static void set_due(struct waiter *waiter, uint32_t index, uint32_t place)
{
    waiter->set->due[index / 64] |= UINT64_C(1) << index % 64;
    waiter->set->places[index] = place;
}

static bool is_due(const struct waiter *waiter, uint32_t index)
{
    return waiter->set->due[index / 64] >> index % 64 & 1;
}

/* False: the set had to be replaced. */
static bool take_events(struct waiter *waiter, uint32_t count, bool *any_due)
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

/* Sleeps until something is due. False: the set had to be replaced. */
static bool wait_until_due(struct waiter *waiter, wasi_errno *error)
{
    struct wasmc_poll_set *set = waiter->set;
    bool any_due = wasmc_waiting_check_clocks(waiter->items, waiter->count);
    for (;;) {
        uint64_t left_ns = any_due ? 0 : wasmc_waiting_time_left(waiter->items, waiter->count);
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
        if (wasmc_waiting_check_clocks(waiter->items, waiter->count) || any_due)
            return true;
    }
}

/* Items that are due, and those whose first subscription is. */
static void set_items_due(struct waiter *waiter)
{
    for (uint32_t i = 0; i < waiter->count; i++) {
        const struct wasmc_waiting *item = &waiter->items[i];
        const struct wasmc_subscription *subscription = &item->subscription;
        if (item->is_due || (item->is_repeated && is_due(waiter, waiter->set->watches[subscription->fd]
                                                                     .index[WASMC_WATCH_SIDE(subscription->type)])))
            set_due(waiter, item->place, PLACE_ITEM | i);
    }
}

static void finish_watch(struct waiter *waiter, const struct wasmc_watch *watch, struct wasmc_waiting *item)
{
    struct wasmc_desc *desc = wasmc_watch_hold(waiter->ctx, watch);
    if (desc == NULL) { /* another thread closed it */
        item->error = WASI_ERRNO_BADF;
        return;
    }
    wasmc_waiting_finish(item, desc->host, watch->revents);
    (void)wasmc_fd_put(waiter->ctx, desc);
}

static void write_event(struct waiter *waiter, uint32_t index, uint32_t event)
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
    struct wasmc_waiting item = {
        .subscription = {.userdata = watch->userdata[place % 2], .type = (uint8_t)(WASI_EVENTTYPE_FD_READ + place % 2)}};
    finish_watch(waiter, watch, &item);
    wasmc_waiting_write(waiter->call, &item, event);
}

/* In the order of the list. */
static void write_events(struct waiter *waiter)
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

static bool run(struct waiter *waiter, wasi_errno *error)
{
    *error = WASI_ERRNO_SUCCESS;
    if (!make_room(waiter->set, waiter->call->count) || !subscribe(waiter, error))
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
    struct waiter waiter = {.call = call, .ctx = ctx, .set = set, .items = stack_items, .room = STACK_ITEMS};
    bool is_done = run(&waiter, error);
    wasmc_waiting_release(ctx, waiter.items, waiter.count);
    if (waiter.mapped_bytes > 0)
        wasmc_sys_unmap(waiter.items, waiter.mapped_bytes);
    wasmc_watch_end(set);
    return is_done;
}
