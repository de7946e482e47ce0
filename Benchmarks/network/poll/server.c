/* server.c - many idle connections, of which one at a time sends a byte and gets it back.
 *
 *   server HOW COUNT   accepts COUNT connections on descriptor 3, says so, and serves them until one ends
 *
 * As a guest HOW is poll (poll_oneoff), epoll (epoll_oneoff) or shift: poll_oneoff with a list that leaves out, once, what
 * was told last, as an event loop does that believes in edges. Natively it is poll (poll(2)) or epoll (epoll_wait(2)). */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LISTENER = 3 };

static void fail(const char *what)
{
    fprintf(stderr, "server: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* False: the connection has ended. */
static int answer(int fd)
{
    char byte;
    if (recv(fd, &byte, 1, 0) != 1)
        return 0;
    if (send(fd, &byte, 1, 0) != 1)
        fail("send");
    return 1;
}

#ifdef __wasi__
#include <wasi/api.h>

__attribute__((import_module("wasi_snapshot_preview1"), import_name("epoll_oneoff"))) int32_t
epoll_oneoff(const __wasi_subscription_t *in, __wasi_event_t *out, uint32_t count, __wasi_size_t *event_count);

static __wasi_subscription_t *all, *list;
static __wasi_event_t *events;

static void serve(const char *how, const int *fds, int count)
{
    all = calloc(count, sizeof *all);
    list = calloc(count, sizeof *list);
    events = calloc(count, sizeof *events);
    for (int i = 0; i < count; i++) {
        all[i].userdata = (uint64_t)i;
        all[i].u.tag = __WASI_EVENTTYPE_FD_READ;
        all[i].u.u.fd_read.file_descriptor = fds[i];
    }
    int shifts = how[0] == 's';
    int last = -1;
    for (;;) {
        const __wasi_subscription_t *in = all;
        uint32_t in_count = (uint32_t)count;
        if (shifts && last >= 0) {
            memcpy(list, all, last * sizeof *all);
            memcpy(list + last, all + last + 1, (count - last - 1) * sizeof *all);
            in = list;
            in_count--;
        }
        __wasi_size_t found;
#ifdef EPOLL
        int error = how[0] == 'e' ? epoll_oneoff(in, events, in_count, &found)
                                  : __wasi_poll_oneoff(in, events, in_count, &found);
#else
        int error = __wasi_poll_oneoff(in, events, in_count, &found);
#endif
        if (error != 0)
            fail("poll_oneoff");
        for (__wasi_size_t i = 0; i < found; i++) {
            last = (int)events[i].userdata;
            if (!answer(fds[last]))
                return;
        }
    }
}
#else
#include <poll.h>
#include <sys/epoll.h>
#include <sys/resource.h>

static void serve_poll(const int *fds, int count)
{
    struct pollfd *list = calloc((size_t)count, sizeof *list);
    for (int i = 0; i < count; i++)
        list[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
    for (;;) {
        int found = poll(list, (nfds_t)count, -1);
        for (int i = 0; found > 0; i++) {
            if (list[i].revents == 0)
                continue;
            found--;
            if (!answer(list[i].fd))
                return;
        }
    }
}

static void serve_epoll(const int *fds, int count)
{
    int set = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fds[i]};
        if (epoll_ctl(set, EPOLL_CTL_ADD, fds[i], &event) != 0)
            fail("epoll_ctl");
    }
    for (;;) {
        struct epoll_event events[64];
        int found = epoll_wait(set, events, 64, -1);
        for (int i = 0; i < found; i++) {
            if (!answer(events[i].data.fd))
                return;
        }
    }
}

static void serve(const char *how, const int *fds, int count)
{
    if (how[0] == 'p')
        serve_poll(fds, count);
    else
        serve_epoll(fds, count);
}
#endif

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
#ifndef __wasi__
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
#endif
    int count = atoi(argv[2]);
    int *fds = calloc((size_t)count, sizeof *fds);
    for (int i = 0; i < count; i++) {
        fds[i] = accept(LISTENER, NULL, NULL);
        if (fds[i] < 0)
            fail("accept");
    }
    puts("ready");
    fflush(stdout);
    serve(argv[1], fds, count);
    return 0;
}
