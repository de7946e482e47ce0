/* wasmedge2.c - WasmEdge's sockets, version 2: an address is 128 bytes, {u16 family, 126 bytes}. */
#include <string.h>

#include "sockets.h"

const char abi_name[] = "WasmEdge 2";

struct storage {
    uint16_t family;
    uint8_t bytes[126];
};

struct wire {
    struct storage *storage;
    uint32_t count;
};

/* The names that WasmEdge gives version 2 itself. */
int we_open_v2(int family, int type, int *fd) IMPORT("sock_open_v2");
int we_bind_v2(int fd, struct wire *address, int port) IMPORT("sock_bind_v2");
int we_connect_v2(int fd, struct wire *address, int port) IMPORT("sock_connect_v2");
int we_listen_v2(int fd, int backlog) IMPORT("sock_listen_v2");
int we_accept_v2(int fd, int flags, int *new_fd) IMPORT("sock_accept_v2");
int we_receive_v2(int fd, struct vector *vectors, int count, int flags, uint32_t *bytes, uint16_t *out)
    IMPORT("sock_recv_v2");
int we_receive_from_v2(int fd, struct vector *vectors, int count, struct wire *address, int flags, uint32_t *port,
                       uint32_t *bytes, uint16_t *out) IMPORT("sock_recv_from_v2");
int we_send_v2(int fd, struct vector *vectors, int count, int flags, uint32_t *bytes) IMPORT("sock_send_v2");
int we_send_to_v2(int fd, struct vector *vectors, int count, struct wire *address, int port, int flags,
                  uint32_t *bytes) IMPORT("sock_send_to_v2");
int we_local_v2(int fd, struct wire *address, uint32_t *port) IMPORT("sock_getlocaladdr_v2");
int we_remote_v2(int fd, struct wire *address, uint32_t *port) IMPORT("sock_getpeeraddr_v2");

struct info;
int we_open(int family, int type, int *fd) IMPORT("sock_open");
int we_bind(int fd, struct wire *address, int port) IMPORT("sock_bind");
int we_connect(int fd, struct wire *address, int port) IMPORT("sock_connect");
int we_listen(int fd, int backlog) IMPORT("sock_listen");
int we_receive_from(int fd, struct vector *vectors, int count, struct wire *address, int flags, uint32_t *port,
                    uint32_t *bytes, uint16_t *out) IMPORT("sock_recv_from");
int we_send_to(int fd, struct vector *vectors, int count, struct wire *address, int port, int flags, uint32_t *bytes)
    IMPORT("sock_send_to");
int we_get_option(int fd, int level, int name, void *value, uint32_t length) IMPORT("sock_getsockopt");
int we_set_option(int fd, int level, int name, const void *value, uint32_t length) IMPORT("sock_setsockopt");
int we_local(int fd, struct wire *address, uint32_t *port) IMPORT("sock_getlocaladdr");
int we_remote(int fd, struct wire *address, uint32_t *port) IMPORT("sock_getpeeraddr");
int we_names(const char *host, uint32_t host_bytes, const char *service, uint32_t service_bytes,
             const struct info *hints, struct info **list, uint32_t room, uint32_t *count) IMPORT("sock_getaddrinfo");

static struct storage storage;

static struct wire wire_of(const struct address *address)
{
    memset(&storage, 0, sizeof storage);
    if (address != NULL) {
        storage.family = address->family == IPV4 ? 1 : address->family == IPV6 ? 2 : 3;
        memcpy(storage.bytes, address->bytes, sizeof address->bytes);
        if (address->family == UNIX)
            memcpy(storage.bytes, address->path, sizeof address->path);
    }
    return (struct wire){&storage, sizeof storage};
}

static void address_of(uint32_t port, struct address *address)
{
    address->family = storage.family == 1 ? IPV4 : storage.family == 2 ? IPV6 : storage.family == 3 ? UNIX : 0;
    memcpy(address->bytes, storage.bytes, sizeof address->bytes);
    memcpy(address->path, storage.bytes, sizeof address->path);
    address->port = (uint16_t)port;
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
    return p1_accept(fd, 0, new_fd);
}

int s_connect(int fd, const struct address *address)
{
    struct wire wire = wire_of(address);
    return we_connect(fd, &wire, address->port);
}

/* As Go's clients do, with the length itself. */
int s_connected(int fd, const struct address *address)
{
    int error = -1;
    (void)address;
    int failed = we_get_option(fd, 0, 2, &error, sizeof error);
    return failed != 0 ? failed : error;
}

int s_reuse(int fd)
{
    int on = 1;
    return we_set_option(fd, 0, 0, &on, sizeof on);
}

int s_receive_from(int fd, void *bytes, uint32_t room, uint32_t *count, struct address *peer)
{
    struct vector vector = {bytes, room};
    struct wire wire = wire_of(NULL);
    uint16_t flags;
    uint32_t port = 0;
    int error = we_receive_from(fd, &vector, 1, &wire, 0, &port, count, &flags);
    if (error == 0)
        address_of(port, peer);
    return error;
}

int s_send_to(int fd, const void *bytes, uint32_t count, const struct address *address, uint32_t *sent)
{
    struct vector vector = {(void *)bytes, count};
    struct wire wire = wire_of(address);
    return we_send_to(fd, &vector, 1, &wire, address->port, 0, sent);
}

