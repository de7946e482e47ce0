/* wamr.c - WAMR's sockets: numbers of addresses are in the host's order. */
#include <string.h>

#include "sockets.h"

const char abi_name[] = "WAMR";

struct wire {
    uint32_t kind;
    union {
        struct {
            uint8_t bytes[4];
            uint16_t port;
        } v4;
        struct {
            uint16_t groups[8];
            uint16_t port;
        } v6;
    };
};

struct hints {
    int type;
    uint32_t family;
    uint8_t is_enabled;
};

struct info {
    struct wire address;
    int type;
};

int wamr_open(int pool, int family, int type, int *fd) IMPORT("sock_open");
int wamr_close(int fd) IMPORT("sock_close");
int wamr_bind(int fd, const struct wire *address) IMPORT("sock_bind");
int wamr_connect(int fd, const struct wire *address) IMPORT("sock_connect");
int wamr_listen(int fd, int backlog) IMPORT("sock_listen");
int wamr_receive_from(int fd, struct vector *vectors, int count, int flags, struct wire *address, uint32_t *bytes)
    IMPORT("sock_recv_from");
int wamr_send_to(int fd, struct vector *vectors, int count, int flags, const struct wire *address, uint32_t *bytes)
    IMPORT("sock_send_to");
int wamr_local(int fd, struct wire *address) IMPORT("sock_addr_local");
int wamr_remote(int fd, struct wire *address) IMPORT("sock_addr_remote");
int wamr_resolve(const char *host, const char *service, const struct hints *hints, struct info *infos, uint32_t room,
                 uint32_t *count) IMPORT("sock_addr_resolve");

/* Both calls of an option. */
#define OPTION(name, set_type, get_type)                                  \
    int wamr_set_##name(int fd, set_type value) IMPORT("sock_set_" #name); \
    int wamr_get_##name(int fd, get_type *value) IMPORT("sock_get_" #name);
OPTION(broadcast, int, uint8_t)
OPTION(keep_alive, int, uint8_t)
OPTION(reuse_addr, int, uint8_t)
OPTION(reuse_port, int, uint8_t)
OPTION(recv_buf_size, int, uint32_t)
OPTION(send_buf_size, int, uint32_t)
OPTION(recv_timeout, uint64_t, uint64_t)
OPTION(send_timeout, uint64_t, uint64_t)
OPTION(tcp_no_delay, int, uint8_t)
OPTION(tcp_quick_ack, int, uint8_t)
OPTION(tcp_fastopen_connect, int, uint8_t)
OPTION(tcp_keep_idle, int, uint32_t)
OPTION(tcp_keep_intvl, int, uint32_t)
OPTION(ip_ttl, int, uint8_t)
OPTION(ip_multicast_ttl, int, uint8_t)
OPTION(ipv6_only, int, uint8_t)
int wamr_set_linger(int fd, int is_on, int seconds) IMPORT("sock_set_linger");
int wamr_get_linger(int fd, uint8_t *is_on, int *seconds) IMPORT("sock_get_linger");
int wamr_set_loop(int fd, int is_v6, int value) IMPORT("sock_set_ip_multicast_loop");
int wamr_get_loop(int fd, int is_v6, uint8_t *value) IMPORT("sock_get_ip_multicast_loop");
int wamr_join(int fd, const struct wire *group, uint32_t interface) IMPORT("sock_set_ip_add_membership");
int wamr_leave(int fd, const struct wire *group, uint32_t interface) IMPORT("sock_set_ip_drop_membership");

static struct wire wire_of(const struct address *address)
{
    struct wire wire = {.kind = address->family == IPV6};
    if (address->family == IPV4) {
        memcpy(wire.v4.bytes, address->bytes, 4);
        wire.v4.port = address->port;
        return wire;
    }
    for (int i = 0; i < 8; i++)
        wire.v6.groups[i] = (uint16_t)(address->bytes[2 * i] << 8 | address->bytes[2 * i + 1]);
    wire.v6.port = address->port;
    return wire;
}

static void address_of(const struct wire *wire, struct address *address)
{
    address->family = wire->kind == 0 ? IPV4 : IPV6;
    address->port = wire->kind == 0 ? wire->v4.port : wire->v6.port;
    if (wire->kind == 0)
        memcpy(address->bytes, wire->v4.bytes, 4);
    for (int i = 0; wire->kind != 0 && i < 16; i++)
        address->bytes[i] = (uint8_t)(wire->v6.groups[i / 2] >> (i % 2 ? 0 : 8));
}

int s_open(enum family family, enum type type, int *fd)
{
    return wamr_open(-1, family == IPV4 ? 0 : family == IPV6 ? 1 : 3, type == STREAM ? 1 : 0, fd);
}

int s_bind(int fd, const struct address *address)
{
    struct wire wire = wire_of(address);
    return wamr_bind(fd, &wire);
}

int s_listen(int fd, int backlog)
{
    return wamr_listen(fd, backlog);
}

int s_accept(int fd, int *new_fd)
{
    return p1_accept(fd, 0, new_fd);
}

int s_connect(int fd, const struct address *address)
{
    struct wire wire = wire_of(address);
    return wamr_connect(fd, &wire);
}

/* There is no option that tells: who has a peer is connected. */
int s_connected(int fd, const struct address *address)
{
    struct wire wire;
    (void)address;
    int error = wamr_remote(fd, &wire);
    return error == E_NOTCONN ? E_INPROGRESS : error;
}

