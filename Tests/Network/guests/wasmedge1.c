/* wasmedge1.c - WasmEdge's sockets, version 1: an address is 4 or 16 bytes. */
#include <string.h>

#include "sockets.h"

const char abi_name[] = "WasmEdge 1";

struct wire {
    uint8_t *bytes;
    uint32_t count;
};

int we_open(int family, int type, int *fd) IMPORT("sock_open");
int we_bind(int fd, struct wire *address, int port) IMPORT("sock_bind");
int we_connect(int fd, struct wire *address, int port) IMPORT("sock_connect");
int we_listen(int fd, int backlog) IMPORT("sock_listen");
int we_accept(int fd, int *new_fd) IMPORT("sock_accept");
int we_receive_from(int fd, struct vector *vectors, int count, struct wire *address, int flags, uint32_t *bytes,
                    uint16_t *out) IMPORT("sock_recv_from");
int we_send_to(int fd, struct vector *vectors, int count, struct wire *address, int port, int flags, uint32_t *bytes)
    IMPORT("sock_send_to");
int we_get_option(int fd, int level, int name, void *value, uint32_t *length) IMPORT("sock_getsockopt");
int we_set_option(int fd, int level, int name, const void *value, uint32_t length) IMPORT("sock_setsockopt");
int we_local(int fd, struct wire *address, uint32_t *family, uint32_t *port) IMPORT("sock_getlocaladdr");
int we_remote(int fd, struct wire *address, uint32_t *family, uint32_t *port) IMPORT("sock_getpeeraddr");

static struct wire wire_of(const struct address *address)
{
    return (struct wire){(uint8_t *)address->bytes, address->family == IPV4 ? 4 : 16};
}

int s_open(enum family family, enum type type, int *fd)
{
    return we_open(family == IPV4 ? 1 : family == IPV6 ? 2 : 3, type == STREAM ? 2 : 1, fd);
}

int s_bind(int fd, const struct address *address)
{
    struct wire wire = wire_of(address);
    return we_bind(fd, &wire, address->port);
}

int s_listen(int fd, int backlog)
{
    return we_listen(fd, backlog);
}

int s_accept(int fd, int *new_fd)
{
    return we_accept(fd, new_fd);
}

int s_connect(int fd, const struct address *address)
{
    struct wire wire = wire_of(address);
    return we_connect(fd, &wire, address->port);
}

int s_connected(int fd, const struct address *address)
{
    int error = -1;
    uint32_t length = sizeof error;
    (void)address;
    int failed = we_get_option(fd, 0, 2, &error, &length);
    check("length of the error", length, sizeof error);
    return failed != 0 ? failed : error;
}

/* Version 1 tells the sender's address, and not its port, which the guests then have no use for. */
int s_receive_from(int fd, void *bytes, uint32_t room, uint32_t *count, struct address *peer)
{
    struct vector vector = {bytes, room};
    struct wire wire = {peer->bytes, 16};
    uint16_t flags;
    peer->port = 0;
    return we_receive_from(fd, &vector, 1, &wire, 0, count, &flags);
}

int s_send_to(int fd, const void *bytes, uint32_t count, const struct address *address, uint32_t *sent)
{
    struct vector vector = {(void *)bytes, count};
    struct wire wire = wire_of(address);
    return we_send_to(fd, &vector, 1, &wire, address->port, 0, sent);
}

static int name_of(int (*ask)(int, struct wire *, uint32_t *, uint32_t *), int fd, struct address *address)
{
    uint32_t family = 0, port = 0;
    struct wire wire = {address->bytes, 16};
    int error = ask(fd, &wire, &family, &port);
    address->family = family;
    address->port = (uint16_t)port;
    return error;
}

int s_local(int fd, struct address *address)
{
    return name_of(we_local, fd, address);
}

int s_remote(int fd, struct address *address)
{
    return name_of(we_remote, fd, address);
}

int s_set_time(int fd, uint64_t microseconds)
{
    int64_t time[2] = {0, (int64_t)microseconds};
    return we_set_option(fd, 0, 11, time, sizeof time);
}

static void check_flag(const char *what, int fd, int name)
{
    int value = 1, got = -1;
    uint32_t length = sizeof got;
    check(what, we_set_option(fd, 0, name, &value, sizeof value), 0);
    check(what, we_get_option(fd, 0, name, &got, &length), 0);
    check(what, got, 1);
}

void abi_options(int stream, int datagrams)
{
    int got = -1;
    uint32_t length = sizeof got;
    check("type", we_get_option(stream, 0, 1, &got, &length), 0);
    check("type of a stream", got, 2);
    check("type", we_get_option(datagrams, 0, 1, &got, (uint32_t *)4), 0);
    check("type of datagrams, by the length itself", got, 1);
    check_flag("reuse address", stream, 0);
    check_flag("broadcast", datagrams, 4);
    check_flag("keep alive", stream, 7);
    int size = 20000;
    check("set bytes to send", we_set_option(stream, 0, 5, &size, sizeof size), 0);
    check("bytes to send", we_get_option(stream, 0, 5, &got, &length), 0);
    check("bytes to send, twice as many, as on Linux", got, 40000);
    int linger[2] = {1, 3}, linger_got[2] = {0, 0};
    check("set linger", we_set_option(stream, 0, 9, linger, sizeof linger), 0);
    length = sizeof linger_got;
    check("linger", we_get_option(stream, 0, 9, linger_got, &length), 0);
    check("linger", memcmp(linger, linger_got, sizeof linger), 0);
    int64_t time[2] = {1, 500000}, time_got[2] = {0, 0};
    check("set time to receive", we_set_option(stream, 0, 11, time, sizeof time), 0);
    length = sizeof time_got;
    check("time to receive", we_get_option(stream, 0, 11, time_got, &length), 0);
    check("time to receive", memcmp(time, time_got, sizeof time), 0);
    length = sizeof got;
    check("listening", we_get_option(stream, 0, 13, &got, &length), 0);
    check("not listening", got, 0);
    length = 2;
    check("too little room", we_get_option(stream, 0, 13, &got, &length), E_INVAL);
    check("another level", we_set_option(stream, 6, 1, &size, sizeof size), E_INVAL);
    check("the type is not set", we_set_option(stream, 0, 1, &size, sizeof size), E_NOPROTOOPT);
    int fd;
    check("no family", we_open(0, 2, &fd), E_INVAL);
    check("no type", we_open(1, 0, &fd), E_INVAL);
    struct wire wire = {(uint8_t *)"12345", 5};
    check("an address of 5 bytes", we_bind(stream, &wire, 0), E_INVAL);
    check("a port above 65535", we_bind(stream, &(struct wire){(uint8_t *)"\177\0\0\1", 4}, 65536), E_INVAL);
}
