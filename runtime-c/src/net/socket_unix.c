/* socket_unix.c - binding, connecting and sending of sockets of Unix. */
#include <poll.h>
#include <string.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../wasi/errno_map.h"
#include "socket_paths.h"
#include "socket_state.h"
#include "socket_unix.h"

/* The broker answers for what the path leads to; INPROGRESS among its errors. */
static wasi_errno ask(struct wasmc_ctx *ctx, struct wasmc_desc *desc, enum wasmc_net_operation operation,
                      const struct wasmc_endpoint *endpoint, const void *datagram, size_t datagram_bytes)
{
    struct wasmc_socket_path path;
    struct wasmc_net_reply reply;
    int unused;
    wasi_errno error = wasmc_socket_path_find(ctx, endpoint, &path);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    /* Of its size, as a guest's stack may have 64 KiB in all. */
    uint8_t payload[path.below_bytes + datagram_bytes];
    memcpy(payload, path.below, path.below_bytes);
    if (datagram_bytes > 0)
        memcpy(payload + path.below_bytes, datagram, datagram_bytes);
    const struct wasmc_net_request request = {
        .operation = operation,
        .module = wasmc_net_module_number(ctx),
        .flags = (uint32_t)path.below_bytes,
        .number = path.directory,
        .payload_bytes = (uint32_t)(path.below_bytes + datagram_bytes),
    };
    int result = wasmc_channel_call(WASMC_BROKER_HOST, &request, payload, desc->host, &reply, &unused);
    return wasmc_channel_error(ctx, result != 0 ? result : reply.error, WASMC_NET_OUTBOUND, WASMC_NET_TCP, NULL);
}

wasi_errno wasmc_socket_unix_bind(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const struct wasmc_endpoint *local)
{
    wasi_errno error = ask(ctx, desc, WASMC_NET_UNIX_BIND, local, NULL, 0);
    if (error == WASI_ERRNO_SUCCESS && local->path_bytes < sizeof desc->socket->path) {
        memcpy(desc->socket->path, local->path, local->path_bytes);
        desc->socket->path_bytes = (uint8_t)local->path_bytes;
    }
    return error;
}

wasi_errno wasmc_socket_unix_connect(struct wasmc_ctx *ctx, struct wasmc_desc *desc,
                                     const struct wasmc_endpoint *remote)
{
    bool waits = !(desc->fdflags & WASI_FDFLAGS_NONBLOCK);
    wasi_errno error;
    /* A listener whose queue is full answers AGAIN to those who do not wait, and there is nothing to poll for. */
    while ((error = ask(ctx, desc, WASMC_NET_UNIX_CONNECT, remote, NULL, 0)) == WASI_ERRNO_AGAIN && waits)
        (void)wasmc_sys_poll_ms(NULL, 0, 1);
    return error;
}

wasi_errno wasmc_socket_unix_send(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const void *bytes, size_t count,
                                  const struct wasmc_endpoint *remote)
{
    bool waits = !(desc->fdflags & WASI_FDFLAGS_NONBLOCK);
    wasi_errno error;
    while ((error = ask(ctx, desc, WASMC_NET_UNIX_SEND, remote, bytes, count)) == WASI_ERRNO_AGAIN && waits)
        (void)wasmc_sys_poll_ms(NULL, 0, 1);
    return error;
}
