/* socket_state.h - what a module's descriptor of a socket has beside the host's socket. */
#ifndef WASMC_NET_SOCKET_STATE_H
#define WASMC_NET_SOCKET_STATE_H

#include <sys/uio.h>

#include "../wasi/fd_table.h"
#include "channel.h"

/* Sockets that come from here have one; those that the host passed have none (null), and are what the kernel says,
 * unless something is to be kept about them. */
struct wasmc_socket {
    struct wasmc_socket *next_free;
    uint32_t module; /* whose rules count: the one that opened it, also after fd_hand_over */
    uint32_t kept;   /* number of the listener that the broker keeps; 0: this process has the socket */
    uint16_t family;
    uint8_t type;
    bool is_of_host;
    bool is_fresh;   /* of a stream: see socket_fresh.h */
    bool is_connection; /* of a stream: it has, or had, a peer; see socket_ahead.h, also for the others */
    bool is_shared;     /* several descriptors have the open file */
    bool is_bulk;       /* more bytes came at a time lately than are received ahead */
    uint8_t network; /* enum wasmc_broker_network: where the host's socket is */
    bool has_port;     /* of datagrams: some may have come already */
    bool has_peer;     /* of datagrams: it is connected */
    bool has_no_twins; /* of datagrams: each is the broker's to send */
    bool checks_peers; /* of datagrams: not all that come are for the guest */
    uint64_t receive_timeout_us; /* 0: for ever */
    uint64_t send_timeout_us;
    union wasmc_net_sockaddr local; /* of a kept listener */
    struct wasmc_senders *senders;  /* of datagrams: who has sent, if anybody; stays with the structure */
    uint8_t path_bytes;             /* of a socket of Unix that is bound: the guest's path, if it is short enough */
    char path[108];
    struct wasmc_twins *twins; /* socket_twins.h, or null */
    struct wasmc_bytes_ahead *ahead; /* socket_ahead.h, or null */
};

/* Null: no memory. */
struct wasmc_socket *wasmc_socket_new(void);

/* For fd_hand_over: of its own for another descriptor of the same open file. */
struct wasmc_socket *wasmc_socket_copy(struct wasmc_ctx *ctx, struct wasmc_desc *desc) __attribute__((weak));

/* Remembers who sent a datagram, the last 64 of them. */
void wasmc_socket_heard(struct wasmc_socket *socket, const union wasmc_net_sockaddr *sender);

/* Whether an address is one of those. */
bool wasmc_socket_has_heard(const struct wasmc_socket *socket, const union wasmc_net_sockaddr *address);

/* When the descriptor's last user has gone. */
void wasmc_socket_free(const struct wasmc_desc *desc) __attribute__((weak));

/* Whose rules count for a descriptor, and where its socket is. */
uint32_t wasmc_socket_module(const struct wasmc_ctx *ctx, const struct wasmc_desc *desc);

enum wasmc_broker_network wasmc_socket_network(const struct wasmc_desc *desc);

/* For a socket that the host passed, when something about it must be kept. Null: no memory. */
struct wasmc_socket *wasmc_socket_of_host(const struct wasmc_desc *desc);

/* A connection of a listener's, which a broker may keep, or a negative errno; does not wait but as the host's socket
 * does. */
int wasmc_socket_accept_from(const struct wasmc_desc *listener, int flags, union wasmc_net_sockaddr *peer,
                             socklen_t *bytes);

/* Receives a datagram that may come; a count or a negative errno. Weak for sock_io.c. */
ssize_t wasmc_socket_receive(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags, bool *is_truncated)
    __attribute__((weak));
ssize_t wasmc_socket_receive_from(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags,
                                  bool *is_truncated, union wasmc_net_sockaddr *sender, socklen_t *sender_bytes);

/* Whether a datagram is for the guest: answers come from where the module may send; others as inbound rules say. */
bool wasmc_socket_may_come(const struct wasmc_desc *desc, const union wasmc_net_sockaddr *sender);

/* Of descriptors that say asks_socket, for io.c. */
ssize_t wasmc_socket_read(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags) __attribute__((weak));
ssize_t wasmc_socket_write(struct wasmc_desc *desc, struct iovec *iovecs, int count) __attribute__((weak));

/* Waits for events (poll(2)) up to a time; false: it passed. */
bool wasmc_socket_wait(int host, short events, uint64_t timeout_us);

/* Something is done with a descriptor that another socket in its place would lack: it is no fresh one any more
 * (socket_fresh.h). */
static inline void wasmc_socket_touch(const struct wasmc_desc *desc)
{
    if (desc->socket != NULL)
        desc->socket->is_fresh = false;
}

#endif
