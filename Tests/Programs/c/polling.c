/* polling.c - poll(2) and poll_oneoff: readiness of files and standard streams, timeouts, several clocks.
 *
 * Standard input is a file with data. Prints what must hold; exit status: the number of properties that do not.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wasi/api.h>

#define MS_IN_NS UINT64_C(1000000)

static int failures;

static void check(bool holds, const char *property)
{
    printf("%s: %s\n", holds ? "ok" : "WRONG", property);
    failures += !holds;
}

static uint64_t now_ns(void)
{
    __wasi_timestamp_t time = 0;

    (void)__wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &time);
    return time;
}

static __wasi_subscription_t clock_in(uint64_t userdata, uint64_t timeout_ns)
{
    __wasi_subscription_t subscription;

    memset(&subscription, 0, sizeof subscription);
    subscription.userdata = userdata;
    subscription.u.tag = __WASI_EVENTTYPE_CLOCK;
    subscription.u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    subscription.u.u.clock.timeout = timeout_ns;
    return subscription;
}

static __wasi_subscription_t reading(uint64_t userdata, __wasi_fd_t fd)
{
    __wasi_subscription_t subscription;

    memset(&subscription, 0, sizeof subscription);
    subscription.userdata = userdata;
    subscription.u.tag = __WASI_EVENTTYPE_FD_READ;
    subscription.u.u.fd_read.file_descriptor = fd;
    return subscription;
}

static void check_poll(void)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLRDNORM};
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLWRNORM};
    struct pollfd both[] = {input, output};

    check(poll(&input, 1, 1000) == 1 && (input.revents & POLLRDNORM), "input can be read");
    check(poll(&output, 1, 1000) == 1 && (output.revents & POLLWRNORM), "output can be written");
    check(poll(both, 2, 1000) >= 1, "of two ready streams at least one is reported");
}

static void check_timeout(void)
{
    uint64_t start = now_ns();

    check(poll(NULL, 0, 15) == 0, "poll without descriptors times out");
    check(now_ns() - start >= 15 * MS_IN_NS, "after its timeout");
}

static void check_clocks(void)
{
    __wasi_subscription_t subscriptions[] = {clock_in(1, 2000 * MS_IN_NS), clock_in(2, 5 * MS_IN_NS)};
    __wasi_event_t events[2];
    __wasi_size_t count = 0;
    uint64_t start = now_ns();
    __wasi_errno_t error = __wasi_poll_oneoff(subscriptions, events, 2, &count);

    check(error == 0 && count == 1, "the earlier of two clocks is one event");
    check(events[0].userdata == 2 && events[0].type == __WASI_EVENTTYPE_CLOCK && events[0].error == 0, "of its clock");
    check(now_ns() - start >= 5 * MS_IN_NS && now_ns() - start < 1500 * MS_IN_NS, "at its time");
}

static void check_file_and_clock(void)
{
    __wasi_subscription_t subscriptions[] = {clock_in(1, 2000 * MS_IN_NS), reading(7, STDIN_FILENO)};
    __wasi_event_t events[2];
    __wasi_size_t count = 0;
    uint64_t start = now_ns();
    __wasi_errno_t error = __wasi_poll_oneoff(subscriptions, events, 2, &count);

    check(error == 0 && count == 1 && events[0].userdata == 7, "a readable stream is reported before a clock");
    check(now_ns() - start < 1500 * MS_IN_NS, "without waiting for the clock");
    check(events[0].type == __WASI_EVENTTYPE_FD_READ && events[0].error == 0, "as readable");
}

static void check_errors(void)
{
    __wasi_event_t event;
    __wasi_size_t count = 99;

    check(__wasi_poll_oneoff(NULL, &event, 0, &count) == __WASI_ERRNO_INVAL, "no subscription is an error");
}

int main(void)
{
    check_poll();
    check_timeout();
    check_clocks();
    check_file_and_clock();
    check_errors();
    return failures;
}
