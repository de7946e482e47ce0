/* socket_twins_receive.c - where the datagrams of a socket with twins are found. */
#include <errno.h>
#include <poll.h>
#include <sys/epoll.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../wasi/timestamp.h"
#include "socket_twins.h"

/* So many from one place, then the others' turn. */
#define ROW 16u

static int first_retired(const struct wasmc_twins *twins)
{
    for (int i = 0; i < WASMC_TWINS_KEPT; i++) {
        if (twins->items[i].host >= 0 && twins->items[i].is_retired)
            return i;
    }
    return WASMC_TWINS_NONE;
}

int wasmc_twins_likely(struct wasmc_twins *twins)
{
    if (twins->is_peeked)
        return twins->likely;
    /* What came before, first: of one sender the order must stay. */
    int retired = first_retired(twins);
    if (retired != WASMC_TWINS_NONE)
        return retired;
    if (twins->is_own_first)
        return WASMC_TWINS_OWN;
    if (twins->in_a_row < ROW)
        return twins->likely;
    twins->in_a_row = 0;
    return WASMC_TWINS_NONE;
}

/* Of those that have something, another than the last if there is one. */
static int choose(const struct wasmc_twins *twins, const struct epoll_event *events, int count)
{
    int chosen = WASMC_TWINS_NONE;
    for (int i = 0; i < count; i++) {
        int index = events[i].data.u64 < WASMC_TWINS_KEPT ? (int)events[i].data.u64 : WASMC_TWINS_OWN;
        if (chosen == WASMC_TWINS_NONE || chosen == twins->likely)
            chosen = index;
    }
    return chosen;
}

int wasmc_twins_look(struct wasmc_twins *twins, bool waits, uint64_t timeout_us)
{
    static const struct timespec now;
    struct epoll_event events[WASMC_TWINS_KEPT + 1];
    struct timespec limit = wasmc_timestamp_to(timeout_us * 1000);
    struct pollfd query = {.fd = twins->set, .events = POLLIN};
    int result;
    do {
        if (waits && timeout_us != 0)
            (void)wasmc_sys_poll(&query, 1, &limit);
        result = wasmc_sys_epoll_wait(twins->set, events, WASMC_TWINS_KEPT + 1, waits && timeout_us == 0 ? NULL : &now);
    } while (result == -EINTR);
    return choose(twins, events, result);
}

void wasmc_twins_found(struct wasmc_twins *twins, int index, bool is_peeked)
{
    twins->in_a_row = index == twins->likely ? twins->in_a_row + 1 : 0;
    twins->likely = index;
    twins->is_peeked = is_peeked;
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

int wasmc_twins_bytes(const struct wasmc_desc *desc)
{
    struct wasmc_twins *twins = desc->socket->twins;
    int index;
    while ((index = wasmc_twins_look(twins, false, 0)) != WASMC_TWINS_NONE) {
        int host = index == WASMC_TWINS_OWN ? desc->host : twins->items[index].host;
        ssize_t bytes = wasmc_sys_receive(host, NULL, 0, MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC);
        if (bytes >= 0)
            return (int)bytes;
        wasmc_twins_not_found(twins, index, (int)bytes);
    }
    return -1;
}
