/* socket_send.c - sending, and to whom. */
#include <poll.h>
#include <string.h>

#include "../ctx.h"
#include "../wasi/errno_map.h"
#include "../wasi/sock_io.h"
#include "socket.h"
#include "socket_asking.h"
#include "socket_twins.h"
#include "socket_unix.h"

static wasi_errno relay(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const void *bytes, size_t count,
                        const struct wasmc_endpoint *remote)
{
    struct wasmc_asking asking;
    if (wasmc_socket_is_unix(desc) && remote->family == AF_UNIX)
        return wasmc_socket_unix_send(ctx, desc, bytes, count, remote);
    wasmc_asking_begin(&asking, ctx, desc, WASMC_NET_SEND_TO);
    asking.direction = WASMC_NET_OUTBOUND;
    if (wasmc_endpoint_to_kernel(remote, &asking.request.address) == 0)
        return WASI_ERRNO_AFNOSUPPORT;
    if (wasmc_socket_must_leave(desc, &asking.request.address)) {
        wasi_errno error = wasmc_socket_leave(&asking);
        if (error != WASI_ERRNO_SUCCESS)
            return error;
        asking.request.operation = WASMC_NET_SEND_TO;
    }
    const struct iovec datagram = {(void *)(uintptr_t)bytes, count};
    wasi_errno error;
    if (wasmc_twins_send(ctx, desc, &asking.request.address, &datagram, &error))
        return error;
    asking.request.payload_bytes = (uint32_t)count;
    if (desc->socket != NULL && wasmc_socket_has_heard(desc->socket, &asking.request.address))
        asking.request.flags = WASMC_NET_REPLIES;
    /* The broker does not wait: a guest that does asks again when there is room. */
    while ((error = wasmc_asking_ask(&asking, wasmc_socket_network(desc), bytes)) == WASI_ERRNO_AGAIN &&
           !(desc->fdflags & WASI_FDFLAGS_NONBLOCK) &&
           wasmc_socket_wait(desc->host, POLLOUT, desc->socket != NULL ? desc->socket->send_timeout_us : 0))
        ;
    if (desc->socket != NULL && error == WASI_ERRNO_SUCCESS)
        desc->socket->has_port = true;
    return error;
}

/* Several pieces in one. By itself, as one piece must not need so much stack. */
static __attribute__((noinline)) wasi_errno relay_joined(struct wasmc_ctx *ctx, struct wasmc_desc *desc,
                                                         const struct iovec *iovecs, int count,
                                                         const struct wasmc_endpoint *remote)
{
    uint8_t joined[WASMC_NET_DATAGRAM_BYTES];
    size_t at = 0;
    for (int i = 0; i < count; at += iovecs[i].iov_len, i++)
        memcpy(joined + at, iovecs[i].iov_base, iovecs[i].iov_len);
    return relay(ctx, desc, joined, at, remote);
}

/* One piece, as the broker takes it. */
static wasi_errno relay_pieces(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const struct iovec *iovecs, int count,
                               const struct wasmc_endpoint *remote, size_t *bytes)
{
    size_t total = 0;
    for (int i = 0; i < count; i++)
        total += iovecs[i].iov_len;
    if (total > WASMC_NET_DATAGRAM_BYTES)
        return WASI_ERRNO_MSGSIZE;
    *bytes = total;
    if (count == 1)
        return relay(ctx, desc, iovecs[0].iov_base, total, remote);
    return relay_joined(ctx, desc, iovecs, count, remote);
}

wasi_errno wasmc_net_send_to(struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count,
                             const struct wasmc_endpoint *remote, size_t *bytes)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, WASI_RIGHTS_FD_WRITE, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (desc->keeps_messages && remote->family != AF_UNSPEC) {
        error = relay_pieces(ctx, desc, iovecs, count, remote, bytes);
    } else {
        ssize_t result = wasmc_sock_send(desc, iovecs, count);
        error = wasmc_wasi_errno(result);
        *bytes = result < 0 ? 0 : (size_t)result;
    }
    (void)wasmc_fd_put(ctx, desc);
    return error;
}
