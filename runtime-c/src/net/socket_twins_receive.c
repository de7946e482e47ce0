/* socket_twins_receive.c - where the datagrams of a socket with twins are found. */
#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../threads_started.h"
#include "../wasi/timestamp.h"
#include "socket_twins.h"

/* So often what is expected, then everybody's turn. */
#define ROW 16u

/* In bytes. */
#define LONG 2048

static int first_retired(const struct wasmc_twins *twins)
{
    for (int i = 0; i < WASMC_TWINS_KEPT; i++) {
        if (twins->items[i].host >= 0 && twins->items[i].is_retired)
            return i;
    }
    return WASMC_TWINS_NONE;
}

int wasmc_twins_likely(struct wasmc_twins *twins, bool waits)
{
    bool is_early = twins->is_early;
    twins->is_early = false;
    if (twins->is_peeked)
        return twins->likely;
    /* What came before, first: of one sender the order must stay. */
    int retired = first_retired(twins);
    if (retired != WASMC_TWINS_NONE)
        return retired;
    if (twins->is_own_first)
        return WASMC_TWINS_OWN;
    /* Who waits for the answer to what was just sent would find nothing yet. */
    bool is_settled = twins->likely < 0 || twins->items[twins->likely].is_settled;
    if (waits && is_early && is_settled)
        return WASMC_TWINS_NONE;
    if (twins->in_a_row < ROW)
        return twins->likely;
    twins->in_a_row = 0;
    return WASMC_TWINS_NONE;
}

void wasmc_twins_expect(struct wasmc_twins *twins, int index)
{
    /* What is sent to who was heard last is an answer itself. */
    twins->is_early = true;
    if (!twins->is_peeked && index != twins->last)
        twins->likely = index;
}

static int index_of(const struct epoll_event *event)
{
    return event->data.u64 < WASMC_TWINS_KEPT ? (int)event->data.u64 : WASMC_TWINS_OWN;
}

/* The one that the host has first, which it then puts behind the others. */
static int first_ready(const struct wasmc_twins *twins, const struct timespec *timeout)
{
    struct epoll_event event;
    int result;
    do {
        result = wasmc_sys_epoll_wait(twins->set, &event, 1, timeout);
    } while (result == -EINTR);
    if (result <= 0)
        return WASMC_TWINS_NONE;
    return index_of(&event);
}

int wasmc_twins_look(struct wasmc_twins *twins, bool waits, uint64_t timeout_us)
{
    static const struct timespec now;
    struct timespec limit = wasmc_timestamp_to(timeout_us * 1000);
    struct pollfd query = {.fd = twins->set, .events = POLLIN};
    if (waits && timeout_us != 0) {
        while (wasmc_sys_poll(&query, 1, &limit) == -EINTR)
            ;
    }
    int index = first_ready(twins, waits && timeout_us == 0 ? NULL : &now);
    /* After a row, others first. */
    return index == twins->last && twins->in_a_row == 0 ? first_ready(twins, &now) : index;
}

/* Who talk in turn, as those do who wait for an answer each time, are expected so. */
void wasmc_twins_found(struct wasmc_twins *twins, int index, bool is_peeked)
{
    twins->is_peeked = is_peeked;
    if (is_peeked) {
        twins->likely = index;
        return;
    }
    if (twins->last != WASMC_TWINS_NONE)
        twins->next[twins->last + 1] = (int8_t)index;
    twins->last = index;
    twins->in_a_row++;
    twins->likely = twins->next[index + 1];
    if (twins->likely >= 0 && twins->items[twins->likely].host < 0)
        twins->likely = WASMC_TWINS_NONE;
}

void wasmc_twins_not_found(struct wasmc_twins *twins, int index, int error)
{
    twins->is_peeked = false;
    if (index == WASMC_TWINS_OWN)
        twins->is_own_first = false;
    if (index < 0 || error != -EAGAIN)
        return;
    struct wasmc_twin *twin = &twins->items[index];
    twin->is_settled = true;
    if (twin->is_retired)
        wasmc_twins_retire_one(twins, twin);
}

