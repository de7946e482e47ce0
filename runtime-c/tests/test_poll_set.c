/* test_poll_set.c - long lists: what the host's set says, one thing at a time, meanwhile, and at the limits. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "poll_lists.h"

/* --- one thing at a time ------------------------------------------------------------------------ */

/* A list of two, of which the second is `fd`, and a clock of 2 ms. */
static uint32_t events_of(uint8_t type, uint32_t fd)
{
    put(0, WASI_EVENTTYPE_FD_READ, 3, 1);
    fixture.bytes[LIST + 8] = WASI_EVENTTYPE_CLOCK;
    put_clock(0, WASI_CLOCKID_MONOTONIC, 2000000, 0, 1);
    put(1, type, fd, 2);
    return set_events(2);
}

/* A copy keeps the file open: the host would go on to look for it. */
static void test_stale(void)
{
    struct pair pair = new_pair(SOCK_STREAM);
    int copy = dup(host_of(pair.fd));
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, pair.fd), 1, "the clock alone");
    CHECK(wasmc_wasi_fd_close(&fixture.ctx, pair.fd) == WASI_ERRNO_SUCCESS);
    CHECK(write(pair.peer, "x", 1) == 1);
    struct pair other = new_pair(SOCK_STREAM);
    CHECK_EQUAL(other.fd, pair.fd, "the number is used again");
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, other.fd), 1, "the clock alone");
    CHECK_EQUAL(userdata_of(0), 1, "it is the clock");
    struct epoll_event event;
    CHECK_EQUAL(epoll_wait(fixture.ctx.poll_set->host, &event, 1, 0), 0, "the host looks for nothing that was closed");
    close(copy);
    close_pair(other);
    close(pair.peer);
}

/* What moves to another number is looked for there, and by the set. */
static void test_moved(void)
{
    struct pair from = new_pair(SOCK_STREAM);
    struct pair to = new_pair(SOCK_STREAM);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, from.fd), 1, "the clock alone");
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, to.fd), 1, "the clock alone");
    CHECK(wasmc_wasi_fd_renumber(&fixture.ctx, from.fd, to.fd) == WASI_ERRNO_SUCCESS);
    CHECK(write(from.peer, "x", 1) == 1);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, to.fd), 1, "the socket");
    CHECK_EQUAL(userdata_of(0), 2, "it is the socket");
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, from.fd), 1, "the number that is free");
    CHECK_EQUAL(error_of(0), WASI_ERRNO_BADF, "its errno");
    close(from.peer);
    close_pair(to);
}

/* The host's descriptor of one of the guest's becomes another, as a socket's does that leaves an isolated network. */
static void test_replaced(void)
{
    struct pair old = new_pair(SOCK_STREAM);
    struct pair new = new_pair(SOCK_STREAM);
    int copy = dup(host_of(old.fd));
    int replacement = dup(host_of(new.fd));
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, old.fd), 1, "the clock alone");
    struct wasmc_desc *desc = fixture.ctx.fds.slots[old.fd];
    wasmc_fd_forget(&fixture.ctx, desc);
    close(desc->host);
    desc->host = replacement;
    CHECK(write(old.peer, "x", 1) == 1);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, old.fd), 1, "the clock alone");
    CHECK_EQUAL(userdata_of(0), 1, "it is the clock");
    CHECK(write(new.peer, "x", 1) == 1);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, old.fd), 1, "the socket alone");
    CHECK_EQUAL(userdata_of(0), 2, "it is the socket");
    close(copy);
    close_pair(old);
    close_pair(new);
}

/* A file that the host cannot be told to forget, as there is no descriptor of it any more. */
static void test_orphan(void)
{
    int ends[2];
    struct pair pair = new_pair(SOCK_STREAM);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, pair.fd), 1, "the clock alone");
    CHECK(pipe2(ends, O_CLOEXEC) == 0 && write(ends[1], "x", 1) == 1);
    int copy = dup(ends[0]);
    struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = 1u << 30}};
    CHECK(epoll_ctl(fixture.ctx.poll_set->host, EPOLL_CTL_ADD, copy, &event) == 0);
    close(copy);
    struct outcome outcome;
    CHECK(!by_set(2, &outcome)); /* this once */
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, pair.fd), 1, "the clock alone");
    CHECK(write(pair.peer, "x", 1) == 1);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, pair.fd), 1, "the socket alone");
    CHECK_EQUAL(userdata_of(0), 2, "it is the socket");
    close(ends[0]);
    close(ends[1]);
    close_pair(pair);
}

