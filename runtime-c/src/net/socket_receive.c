/* socket_receive.c - receiving, for the calls of all ABIs. */
#include "../ctx.h"
#include "../wasi/errno_map.h"
#include "../wasi/sock_io.h"
#include "socket.h"
#include "socket_state.h"

wasi_errno wasmc_net_receive(struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count, int flags,
                             size_t *bytes, bool *is_truncated, struct wasmc_endpoint *peer)
{
    struct wasmc_desc *desc;
    union wasmc_net_sockaddr sender = {0};
    socklen_t sender_bytes = sizeof sender;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, WASI_RIGHTS_FD_READ, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    ssize_t result;
    if (desc->keeps_messages && desc->socket != NULL)
        result = wasmc_socket_receive_from(desc, iovecs, count, flags, is_truncated, &sender, &sender_bytes);
    else
        result = wasmc_sock_receive(desc, iovecs, count, flags, is_truncated);
    (void)wasmc_fd_put(ctx, desc);
    if (result < 0)
        return wasmc_wasi_errno(result);
    *bytes = (size_t)result;
    if (peer != NULL)
        wasmc_endpoint_from_kernel(&sender, sender.any.sa_family == AF_UNSPEC ? 0 : sender_bytes, peer);
    return WASI_ERRNO_SUCCESS;
}
