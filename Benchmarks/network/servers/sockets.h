/* sockets.h - the few calls of server.c, natively and as WasmEdge's imports: the same work on both sides. Addresses are
 * 127.0.0.1's. Calls return a count or -1, as POSIX has it; nothing here waits but poll_all and, if they block, sockets. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct peer {
    uint8_t address[4];
    uint16_t port;
};

static const struct peer loopback = {{127, 0, 0, 1}, 0};

static void fail(const char *what)
{
    fprintf(stderr, "server: %s\n", what);
    exit(1);
}

#ifdef __wasi__
#include <wasi/api.h>

#define IMPORT(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))

struct wire {
    void *bytes;
    uint32_t count;
};

int32_t we_open(int family, int type, int *fd) IMPORT("sock_open");
int32_t we_bind(int fd, const struct wire *address, int port) IMPORT("sock_bind");
int32_t we_connect(int fd, const struct wire *address, int port) IMPORT("sock_connect");
int32_t we_listen(int fd, int backlog) IMPORT("sock_listen");
int32_t we_accept(int fd, int flags, int *new_fd) IMPORT("sock_accept");
int32_t we_receive(int fd, const struct wire *buffers, int count, int flags, uint32_t *bytes, uint16_t *out)
    IMPORT("sock_recv");
int32_t we_send(int fd, const struct wire *buffers, int count, int flags, uint32_t *bytes) IMPORT("sock_send");
int32_t we_receive_from(int fd, const struct wire *buffers, int count, const struct wire *address, int flags,
                        uint32_t *port, uint32_t *bytes, uint16_t *out) IMPORT("sock_recv_from");
int32_t we_send_to(int fd, const struct wire *buffers, int count, const struct wire *address, int port, int flags,
                   uint32_t *bytes) IMPORT("sock_send_to");
int32_t we_epoll(const __wasi_subscription_t *in, __wasi_event_t *out, uint32_t count, __wasi_size_t *found)
    IMPORT("epoll_oneoff");

static struct wire wire_of(const struct peer *peer)
{
    return (struct wire){(void *)peer->address, 4};
}

static int open_socket(int is_stream)
{
    int fd;
    return we_open(1, is_stream ? 2 : 1, &fd) == 0 ? fd : -1;
}

static int bind_socket(int fd, const struct peer *peer)
{
    struct wire address = wire_of(peer);
    return we_bind(fd, &address, peer->port) == 0 ? 0 : -1;
}

static int listen_socket(int fd)
{
    return we_listen(fd, 4096) == 0 ? 0 : -1;
}

static int connect_socket(int fd, const struct peer *peer)
{
    struct wire address = wire_of(peer);
    return we_connect(fd, &address, peer->port) == 0 ? 0 : -1;
}

static void set_nonblocking(int fd)
{
    (void)__wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_NONBLOCK);
}

static int accept_nonblocking(int fd)
{
    int new_fd;
    return we_accept(fd, __WASI_FDFLAGS_NONBLOCK, &new_fd) == 0 ? new_fd : -1;
}

static int receive(int fd, void *bytes, uint32_t room)
{
    struct wire buffer = {bytes, room};
    uint32_t count;
    uint16_t flags;
    return we_receive(fd, &buffer, 1, 0, &count, &flags) == 0 ? (int)count : -1;
}

static int send_bytes(int fd, const void *bytes, uint32_t count)
{
    struct wire buffer = {(void *)bytes, count};
    uint32_t sent;
    return we_send(fd, &buffer, 1, 0, &sent) == 0 ? (int)sent : -1;
}

static int receive_from(int fd, void *bytes, uint32_t room, struct peer *peer)
{
    struct wire buffer = {bytes, room}, address = wire_of(peer);
    uint32_t port = 0, count;
    uint16_t flags;
    int32_t error = we_receive_from(fd, &buffer, 1, &address, 0, &port, &count, &flags);
    peer->port = (uint16_t)port;
    return error == 0 ? (int)count : -1;
}

static int send_to(int fd, const void *bytes, uint32_t count, const struct peer *peer)
{
    struct wire buffer = {(void *)bytes, count}, address = wire_of(peer);
    uint32_t sent;
    return we_send_to(fd, &buffer, 1, &address, peer->port, 0, &sent) == 0 ? (int)sent : -1;
}

/* --- waiting: the list is the set --- */

