#include "socket_twins.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "../ctx.h"
#include "../lock.h"
#include "../sys/network.h"

/* A twin that was used this lately does not make room for another: who writes to many in turn would have them made and
 * closed all the time, which costs more than what they save. In sendings. */
#define WORTH_KEEPING 64u

/* Memory of the arena does not come back. */
static struct wasmc_twins *free_twins;
static uint32_t lock;
static _Atomic uint32_t count_of_all;

static struct wasmc_twins *allocate(void)
{
    wasmc_lock(&lock);
    struct wasmc_twins *twins = free_twins;
    if (twins != NULL)
        free_twins = twins->next_free;
    else
        twins = wasmc_arena_allocate(sizeof *twins);
    wasmc_unlock(&lock);
    if (twins == NULL)
        return NULL;
    struct wasmc_ahead *ahead = twins->ahead;
    *twins = (struct wasmc_twins){.users = 1, .set = -1, .last = WASMC_TWINS_NONE, .likely = WASMC_TWINS_NONE,
                                  .guesses = WASMC_SPIN_FIRST, .ahead = ahead};
    if (ahead != NULL)
        ahead->is_there = false;
    for (int i = 0; i < WASMC_TWINS_KEPT; i++)
        twins->items[i].host = -1;
    memset(twins->next, WASMC_TWINS_NONE, sizeof twins->next);
    return twins;
}

static bool open_set(struct wasmc_ctx *ctx, struct wasmc_desc *desc)
{
    struct wasmc_twins *twins = desc->socket->twins;
    int set = wasmc_sys_epoll_create();
    if (set < 0)
        return false;
    if (wasmc_sys_epoll_change(set, EPOLL_CTL_ADD, desc->host, EPOLLIN, (uint64_t)WASMC_TWINS_KEPT) < 0) {
        (void)wasmc_sys_close(set);
        return false;
    }
    twins->set = set;
    /* Who polls has asked the host for the socket alone. */
    if (desc->watch != 0)
        ctx->fds.forget(ctx, desc);
    return true;
}

bool wasmc_twins_begin(struct wasmc_ctx *ctx, struct wasmc_desc *desc, bool wants_set)
{
    struct wasmc_socket *socket = desc->socket;
    if (socket->has_no_twins || socket->is_of_host || (socket->family != AF_INET && socket->family != AF_INET6))
        return false;
    if (socket->twins == NULL)
        socket->twins = allocate();
    if (socket->twins == NULL || (wants_set && socket->twins->set < 0 && !open_set(ctx, desc))) {
        socket->has_no_twins = true;
        return false;
    }
    return true;
}

static void close_twin(struct wasmc_twin *twin)
{
    (void)wasmc_sys_close(twin->host);
    twin->host = -1;
    count_of_all--;
}

struct wasmc_twin *wasmc_twins_find_place(struct wasmc_twins *twins)
{
    struct wasmc_twin *place = NULL, *oldest = NULL;
    int in_use = 0;
    for (int i = 0; i < WASMC_TWINS_KEPT; i++) {
        struct wasmc_twin *twin = &twins->items[i];
        if (twin->host < 0) {
            place = twin;
        } else if (!twin->is_retired) {
            in_use++;
            if (oldest == NULL || twin->last_use < oldest->last_use)
                oldest = twin;
        }
    }
    if (place == NULL || count_of_all >= WASMC_TWINS_OF_ALL)
        return NULL;
    if (in_use == WASMC_TWINS) {
        if (twins->sendings - oldest->last_use <= WORTH_KEEPING)
            return NULL;
        wasmc_twins_retire_one(twins, oldest);
    }
    return place;
}

bool wasmc_twins_add(struct wasmc_twins *twins, struct wasmc_twin *twin, int host)
{
    uint64_t index = (uint64_t)(twin - twins->items);
    int no = 0;
    /* Without this option nobody else can share the port (the broker has it set, to bind the twin). */
    if (wasmc_sys_set_option(host, SOL_SOCKET, SO_REUSEPORT, &no, sizeof no) < 0 ||
        wasmc_sys_epoll_change(twins->set, EPOLL_CTL_ADD, host, EPOLLIN, index) < 0) {
        (void)wasmc_sys_close(host);
        return false;
    }
    *twin = (struct wasmc_twin){
        .host = host, .is_settled = wasmc_sys_receive(host, NULL, 0, MSG_DONTWAIT | MSG_PEEK) == -EAGAIN};
    count_of_all++;
    twins->is_own_first = true;
    return true;
}

void wasmc_twins_retire_one(struct wasmc_twins *twins, struct wasmc_twin *twin)
{
    twin->is_retired = true;
    if (wasmc_sys_receive(twin->host, NULL, 0, MSG_DONTWAIT | MSG_PEEK) >= 0)
        return;
    if (twins->likely == twin - twins->items)
        twins->likely = WASMC_TWINS_NONE;
    if (twins->last == twin - twins->items)
        twins->last = WASMC_TWINS_NONE;
    close_twin(twin);
}

void wasmc_twins_retire(const struct wasmc_socket *socket)
{
    for (int i = 0; socket->twins != NULL && i < WASMC_TWINS_KEPT; i++) {
        struct wasmc_twin *twin = &socket->twins->items[i];
        if (twin->host >= 0 && !twin->is_retired)
            wasmc_twins_retire_one(socket->twins, twin);
    }
}

void wasmc_twins_set_option(const struct wasmc_socket *socket, int level, int name, const void *value, socklen_t bytes)
{
    for (int i = 0; socket->twins != NULL && i < WASMC_TWINS_KEPT; i++) {
        if (socket->twins->items[i].host >= 0)
            (void)wasmc_sys_set_option(socket->twins->items[i].host, level, name, value, bytes);
    }
}

void wasmc_twins_give_up(struct wasmc_socket *socket)
{
    struct wasmc_twins *twins = socket->twins;
    socket->twins = NULL;
    if (--twins->users > 0)
        return;
    for (int i = 0; i < WASMC_TWINS_KEPT; i++) {
        if (twins->items[i].host >= 0)
            close_twin(&twins->items[i]);
    }
    if (twins->set >= 0)
        (void)wasmc_sys_close(twins->set);
    wasmc_lock(&lock);
    twins->next_free = free_twins;
    free_twins = twins;
    wasmc_unlock(&lock);
}

void wasmc_twins_share(struct wasmc_ctx *ctx, struct wasmc_desc *desc)
{
    struct wasmc_socket *socket = desc->socket;
    if ((socket->twins != NULL && socket->twins->set >= 0) || wasmc_twins_begin(ctx, desc, true))
        socket->twins->users++;
    else if (socket->twins != NULL)
        wasmc_twins_give_up(socket);
}
