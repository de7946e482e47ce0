/* socket_connect.c - connecting, also out of an isolated network. */
#include <poll.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../wasi/errno_map.h"
#include "socket.h"
#include "socket_asking.h"
#include "socket_fresh.h"
#include "socket_twins.h"
#include "socket_unix.h"

/* Of an isolated program: whether an address lies in its own network. */
static bool is_inside(const union wasmc_net_sockaddr *address)
{
    static const struct wasmc_net_prefix loopback = {WASMC_NET_V4_FIRST | UINT32_C(0x7f000000), 104};
    wasmc_net_address number;
    uint16_t port;
    if (!wasmc_net_address_of(address, &number, &port))
        return true;
    number = wasmc_net_canonical(WASMC_NET_OUTBOUND, number);
    return number == 1 || wasmc_net_prefix_has(loopback, number);
}

/* Goes out of the isolated network, as far as rules admit that: by a socket of the host's in the place of this one. */
wasi_errno wasmc_socket_leave(struct wasmc_asking *asking)
{
    struct wasmc_desc *desc = asking->desc;
    asking->request.operation = WASMC_NET_REPLACE;
    wasi_errno error = wasmc_asking_ask(asking, WASMC_BROKER_HOST, NULL);
    if (asking->fd >= 0) {
        wasmc_socket_replace_host(asking->ctx, desc, asking->fd);
        if (desc->socket->twins != NULL)
            wasmc_twins_give_up(desc->socket);
        desc->socket->network = WASMC_BROKER_HOST;
        desc->socket->checks_peers = true;
    }
    return error;
}

bool wasmc_socket_must_leave(const struct wasmc_desc *desc, const union wasmc_net_sockaddr *address)
{
    return desc->socket != NULL && desc->socket->network == WASMC_BROKER_INNER && wasmc_channel_has(WASMC_BROKER_HOST) &&
           !is_inside(address);
}

/* What became of a connection in progress. */
static wasi_errno finish_connecting(const struct wasmc_desc *desc)
{
    int error = 0;
    socklen_t bytes = sizeof error;
    uint64_t timeout_us = desc->socket != NULL ? desc->socket->send_timeout_us : 0;
    if (!wasmc_socket_wait(desc->host, POLLOUT, timeout_us))
        return WASI_ERRNO_INPROGRESS;
    int result = wasmc_sys_get_option(desc->host, SOL_SOCKET, SO_ERROR, &error, &bytes);
    return wasmc_wasi_errno(result < 0 ? result : -error);
}

/* The broker makes the socket that it connects. */
static wasi_errno connect_fresh(struct wasmc_asking *asking, enum wasmc_broker_network network)
{
    struct wasmc_desc *desc = asking->desc;
    asking->request.operation = WASMC_NET_CONNECT_NEW;
    asking->request.family = desc->socket->family;
    asking->request.flags = desc->fdflags & WASI_FDFLAGS_NONBLOCK ? WASMC_NET_NONBLOCK : 0;
    wasi_errno error = wasmc_asking_ask(asking, network, NULL);
    if (asking->fd >= 0)
        wasmc_fresh_replace(asking->ctx, desc, asking->fd, network);
    else if (error == WASI_ERRNO_SUCCESS || error == WASI_ERRNO_INPROGRESS)
        error = WASI_ERRNO_MFILE;
    return error;
}

static wasi_errno connect_desc(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const struct wasmc_endpoint *remote)
{
    struct wasmc_asking asking;
    if (wasmc_socket_is_unix(desc) && remote->family == AF_UNIX)
        return wasmc_socket_unix_connect(ctx, desc, remote);
    wasmc_asking_begin(&asking, ctx, desc, WASMC_NET_CONNECT);
    asking.direction = WASMC_NET_OUTBOUND;
    if (wasmc_endpoint_to_kernel(remote, &asking.request.address) == 0 && remote->family != AF_UNSPEC)
        return WASI_ERRNO_AFNOSUPPORT;
    if (desc->socket != NULL && desc->socket->kept != 0)
        return WASI_ERRNO_NOTSUP;
    wasi_errno error = WASI_ERRNO_SUCCESS;
    bool leaves = wasmc_socket_must_leave(desc, &asking.request.address);
    bool is_fresh = desc->socket != NULL && desc->socket->is_fresh && remote->family != AF_UNSPEC;
    if (is_fresh)
        error = connect_fresh(&asking, leaves ? WASMC_BROKER_HOST : wasmc_socket_network(desc));
    /* There may be no descriptor for another socket, but there is this one. */
    bool is_done = is_fresh && error != WASI_ERRNO_MFILE;
    if (leaves && !is_done)
        error = wasmc_socket_leave(&asking);
    if (!is_done && (!leaves || (error == WASI_ERRNO_SUCCESS && desc->keeps_messages))) {
        wasmc_socket_touch(desc);
        asking.request.operation = WASMC_NET_CONNECT;
        error = wasmc_asking_ask(&asking, wasmc_socket_network(desc), NULL);
    }
    if (error == WASI_ERRNO_INPROGRESS && !(desc->fdflags & WASI_FDFLAGS_NONBLOCK))
        error = finish_connecting(desc);
    /* From now on the kernel takes what the peer sends and nothing else. What came before would still be there. */
    bool is_peers_alone = error == WASI_ERRNO_SUCCESS && remote->family != AF_UNSPEC;
    if (desc->socket != NULL && !desc->socket->has_port)
        desc->socket->checks_peers = desc->socket->network == WASMC_BROKER_HOST && !is_peers_alone;
    if (desc->socket != NULL && desc->socket->type == SOCK_STREAM && !desc->socket->is_of_host &&
        (error == WASI_ERRNO_SUCCESS || error == WASI_ERRNO_INPROGRESS))
        desc->socket->is_connection = true;
    if (desc->socket != NULL && error == WASI_ERRNO_SUCCESS) {
        if (remote->family == AF_UNSPEC)
            desc->socket->checks_peers = desc->socket->network == WASMC_BROKER_HOST;
        desc->socket->has_peer = is_peers_alone;
        wasmc_twins_retire(desc->socket);
    }
    return error;
}

wasi_errno wasmc_net_connect(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *remote)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = connect_desc(ctx, desc, remote);
    (void)wasmc_fd_put(ctx, desc);
    return error;
}
