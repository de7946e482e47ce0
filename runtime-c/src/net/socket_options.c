/* socket_options.c - options and addresses of sockets. */
#include <errno.h>
#include <limits.h>
#include <netinet/tcp.h>
#include <string.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../wasi/errno_map.h"
#include "socket.h"
#include "socket_state.h"
#include "socket_twins.h"

/* io.c and fd_table.c. */
WASMC_BRINGS(wasmc_fd_forget);

/* How the kernel has an option. */
enum form { FORM_READ_ONLY, FORM_INT, FORM_FLAG, FORM_TIME, FORM_LINGER };

struct option {
    int level;
    int name;
    enum form form;
    int v6_name; /* of IPPROTO_IPV6, for a socket of IPv6; 0: the same */
};

static const struct option options[WASMC_NET_OPTION_COUNT] = {
    [WASMC_NET_TYPE] = {SOL_SOCKET, SO_TYPE, FORM_READ_ONLY, 0},
    [WASMC_NET_DOMAIN] = {SOL_SOCKET, SO_DOMAIN, FORM_READ_ONLY, 0},
    [WASMC_NET_ERROR] = {SOL_SOCKET, SO_ERROR, FORM_READ_ONLY, 0},
    [WASMC_NET_ACCEPTING] = {SOL_SOCKET, SO_ACCEPTCONN, FORM_READ_ONLY, 0},
    [WASMC_NET_REUSE_ADDRESS] = {SOL_SOCKET, SO_REUSEADDR, FORM_FLAG, 0},
    [WASMC_NET_REUSE_PORT] = {SOL_SOCKET, SO_REUSEPORT, FORM_FLAG, 0},
    [WASMC_NET_DONT_ROUTE] = {SOL_SOCKET, SO_DONTROUTE, FORM_FLAG, 0},
    [WASMC_NET_BROADCAST] = {SOL_SOCKET, SO_BROADCAST, FORM_FLAG, 0},
    [WASMC_NET_KEEP_ALIVE] = {SOL_SOCKET, SO_KEEPALIVE, FORM_FLAG, 0},
    [WASMC_NET_OOB_INLINE] = {SOL_SOCKET, SO_OOBINLINE, FORM_FLAG, 0},
    [WASMC_NET_SEND_BUFFER] = {SOL_SOCKET, SO_SNDBUF, FORM_INT, 0},
    [WASMC_NET_RECEIVE_BUFFER] = {SOL_SOCKET, SO_RCVBUF, FORM_INT, 0},
    [WASMC_NET_RECEIVE_LOW_WATER] = {SOL_SOCKET, SO_RCVLOWAT, FORM_INT, 0},
    [WASMC_NET_RECEIVE_TIMEOUT] = {SOL_SOCKET, SO_RCVTIMEO, FORM_TIME, 0},
    [WASMC_NET_SEND_TIMEOUT] = {SOL_SOCKET, SO_SNDTIMEO, FORM_TIME, 0},
    [WASMC_NET_LINGER] = {SOL_SOCKET, SO_LINGER, FORM_LINGER, 0},
    [WASMC_NET_NO_DELAY] = {IPPROTO_TCP, TCP_NODELAY, FORM_FLAG, 0},
    [WASMC_NET_QUICK_ACK] = {IPPROTO_TCP, TCP_QUICKACK, FORM_FLAG, 0},
    [WASMC_NET_KEEP_IDLE] = {IPPROTO_TCP, TCP_KEEPIDLE, FORM_INT, 0},
    [WASMC_NET_KEEP_INTERVAL] = {IPPROTO_TCP, TCP_KEEPINTVL, FORM_INT, 0},
    [WASMC_NET_KEEP_COUNT] = {IPPROTO_TCP, TCP_KEEPCNT, FORM_INT, 0},
    [WASMC_NET_FASTOPEN_CONNECT] = {IPPROTO_TCP, TCP_FASTOPEN_CONNECT, FORM_FLAG, 0},
    [WASMC_NET_TTL] = {IPPROTO_IP, IP_TTL, FORM_INT, IPV6_UNICAST_HOPS},
    [WASMC_NET_MULTICAST_TTL] = {IPPROTO_IP, IP_MULTICAST_TTL, FORM_INT, IPV6_MULTICAST_HOPS},
    [WASMC_NET_MULTICAST_LOOP] = {IPPROTO_IP, IP_MULTICAST_LOOP, FORM_FLAG, IPV6_MULTICAST_LOOP},
    [WASMC_NET_V6ONLY] = {IPPROTO_IPV6, IPV6_V6ONLY, FORM_FLAG, 0},
};

