/* test_poll_sequences.c - long lists in random sequences: what the host's set says is what ppoll says, whatever happens to
 * descriptors between calls. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>

#include "poll_lists.h"

#define FDS 90u /* numbers that are asked for: more than there are in the table's first slots */

static uint64_t random_state = 7;
static int peers[FDS]; /* of a number: the other end, or -1 */
static int shared[2];  /* of which the guest's descriptors are borrowed */
static struct fixture taker; /* which keeps copies of open files */

static uint32_t pick(uint32_t limit)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random_state >> 33) % limit;
}

static void remember(uint32_t fd, int peer)
{
    if (fd < FDS) {
        if (peers[fd] >= 0)
            close(peers[fd]);
        peers[fd] = peer;
    } else {
        close(peer);
    }
}

static void open_some(void)
{
    int ends[2];
    uint32_t fd;
    struct pair pair;
    switch (pick(6)) {
    case 0:
    case 1:
        pair = new_pair(pick(4) == 0 ? SOCK_DGRAM : SOCK_STREAM);
        remember(pair.fd, pair.peer);
        break;
    case 2:
        CHECK(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
        fd = insert(ends[0], WASMC_DESC_STREAM, WASI_RIGHTS_OF_STREAM);
        remember(fd, ends[1]);
        break;
    case 3:
        CHECK(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
        fd = insert(ends[1], WASMC_DESC_STREAM, WASI_RIGHTS_OF_STREAM);
        remember(fd, ends[0]);
        break;
    case 4:
        if (fixture_open(&fixture, 3, "file", 0, ~UINT64_C(0), &fd) == 0)
            remember(fd, dup(shared[1]));
        break;
    default: { /* often the same one twice, which the host's set refuses */
        struct wasmc_desc desc = {
            .host = shared[0], .kind = WASMC_DESC_SOCKET, .base = WASI_RIGHTS_OF_SOCKET, .borrowed = true};
        if (pick(8) == 0 && wasmc_fd_insert(&fixture.ctx, &desc, &fd) == 0)
            remember(fd, dup(shared[1]));
    }
    }
}

/* Somebody else keeps the open file, so that the host does not forget it when the guest closes it. */
static void keep_copy(uint32_t fd)
{
    uint32_t copy;
    int host = host_of(fd);
    struct wasmc_desc desc = {.host = fcntl(host, F_DUPFD_CLOEXEC, 3), .kind = WASMC_DESC_SOCKET};
    if (host >= 0)
        CHECK(wasmc_fd_insert(&taker.ctx, &desc, &copy) == WASI_ERRNO_SUCCESS);
    if (pick(10) == 0) {
        for (copy = 4; copy < 400; copy++)
            (void)wasmc_fd_remove(&taker.ctx, copy);
    }
}

static void fill(uint32_t fd)
{
    char buffer[4096] = {0};
    int host = host_of(fd);
    while (host > 2 && send(host, buffer, sizeof buffer, MSG_DONTWAIT | MSG_NOSIGNAL) > 0)
        continue;
}

static void change(void)
{
    uint32_t fd = 4 + pick(FDS - 4);
    switch (pick(16)) {
    case 0:
    case 1:
    case 2: open_some(); break;
    case 3: (void)wasmc_wasi_fd_close(&fixture.ctx, fd); break;
    case 4:
        if (wasmc_wasi_fd_renumber(&fixture.ctx, fd, 4 + pick(30)) == 0 && pick(2) == 0)
            open_some(); /* the number is used again at once */
        break;
    case 5:
        (void)wasmc_wasi_fd_close(&fixture.ctx, fd);
        open_some();
        break;
    case 6:
        if (pick(4) == 0)
            (void)wasmc_wasi_fd_fdstat_set_rights(&fixture.ctx, fd,
                                                  pick(2) ? WASI_RIGHTS_FD_READ : WASI_RIGHTS_FD_WRITE, 0);
        break;
    case 7: keep_copy(fd); break;
    case 8: fill(fd); break;
    case 9:
        if (peers[fd] >= 0)
            (void)shutdown(peers[fd], (int)pick(3));
        break;
    case 10:
        if (peers[fd] >= 0 && pick(2) == 0) {
            close(peers[fd]);
            peers[fd] = -1;
        }
        break;
    case 11:
        drain(host_of(fd));
        if (peers[fd] >= 0)
            drain(peers[fd]);
        break;
    default:
        if (peers[fd] >= 0)
            (void)!write(peers[fd], "0123456789", 1 + pick(10));
    }
}

/* The last list, another one, or the last one with something else in it, something less or in another order. Ends with
 * a clock that is due, so that nothing waits. */
static uint32_t next_list(uint32_t count)
{
    uint32_t what = pick(8);
    if (what == 0 || count == 0) {
        count = 1 + pick(150);
        for (uint32_t i = 0; i < count; i++)
            put(i, (uint8_t)(1 + pick(2)), pick(FDS + 3), pick(1000));
    } else if (what == 1 && count > 1) {
        uint32_t gone = pick(count - 1);
        uint8_t *at = fixture.bytes + LIST + gone * BYTES;
        memmove(at, at + BYTES, (count - gone - 1) * BYTES);
        count--;
    } else if (what == 2) {
        put(pick(count), (uint8_t)(1 + pick(2)), pick(FDS), pick(1000));
    } else if (what == 3 && pick(4) == 0) {
        put_clock(pick(count), pick(6), pick(2) ? 0 : UINT64_MAX, (uint16_t)pick(3), pick(1000));
    } else if (what == 4 && pick(40) == 0) {
        put(pick(count), 3, 0, 0);
    } else if (what == 5) {
        fixture.bytes[LIST + pick(count) * BYTES + 9 + pick(7)]++; /* between the fields */
    }
    put_clock(count, WASI_CLOCKID_MONOTONIC, 0, 0, 77);
    return count;
}

static uint32_t compare(uint32_t count, long *done)
{
    struct outcome set = {0};
    if (!by_set(count, &set))
        return 0;
    ++*done;
    struct outcome list = by_list(count);
    CHECK_EQUAL(set.error, list.error, "the errno, and that of ppoll");
    CHECK_EQUAL(set.count, list.count, "events, and those of ppoll");
    if (list.error != WASI_ERRNO_SUCCESS || set.count != list.count)
        return 0;
    CHECK(memcmp(fixture.bytes + EVENTS_OF_SET, fixture.bytes + EVENTS_OF_LIST, list.count * EVENT_BYTES) == 0);
    return list.count;
}

static void test_sequences_of_polls(long operations)
{
    long done = 0;
    long compared = 0;
    uint32_t count = 0;
    fixture_start(&taker, false);
    memset(peers, -1, sizeof peers);
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, shared) == 0);
    for (int i = 0; i < 40; i++)
        open_some();
    for (long i = 0; i < operations; i++) {
        change();
        count = next_list(count);
        compared++;
        uint32_t events = compare(count + 1, &done);
        /* The clock is due, and something else: without the clock there is nothing to wait for, either. */
        if (events > 1) {
            compared++;
            (void)compare(count, &done);
        }
    }
    /* What the host's set refuses was rare. */
    CHECK(done > compared / 2);
    for (uint32_t fd = 4; fd < 1000; fd++)
        (void)wasmc_fd_remove(&fixture.ctx, fd);
    for (uint32_t fd = 0; fd < FDS; fd++) {
        if (peers[fd] >= 0)
            close(peers[fd]);
    }
    close(shared[0]);
    close(shared[1]);
    fixture_end(&taker);
}

void test_poll_sequences(void)
{
    int before = count_open();
    fixture_start(&fixture, false);
    fixture_make_file(&fixture, "root/file", "12345");
    void (*pipe_handler)(int) = signal(SIGPIPE, SIG_IGN); /* as in a program */
    test_sequences_of_polls(20000);
    signal(SIGPIPE, pipe_handler);
    fixture_end(&fixture);
    CHECK_EQUAL(count_open(), before, "the host's descriptors");
}
