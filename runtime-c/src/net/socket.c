/* socket.c - opening, binding, listening, accepting. */
#include "socket.h"

#include <errno.h>
#include <poll.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../wasi/errno_map.h"
#include "../wasi/io.h"
#include "socket_asking.h"
#include "socket_fresh.h"
#include "socket_state.h"
#include "socket_unix.h"
#include "start.h"

/* start.c refers to it weakly: only a program that can open sockets has a network. */
WASMC_BRINGS(wasmc_net_start);
/* socket_fd.c and fd_hand_over.c. */
WASMC_BRINGS(wasmc_socket_free);
WASMC_BRINGS(wasmc_socket_copy);
/* start.c: what the broker must know before the guest runs. */
WASMC_BRINGS(wasmc_socket_paths_start);
/* socket_fd.c and sock_io.c. */
WASMC_BRINGS(wasmc_socket_read);
/* socket_fd.c takes the places of what io.c and fd_table.c have. */
WASMC_BRINGS(wasmc_fd_forget);
/* poll_sockets.c takes the place of what poll.c has. */
WASMC_BRINGS(wasmc_poll_list);

/* Sockets begin where nothing can be reached, when there is such a network. */
static enum wasmc_broker_network first_network(void)
{
    return wasmc_network.rules.is_isolated ? WASMC_BROKER_INNER : WASMC_BROKER_HOST;
}

static wasi_errno insert(struct wasmc_ctx *ctx, int host, struct wasmc_socket *socket, uint16_t fdflags, uint32_t *fd)
{
    bool keeps_messages = socket->type != SOCK_STREAM;
    struct wasmc_desc desc = {
        .host = host,
        .kind = WASMC_DESC_SOCKET,
        .filetype = keeps_messages ? WASI_FILETYPE_SOCKET_DGRAM : WASI_FILETYPE_SOCKET_STREAM,
        .fdflags = fdflags,
        .keeps_messages = keeps_messages,
        .asks_socket = keeps_messages || socket->receive_timeout_us != 0 || socket->send_timeout_us != 0,
        .base = WASI_RIGHTS_OF_SOCKET,
        .socket = socket,
    };
    return wasmc_fd_insert(ctx, &desc, fd);
}

static wasi_errno ask_for_socket(struct wasmc_ctx *ctx, enum wasmc_broker_network network, int family, int type, int *host)
{
    const struct wasmc_net_request request = {
        .operation = WASMC_NET_OPEN,
        .module = wasmc_net_module_number(ctx),
        .family = (uint16_t)family,
        .type = (uint16_t)type,
    };
    struct wasmc_net_reply reply;
    int error = wasmc_channel_call(network, &request, NULL, -1, &reply, host);
    if (error == 0)
        error = reply.error;
    if (error != 0)
        return wasmc_channel_error(ctx, error, WASMC_NET_OUTBOUND, WASMC_NET_TCP, NULL);
    return *host < 0 ? WASI_ERRNO_MFILE : WASI_ERRNO_SUCCESS;
}

wasi_errno wasmc_net_open(struct wasmc_ctx *ctx, int family, int type, uint32_t *fd)
{
    if (family != AF_INET && family != AF_INET6 && family != AF_UNIX)
        return WASI_ERRNO_AFNOSUPPORT;
    if (type != SOCK_STREAM && type != SOCK_DGRAM)
        return WASI_ERRNO_PROTOTYPE;
    enum wasmc_broker_network network = family == AF_UNIX ? WASMC_BROKER_HOST : first_network();
    if (!wasmc_channel_has(network))
        return wasmc_channel_error(ctx, WASMC_NET_NO_RULE, WASMC_NET_OUTBOUND, WASMC_NET_TCP, NULL);
    uint32_t module = wasmc_net_module_number(ctx);
    bool can_be_fresh = type == SOCK_STREAM && family != AF_UNIX && wasmc_network.rules.modules[module].has_sockets;
    int host = can_be_fresh ? wasmc_fresh_take(network, family) : -1;
    wasi_errno error = host < 0 ? ask_for_socket(ctx, network, family, type, &host) : WASI_ERRNO_SUCCESS;
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    struct wasmc_socket *socket = wasmc_socket_new();
    if (socket == NULL) {
        (void)wasmc_sys_close(host);
        return WASI_ERRNO_NOMEM;
    }
    socket->module = module;
    socket->family = (uint16_t)family;
    socket->type = (uint8_t)type;
    socket->network = (uint8_t)network;
    socket->is_fresh = can_be_fresh;
    socket->checks_peers = network == WASMC_BROKER_HOST && family != AF_UNIX;
    return insert(ctx, host, socket, 0, fd);
}

/* Whether the rule by which it is bound leaves open where peers are. */
static bool takes_all_peers(const struct wasmc_desc *desc)
{
    const struct wasmc_net_module *module = &wasmc_network.rules.modules[desc->socket->module];
    union wasmc_net_sockaddr local;
    socklen_t bytes = sizeof local;
    wasmc_net_address number;
    uint16_t port;
    if (wasmc_sys_local_address(desc->host, &local.any, &bytes) < 0 || !wasmc_net_address_of(&local, &number, &port))
        return false;
    number = wasmc_net_canonical(WASMC_NET_INBOUND, number);
    int rule = wasmc_net_ask(module, WASMC_NET_INBOUND, WASMC_NET_UDP, number, port, 0);
    return rule != WASMC_NET_DENIED && wasmc_net_admits_all_peers(module, rule);
}

