/* wasmedge_socket.h - the sockets that these examples use, as WasmEdge declares them: wasi-libc has none that connect or
 * listen. What is open is an ordinary descriptor: read, write, close and accept of wasi-libc take it. Results are errnos. */
#ifndef WASMEDGE_SOCKET_H
#define WASMEDGE_SOCKET_H

#include <stdint.h>

#define WASMEDGE(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name)))

enum { WASMEDGE_INET4 = 1, WASMEDGE_STREAM = 2, WASMEDGE_SOCKET = 0, WASMEDGE_REUSE_ADDRESS = 0 };

/* 4 bytes of IPv4 or 16 of IPv6, as on the wire. */
struct wasmedge_address {
    const uint8_t *bytes;
    uint32_t size;
};

WASMEDGE(sock_open) int wasmedge_open(int family, int type, int *fd);
WASMEDGE(sock_setsockopt)
int wasmedge_setsockopt(int fd, int level, int option, const void *value, uint32_t value_size);
WASMEDGE(sock_bind) int wasmedge_bind(int fd, const struct wasmedge_address *address, uint32_t port);
WASMEDGE(sock_listen) int wasmedge_listen(int fd, int backlog);
WASMEDGE(sock_connect) int wasmedge_connect(int fd, const struct wasmedge_address *address, uint32_t port);

/* What a name leads to. The caller links as many as it has room for, each with room for an address. */
struct wasmedge_found_address {
    uint32_t family;
    uint32_t size;
    uint8_t *data; /* of IPv4: the port, 2 bytes, the address, 4 bytes, 8 zeros */
};

struct wasmedge_found {
    uint16_t flags;
    uint8_t family;
    uint8_t type;
    uint32_t protocol;
    uint32_t size;
    struct wasmedge_found_address *address;
    char *canonical_name;
    uint32_t canonical_size;
    struct wasmedge_found *next;
};

WASMEDGE(sock_getaddrinfo)
int wasmedge_getaddrinfo(const char *name, uint32_t name_size, const char *service, uint32_t service_size,
                         const struct wasmedge_found *hints, struct wasmedge_found **found, uint32_t room,
                         uint32_t *count);

#endif