/* As WasmEdge does it: what is ready is told in each call, and who wants it otherwise leaves it out. */
static wasi_errno epoll_oneoff(uint32_t count)
{
    return (wasi_errno)wasmc_wasmedge_epoll_oneoff(&fixture.ctx, LIST, EVENTS_OF_SET, count, COUNT);
}

static void test_epoll_oneoff(void)
{
    enum { LONG = 2 * WASMC_POLL_SET_LEAST };
    struct pair pair = new_pair(SOCK_STREAM);
    struct pair idle = new_pair(SOCK_STREAM);
    CHECK(write(pair.peer, "abc", 3) == 3);
    CHECK_EQUAL(epoll_oneoff(0), WASI_ERRNO_INVAL, "nothing");
    for (uint32_t count = 2; count <= LONG; count += LONG - 2) {
        for (uint32_t i = 0; i < count; i++)
            put(i, WASI_EVENTTYPE_FD_READ, i == 1 ? pair.fd : idle.fd, i);
        for (int call = 0; call < 3; call++) {
            CHECK_EQUAL(epoll_oneoff(count), WASI_ERRNO_SUCCESS, "ready");
            CHECK_EQUAL(fixture_u32(&fixture, COUNT), 1, "events, each time");
            CHECK_EQUAL(userdata_of(0), 1, "of the one that is ready");
            CHECK_EQUAL(fixture_u64(&fixture, EVENTS_OF_SET + 16), 3, "bytes");
        }
        put_clock(1, WASI_CLOCKID_MONOTONIC, 0, 0, 77);
        CHECK_EQUAL(epoll_oneoff(count), WASI_ERRNO_SUCCESS, "left out");
        CHECK_EQUAL(fixture_u32(&fixture, COUNT), 1, "the clock");
        put(1, WASI_EVENTTYPE_FD_READ, pair.fd, 5);
        CHECK_EQUAL(epoll_oneoff(count), WASI_ERRNO_SUCCESS, "again");
        CHECK_EQUAL(userdata_of(0), 5, "of the one that is ready");
    }
    close_pair(pair);
    close_pair(idle);
}

/* What is ready and not asked for wakes nobody, and the host is asked again when it is. */
static void test_lists_in_turn(void)
{
    struct pair a = new_pair(SOCK_STREAM);
    struct pair b = new_pair(SOCK_STREAM);
    CHECK(write(a.peer, "x", 1) == 1);
    for (int i = 0; i < 3; i++) {
        CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, a.fd), 1, "the socket");
        CHECK_EQUAL(userdata_of(0), 2, "it is the socket");
        CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, b.fd), 1, "the clock");
        CHECK_EQUAL(userdata_of(0), 1, "it is the clock");
    }
    CHECK_EQUAL(fixture.ctx.poll_set->watches[b.fd].registered, 1, "one side");
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_WRITE, b.fd), 1, "the other side");
    CHECK_EQUAL(fixture.ctx.poll_set->watches[b.fd].registered, 3, "both");
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, b.fd), 1, "the clock");
    CHECK_EQUAL(fixture.ctx.poll_set->watches[b.fd].registered, 1, "what was ready and not asked for is left out");
    close_pair(a);
    close_pair(b);
}

/* A call's number comes again after 2^32 calls. */
static void test_rounds(void)
{
    struct pair a = new_pair(SOCK_STREAM);
    struct pair b = new_pair(SOCK_STREAM);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, b.fd), 1, "the clock");
    fixture.ctx.poll_set->watches[b.fd].round[0] = 2; /* as it was long ago */
    fixture.ctx.poll_set->round = UINT32_MAX - 1;
    for (int i = 0; i < 2; i++)
        CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, a.fd), 1, "the clock");
    CHECK(write(b.peer, "x", 1) == 1);
    CHECK_EQUAL(events_of(WASI_EVENTTYPE_FD_READ, a.fd), 1, "the clock");
    CHECK_EQUAL(userdata_of(0), 1, "it is the clock");
    CHECK_EQUAL(fixture.ctx.poll_set->round, 2, "calls since");
    close_pair(a);
    close_pair(b);
}

static uint64_t now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static atomic_long looks_at_clocks;