static wasi_errno bind_desc(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const struct wasmc_endpoint *local)
{
    struct wasmc_asking asking;
    wasmc_socket_touch(desc);
    if (wasmc_socket_is_unix(desc) && local->family == AF_UNIX)
        return wasmc_socket_unix_bind(ctx, desc, local);
    wasmc_asking_begin(&asking, ctx, desc, WASMC_NET_BIND);
    asking.direction = WASMC_NET_INBOUND;
    if (wasmc_endpoint_to_kernel(local, &asking.request.address) == 0)
        return WASI_ERRNO_AFNOSUPPORT;
    if (desc->socket == NULL || desc->socket->is_of_host || desc->socket->kept != 0)
        return WASI_ERRNO_INVAL; /* bound already */
    wasi_errno error = wasmc_asking_ask(&asking, wasmc_socket_network(desc), NULL);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (asking.reply.number != 0 && asking.fd < 0)
        return WASI_ERRNO_MFILE;
    if (asking.reply.number != 0) {
        desc->socket->kept = asking.reply.number;
        desc->socket->local = asking.reply.address;
        wasmc_socket_replace_host(ctx, desc, asking.fd);
    }
    desc->socket->has_port = true;
    if (desc->socket->checks_peers && takes_all_peers(desc))
        desc->socket->checks_peers = false;
    return WASI_ERRNO_SUCCESS;
}

wasi_errno wasmc_net_bind(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *local)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = bind_desc(ctx, desc, local);
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

static wasi_errno listen_desc(struct wasmc_ctx *ctx, struct wasmc_desc *desc, int backlog)
{
    struct wasmc_asking asking;
    socklen_t bytes = sizeof asking.request.address;
    if (desc->socket == NULL)
        return WASI_ERRNO_INVAL; /* what the host passed listens already, or cannot */
    if (desc->keeps_messages)
        return WASI_ERRNO_NOTSUP;
    wasmc_socket_touch(desc);
    wasmc_asking_begin(&asking, ctx, desc, WASMC_NET_LISTEN);
    asking.direction = WASMC_NET_INBOUND;
    asking.request.flags = (uint32_t)(backlog < 0 ? SOMAXCONN : backlog);
    asking.request.number = desc->socket->kept;
    /* For the trace alone: the broker asks the kernel. */
    (void)wasmc_sys_local_address(desc->host, &asking.request.address.any, &bytes);
    return wasmc_asking_ask(&asking, wasmc_socket_network(desc), NULL);
}

wasi_errno wasmc_net_listen(struct wasmc_ctx *ctx, uint32_t fd, int backlog)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = listen_desc(ctx, desc, backlog);
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

static int accept_host(const struct wasmc_desc *listener, int flags, union wasmc_net_sockaddr *peer, socklen_t *bytes)
{
    bool waits = !wasmc_fd_is_nonblocking(listener);
    uint64_t timeout_us = listener->socket != NULL ? listener->socket->receive_timeout_us : 0;
    if (!waits && listener->borrowed && !wasmc_io_is_ready(listener->host, POLLIN, false))
        return -EAGAIN;
    int host;
    do {
        socklen_t room = *bytes;
        if (waits && timeout_us != 0 && !wasmc_socket_wait(listener->host, POLLIN, timeout_us))
            return -EAGAIN;
        host = wasmc_socket_accept_from(listener, flags, peer, &room);
        if (host >= 0)
            *bytes = room;
    } while (host == -EAGAIN && waits && wasmc_socket_wait(listener->host, POLLIN, timeout_us));
    return host;
}

/* What accepts is the listener's in all but its address. */
static struct wasmc_socket *socket_of_connection(struct wasmc_ctx *ctx, const struct wasmc_desc *listener,
                                                 const union wasmc_net_sockaddr *peer)
{
    struct wasmc_socket *socket = wasmc_socket_new();
    if (socket == NULL)
        return NULL;
    socket->module = wasmc_socket_module(ctx, listener);
    socket->network = (uint8_t)wasmc_socket_network(listener);
    socket->family = peer->any.sa_family;
    socket->type = SOCK_STREAM;
    socket->is_connection = socket->family == AF_INET || socket->family == AF_INET6;
    return socket;
}

wasi_errno wasmc_net_accept(struct wasmc_ctx *ctx, uint32_t fd, uint16_t fdflags, uint32_t *new_fd,
                            struct wasmc_endpoint *peer)
{
    struct wasmc_desc *listener;
    union wasmc_net_sockaddr address = {0};
    socklen_t bytes = sizeof address;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, WASI_RIGHTS_SOCK_ACCEPT, &listener);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    int host = accept_host(listener, fdflags & WASI_FDFLAGS_NONBLOCK ? SOCK_NONBLOCK : 0, &address, &bytes);
    struct wasmc_socket *socket = host >= 0 ? socket_of_connection(ctx, listener, &address) : NULL;
    (void)wasmc_fd_put(ctx, listener);
    if (host < 0)
        return wasmc_wasi_errno(host);
    if (socket == NULL) {
        (void)wasmc_sys_close(host);
        return WASI_ERRNO_NOMEM;
    }
    if (peer != NULL)
        wasmc_endpoint_from_kernel(&address, bytes, peer);
    return insert(ctx, host, socket, fdflags, new_fd);
}
