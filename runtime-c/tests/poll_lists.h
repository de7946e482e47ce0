/* poll_lists.h - lists of subscriptions for the tests of poll_oneoff, both ways of waiting for them, and descriptors to wait
 * for. */
#ifndef WASMC_TESTS_POLL_LISTS_H
#define WASMC_TESTS_POLL_LISTS_H

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasi/poll.h"
#include "wasi/poll_watch.h"
#include "wasmc/wasi.h"
#include "wasmc/wasi_sockets.h"

enum { LIST = 1024, EVENTS_OF_SET = 20480, EVENTS_OF_LIST = 40960, COUNT = 512, EVENT_BYTES = 32, BYTES = 48 };

static struct fixture fixture;

/* --- a list, and both ways of waiting for it -------------------------------------------------- */

static inline void put(uint32_t index, uint8_t type, uint32_t fd, uint64_t userdata)
{
    uint32_t addr = LIST + index * BYTES;
    /* What lies between the fields is whatever was there. */
    fixture_put_u64(&fixture, addr, userdata);
    fixture.bytes[addr + 8] = type;
    fixture_put_u32(&fixture, addr + 16, fd);
}

static inline void put_clock(uint32_t index, uint32_t id, uint64_t timeout_ns, uint16_t flags, uint64_t userdata)
{
    uint32_t addr = LIST + index * BYTES;
    put(index, WASI_EVENTTYPE_CLOCK, id, userdata);
    fixture_put_u64(&fixture, addr + 24, timeout_ns);
    memcpy(fixture.bytes + addr + 40, &flags, 2);
}

struct outcome {
    wasi_errno error;
    uint32_t count;
};

static inline struct outcome by_list(uint32_t count)
{
    struct wasmc_guest guest = {&fixture.ctx, "poll_oneoff"};
    const struct wasmc_poll_call call = {&guest, &wasmc_preview1_subscription, LIST, EVENTS_OF_LIST, count, COUNT};
    fixture_put_u32(&fixture, COUNT, 0xffffffff);
    wasi_errno error = wasmc_poll_list(&call);
    return (struct outcome){error, fixture_u32(&fixture, COUNT)};
}

static inline bool by_set(uint32_t count, struct outcome *outcome)
{
    struct wasmc_guest guest = {&fixture.ctx, "poll_oneoff"};
    const struct wasmc_poll_call call = {&guest, &wasmc_preview1_subscription, LIST, EVENTS_OF_SET, count, COUNT};
    fixture_put_u32(&fixture, COUNT, 0xffffffff);
    bool is_done = wasmc_poll_set(&call, &outcome->error);
    outcome->count = fixture_u32(&fixture, COUNT);
    return is_done;
}

/* The set's events, where it has to be the set. */
static inline uint32_t set_events(uint32_t count)
{
    struct outcome outcome;
    CHECK(by_set(count, &outcome));
    CHECK_EQUAL(outcome.error, WASI_ERRNO_SUCCESS, "by the set");
    return outcome.count;
}

static inline uint64_t userdata_of(uint32_t event)
{
    return fixture_u64(&fixture, EVENTS_OF_SET + event * EVENT_BYTES);
}

static inline uint32_t error_of(uint32_t event)
{
    return fixture_u32(&fixture, EVENTS_OF_SET + event * EVENT_BYTES + 8) & 0xffff;
}

/* --- descriptors ------------------------------------------------------------------------------- */

static inline uint32_t insert(int host, uint8_t kind, wasi_rights rights)
{
    uint32_t fd = 0;
    struct wasmc_desc desc = {.host = host, .kind = kind, .base = rights};
    CHECK(host >= 0);
    CHECK_EQUAL(wasmc_fd_insert(&fixture.ctx, &desc, &fd), WASI_ERRNO_SUCCESS, "insert");
    return fd;
}

/* A guest's socket, and the host's descriptor of the other end. */
struct pair {
    uint32_t fd;
    int peer;
};

static inline struct pair new_pair(int type)
{
    int ends[2];
    CHECK(socketpair(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    return (struct pair){insert(ends[0], WASMC_DESC_SOCKET, WASI_RIGHTS_OF_SOCKET), ends[1]};
}

static inline int host_of(uint32_t fd)
{
    struct wasmc_desc *desc;
    if (wasmc_fd_get(&fixture.ctx, fd, WASMC_FD_ANY, 0, &desc) != WASI_ERRNO_SUCCESS)
        return -1;
    int host = desc->host;
    (void)wasmc_fd_put(&fixture.ctx, desc);
    return host;
}

static inline void close_pair(struct pair pair)
{
    (void)wasmc_wasi_fd_close(&fixture.ctx, pair.fd);
    close(pair.peer);
}

static inline void drain(int host)
{
    char buffer[4096];
    while (recv(host, buffer, sizeof buffer, MSG_DONTWAIT) > 0)
        continue;
}

/* The host's descriptors of this process. */
static inline int count_open(void)
{
    int count = 0;
    for (int fd = 0; fd < 20000; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

#endif
