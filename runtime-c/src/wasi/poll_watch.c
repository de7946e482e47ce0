#include "poll_watch.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "../lock.h"
#include "../net/socket_twins.h"
#include "../sys/sys.h"
#include "poll.h"

/* socket_fd.c takes the place of what fd_table.c has. */
WASMC_BRINGS(wasmc_fd_forget);

static uint32_t host_events(uint32_t sides)
{
    return (sides & 1 ? (uint32_t)EPOLLIN : 0) | (sides & 2 ? (uint32_t)EPOLLOUT : 0);
}

/* The twins of a socket are looked for by what is readable when one is, under the same number. */
static int change_twins(const struct wasmc_poll_set *set, int operation, const struct wasmc_desc *desc, uint32_t fd)
{
    int twins = wasmc_socket_where_to_read(desc);
    return twins != desc->host ? wasmc_sys_epoll_change(set->host, operation, twins, EPOLLIN, fd) : 0;
}

/* Leaves a watch without a descriptor; the caller has the lock. Returns the host's, which is to be taken out. */
static int clear(const struct wasmc_poll_set *set, struct wasmc_watch *watch)
{
    int host = watch->desc->host;
    if (watch->registered & 1)
        (void)change_twins(set, EPOLL_CTL_DEL, watch->desc, 0);
    watch->desc->watch = 0;
    watch->desc = NULL;
    watch->registered = watch->known = 0;
    return host;
}

/* A descriptor is about to be closed. The host takes it out by itself only if nobody has a copy, which a module that it
 * was handed over to has. */
static void forget(struct wasmc_ctx *ctx, struct wasmc_desc *desc)
{
    struct wasmc_poll_set *set = ctx->poll_set;
    wasmc_lock(&ctx->fds.lock);
    int host = desc->watch != 0 ? clear(set, &set->watches[desc->watch - 1]) : -1; /* a call may just have let go of it */
    wasmc_unlock(&ctx->fds.lock);
    if (host >= 0)
        (void)wasmc_sys_epoll_change(set->host, EPOLL_CTL_DEL, host, 0, 0);
}

static struct wasmc_poll_set *create(struct wasmc_ctx *ctx)
{
    int host = wasmc_sys_epoll_create();
    struct wasmc_poll_set *set = host >= 0 ? wasmc_arena_allocate(sizeof *set) : NULL;
    if (set != NULL) {
        set->host = host;
        wasmc_lock(&ctx->fds.lock);
        bool is_first = ctx->poll_set == NULL;
        if (is_first) {
            ctx->fds.forget = forget;
            __atomic_store_n(&ctx->poll_set, set, __ATOMIC_RELEASE);
        }
        wasmc_unlock(&ctx->fds.lock);
        if (is_first)
            return set;
    }
    if (host >= 0)
        (void)wasmc_sys_close(host);
    return NULL;
}

/* What was known of rights has changed, or rounds begin again with 1, which old ones must not be taken for. */
static void look_again(struct wasmc_ctx *ctx, struct wasmc_poll_set *set)
{
    wasmc_lock(&ctx->fds.lock);
    for (uint32_t fd = 0; fd < set->watch_count; fd++) {
        struct wasmc_watch *watch = &set->watches[fd];
        watch->known = 0;
        memset(watch->round, 0, sizeof watch->round);
    }
    set->rights_changes = ctx->fds.rights_changes;
    wasmc_unlock(&ctx->fds.lock);
}

static size_t bytes_of(uint32_t watch_count)
{
    return watch_count * (sizeof(struct wasmc_watch) + sizeof(struct epoll_event));
}

/* Makes room for as many watches as there are slots. */
static bool grow(struct wasmc_ctx *ctx, struct wasmc_poll_set *set)
{
    uint32_t old_count = set->watch_count;
    wasmc_lock(&ctx->fds.lock);
    uint32_t count = ctx->fds.slot_count;
    wasmc_unlock(&ctx->fds.lock);
    struct wasmc_watch *old = set->watches;
    struct wasmc_watch *watches = wasmc_sys_map(bytes_of(count));
    if (watches == NULL)
        return false;
    wasmc_lock(&ctx->fds.lock);
    if (old != NULL)
        memcpy(watches, old, old_count * sizeof *watches);
    set->watches = watches;
    set->watch_count = count;
    wasmc_unlock(&ctx->fds.lock);
    set->events = (struct epoll_event *)(watches + count);
    if (old != NULL)
        wasmc_sys_unmap(old, bytes_of(old_count));
    return true;
}

struct wasmc_poll_set *wasmc_watch_begin(struct wasmc_ctx *ctx)
{
    struct wasmc_poll_set *set = __atomic_load_n(&ctx->poll_set, __ATOMIC_ACQUIRE);
    if (set == NULL)
        set = create(ctx);
    if (set == NULL || __atomic_exchange_n(&set->busy, 1, __ATOMIC_ACQUIRE) != 0)
        return NULL;
    if (set->watch_count == 0 && !grow(ctx, set)) {
        wasmc_watch_end(set);
        return NULL;
    }
    set->round++;
    if (set->round == 0 || set->rights_changes != ctx->fds.rights_changes)
        look_again(ctx, set);
    if (set->round == 0)
        set->round = 1;
    return set;
}

void wasmc_watch_end(struct wasmc_poll_set *set)
{
    __atomic_store_n(&set->busy, 0, __ATOMIC_RELEASE);
}

