/* broker_sockets.c - creating and connecting sockets, and sending datagrams. */
#include "broker_parts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>

#include "../sys/network.h"

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

static int get_int(int fd, int level, int name)
{
    int value = -1;
    socklen_t bytes = sizeof value;
    int error = wasmc_broker_get_option(fd, level, name, &value, &bytes);
    return error < 0 ? error : value;
}

static bool is_of_this_network(const struct wasmc_broker *broker, int fd)
{
    uint64_t cookie = 0;
    socklen_t bytes = sizeof cookie;
    if (!broker->rules->is_isolated)
        return true;
    return wasmc_broker_get_option(fd, SOL_SOCKET, SO_NETNS_COOKIE, &cookie, &bytes) == 0 && cookie == broker->cookie;
}

int wasmc_broker_identify(const struct wasmc_broker *broker, int fd, struct wasmc_broker_socket *socket)
{
    if (fd < 0)
        return -ENOTSOCK;
    socket->family = get_int(fd, SOL_SOCKET, SO_DOMAIN);
    int type = get_int(fd, SOL_SOCKET, SO_TYPE), protocol = get_int(fd, SOL_SOCKET, SO_PROTOCOL);
    if (socket->family != AF_INET && socket->family != AF_INET6)
        return -ENOTSOCK;
    socket->protocol = type == SOCK_STREAM ? WASMC_NET_TCP : WASMC_NET_UDP;
    if (protocol != (type == SOCK_STREAM ? IPPROTO_TCP : IPPROTO_UDP) || (type != SOCK_STREAM && type != SOCK_DGRAM))
        return -ENOTSOCK;
    socket->is_v6_only = socket->family == AF_INET6 && get_int(fd, IPPROTO_IPV6, IPV6_V6ONLY) != 0;
    return is_of_this_network(broker, fd) ? 0 : -ENOTSOCK;
}

void wasmc_broker_copy_options(int from, int to, enum wasmc_net_protocol protocol)
{
    static const struct {
        int level;
        int name;
        bool is_tcp;
    } options[] = {
        {SOL_SOCKET, SO_REUSEADDR, false},    {SOL_SOCKET, SO_REUSEPORT, false},  {SOL_SOCKET, SO_KEEPALIVE, false},
        {SOL_SOCKET, SO_BROADCAST, false},    {SOL_SOCKET, SO_DONTROUTE, false},  {SOL_SOCKET, SO_OOBINLINE, false},
        {SOL_SOCKET, SO_RCVLOWAT, false},     {IPPROTO_TCP, TCP_NODELAY, true},   {IPPROTO_TCP, TCP_KEEPIDLE, true},
        {IPPROTO_TCP, TCP_KEEPINTVL, true},   {IPPROTO_TCP, TCP_KEEPCNT, true},   {IPPROTO_IPV6, IPV6_V6ONLY, false},
        {IPPROTO_IP, IP_TTL, false},          {IPPROTO_IPV6, IPV6_UNICAST_HOPS, false},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        int value = options[i].is_tcp && protocol != WASMC_NET_TCP ? -1 : get_int(from, options[i].level, options[i].name);
        if (value >= 0)
            (void)wasmc_broker_set_option(to, options[i].level, options[i].name, &value, sizeof value);
    }
    static const int pairs[] = {SO_LINGER, SO_RCVTIMEO, SO_SNDTIMEO};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        uint64_t value[2];
        socklen_t bytes = sizeof value;
        if (wasmc_broker_get_option(from, SOL_SOCKET, pairs[i], value, &bytes) == 0)
            (void)wasmc_broker_set_option(to, SOL_SOCKET, pairs[i], value, bytes);
    }
    static const int buffers[] = {SO_SNDBUF, SO_RCVBUF};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        /* The kernel tells twice what it was told; what nobody told it, it goes on choosing by itself. */
        int value = get_int(from, SOL_SOCKET, buffers[i]), fresh = get_int(to, SOL_SOCKET, buffers[i]);
        if (value > 0 && value != fresh && (value /= 2) > 0)
            (void)wasmc_broker_set_option(to, SOL_SOCKET, buffers[i], &value, sizeof value);
    }
}

void wasmc_broker_open(struct wasmc_broker_call *call)
{
    int family = call->request->family, type = call->request->type;
    bool may = family == AF_UNIX ? call->module->has_directories : call->module->has_sockets;
    if (family != AF_INET && family != AF_INET6 && family != AF_UNIX)
        call->reply->error = -EAFNOSUPPORT;
    else if (!may)
        call->reply->error = WASMC_NET_NO_RULE;
    else if (type != SOCK_STREAM && type != SOCK_DGRAM)
        call->reply->error = -EPROTOTYPE;
    else if ((call->reply_fd = wasmc_broker_socket(family, type)) < 0)
        call->reply->error = call->reply_fd;
}

/* Whether it is an answer to somebody who may send to the socket. Whether he has, the guest's process says: what it could lie
 * about is whom it answers from the port on which everybody of the rule is answered. */