int __real_wasmc_sys_clock_get(clockid_t id, struct timespec *time);
int __wrap_wasmc_sys_clock_get(clockid_t id, struct timespec *time);

int __wrap_wasmc_sys_clock_get(clockid_t id, struct timespec *time)
{
    looks_at_clocks++;
    return __real_wasmc_sys_clock_get(id, time);
}

/* Clocks are as exact as without the set: whole milliseconds, parts of one, and both. */
static void test_clocks(void)
{
    static const uint64_t timeouts[] = {1, 300000, 999999, 1000000, 1300000, 12700000};
    struct pair pair = new_pair(SOCK_STREAM);
    for (size_t i = 0; i < sizeof timeouts / sizeof timeouts[0]; i++) {
        put(0, WASI_EVENTTYPE_FD_READ, pair.fd, 1);
        put_clock(1, WASI_CLOCKID_MONOTONIC, timeouts[i], 0, 2);
        uint64_t before = now_ns();
        looks_at_clocks = 0;
        CHECK_EQUAL(set_events(2), 1, "the clock");
        CHECK(userdata_of(0) == 2 && now_ns() - before >= timeouts[i]);
        CHECK(looks_at_clocks < 40); /* it slept, and did not look again and again */
    }
    close_pair(pair);
}

static void ignore_alarm(int number)
{
    (void)number;
}

static void test_interrupts(void)
{
    struct pair pair = new_pair(SOCK_STREAM);
    struct sigaction action = {.sa_handler = ignore_alarm};
    struct sigaction old;
    const struct itimerval often = {{0, 1000}, {0, 1000}};
    const struct itimerval never = {{0, 0}, {0, 0}};
    CHECK(sigaction(SIGALRM, &action, &old) == 0 && setitimer(ITIMER_REAL, &often, NULL) == 0);
    put(0, WASI_EVENTTYPE_FD_READ, pair.fd, 1);
    put_clock(1, WASI_CLOCKID_MONOTONIC, 20000000, 0, 2);
    uint64_t before = now_ns();
    CHECK_EQUAL(set_events(2), 1, "the clock");
    CHECK(now_ns() - before >= 20000000);
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0 && sigaction(SIGALRM, &old, NULL) == 0);
    close_pair(pair);
}

/* --- another thread ------------------------------------------------------------------------------ */

static struct pair first, second;
static struct outcome other_outcome;

/* While the list is waited for, it changes; a descriptor of it is closed; and another list is polled. */
static void *meddle(void *argument)
{
    (void)argument;
    usleep(20000);
    put(0, 77, 1u << 30, 4711);
    put(1, 77, 1u << 30, 4712);
    CHECK(wasmc_wasi_fd_close(&fixture.ctx, second.fd) == WASI_ERRNO_SUCCESS);
    /* The set is taken. */
    struct wasmc_guest guest = {&fixture.ctx, "poll_oneoff"};
    const struct wasmc_poll_call call = {&guest, &wasmc_preview1_subscription, LIST, EVENTS_OF_LIST, 2, COUNT};
    CHECK(!wasmc_poll_set(&call, &other_outcome.error));
    CHECK(write(first.peer, "abc", 3) == 3);
    return NULL;
}

static void test_meanwhile(void)
{
    pthread_t thread;
    first = new_pair(SOCK_STREAM);
    second = new_pair(SOCK_STREAM);
    put(0, WASI_EVENTTYPE_FD_READ, first.fd, 11);
    put(1, WASI_EVENTTYPE_FD_READ, second.fd, 12);
    CHECK(pthread_create(&thread, NULL, meddle, NULL) == 0);
    CHECK_EQUAL(set_events(2), 1, "the first");
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_EQUAL(userdata_of(0), 11, "as it was when the call was made");
    CHECK_EQUAL(error_of(0), WASI_ERRNO_SUCCESS, "and its errno");
    close_pair(first);
    close(second.peer);
}

/* --- pointers ------------------------------------------------------------------------------------ */

static uint32_t list_addr, events_addr, list_count, found_addr;

static void poll_there(struct fixture *there)
{
    (void)wasmc_wasmedge_epoll_oneoff(&there->ctx, list_addr, events_addr, list_count, found_addr);
}

static void check_trap(uint32_t list, uint32_t events, uint32_t count, uint32_t found, bool traps)
{
    list_addr = list;
    events_addr = events;
    list_count = count;
    found_addr = found;
    CHECK_EQUAL(fixture_trap_of(poll_there, &fixture), traps ? WASMC_TRAP_GUEST_POINTER : WASMC_TRAP_NONE, "a trap");
}