int s_receive_from(int fd, void *bytes, uint32_t room, uint32_t *count, struct address *peer)
{
    struct vector vector = {bytes, room};
    struct wire wire;
    int error = wamr_receive_from(fd, &vector, 1, 0, &wire, count);
    if (error == 0)
        address_of(&wire, peer);
    return error;
}

int s_send_to(int fd, const void *bytes, uint32_t count, const struct address *address, uint32_t *sent)
{
    struct vector vector = {(void *)bytes, count};
    struct wire wire = wire_of(address);
    return wamr_send_to(fd, &vector, 1, 0, &wire, sent);
}

int s_local(int fd, struct address *address)
{
    struct wire wire = {0};
    int error = wamr_local(fd, &wire);
    address_of(&wire, address);
    return error;
}

int s_remote(int fd, struct address *address)
{
    struct wire wire = {0};
    int error = wamr_remote(fd, &wire);
    address_of(&wire, address);
    return error;
}

int s_resolve(const char *host, const char *service, struct address *found, uint32_t room, uint32_t *count)
{
    struct info infos[8];
    struct hints hints = {.type = 1, .family = 2, .is_enabled = 1};
    int error = wamr_resolve(host, service, &hints, infos, room < 8 ? room : 8, count);
    for (uint32_t i = 0; error == 0 && i < *count && i < room; i++) {
        address_of(&infos[i].address, &found[i]);
        check("a stream", infos[i].type, 1);
    }
    return error;
}

int s_set_time(int fd, uint64_t microseconds)
{
    return wamr_set_recv_timeout(fd, microseconds);
}

/* Sets an option to `value`, and gets `wanted` of it. */
#define CHECK(type, name, fd, value, wanted)             \
    do {                                                 \
        type got = 0;                                    \
        check("set " #name, wamr_set_##name(fd, value), 0); \
        check("get " #name, wamr_get_##name(fd, &got), 0);  \
        check(#name, (long)got, wanted);                 \
    } while (0)

static void check_groups(int datagrams)
{
    uint8_t got = 9;
    uint32_t loopback = 0x0100007f; /* as on the wire */
    const struct wire group = {.kind = 0, .v4.bytes = {224, 0, 0, 251}};
    const struct wire admitted = {.kind = 0, .v4.bytes = {224, 0, 0, 250}};
    check("leaving a group that it is not in", wamr_leave(datagrams, &admitted, loopback), E_ADDRNOTAVAIL);
    check("joining a group", wamr_join(datagrams, &admitted, loopback), 0);
    check("joining it again", wamr_join(datagrams, &admitted, loopback), E_ADDRINUSE);
    check("leaving it", wamr_leave(datagrams, &admitted, loopback), 0);
    check("set loop", wamr_set_loop(datagrams, 0, 0), 0);
    check("get loop", wamr_get_loop(datagrams, 0, &got), 0);
    check("loop", got, 0);
    check("loop of the other family", wamr_set_loop(datagrams, 1, 1), E_NOPROTOOPT);
    check("a group that no rule admits", wamr_join(datagrams, &group, 0), E_ACCES);
    check("an address of no kind", wamr_leave(datagrams, &(struct wire){.kind = 7}, 0), 66);
}

void abi_options(int stream, int datagrams)
{
    int fd, seconds = -1;
    uint8_t is_on = 9;
    CHECK(uint8_t, broadcast, datagrams, 7, 1);
    CHECK(uint8_t, keep_alive, stream, 1, 1);
    CHECK(uint8_t, keep_alive, stream, 0, 0);
    CHECK(uint8_t, reuse_addr, stream, 1, 1);
    CHECK(uint8_t, reuse_port, stream, 1, 1);
    CHECK(uint32_t, recv_buf_size, stream, 20000, 40000);
    CHECK(uint32_t, send_buf_size, stream, 20000, 40000);
    CHECK(uint64_t, recv_timeout, stream, 1500000, 1500000);
    CHECK(uint64_t, send_timeout, stream, 0, 0);
    CHECK(uint8_t, tcp_no_delay, stream, 1, 1);
    CHECK(uint8_t, tcp_quick_ack, stream, 0, 0);
    CHECK(uint32_t, tcp_keep_idle, stream, 77, 77);
    CHECK(uint32_t, tcp_keep_intvl, stream, 88, 88);
    CHECK(uint8_t, ip_ttl, stream, 65, 65);
    CHECK(uint8_t, ip_multicast_ttl, datagrams, 3, 3);
    check("set linger", wamr_set_linger(stream, 1, 3), 0);
    check("get linger", wamr_get_linger(stream, &is_on, &seconds), 0);
    check("linger", is_on * 10 + seconds, 13);
    check("an option of TCP", wamr_set_tcp_no_delay(datagrams, 1), E_NOPROTOOPT);
    check("a time to live of 256", wamr_set_ip_ttl(stream, 256), E_INVAL);
    check("IPv6 alone, of IPv4", wamr_set_ipv6_only(stream, 1), E_NOPROTOOPT);
    check("a Unix socket", s_open(UNIX, STREAM, &fd), E_AFNOSUPPORT);
    check("a type of its own", wamr_open(-1, 0, 2, &fd), 67);
    check("a socket of IPv6", s_open(IPV6, STREAM, &fd), 0);
    CHECK(uint8_t, ipv6_only, fd, 1, 1);
    check("sock_close", wamr_close(fd), 0);
    check("sock_close once more", wamr_close(fd), E_BADF);
    check("sock_close of standard output", wamr_close(1), E_NOTSOCK);
    check_groups(datagrams);
}