static int family_of(const struct wasmc_desc *desc)
{
    int family = 0;
    socklen_t bytes = sizeof family;
    if (desc->socket != NULL)
        return desc->socket->family;
    return wasmc_sys_get_option(desc->host, SOL_SOCKET, SO_DOMAIN, &family, &bytes) == 0 ? family : 0;
}

static struct option option_of(const struct wasmc_desc *desc, enum wasmc_net_option option)
{
    struct option found = options[option];
    if (found.v6_name != 0 && family_of(desc) == AF_INET6) {
        found.level = IPPROTO_IPV6;
        found.name = found.v6_name;
    }
    return found;
}

/* Of a listener that the broker keeps: the guest's process has no socket to ask. */
static bool get_kept(const struct wasmc_socket *socket, enum wasmc_net_option option, uint64_t *value)
{
    *value = 0;
    if (option == WASMC_NET_TYPE)
        *value = socket->type;
    else if (option == WASMC_NET_DOMAIN)
        *value = socket->family;
    else if (option == WASMC_NET_ACCEPTING || option == WASMC_NET_REUSE_ADDRESS)
        *value = 1;
    else if (option != WASMC_NET_ERROR)
        return false;
    return true;
}

static uint64_t get_time(const struct wasmc_desc *desc, enum wasmc_net_option option)
{
    if (desc->socket == NULL)
        return 0;
    return option == WASMC_NET_SEND_TIMEOUT ? desc->socket->send_timeout_us : desc->socket->receive_timeout_us;
}

static wasi_errno get_linger(const struct wasmc_desc *desc, uint64_t *value)
{
    struct linger linger = {0, 0};
    socklen_t bytes = sizeof linger;
    int error = wasmc_sys_get_option(desc->host, SOL_SOCKET, SO_LINGER, &linger, &bytes);
    *value = linger.l_onoff != 0 ? (uint64_t)linger.l_linger + 1 : 0;
    return wasmc_wasi_errno(error);
}

static wasi_errno get_option(const struct wasmc_desc *desc, enum wasmc_net_option option, uint64_t *value)
{
    struct option found = option_of(desc, option);
    int number = 0;
    socklen_t bytes = sizeof number;
    if (desc->socket != NULL && desc->socket->kept != 0)
        return get_kept(desc->socket, option, value) ? WASI_ERRNO_SUCCESS : WASI_ERRNO_NOPROTOOPT;
    if (found.form == FORM_TIME) {
        *value = get_time(desc, option);
        return WASI_ERRNO_SUCCESS;
    }
    if (found.form == FORM_LINGER)
        return get_linger(desc, value);
    int error = wasmc_sys_get_option(desc->host, found.level, found.name, &number, &bytes);
    if (error < 0)
        return error == -EOPNOTSUPP ? WASI_ERRNO_NOPROTOOPT : wasmc_wasi_errno(error);
    if (option == WASMC_NET_ERROR)
        *value = number != 0 ? wasmc_wasi_errno(-number) : 0;
    else
        *value = (uint64_t)(number < 0 ? 0 : number);
    return WASI_ERRNO_SUCCESS;
}

/* Longer waits are for ever. */
#define TIME_LIMIT_US (UINT64_MAX / 2000)

static wasi_errno set_time(struct wasmc_desc *desc, enum wasmc_net_option option, uint64_t timeout_us)
{
    if (desc->socket == NULL && (desc->socket = wasmc_socket_of_host(desc)) == NULL)
        return WASI_ERRNO_NOMEM;
    if (timeout_us > TIME_LIMIT_US)
        return WASI_ERRNO_DOM;
    if (option == WASMC_NET_SEND_TIMEOUT)
        desc->socket->send_timeout_us = timeout_us;
    else
        desc->socket->receive_timeout_us = timeout_us;
    desc->asks_socket = true;
    return WASI_ERRNO_SUCCESS;
}

/* Twins are as the socket is. Where a guest lets others have the port, too, it depends on the host who receives what. */
static void set_twins(struct wasmc_socket *socket, const struct option *found, const void *value, socklen_t bytes)
{
    bool is_about_port = found->level == SOL_SOCKET && (found->name == SO_REUSEADDR || found->name == SO_REUSEPORT);
    if (!is_about_port) {
        wasmc_twins_set_option(socket, found->level, found->name, value, bytes);
        return;
    }
    socket->has_no_twins = true;
    wasmc_twins_retire(socket);
}