/* A long list, its events and their number, each up to the end of the memory and one byte beyond. */
static void test_pointers(void)
{
    const uint32_t end = FIXTURE_MEMORY_BYTES, count = 2 * WASMC_POLL_SET_LEAST;
    memset(fixture.bytes, 0, end);
    for (uint32_t i = 0; i < end; i += BYTES)
        fixture.bytes[i + 16 < end ? i + 16 : i] = 1; /* clocks that are due */
    check_trap(end - count * BYTES, 0, count, 1024, false);
    check_trap(end - count * BYTES + 1, 0, count, 1024, true);
    check_trap(0, end - count * EVENT_BYTES, count, 2048, false);
    check_trap(0, end - count * EVENT_BYTES + 1, count, 2048, true);
    check_trap(0, 4096, count, end - 4, false);
    check_trap(0, 4096, count, end - 3, true);
    check_trap(0, 4096, UINT32_MAX, 2048, true);
    check_trap(UINT32_MAX, 4096, count, 2048, true);
    check_trap(0, UINT32_MAX, count, 2048, true);
    check_trap(0, 4096, end / BYTES + 1, 2048, true);
    /* In place: the events over their subscriptions. */
    memset(fixture.bytes, 0, end);
    for (uint32_t i = 0; i < count; i++)
        put_clock(i, WASI_CLOCKID_MONOTONIC, 0, 0, 100 + i);
    check_trap(LIST, LIST, count, COUNT, false);
    CHECK_EQUAL(fixture_u32(&fixture, COUNT), count, "events over subscriptions");
    CHECK_EQUAL(fixture_u64(&fixture, LIST + (count - 1) * EVENT_BYTES), 100 + count - 1, "the last one");
}

/* --- limits ---------------------------------------------------------------------------------------- */

/* Without a descriptor for the set, ppoll does it. */
static void test_refused(void)
{
    static struct fixture poor;
    struct rlimit before;
    fixture_start(&poor, false);
    CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
    struct rlimit limit = {.rlim_cur = 3, .rlim_max = before.rlim_max};
    for (uint32_t i = 0; i < WASMC_POLL_SET_LEAST; i++) {
        poor.bytes[LIST + i * BYTES + 8] = WASI_EVENTTYPE_FD_WRITE;
        fixture_put_u32(&poor, LIST + i * BYTES + 16, i % 2 == 0 ? 3 : 77);
    }
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    uint32_t error = wasmc_wasi_poll_oneoff(&poor.ctx, LIST, EVENTS_OF_SET, WASMC_POLL_SET_LEAST, COUNT);
    CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK_EQUAL(error, WASI_ERRNO_SUCCESS, "by ppoll");
    CHECK_EQUAL(fixture_u32(&poor, COUNT), WASMC_POLL_SET_LEAST, "events");
    CHECK(poor.ctx.poll_set == NULL);
    fixture_end(&poor);
}

#define CROWD 10000u

/* The other ends, in a process of their own: each number that comes is the index of one that sends a byte. */
static void run_crowd(const struct sockaddr_un *address, int control)
{
    static int ends[CROWD];
    uint32_t index;
    for (uint32_t i = 0; i < CROWD; i++) {
        ends[i] = socket(AF_UNIX, SOCK_STREAM, 0);
        if (ends[i] < 0 || connect(ends[i], (const struct sockaddr *)address, sizeof *address) != 0)
            _exit(1);
    }
    while (read(control, &index, sizeof index) == sizeof index)
        (void)!write(ends[index], "x", 1);
    _exit(0);
}