int wasmc_watch_add(struct wasmc_ctx *ctx, struct wasmc_desc *desc, uint32_t fd, uint32_t side)
{
    struct wasmc_poll_set *set = ctx->poll_set;
    if (fd >= set->watch_count && !grow(ctx, set))
        return -ENOMEM;
    struct wasmc_watch *watch = &set->watches[fd];
    int others[2] = {-1, -1};
    wasmc_lock(&ctx->fds.lock);
    if (watch->desc != NULL && watch->desc != desc)
        others[0] = clear(set, watch); /* which is another number's now */
    if (desc->watch != 0 && desc->watch != fd + 1)
        others[1] = clear(set, &set->watches[desc->watch - 1]); /* which was this one's number before */
    uint32_t registered = watch->registered;
    wasmc_unlock(&ctx->fds.lock);
    for (int i = 0; i < 2; i++) {
        if (others[i] >= 0)
            (void)wasmc_sys_epoll_change(set->host, EPOLL_CTL_DEL, others[i], 0, 0);
    }
    uint32_t wanted = registered | 1u << side;
    if (wanted != registered) {
        int operation = registered != 0 ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
        int error = wasmc_sys_epoll_change(set->host, operation, desc->host, host_events(wanted), fd);
        if (error == 0 && (wanted & ~registered & 1))
            error = change_twins(set, EPOLL_CTL_ADD, desc, fd);
        if (error < 0)
            return error;
    }
    wasmc_lock(&ctx->fds.lock);
    watch->desc = desc;
    watch->registered = (uint8_t)wanted;
    watch->known |= (uint8_t)(1u << side);
    desc->watch = fd + 1;
    wasmc_unlock(&ctx->fds.lock);
    return 0;
}

/* What an error or a hang-up is, too. */
static uint32_t ready_sides(const struct wasmc_watch *watch, uint32_t events)
{
    if (events & (EPOLLERR | EPOLLHUP))
        return watch->registered;
    return (events & EPOLLIN ? 1u : 0) | (events & EPOLLOUT ? 2u : 0);
}

bool wasmc_watch_take(struct wasmc_ctx *ctx, const struct epoll_event *event, uint32_t *due)
{
    struct wasmc_poll_set *set = ctx->poll_set;
    uint32_t fd = (uint32_t)event->data.u64;
    wasmc_lock(&ctx->fds.lock);
    struct wasmc_watch *watch = fd < set->watch_count ? &set->watches[fd] : NULL;
    if (watch == NULL || watch->desc == NULL) {
        wasmc_unlock(&ctx->fds.lock);
        return false;
    }
    uint32_t ready = ready_sides(watch, event->events);
    bool has_twins = wasmc_socket_where_to_read(watch->desc) != watch->desc->host;
    if (has_twins && (ready & 1) && wasmc_twins_bytes(watch->desc) < 0)
        ready &= ~1u;
    uint32_t asked = 0;
    for (uint32_t side = 0; side < WASMC_WATCH_SIDES; side++)
        asked |= (uint32_t)wasmc_watch_is_asked(set, watch, side) << side;
    uint32_t left = watch->registered & ~(ready & ~asked);
    bool is_changed = left != watch->registered;
    int host = watch->desc->host;
    if (watch->registered & ~left & 1)
        (void)change_twins(set, EPOLL_CTL_DEL, watch->desc, 0);
    if (left == 0)
        (void)clear(set, watch);
    watch->registered = (uint8_t)left;
    watch->known &= (uint8_t)left;
    watch->revents = (uint16_t)event->events;
    wasmc_unlock(&ctx->fds.lock);
    if (is_changed) {
        int operation = left != 0 ? EPOLL_CTL_MOD : EPOLL_CTL_DEL;
        (void)wasmc_sys_epoll_change(set->host, operation, host, host_events(left), fd);
    }
    *due = ready & asked;
    return true;
}

struct wasmc_desc *wasmc_watch_hold(struct wasmc_ctx *ctx, const struct wasmc_watch *watch)
{
    wasmc_lock(&ctx->fds.lock);
    struct wasmc_desc *desc = watch->desc;
    if (desc != NULL && desc->users == 0)
        desc = NULL; /* it is being closed */
    if (desc != NULL)
        desc->users++;
    wasmc_unlock(&ctx->fds.lock);
    return desc;
}

bool wasmc_watch_add_ahead(struct wasmc_poll_set *set, uint32_t fd)
{
    for (uint32_t i = 0; i < set->ahead_count; i++) {
        if (set->ahead[i] == fd)
            return true;
    }
    if (set->ahead_count == WASMC_WATCH_AHEAD)
        return false;
    set->ahead[set->ahead_count++] = fd;
    return true;
}

/* When the host looks for a file of which this process has no descriptor any more, so that it cannot be taken out. */
void wasmc_watch_replace(struct wasmc_ctx *ctx)
{
    struct wasmc_poll_set *set = ctx->poll_set;
    int host = wasmc_sys_epoll_create();
    if (host < 0)
        return;
    wasmc_lock(&ctx->fds.lock);
    for (uint32_t fd = 0; fd < set->watch_count; fd++) {
        if (set->watches[fd].desc != NULL)
            (void)clear(set, &set->watches[fd]);
    }
    int old = set->host;
    set->host = host;
    wasmc_unlock(&ctx->fds.lock);
    (void)wasmc_sys_close(old);
}

void wasmc_poll_set_end(struct wasmc_ctx *ctx)
{
    struct wasmc_poll_set *set = ctx->poll_set;
    if (set == NULL)
        return;
    (void)wasmc_sys_close(set->host);
    wasmc_sys_unmap(set->watches, bytes_of(set->watch_count));
    if (set->room > 0)
        wasmc_sys_unmap(set->due, wasmc_watch_room_bytes(set->room));
    ctx->poll_set = NULL;
}
