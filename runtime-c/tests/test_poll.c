#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasi/poll.h"
#include "wasmc/wasi.h"

#define SUBSCRIPTIONS 1024u
#define EVENTS 8192u

enum layout { PREVIEW1, UNSTABLE };

static uint32_t subscription_addr(enum layout layout, uint32_t index)
{
    return SUBSCRIPTIONS + index * (layout == PREVIEW1 ? 48 : 56);
}

static void put_clock(struct fixture *fixture, enum layout layout, uint32_t index, uint32_t id, uint64_t timeout_ns,
                      uint16_t flags)
{
    uint32_t addr = subscription_addr(layout, index);
    uint32_t shift = layout == PREVIEW1 ? 0 : 8;
    memset(fixture->bytes + addr, 0, 48 + shift);
    fixture_put_u64(fixture, addr, 1000 + index);
    fixture->bytes[addr + 8] = WASI_EVENTTYPE_CLOCK;
    fixture_put_u32(fixture, addr + 16 + shift, id);
    fixture_put_u64(fixture, addr + 24 + shift, timeout_ns);
    memcpy(fixture->bytes + addr + 40 + shift, &flags, 2);
}

static void put_fd(struct fixture *fixture, enum layout layout, uint32_t index, uint8_t type, uint32_t fd)
{
    uint32_t addr = subscription_addr(layout, index);
    memset(fixture->bytes + addr, 0, layout == PREVIEW1 ? 48 : 56);
    fixture_put_u64(fixture, addr, 1000 + index);
    fixture->bytes[addr + 8] = type;
    fixture_put_u32(fixture, addr + 16, fd);
}

struct event {
    uint64_t userdata;
    uint32_t error;
    uint8_t type;
    uint64_t ready_bytes;
    uint32_t flags;
};

static struct event get_event(struct fixture *fixture, uint32_t index)
{
    uint32_t addr = EVENTS + index * 32;
    return (struct event){
        .userdata = fixture_u64(fixture, addr),
        .error = fixture_u32(fixture, addr + 8) & 0xffff,
        .type = fixture->bytes[addr + 10],
        .ready_bytes = fixture_u64(fixture, addr + 16),
        .flags = fixture_u32(fixture, addr + 24) & 0xffff,
    };
}

static uint32_t poll_all(struct fixture *fixture, enum layout layout, uint32_t count)
{
    memset(fixture->bytes + EVENTS, 0xff, 1024);
    fixture_put_u32(fixture, 200, 0xffffffff);
    return layout == PREVIEW1 ? wasmc_wasi_poll_oneoff(&fixture->ctx, SUBSCRIPTIONS, EVENTS, count, 200)
                              : wasmc_wasi0_poll_oneoff(&fixture->ctx, SUBSCRIPTIONS, EVENTS, count, 200);
}

static uint64_t now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void test_clocks(struct fixture *fixture, enum layout layout)
{
    uint64_t before = now(CLOCK_MONOTONIC);
    put_clock(fixture, layout, 0, WASI_CLOCKID_MONOTONIC, 20000000, 0);
    CHECK(poll_all(fixture, layout, 1) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 1);
    CHECK(now(CLOCK_MONOTONIC) - before >= 20000000);
    struct event event = get_event(fixture, 0);
    CHECK(event.userdata == 1000 && event.error == 0 && event.type == WASI_EVENTTYPE_CLOCK);

    /* The earlier one ends the wait; the later one is not reported. */
    put_clock(fixture, layout, 0, WASI_CLOCKID_REALTIME, UINT64_MAX, 0);
    put_clock(fixture, layout, 1, WASI_CLOCKID_REALTIME, 1000000, 0);
    put_clock(fixture, layout, 2, WASI_CLOCKID_MONOTONIC, UINT64_MAX, WASI_SUBCLOCKFLAGS_ABSTIME);
    CHECK(poll_all(fixture, layout, 3) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 1);
    CHECK(get_event(fixture, 0).userdata == 1001);

    /* Points in time: past and near. */
    put_clock(fixture, layout, 0, WASI_CLOCKID_REALTIME, 5, WASI_SUBCLOCKFLAGS_ABSTIME);
    put_clock(fixture, layout, 1, WASI_CLOCKID_MONOTONIC, 0, WASI_SUBCLOCKFLAGS_ABSTIME);
    CHECK(poll_all(fixture, layout, 2) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 2);
    uint64_t deadline = now(CLOCK_REALTIME) + 10000000;
    put_clock(fixture, layout, 0, WASI_CLOCKID_REALTIME, deadline, WASI_SUBCLOCKFLAGS_ABSTIME);
    CHECK(poll_all(fixture, layout, 1) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 1);
    CHECK(now(CLOCK_REALTIME) >= deadline);
}

