#include "socket_asking.h"

#include <fcntl.h>

#include "../sys/network.h"

void wasmc_asking_begin(struct wasmc_asking *asking, struct wasmc_ctx *ctx, struct wasmc_desc *desc,
                        enum wasmc_net_operation operation)
{
    *asking = (struct wasmc_asking){.ctx = ctx, .desc = desc, .fd = -1};
    asking->request.operation = operation;
    asking->request.module = wasmc_socket_module(ctx, desc);
}

wasi_errno wasmc_asking_ask(struct wasmc_asking *asking, enum wasmc_broker_network network, const void *payload)
{
    if (!wasmc_channel_has(network))
        return WASI_ERRNO_ACCES;
    int passed = asking->request.operation == WASMC_NET_CONNECT_NEW ? -1 : asking->desc->host;
    int error = wasmc_channel_call(network, &asking->request, payload, passed, &asking->reply, &asking->fd);
    return wasmc_channel_error(asking->ctx, error != 0 ? error : asking->reply.error, asking->direction,
                               asking->desc->keeps_messages ? WASMC_NET_UDP : WASMC_NET_TCP, &asking->request.address);
}

int wasmc_socket_swap_host(struct wasmc_ctx *ctx, struct wasmc_desc *desc, int host)
{
    wasmc_fd_forget(ctx, desc);
    int old = desc->host;
    desc->host = host;
    return old;
}

void wasmc_socket_replace_host(struct wasmc_ctx *ctx, struct wasmc_desc *desc, int host)
{
    if (desc->fdflags & WASI_FDFLAGS_NONBLOCK)
        (void)wasmc_sys_set_flags(host, O_NONBLOCK);
    (void)wasmc_sys_close(wasmc_socket_swap_host(ctx, desc, host));
}
