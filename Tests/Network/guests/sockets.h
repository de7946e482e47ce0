/* sockets.h - sockets as the guests use them, whatever they are called by: wasmedge1.c, wasmedge2.c and wamr.c each
 * declare the imports of one ABI and put them behind this. Every function returns WASI's errno. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include <stdint.h>

enum family { IPV4 = 4, IPV6 = 6, UNIX = 1 };
enum type { STREAM, DATAGRAMS };

enum {
    E_ACCES = 2, E_ADDRINUSE = 3, E_ADDRNOTAVAIL = 4, E_AFNOSUPPORT = 5, E_AGAIN = 6, E_BADF = 8, E_CONNREFUSED = 14,
    E_CONNRESET = 15, E_INPROGRESS = 26, E_INVAL = 28, E_ISCONN = 30, E_MSGSIZE = 35, E_NOPROTOOPT = 50, E_NOTCONN = 53,
    E_NOTSOCK = 57, E_NOTSUP = 58, E_PIPE = 64,
};

struct address {
    enum family family;
    uint8_t bytes[16];
    uint16_t port; /* the host's order */
    char path[108];
};

/* --- of each ABI --- */

extern const char abi_name[];
int s_open(enum family family, enum type type, int *fd);
int s_bind(int fd, const struct address *address);
int s_listen(int fd, int backlog);
int s_accept(int fd, int *new_fd);
int s_connect(int fd, const struct address *address);
int s_receive_from(int fd, void *bytes, uint32_t room, uint32_t *count, struct address *peer);
int s_send_to(int fd, const void *bytes, uint32_t count, const struct address *address, uint32_t *sent);
int s_local(int fd, struct address *address);
int s_remote(int fd, struct address *address);
int s_resolve(const char *host, const char *service, struct address *found, uint32_t room, uint32_t *count);

/* 0 when a connection in progress has come about; INPROGRESS. */
int s_connected(int fd, const struct address *address);

/* WasmEdge 2 only: lets others have the port, too. */
int s_reuse(int fd);

/* What only this ABI has; prints what is wrong. */
void abi_options(int stream, int datagrams);

/* How long receiving and accepting wait. */
int s_set_time(int fd, uint64_t microseconds);

/* --- preview1's, which all guests have --- */

#define IMPORT(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))

struct vector {
    void *bytes;
    uint32_t count;
};

int p1_accept(int fd, int flags, int *new_fd) IMPORT("sock_accept");
int p1_receive(int fd, const struct vector *vectors, int count, int flags, uint32_t *bytes, uint16_t *out)
    IMPORT("sock_recv");
int p1_send(int fd, const struct vector *vectors, int count, int flags, uint32_t *bytes) IMPORT("sock_send");
int p1_shutdown(int fd, int how) IMPORT("sock_shutdown");
int p1_close(int fd) IMPORT("fd_close");
int p1_set_flags(int fd, int flags) IMPORT("fd_fdstat_set_flags");
int p1_poll(const void *subscriptions, void *events, int count, uint32_t *happened) IMPORT("poll_oneoff");
int p1_read(int fd, const struct vector *vectors, int count, uint32_t *bytes) IMPORT("fd_read");
int p1_write(int fd, const struct vector *vectors, int count, uint32_t *bytes) IMPORT("fd_write");

/* Prints a line and counts it when they differ. */
void check(const char *what, long found, long expected);

#endif