static void test_descriptors(struct fixture *fixture, enum layout layout)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    int ends[2];
    uint32_t pipe_fd;
    uint32_t file_fd;
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    struct wasmc_desc desc = {.host = ends[0], .kind = WASMC_DESC_STREAM, .base = WASI_RIGHTS_OF_STREAM};
    CHECK(wasmc_fd_insert(ctx, &desc, &pipe_fd) == WASI_ERRNO_SUCCESS);
    fixture_make_file(fixture, "root/file", "12345");
    CHECK(fixture_open(fixture, 3, "file", 0, ~UINT64_C(0), &file_fd) == WASI_ERRNO_SUCCESS);

    /* Nothing to read: the clock ends the wait. */
    put_fd(fixture, layout, 0, WASI_EVENTTYPE_FD_READ, pipe_fd);
    put_clock(fixture, layout, 1, WASI_CLOCKID_MONOTONIC, 1000000, 0);
    CHECK(poll_all(fixture, layout, 2) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 1);
    CHECK(get_event(fixture, 0).userdata == 1001);

    CHECK(write(ends[1], "abc", 3) == 3);
    CHECK(poll_all(fixture, layout, 2) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 1);
    struct event event = get_event(fixture, 0);
    CHECK(event.userdata == 1000 && event.type == WASI_EVENTTYPE_FD_READ && event.ready_bytes == 3);
    CHECK(event.error == 0 && event.flags == 0);

    /* A file is always ready, and does not hide that the pipe is, too. */
    put_fd(fixture, layout, 1, WASI_EVENTTYPE_FD_READ, file_fd);
    put_fd(fixture, layout, 2, WASI_EVENTTYPE_FD_WRITE, file_fd);
    CHECK(poll_all(fixture, layout, 3) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 3);
    CHECK(get_event(fixture, 1).ready_bytes == 5 && get_event(fixture, 2).type == WASI_EVENTTYPE_FD_WRITE);

    /* The other end is gone. */
    close(ends[1]);
    put_fd(fixture, layout, 0, WASI_EVENTTYPE_FD_READ, pipe_fd);
    CHECK(poll_all(fixture, layout, 1) == WASI_ERRNO_SUCCESS);
    CHECK(get_event(fixture, 0).flags == WASI_EVENTRWFLAGS_HANGUP);
    CHECK(wasmc_wasi_fd_close(ctx, pipe_fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_close(ctx, file_fd) == WASI_ERRNO_SUCCESS);
}

static void test_errors(struct fixture *fixture)
{
    CHECK(poll_all(fixture, PREVIEW1, 0) == WASI_ERRNO_INVAL);
    put_fd(fixture, PREVIEW1, 0, 3, 1);
    CHECK(poll_all(fixture, PREVIEW1, 1) == WASI_ERRNO_INVAL);
    put_fd(fixture, PREVIEW1, 0, WASI_EVENTTYPE_FD_READ, 77);
    put_fd(fixture, PREVIEW1, 1, WASI_EVENTTYPE_FD_WRITE, 78);
    CHECK(poll_all(fixture, PREVIEW1, 2) == WASI_ERRNO_BADF);

    put_clock(fixture, PREVIEW1, 1, WASI_CLOCKID_PROCESS_CPUTIME_ID, 0, 0);
    put_clock(fixture, PREVIEW1, 2, 9, 0, 0);
    put_clock(fixture, PREVIEW1, 3, WASI_CLOCKID_MONOTONIC, 0, 2);
    CHECK(poll_all(fixture, PREVIEW1, 4) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 4);
    CHECK(get_event(fixture, 0).error == WASI_ERRNO_BADF && get_event(fixture, 1).error == WASI_ERRNO_NOTSUP);
    CHECK(get_event(fixture, 2).error == WASI_ERRNO_INVAL && get_event(fixture, 3).error == WASI_ERRNO_INVAL);

    uint32_t fd;
    CHECK(fixture_open(fixture, 3, "file", 0, 0, &fd) == WASI_ERRNO_SUCCESS);
    put_fd(fixture, PREVIEW1, 0, WASI_EVENTTYPE_FD_READ, fd);
    CHECK(poll_all(fixture, PREVIEW1, 1) == WASI_ERRNO_SUCCESS);
    CHECK(get_event(fixture, 0).error == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
}

/* As many as there may be, and one more. */
static void test_limit(struct fixture *fixture)
{
    const uint32_t size = 512 * 1024, events = 256 * 1024, count_addr = size - 4;
    fixture->ctx.fds.limit = 100;
    const uint32_t limit = WASMC_POLL_LIMIT(&fixture->ctx);
    CHECK_EQUAL(limit, 4296, "two for each descriptor, and 4096");
    uint8_t *bytes = calloc(1, size);
    CHECK(bytes != NULL);
    for (uint32_t i = 0; i <= limit; i++)
        bytes[i * 48 + 16] = WASI_CLOCKID_MONOTONIC;
    fixture->memory = (struct wasmc_memory){.base = bytes, .size_bytes = size};
    CHECK(wasmc_wasi_poll_oneoff(&fixture->ctx, 0, events, limit + 1, count_addr) == WASI_ERRNO_NOMEM);
    CHECK(wasmc_wasi_poll_oneoff(&fixture->ctx, 0, events, limit, count_addr) == WASI_ERRNO_SUCCESS);
    uint32_t count;
    memcpy(&count, bytes + count_addr, sizeof count);
    CHECK_EQUAL(count, limit, "events");
    fixture->ctx.fds.limit = WASMC_FD_LIMIT;
    fixture->memory = (struct wasmc_memory){.base = fixture->bytes, .size_bytes = FIXTURE_MEMORY_BYTES};
    free(bytes);
}

/* More than fit on the stack. */
static void test_many(struct fixture *fixture)
{
    for (uint32_t i = 0; i < 100; i++)
        put_clock(fixture, PREVIEW1, i, WASI_CLOCKID_MONOTONIC, 0, 0);
    CHECK(poll_all(fixture, PREVIEW1, 100) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 100);
    CHECK(get_event(fixture, 99).userdata == 1099);
}

void test_poll(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_clocks(&fixture, PREVIEW1);
    test_clocks(&fixture, UNSTABLE);
    test_descriptors(&fixture, PREVIEW1);
    test_descriptors(&fixture, UNSTABLE);
    test_errors(&fixture);
    test_many(&fixture);
    test_limit(&fixture);
    fixture_end(&fixture);
}