static bool is_reply(const struct wasmc_broker_call *call, wasmc_net_address peer)
{
    struct wasmc_net_meeting meeting = {
        .protocol = WASMC_NET_UDP, .peer = wasmc_net_canonical(WASMC_NET_INBOUND, peer), .now_ns = wasmc_broker_now_ns()};
    union wasmc_net_sockaddr local;
    socklen_t bytes = sizeof local;
    if (!(call->request->flags & WASMC_NET_REPLIES) ||
        wasmc_broker_local_address(call->fd, &local.any, &bytes) < 0 ||
        !wasmc_net_address_of(&local, &meeting.local, &meeting.local_port) || meeting.local_port == 0)
        return false;
    meeting.local = wasmc_net_canonical(WASMC_NET_INBOUND, meeting.local);
    return wasmc_net_admits_peer(call->module, &meeting);
}

static bool is_admitted(const struct wasmc_broker_call *call, enum wasmc_net_protocol protocol, wasmc_net_address number,
                        uint16_t port)
{
    if (call->broker->network == WASMC_BROKER_INNER)
        return true;
    uint64_t now_ns = wasmc_broker_now_ns();
    if (wasmc_net_ask(call->module, WASMC_NET_OUTBOUND, protocol, number, port, now_ns) != WASMC_NET_DENIED)
        return true;
    bool is_datagram = call->request->operation == WASMC_NET_SEND_TO || call->request->operation == WASMC_NET_TWIN;
    return is_datagram && protocol == WASMC_NET_UDP && is_reply(call, number);
}

/* The address that a request wants to reach, and what the kernel is given for it. Bytes of it, a negative errno, or
 * WASMC_NET_NO_RULE. */
static int admit_remote(const struct wasmc_broker_call *call, const struct wasmc_broker_socket *socket,
                        union wasmc_net_sockaddr *address)
{
    const union wasmc_net_sockaddr *wanted = &call->request->address;
    wasmc_net_address number;
    uint16_t port;
    if (!wasmc_net_address_of(wanted, &number, &port) || wanted->any.sa_family != socket->family)
        return -EAFNOSUPPORT;
    number = wasmc_net_canonical(WASMC_NET_OUTBOUND, number);
    if (!is_admitted(call, socket->protocol, number, port))
        return WASMC_NET_NO_RULE;
    uint32_t scope_id = socket->family == AF_INET6 ? wanted->v6.sin6_scope_id : 0;
    socklen_t bytes = wasmc_net_address_to_kernel(socket->family, number, port, scope_id, address);
    return bytes > 0 ? (int)bytes : -EAFNOSUPPORT;
}

void wasmc_broker_connect_to(struct wasmc_broker_call *call)
{
    struct wasmc_broker_socket socket;
    union wasmc_net_sockaddr address = {0};
    int bytes = wasmc_broker_identify(call->broker, call->fd, &socket);
    if (bytes == 0 && call->request->address.any.sa_family == AF_UNSPEC)
        bytes = socket.protocol == WASMC_NET_UDP ? (int)sizeof address.any : -EAFNOSUPPORT;
    else if (bytes == 0)
        bytes = admit_remote(call, &socket, &address);
    call->reply->error = bytes < 0 ? bytes : wasmc_broker_connect(call->fd, &address.any, (socklen_t)bytes);
}

/* What the guest has is not looked at: what it was opened for says the address. */
void wasmc_broker_connect_new(struct wasmc_broker_call *call)
{
    const struct wasmc_broker_socket socket = {.family = call->request->family, .protocol = WASMC_NET_TCP};
    union wasmc_net_sockaddr address;
    int bytes = -EAFNOSUPPORT;
    if (socket.family == AF_INET || socket.family == AF_INET6)
        bytes = call->module->has_sockets ? admit_remote(call, &socket, &address) : WASMC_NET_NO_RULE;
    if (bytes < 0) {
        call->reply->error = bytes;
        return;
    }
    bool waits = !(call->request->flags & WASMC_NET_NONBLOCK);
    int fd = wasmc_broker_connect_new_socket(socket.family, &address.any, (socklen_t)bytes, waits, &call->reply->error);
    call->reply_fd = fd;
}

/* The socket is of another network than this broker's, and only looked at. */
void wasmc_broker_replace(struct wasmc_broker_call *call)
{
    const struct wasmc_broker anywhere = {.rules = &(struct wasmc_net_rules){0}};
    struct wasmc_broker_socket socket;
    union wasmc_net_sockaddr address;
    int bytes = wasmc_broker_identify(&anywhere, call->fd, &socket);
    if (bytes == 0)
        bytes = admit_remote(call, &socket, &address);
    if (bytes < 0) {
        call->reply->error = bytes;
        return;
    }
    call->reply_fd = wasmc_broker_socket(socket.family, socket.protocol == WASMC_NET_TCP ? SOCK_STREAM : SOCK_DGRAM);
    call->reply->error = call->reply_fd < 0 ? call->reply_fd : 0;
    if (call->reply_fd < 0)
        return;
    wasmc_broker_copy_options(call->fd, call->reply_fd, socket.protocol);
    if (socket.protocol == WASMC_NET_TCP)
        call->reply->error = wasmc_broker_connect(call->reply_fd, &address.any, (socklen_t)bytes);
}