bool wasmc_twins_is_certain(const struct wasmc_twin *twin)
{
    struct timespec now = {0};
    if (!twin->is_settled || twin->expires_ns == UINT64_MAX)
        return twin->is_settled;
    (void)wasmc_sys_clock_get(CLOCK_BOOTTIME, &now);
    return wasmc_timestamp_from(now) < twin->expires_ns;
}

/* Whether a datagram can be received before the guest asks for it: not if somebody else could, too, if it has to be looked at
 * first, or if a set that the host keeps would then not know of it. */
static bool can_be_ahead(const struct wasmc_desc *desc, int index)
{
    struct wasmc_twins *twins = desc->socket->twins;
    if (twins->users > 1 || twins->is_long || desc->watch != 0 || wasmc_threads_started)
        return false;
    if (desc->socket->checks_peers && (index == WASMC_TWINS_OWN || !wasmc_twins_is_certain(&twins->items[index])))
        return false;
    if (twins->ahead == NULL)
        twins->ahead = wasmc_arena_allocate(sizeof *twins->ahead);
    return twins->ahead != NULL;
}

static ssize_t receive_ahead(struct wasmc_twins *twins, int index, int host)
{
    struct wasmc_ahead *ahead = twins->ahead;
    ahead->sender_bytes = sizeof ahead->sender;
    ssize_t bytes = wasmc_sys_receive_from(host, ahead->data, sizeof ahead->data, MSG_DONTWAIT | MSG_TRUNC,
                                           &ahead->sender.any, &ahead->sender_bytes);
    if (bytes < 0)
        return bytes;
    /* At most as many as there is room for, as no datagram is longer. */
    __atomic_store_n(&ahead->bytes, (uint32_t)bytes, __ATOMIC_RELAXED);
    ahead->is_there = true;
    wasmc_twins_found(twins, index, false);
    return bytes;
}

static ssize_t look_at(const struct wasmc_desc *desc, int index)
{
    struct wasmc_twins *twins = desc->socket->twins;
    int host = index == WASMC_TWINS_OWN ? desc->host : twins->items[index].host;
    bool is_ahead = can_be_ahead(desc, index);
    ssize_t bytes = is_ahead ? receive_ahead(twins, index, host)
                             : wasmc_sys_receive(host, NULL, 0, MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC);
    if (bytes >= 0 && !is_ahead)
        twins->likely = index;
    if (bytes >= 0)
        twins->is_long = bytes > LONG;
    return bytes;
}

int wasmc_twins_bytes(const struct wasmc_desc *desc)
{
    struct wasmc_twins *twins = desc->socket->twins;
    bool is_guess = twins->is_guess;
    twins->is_guess = false;
    if (wasmc_socket_bytes_ahead(desc) >= 0)
        return wasmc_socket_bytes_ahead(desc);
    int index = wasmc_twins_likely(twins, false);
    if (index == WASMC_TWINS_NONE)
        index = wasmc_twins_look(twins, false, 0);
    for (; index != WASMC_TWINS_NONE; index = is_guess ? WASMC_TWINS_NONE : wasmc_twins_look(twins, false, 0)) {
        ssize_t bytes = look_at(desc, index);
        if (is_guess)
            wasmc_spin_learn(&twins->guesses, bytes >= 0);
        if (bytes >= 0)
            return (int)bytes;
        wasmc_twins_not_found(twins, index, (int)bytes);
    }
    return -1;
}

int wasmc_twins_await(const struct wasmc_desc *desc, const struct timespec *timeout)
{
    static const struct timespec now;
    struct wasmc_twins *twins = desc->socket->twins;
    struct epoll_event event;
    bool waits = timeout == NULL || timeout->tv_sec != 0 || timeout->tv_nsec != 0;
    twins->is_guess =
        waits && wasmc_spin_is_worth(&twins->guesses) && wasmc_twins_likely(twins, false) != WASMC_TWINS_NONE;
    if (twins->is_guess)
        return 1;
    int result = wasmc_sys_epoll_wait(twins->set, &event, 1, timeout);
    int index = result > 0 ? index_of(&event) : WASMC_TWINS_NONE;
    if (index != WASMC_TWINS_NONE && !twins->is_peeked)
        twins->likely = index == twins->last && twins->in_a_row == 0 ? first_ready(twins, &now) : index;
    return result;
}