static wasi_errno set_option(struct wasmc_desc *desc, enum wasmc_net_option option, uint64_t value)
{
    struct option found = option_of(desc, option);
    if (found.form == FORM_READ_ONLY || (desc->socket != NULL && desc->socket->kept != 0))
        return WASI_ERRNO_NOPROTOOPT;
    if (found.form == FORM_TIME)
        return set_time(desc, option, value);
    if (value > INT_MAX)
        return WASI_ERRNO_INVAL;
    wasmc_socket_touch(desc);
    struct linger linger = {value != 0, value != 0 ? (int)value - 1 : 0};
    int number = found.form == FORM_FLAG ? value != 0 : (int)value;
    const void *raw = found.form == FORM_LINGER ? (void *)&linger : (void *)&number;
    socklen_t bytes = found.form == FORM_LINGER ? sizeof linger : sizeof number;
    int error = wasmc_sys_set_option(desc->host, found.level, found.name, raw, bytes);
    /* Polling then waits for more than there is. */
    if (option == WASMC_NET_RECEIVE_LOW_WATER && desc->socket != NULL)
        desc->socket->is_shared = true;
    if (error == 0 && desc->socket != NULL && desc->keeps_messages)
        set_twins(desc->socket, &found, raw, bytes);
    return error == -EOPNOTSUPP ? WASI_ERRNO_NOPROTOOPT : wasmc_wasi_errno(error);
}

wasi_errno wasmc_net_get_option(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option, uint64_t *value)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = get_option(desc, option, value);
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

wasi_errno wasmc_net_set_option(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option, uint64_t value)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = set_option(desc, option, value);
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

wasi_errno wasmc_net_local(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *local)
{
    struct wasmc_desc *desc;
    union wasmc_net_sockaddr address;
    socklen_t bytes = sizeof address;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (desc->socket != NULL && desc->socket->kept != 0)
        address = desc->socket->local;
    else
        error = wasmc_wasi_errno(wasmc_sys_local_address(desc->host, &address.any, &bytes));
    /* The kernel has the host's name, which is none of the guest's business. */
    char path[sizeof desc->socket->path] = "";
    uint8_t path_bytes = desc->socket != NULL ? desc->socket->path_bytes : 0;
    if (path_bytes > 0)
        memcpy(path, desc->socket->path, path_bytes);
    (void)wasmc_fd_put(ctx, desc);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_endpoint_from_kernel(&address, bytes, local);
    local->path_bytes = path_bytes;
    memcpy(local->path, path, path_bytes + 1u);
    return error;
}

wasi_errno wasmc_net_remote(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *remote)
{
    struct wasmc_desc *desc;
    union wasmc_net_sockaddr address;
    socklen_t bytes = sizeof address;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (desc->socket != NULL && desc->socket->kept != 0)
        error = WASI_ERRNO_NOTCONN;
    else
        error = wasmc_wasi_errno(wasmc_sys_remote_address(desc->host, &address.any, &bytes));
    (void)wasmc_fd_put(ctx, desc);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_endpoint_from_kernel(&address, bytes, remote);
    return error;
}

wasi_errno wasmc_net_membership(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *group,
                                uint32_t interface, bool joins)
{
    struct wasmc_desc *desc;
    struct wasmc_net_request request = {
        .operation = WASMC_NET_MEMBERSHIP, .flags = joins, .number = interface};
    struct wasmc_net_reply reply;
    int unused;
    if (wasmc_endpoint_to_kernel(group, &request.address) == 0)
        return WASI_ERRNO_AFNOSUPPORT;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    request.module = wasmc_socket_module(ctx, desc);
    enum wasmc_broker_network network = wasmc_socket_network(desc);
    if (!wasmc_channel_has(network)) {
        error = WASI_ERRNO_ACCES;
    } else {
        int result = wasmc_channel_call(network, &request, NULL, desc->host, &reply, &unused);
        error = wasmc_channel_error(ctx, result != 0 ? result : reply.error, WASMC_NET_INBOUND, WASMC_NET_UDP,
                                    &request.address);
    }
    (void)wasmc_fd_put(ctx, desc);
    return error;
}