static void poll_crowd(uint32_t listener, int control, uint8_t *bytes)
{
    static uint32_t fds[CROWD];
    const uint32_t list = 0, events = CROWD * BYTES, count_addr = events + CROWD * EVENT_BYTES;
    for (uint32_t i = 0; i < CROWD; i++) {
        if (wasmc_wasi_sock_accept(&fixture.ctx, listener, WASI_FDFLAGS_NONBLOCK, count_addr) != 0) {
            CHECK_EQUAL(i, CROWD, "connections");
            return;
        }
        memcpy(&fds[i], bytes + count_addr, 4);
        uint64_t userdata = i;
        memcpy(bytes + list + i * BYTES, &userdata, 8);
        bytes[list + i * BYTES + 8] = WASI_EVENTTYPE_FD_READ;
        memcpy(bytes + list + i * BYTES + 16, &fds[i], 4);
    }
    for (uint32_t i = 0; i < 300; i++) {
        uint32_t index = i * 7919 % CROWD; /* never 5000 */
        uint32_t found;
        uint64_t userdata;
        char byte;
        CHECK(write(control, &index, sizeof index) == sizeof index);
        CHECK_EQUAL(wasmc_wasi_poll_oneoff(&fixture.ctx, list, events, CROWD, count_addr), WASI_ERRNO_SUCCESS, "poll");
        memcpy(&found, bytes + count_addr, 4);
        memcpy(&userdata, bytes + events, 8);
        CHECK(found == 1 && userdata == index);
        CHECK(read(host_of(fds[index]), &byte, 1) == 1);
        if (i == 100) { /* another one on the same number */
            CHECK(wasmc_wasi_fd_close(&fixture.ctx, fds[5000]) == WASI_ERRNO_SUCCESS);
            struct pair pair = new_pair(SOCK_STREAM);
            CHECK_EQUAL(pair.fd, fds[5000], "the lowest free one");
            close(pair.peer); /* a hang-up, once */
            CHECK(wasmc_wasi_poll_oneoff(&fixture.ctx, list, events, CROWD, count_addr) == WASI_ERRNO_SUCCESS);
            memcpy(&userdata, bytes + events, 8);
            CHECK_EQUAL(userdata, 5000, "its event");
            uint8_t *clock = bytes + list + 5000 * BYTES; /* from now on it is one that never comes */
            clock[8] = WASI_EVENTTYPE_CLOCK;
            memcpy(clock + 16, &(uint32_t){WASI_CLOCKID_MONOTONIC}, 4);
            memset(clock + 24, 0xff, 8);
        }
    }
    for (uint32_t i = 0; i < CROWD; i++)
        CHECK(wasmc_wasi_fd_close(&fixture.ctx, fds[i]) == WASI_ERRNO_SUCCESS);
}

static void test_crowd(void)
{
    struct rlimit limit;
    CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    if (limit.rlim_max < CROWD + 200) {
        printf("test_poll_set: %u connections are left out: RLIMIT_NOFILE is %lu\n", CROWD,
               (unsigned long)limit.rlim_max);
        return;
    }
    limit.rlim_cur = limit.rlim_max;
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, fixture_host_path(&fixture, "outside/listener"));
    int host = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int control[2];
    CHECK(bind(host, (const struct sockaddr *)&address, sizeof address) == 0 && listen(host, 1000) == 0);
    CHECK(pipe(control) == 0);
    pid_t child = fork();
    if (child == 0) {
        close(control[1]);
        run_crowd(&address, control[0]);
    }
    uint32_t size = CROWD * (BYTES + EVENT_BYTES) + 4;
    uint8_t *bytes = calloc(1, size);
    CHECK(bytes != NULL);
    fixture.memory = (struct wasmc_memory){.base = bytes, .size_bytes = size};
    uint32_t listener = insert(host, WASMC_DESC_SOCKET, WASI_RIGHTS_OF_SOCKET);
    poll_crowd(listener, control[1], bytes);
    fixture.memory = (struct wasmc_memory){.base = fixture.bytes, .size_bytes = FIXTURE_MEMORY_BYTES};
    free(bytes);
    close(control[0]);
    close(control[1]);
    CHECK(wasmc_wasi_fd_close(&fixture.ctx, listener) == WASI_ERRNO_SUCCESS);
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    CHECK(remove(address.sun_path) == 0);
}

void test_poll_set(void)
{
    int before = count_open();
    fixture_start(&fixture, false);
    fixture_make_file(&fixture, "root/file", "12345");
    void (*pipe_handler)(int) = signal(SIGPIPE, SIG_IGN); /* as in a program */
    test_stale();
    test_moved();
    test_replaced();
    test_orphan();
    test_epoll_oneoff();
    test_lists_in_turn();
    test_rounds();
    test_clocks();
    test_interrupts();
    test_meanwhile();
    test_pointers();
    test_refused();
    test_crowd();
    signal(SIGPIPE, pipe_handler);
    fixture_end(&fixture);
    CHECK_EQUAL(count_open(), before, "the host's descriptors");
}
