/* poll_subscribe.c - a list is asked for.
 *
 * It is read anew in each call, as the guest may have changed anything in it: a subscription that was there before
 * costs a few loads and stores, in whatever place it stands now. Only what is new is looked up, and made known to the
 * host. */
#include <string.h>

#include "../lock.h"
#include "../net/socket_ahead.h"
#include "../sys/sys.h"
#include "poll_set.h"

/* Subscriptions that are copied in before the table is locked. */
enum { CHUNK = 64 };

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

static struct wasmc_waiting *add_item(struct wasmc_set_call *waiter)
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

static bool ask(struct wasmc_set_call *waiter, const struct wasmc_subscription *subscription, uint32_t index)
{
    wasmc_lock(&waiter->ctx->fds.lock);
    bool is_known = wasmc_watch_ask(&waiter->ctx->fds, waiter->set, subscription->fd,
                                    WASMC_WATCH_SIDE(subscription->type), subscription->userdata, index);
    wasmc_unlock(&waiter->ctx->fds.lock);
    return is_known;
}

static bool is_repeated(const struct wasmc_set_call *waiter, const struct wasmc_waiting *item)
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
static bool add_other(struct wasmc_set_call *waiter, uint32_t index, wasi_errno *error)
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
    bool waits = wasmc_waiting_start(waiter->ctx, item, &waiter->clocks);
    waiter->any_valid = waiter->any_valid || item->error != WASI_ERRNO_BADF;
    if (!waits)
        return true;
    item->is_repeated = is_repeated(waiter, item);
    if (item->is_repeated)
        return true;
    if (wasmc_watch_add(waiter->ctx, item->desc, subscription->fd, WASMC_WATCH_SIDE(subscription->type)) < 0 ||
        !ask(waiter, subscription, index))
        return false;
    if (wasmc_socket_is_ahead(item->desc) && !wasmc_watch_add_ahead(waiter->set, subscription->fd))
        return false;
    waiter->count--;
    (void)wasmc_fd_put(waiter->ctx, item->desc);
    return true;
}

bool wasmc_set_subscribe(struct wasmc_set_call *waiter, wasi_errno *error)
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
