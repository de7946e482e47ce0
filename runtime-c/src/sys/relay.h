/* relay.h - what forwarding asks of the kernel. Convention of sys.h: 0 or a count, or a negative errno.
 *
 * But for the first group, these are for the process that forwards (net/relay.h), whose filter has what they call and
 * nothing else. None blocks but wasmc_sys_relay_wait. */
#ifndef WASMC_SYS_RELAY_H
#define WASMC_SYS_RELAY_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/types.h>

/* --- start-up --------------------------------------------------------------------------------- */

/* A socket of the host that listens, or takes datagrams. An IPv6 address is IPv6 alone. */
int wasmc_sys_relay_open(const struct sockaddr *address, bool is_udp);

/* The port that a socket is bound to. */
uint16_t wasmc_sys_relay_port(int fd);

/* As many descriptors as the host allows; returns how many that are. */
uint64_t wasmc_sys_relay_raise_limit(void);

int wasmc_sys_relay_make_queue(void);

/* --- waiting ---------------------------------------------------------------------------------- */

enum wasmc_relay_change { WASMC_RELAY_ADD = EPOLL_CTL_ADD, WASMC_RELAY_MODIFY = EPOLL_CTL_MOD };

/* What is told of a descriptor: `events`, with `source`. Closing it ends that. */
int wasmc_sys_relay_watch(int queue, enum wasmc_relay_change change, int fd, uint32_t events, void *source);

/* Up to `count` events; timeout_ms -1: waits for ever. */
int wasmc_sys_relay_wait(int queue, struct epoll_event *events, int count, int timeout_ms);

/* --- connections ------------------------------------------------------------------------------ */

int wasmc_sys_relay_accept(int fd);

/* A socket that is being connected to a port of the loopback of this process's network: of AF_INET or AF_INET6, of
 * SOCK_STREAM or SOCK_DGRAM. */
int wasmc_sys_relay_connect(int family, int type, uint16_t port);

/* What became of it: 0 or a positive errno, which is 0 from then on. */
int wasmc_sys_relay_error(int fd);

int wasmc_sys_relay_finish(int fd); /* no more is sent */
void wasmc_sys_relay_close(int fd, bool is_reset);

/* Of so many bytes; -EPERM: the user has too many. */
int wasmc_sys_relay_pipe(int ends[2], int bytes);
ssize_t wasmc_sys_relay_put(int pipe, const void *buffer, size_t bytes);
ssize_t wasmc_sys_relay_splice(int from, int to, size_t bytes);

/* --- bytes ------------------------------------------------------------------------------------ */

ssize_t wasmc_sys_relay_peek(int fd, void *buffer, size_t bytes);
ssize_t wasmc_sys_relay_drop(int fd, size_t bytes); /* of what was peeked at */
ssize_t wasmc_sys_relay_receive(int fd, void *buffer, size_t bytes);
ssize_t wasmc_sys_relay_send(int fd, const void *buffer, size_t bytes);

/* Who sent a datagram, and to which of the host's addresses, where the socket has several. Without padding that is not
 * zero: two are the same when their bytes are. */
struct wasmc_relay_peer {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } address;
    uint8_t local[16]; /* IPv4: the first four */
    uint32_t interface; /* of a link-local address */
    uint32_t has_local;
};

ssize_t wasmc_sys_relay_receive_from(int fd, void *buffer, size_t bytes, struct wasmc_relay_peer *peer);
ssize_t wasmc_sys_relay_send_to(int fd, const void *buffer, size_t bytes, const struct wasmc_relay_peer *peer);

#endif