enum { POLLED = 4096 };
static __wasi_subscription_t subscriptions[POLLED];
static __wasi_event_t events[POLLED];
static uint32_t polled;
static int is_epoll;

static void begin_polling(int with_epoll)
{
    is_epoll = with_epoll;
}

static void add_polled(int fd)
{
    if (polled == POLLED)
        fail("too many connections");
    subscriptions[polled].userdata = (uint64_t)fd;
    subscriptions[polled].u.tag = __WASI_EVENTTYPE_FD_READ;
    subscriptions[polled++].u.u.fd_read.file_descriptor = fd;
}

static void remove_polled(int fd)
{
    for (uint32_t i = 0; i < polled; i++) {
        if (subscriptions[i].userdata == (uint64_t)fd) {
            subscriptions[i] = subscriptions[--polled];
            return;
        }
    }
}

/* Calls for each descriptor that is readable. */
static void poll_all(void (*ready)(int fd))
{
    __wasi_size_t found;
    int error = is_epoll ? we_epoll(subscriptions, events, polled, &found)
                         : __wasi_poll_oneoff(subscriptions, events, polled, &found);
    if (error != 0)
        fail("poll");
    for (__wasi_size_t i = 0; i < found; i++)
        ready((int)events[i].userdata);
}
#else
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

static struct sockaddr_in wire_of(const struct peer *peer)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(peer->port)};
    memcpy(&address.sin_addr, peer->address, 4);
    return address;
}

static int open_socket(int is_stream)
{
    return socket(AF_INET, is_stream ? SOCK_STREAM : SOCK_DGRAM, 0);
}

static int bind_socket(int fd, const struct peer *peer)
{
    struct sockaddr_in address = wire_of(peer);
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return bind(fd, (struct sockaddr *)&address, sizeof address);
}

static int listen_socket(int fd)
{
    return listen(fd, 4096);
}

static int connect_socket(int fd, const struct peer *peer)
{
    struct sockaddr_in address = wire_of(peer);
    return connect(fd, (struct sockaddr *)&address, sizeof address);
}

static void set_nonblocking(int fd)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
}

static int accept_nonblocking(int fd)
{
    return accept4(fd, NULL, NULL, SOCK_NONBLOCK);
}

static int receive(int fd, void *bytes, uint32_t room)
{
    return (int)recv(fd, bytes, room, 0);
}

static int send_bytes(int fd, const void *bytes, uint32_t count)
{
    return (int)send(fd, bytes, count, MSG_NOSIGNAL);
}

static int receive_from(int fd, void *bytes, uint32_t room, struct peer *peer)
{
    struct sockaddr_in address;
    socklen_t address_bytes = sizeof address;
    ssize_t count = recvfrom(fd, bytes, room, 0, (struct sockaddr *)&address, &address_bytes);
    memcpy(peer->address, &address.sin_addr, 4);
    peer->port = ntohs(address.sin_port);
    return (int)count;
}

static int send_to(int fd, const void *bytes, uint32_t count, const struct peer *peer)
{
    struct sockaddr_in address = wire_of(peer);
    return (int)sendto(fd, bytes, count, 0, (struct sockaddr *)&address, sizeof address);
}

/* --- waiting --- */

enum { POLLED = 4096 };
static struct pollfd list[POLLED];
static int polled, set = -1;

static void begin_polling(int with_epoll)
{
    if (with_epoll)
        set = epoll_create1(0);
}

static void add_polled(int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (set >= 0)
        epoll_ctl(set, EPOLL_CTL_ADD, fd, &event);
    else if (polled < POLLED)
        list[polled++] = (struct pollfd){.fd = fd, .events = POLLIN};
    else
        fail("too many connections");
}

static void remove_polled(int fd)
{
    for (int i = 0; i < polled; i++) {
        if (list[i].fd == fd) {
            list[i] = list[--polled];
            return;
        }
    }
}

static void poll_all(void (*ready)(int fd))
{
    static struct epoll_event events[64];
    static int fds[POLLED];
    int count = set >= 0 ? epoll_wait(set, events, 64, -1) : poll(list, (nfds_t)polled, -1), found = 0;
    for (int i = 0; set >= 0 && i < count; i++)
        ready(events[i].data.fd);
    for (int i = 0; set < 0 && found < count; i++) {
        if (list[i].revents != 0)
            fds[found++] = list[i].fd;
    }
    for (int i = 0; i < found; i++)
        ready(fds[i]);
}
#endif