void wasmc_broker_send_datagram(struct wasmc_broker_call *call)
{
    struct wasmc_broker_socket socket;
    union wasmc_net_sockaddr address;
    int bytes = wasmc_broker_identify(call->broker, call->fd, &socket);
    if (bytes == 0)
        bytes = socket.protocol == WASMC_NET_UDP ? admit_remote(call, &socket, &address) : -EOPNOTSUPP;
    call->reply->error = bytes < 0 ? bytes
                                   : wasmc_broker_send_to(call->fd, call->payload, call->request->payload_bytes,
                                                          &address.any, (socklen_t)bytes);
}

/* All who have a port must agree to share it; what others may do with it is as before then. */
static int connect_twin(int fd, int twin, const union wasmc_net_sockaddr *address, socklen_t bytes)
{
    union wasmc_net_sockaddr local;
    socklen_t local_bytes = sizeof local;
    int yes = 1, no = 0;
    int error = wasmc_broker_local_address(fd, &local.any, &local_bytes);
    if (error == 0)
        error = wasmc_broker_set_option(twin, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    if (error == 0)
        error = wasmc_broker_set_option(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
    if (error == 0)
        error = wasmc_broker_bind(twin, &local.any, local_bytes);
    (void)wasmc_broker_set_option(fd, SOL_SOCKET, SO_REUSEPORT, &no, sizeof no);
    return error == 0 ? wasmc_broker_connect(twin, &address->any, bytes) : error;
}

/* Between its bind and its connect the twin takes datagrams that are the other's: only their order changes. */
void wasmc_broker_twin(struct wasmc_broker_call *call)
{
    struct wasmc_broker_socket socket;
    union wasmc_net_sockaddr address;
    int bytes = wasmc_broker_identify(call->broker, call->fd, &socket);
    if (bytes == 0)
        bytes = socket.protocol == WASMC_NET_UDP ? admit_remote(call, &socket, &address) : -EOPNOTSUPP;
    call->reply->error = bytes < 0 ? bytes : 0;
    if (bytes < 0)
        return;
    call->reply_fd = wasmc_broker_socket(socket.family, SOCK_DGRAM);
    call->reply->error = call->reply_fd < 0 ? call->reply_fd : 0;
    if (call->reply_fd < 0)
        return;
    wasmc_broker_copy_options(call->fd, call->reply_fd, WASMC_NET_UDP);
    call->reply->error = connect_twin(call->fd, call->reply_fd, &address, (socklen_t)bytes);
}

static int change_membership(const struct wasmc_broker_call *call, int family, wasmc_net_address group)
{
    bool joins = call->request->flags != 0;
    if (family == AF_INET) {
        struct ip_mreq request = {.imr_interface.s_addr = call->request->number};
        request.imr_multiaddr.s_addr = htonl((uint32_t)group);
        int name = joins ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP;
        return wasmc_broker_set_option(call->fd, IPPROTO_IP, name, &request, sizeof request);
    }
    struct ipv6_mreq request = {.ipv6mr_interface = call->request->number};
    union wasmc_net_sockaddr address;
    (void)wasmc_net_address_to_kernel(AF_INET6, group, 0, 0, &address);
    request.ipv6mr_multiaddr = address.v6.sin6_addr;
    int name = joins ? IPV6_JOIN_GROUP : IPV6_LEAVE_GROUP;
    return wasmc_broker_set_option(call->fd, IPPROTO_IPV6, name, &request, sizeof request);
}

void wasmc_broker_join(struct wasmc_broker_call *call)
{
    struct wasmc_broker_socket socket;
    union wasmc_net_sockaddr local;
    socklen_t bytes = sizeof local;
    wasmc_net_address group = 0, number;
    uint16_t port = 0, unused;
    int error = wasmc_broker_identify(call->broker, call->fd, &socket);
    if (error == 0)
        error = wasmc_broker_local_address(call->fd, &local.any, &bytes);
    if (error == 0 && (!wasmc_net_address_of(&call->request->address, &group, &unused) ||
                       !wasmc_net_address_of(&local, &number, &port) ||
                       call->request->address.any.sa_family != socket.family))
        error = -EAFNOSUPPORT;
    if (error == 0 && socket.protocol != WASMC_NET_UDP)
        error = -EOPNOTSUPP;
    if (error == 0 && call->broker->network == WASMC_BROKER_HOST &&
        wasmc_net_ask(call->module, WASMC_NET_INBOUND, WASMC_NET_UDP, wasmc_net_canonical(WASMC_NET_INBOUND, group), port,
                      wasmc_broker_now_ns()) == WASMC_NET_DENIED)
        error = WASMC_NET_NO_RULE;
    call->reply->error = error != 0 ? error : change_membership(call, socket.family, group);
}