int s_local(int fd, struct address *address)
{
    struct wire wire = wire_of(NULL);
    uint32_t port = 0;
    int error = we_local(fd, &wire, &port);
    address_of(port, address);
    return error;
}

int s_remote(int fd, struct address *address)
{
    struct wire wire = wire_of(NULL);
    uint32_t port = 0;
    int error = we_remote(fd, &wire, &port);
    address_of(port, address);
    return error;
}

int s_set_time(int fd, uint64_t microseconds)
{
    int64_t time[2] = {0, (int64_t)microseconds};
    return we_set_option(fd, 0, 11, time, sizeof time);
}

/* --- names --- */

struct name {
    uint8_t family;
    uint32_t count;
    uint8_t *bytes;
};

struct info {
    uint16_t flags;
    uint8_t family, type, protocol, reserved[3];
    uint32_t address_bytes;
    struct name *address;
    char *canonical;
    uint32_t canonical_bytes;
    struct info *next;
};

int s_resolve(const char *host, const char *service, struct address *found, uint32_t room, uint32_t *count)
{
    static struct info infos[8];
    static struct name names[8];
    static uint8_t bytes[8][26];
    struct info hints = {.family = strchr(host, ':') != NULL ? 2 : 0, .type = 2}, *list = infos;
    for (uint32_t i = 0; i < 8; i++) {
        names[i] = (struct name){.count = 26, .bytes = bytes[i]};
        infos[i] = (struct info){.address = &names[i], .next = i < 7 ? &infos[i + 1] : NULL};
    }
    int error = we_names(host, strlen(host) + 1, service, strlen(service), &hints, &list, room < 8 ? room : 8, count);
    for (uint32_t i = 0; error == 0 && i < *count; i++) {
        uint8_t *at = names[i].bytes;
        found[i].family = names[i].family == 1 ? IPV4 : IPV6;
        found[i].port = (uint16_t)(at[0] << 8 | at[1]);
        memcpy(found[i].bytes, at + (found[i].family == IPV4 ? 2 : 6), found[i].family == IPV4 ? 4 : 16);
        check("the family is there twice", infos[i].family, names[i].family);
        check("a stream", infos[i].type, 2);
    }
    return error;
}

/* Datagrams to itself, and a listener to which nobody comes. */
static void check_second_names(void)
{
    int datagrams, listener, none;
    uint32_t port = 0, count = 0, own_port;
    uint16_t flags;
    char got[4] = "";
    struct vector vector = {"abc", 3}, room = {got, 3};
    struct address address = {.family = IPV4, .bytes = {127, 0, 0, 1}};
    struct wire wire = wire_of(&address);
    check("sock_open_v2", we_open_v2(1, 1, &datagrams), 0);
    check("sock_bind_v2", we_bind_v2(datagrams, &wire, 0), 0);
    check("sock_getlocaladdr_v2", we_local_v2(datagrams, &wire, &own_port), 0);
    check("sock_getpeeraddr_v2", we_remote_v2(datagrams, &wire, &port), E_NOTCONN);
    check("sock_send_to_v2", we_send_to_v2(datagrams, &vector, 1, &wire, (int)own_port, 0, &count), 0);
    check("sock_recv_from_v2", we_receive_from_v2(datagrams, &room, 1, &wire, 0, &port, &count, &flags), 0);
    check("what came", memcmp(got, "abc", 4), 0);
    check("from where", port, own_port);
    check("sock_connect_v2", we_connect_v2(datagrams, &wire, (int)own_port), 0);
    check("sock_send_v2", we_send_v2(datagrams, &vector, 1, 0, &count), 0);
    room.count = 2;
    check("sock_recv_v2", we_receive_v2(datagrams, &room, 1, 0, &count, &flags), 0);
    check("cut off", count * 10 + flags, 21);
    check("a stream", we_open_v2(1, 2, &listener), 0);
    check("its address", we_bind_v2(listener, &wire, 0), 0);
    check("sock_listen_v2", we_listen_v2(listener, 1), 0);
    check("nobody waits", p1_set_flags(listener, 4), 0);
    check("sock_accept_v2", we_accept_v2(listener, 0, &none), E_AGAIN);
    check("close", p1_close(datagrams) + p1_close(listener), 0);
}

void abi_options(int stream, int datagrams)
{
    int on = 1, got = -1;
    check("set broadcast", we_set_option(datagrams, 0, 4, &on, sizeof on), 0);
    check("broadcast", we_get_option(datagrams, 0, 4, &got, sizeof got), 0);
    check("broadcast", got, 1);
    check("no device", we_get_option(stream, 0, 14, &got, 0), 0);
    check("a device", we_set_option(stream, 0, 14, "lo", 2), E_NOPROTOOPT);
    struct wire wire = wire_of(NULL);
    storage.family = 9;
    check("another family", we_bind(stream, &wire, 0), E_AFNOSUPPORT);
    uint32_t port;
    check_second_names();
    check("a buffer of 20 bytes", we_local(stream, &(struct wire){&storage, 20}, &port), E_INVAL);
}
