/* socket.h - the calls of sockets, once for all ABIs: on a module's descriptors, under its rules.
 *
 * An ABI's host functions copy their arguments in, call one of these, and copy the results out; nothing here sees guest
 * memory but by the iovecs that the caller has checked. Every function looks its descriptor up (BADF, NOTSOCK). Who may
 * create, bind and connect sockets and look names up is the broker (broker.h), never this process.
 *
 * Blocking is as the guest expects it of the descriptor (fdflags NONBLOCK), and the host's socket is as the descriptor.
 * Times out as set by the options: AGAIN.
 */
#ifndef WASMC_NET_SOCKET_H
#define WASMC_NET_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "../wasi/types.h"
#include "endpoint.h"
#include "question.h"

struct wasmc_ctx;

/* A socket without an address, which reaches nothing yet. No rule is needed for it.
 *
 *   family   AF_INET, AF_INET6 or AF_UNIX
 *   type     SOCK_STREAM or SOCK_DGRAM
 *
 * Errors: AFNOSUPPORT; PROTOTYPE another type; MFILE, NFILE, NOMEM; ACCES the module has no rule at all and is not isolated.
 */
wasi_errno wasmc_net_open(struct wasmc_ctx *ctx, int family, int type, uint32_t *fd);

/* Errors: ACCES no rule admits it; ADDRINUSE; ADDRNOTAVAIL; INVAL bound already; AFNOSUPPORT another family than the socket's. */
wasi_errno wasmc_net_bind(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *local);

/* Binds to a free port first when that was not done. Errors: ACCES; NOTSUP of datagrams; DESTADDRREQ, INVAL, ADDRINUSE. */
wasi_errno wasmc_net_listen(struct wasmc_ctx *ctx, uint32_t fd, int backlog);

/* Waits for a connection unless the listener is non-blocking. A peer that no rule admits is closed and not seen.
 *
 *   fdflags   of the new descriptor: 0 or NONBLOCK
 *   peer      receives who it is; may be null
 *
 * Errors: AGAIN; INVAL not listening; CONNABORTED; MFILE; NOTCAPABLE.
 *
 * Weak for preview1's sock_accept, which comes here with the listeners that were made here.
 */
wasi_errno wasmc_net_accept(struct wasmc_ctx *ctx, uint32_t fd, uint16_t fdflags, uint32_t *new_fd,
                            struct wasmc_endpoint *peer) __attribute__((weak));

/* AF_UNSPEC undoes the connection of a socket of datagrams.
 *
 * Errors: ACCES no rule admits it; INPROGRESS non-blocking, poll for writing, then ask WASMC_NET_ERROR; ALREADY; ISCONN;
 *         CONNREFUSED; TIMEDOUT; NETUNREACH, HOSTUNREACH; AFNOSUPPORT. */
wasi_errno wasmc_net_connect(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *remote);

/* MSG_PEEK, MSG_WAITALL.
 *
 *   peer   receives the sender, of a stream AF_UNSPEC; may be null. Datagrams of peers that no rule admits are not seen
 *
 * Errors: AGAIN; CONNRESET; NOTCONN; CONNREFUSED. */
wasi_errno wasmc_net_receive(struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count, int flags,
                             size_t *bytes, bool *is_truncated, struct wasmc_endpoint *peer);

/* One datagram, or part of a stream when it is connected (the address is then ignored, as by the kernel).
 *
 * Errors: ACCES no rule admits it; MSGSIZE; DESTADDRREQ; AGAIN; PIPE; CONNREFUSED of an earlier datagram. */
wasi_errno wasmc_net_send_to(struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count,
                             const struct wasmc_endpoint *remote, size_t *bytes);

/* Errors: NOTCONN (remote). */
wasi_errno wasmc_net_local(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *local);
wasi_errno wasmc_net_remote(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *remote);

/* What can be asked and, but for the first group, set. Times are in microseconds, 0: for ever. */
enum wasmc_net_option {
    WASMC_NET_TYPE,          /* SOCK_STREAM, SOCK_DGRAM */
    WASMC_NET_DOMAIN,        /* AF_... */
    WASMC_NET_ERROR,         /* what became of a connection: a wasi_errno, which is 0 from then on */
    WASMC_NET_ACCEPTING,     /* whether it listens */
    WASMC_NET_REUSE_ADDRESS,
    WASMC_NET_REUSE_PORT,
    WASMC_NET_DONT_ROUTE,
    WASMC_NET_BROADCAST,
    WASMC_NET_KEEP_ALIVE,
    WASMC_NET_OOB_INLINE,
    WASMC_NET_SEND_BUFFER,
    WASMC_NET_RECEIVE_BUFFER,
    WASMC_NET_RECEIVE_LOW_WATER,
    WASMC_NET_RECEIVE_TIMEOUT,
    WASMC_NET_SEND_TIMEOUT,
    WASMC_NET_LINGER,        /* seconds + 1, or 0 for off */
    WASMC_NET_NO_DELAY,
    WASMC_NET_QUICK_ACK,
    WASMC_NET_KEEP_IDLE,     /* seconds */
    WASMC_NET_KEEP_INTERVAL, /* seconds */
    WASMC_NET_KEEP_COUNT,
    WASMC_NET_FASTOPEN_CONNECT,
    WASMC_NET_TTL,           /* IPv4; of an IPv6 socket its hop limit */
    WASMC_NET_MULTICAST_TTL,
    WASMC_NET_MULTICAST_LOOP,
    WASMC_NET_V6ONLY,
    WASMC_NET_OPTION_COUNT,
};

/* Errors: NOPROTOOPT not of this kind of socket, or one that cannot be set; INVAL; DOM a time that is too long. */
wasi_errno wasmc_net_get_option(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option, uint64_t *value);
wasi_errno wasmc_net_set_option(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option, uint64_t value);

/* Joins or leaves a group.
 *
 *   interface   of IPv4 the address of one, as on the wire; of IPv6 its number; 0: any
 *
 * Errors: ACCES no inbound rule of UDP admits the group's address on the socket's port. */
wasi_errno wasmc_net_membership(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *group,
                                uint32_t interface, bool joins);

/* --- names ----------------------------------------------------------------------------------- */

/* Looks a name up, as the module is allowed to (--allow-resolve); numeric hosts need no rule. From then on rules with the name admit
 * what was found, for as long as the answer lives.
 *
 * Returns 0 or a code of getaddrinfo's (EAI_NONAME, EAI_AGAIN, ... of netdb.h); a name that is not allowed is
 * WASMC_NET_EAI_DENIED.
 */
#define WASMC_NET_EAI_DENIED 1
int wasmc_net_resolve(struct wasmc_ctx *ctx, const struct wasmc_net_question *question, struct wasmc_net_found *found);

#endif
