/* socket_datagrams.c - datagrams that come in, and from whom; and waiting for a limited time. */
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "socket_ahead.h"
#include "socket_twins.h"

struct datagram {
    struct wasmc_desc *desc;
    int host;    /* where it is taken from: the descriptor's, or a twin */
    bool checks; /* whether it may come */
    struct iovec *iovecs;
    int count;
    int flags;
    union wasmc_net_sockaddr sender;
    socklen_t sender_bytes;
    bool is_truncated;
};

static uint64_t now_ns(void)
{
    struct timespec now = {0};
    (void)wasmc_sys_clock_get(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool wasmc_socket_may_come(const struct wasmc_desc *desc, const union wasmc_net_sockaddr *sender)
{
    const struct wasmc_net_module *module = &wasmc_network.rules.modules[desc->socket->module];
    union wasmc_net_sockaddr local;
    socklen_t bytes = sizeof local;
    uint16_t port;
    struct wasmc_net_meeting meeting = {.protocol = WASMC_NET_UDP, .now_ns = now_ns()};
    if (wasmc_sys_local_address(desc->host, &local.any, &bytes) < 0 ||
        !wasmc_net_address_of(&local, &meeting.local, &meeting.local_port) ||
        !wasmc_net_address_of(sender, &meeting.peer, &port))
        return false;
    meeting.local = wasmc_net_canonical(WASMC_NET_INBOUND, meeting.local);
    meeting.peer = wasmc_net_canonical(WASMC_NET_INBOUND, meeting.peer);
    return wasmc_net_ask(module, WASMC_NET_OUTBOUND, WASMC_NET_UDP, meeting.peer, port, meeting.now_ns) !=
               WASMC_NET_DENIED ||
           wasmc_net_admits_peer(module, &meeting);
}

/* Its length and sender; the datagram stays. */
static ssize_t peek(struct datagram *datagram)
{
    datagram->sender_bytes = sizeof datagram->sender;
    return wasmc_sys_receive_from(datagram->host, NULL, 0, (datagram->flags & MSG_DONTWAIT) | MSG_PEEK | MSG_TRUNC,
                                  &datagram->sender.any, &datagram->sender_bytes);
}

static ssize_t take(struct datagram *datagram)
{
    struct iovec none = {NULL, 0}, *first = datagram->count > 0 ? datagram->iovecs : &none;
    if (datagram->count > 1 && !(datagram->flags & MSG_PEEK)) {
        ssize_t length = peek(datagram);
        ssize_t result = length < 0 ? length : wasmc_sys_readv(datagram->host, datagram->iovecs, datagram->count);
        datagram->is_truncated = result >= 0 && result < length;
        return result;
    }
    datagram->sender_bytes = sizeof datagram->sender;
    ssize_t result = wasmc_sys_receive_from(datagram->host, first->iov_base, first->iov_len, datagram->flags | MSG_TRUNC,
                                            &datagram->sender.any, &datagram->sender_bytes);
    datagram->is_truncated = result > 0 && (size_t)result > first->iov_len;
    return datagram->is_truncated ? (ssize_t)first->iov_len : result;
}

/* What may not come never reaches the guest's memory. */
static ssize_t take_admitted(struct datagram *datagram)
{
    while (datagram->checks) {
        ssize_t length = peek(datagram);
        if (length < 0)
            return length;
        if (wasmc_socket_may_come(datagram->desc, &datagram->sender))
            break;
        (void)wasmc_sys_receive(datagram->host, NULL, 0, MSG_DONTWAIT);
    }
    return take(datagram);
}

static ssize_t take_from(struct datagram *datagram, int index)
{
    const struct wasmc_socket *socket = datagram->desc->socket;
    const struct wasmc_twin *twin = index == WASMC_TWINS_OWN ? NULL : &socket->twins->items[index];
    datagram->host = twin == NULL ? datagram->desc->host : twin->host;
    datagram->checks = socket->checks_peers && (twin == NULL || !wasmc_twins_is_certain(twin));
    return take_admitted(datagram);
}

/* What was received already. */
static ssize_t take_ahead(struct datagram *datagram)
{
    struct wasmc_ahead *ahead = datagram->desc->socket->twins->ahead;
    /* Read once: threads that share a socket may mix what they get, and nothing else. */
    const size_t bytes = __atomic_load_n(&ahead->bytes, __ATOMIC_RELAXED);
    size_t at = 0;
    for (int i = 0; i < datagram->count && at < bytes; i++) {
        size_t part = bytes - at < datagram->iovecs[i].iov_len ? bytes - at : datagram->iovecs[i].iov_len;
        memcpy(datagram->iovecs[i].iov_base, ahead->data + at, part);
        at += part;
    }
    datagram->is_truncated = at < bytes;
    datagram->sender = ahead->sender;
    datagram->sender_bytes = ahead->sender_bytes;
    ahead->is_there = (datagram->flags & MSG_PEEK) != 0;
    return (ssize_t)at;
}

/* From the socket itself or one of its twins, none of which is waited for alone. */
static ssize_t receive_of_any(struct datagram *datagram, bool waits, uint64_t timeout_us)
{
    struct wasmc_twins *twins = datagram->desc->socket->twins;
    if (wasmc_socket_bytes_ahead(datagram->desc) >= 0)
        return take_ahead(datagram);
    int index = wasmc_twins_likely(twins, waits);
    datagram->flags |= MSG_DONTWAIT;
    if (index == WASMC_TWINS_NONE)
        index = wasmc_twins_look(twins, waits, timeout_us);
    while (index != WASMC_TWINS_NONE) {
        ssize_t result = take_from(datagram, index);
        if (result >= 0) {
            wasmc_twins_found(twins, index, (datagram->flags & MSG_PEEK) != 0);
            return result;
        }
        if (index == WASMC_TWINS_OWN && result != -EAGAIN)
            return result;
        wasmc_twins_not_found(twins, index, (int)result);
        index = wasmc_twins_look(twins, waits, timeout_us);
    }
    return -EAGAIN;
}

static ssize_t receive_datagram(struct datagram *datagram)
{
    const struct wasmc_desc *desc = datagram->desc;
    bool waits = !(desc->fdflags & WASI_FDFLAGS_NONBLOCK);
    uint64_t timeout_us = desc->socket != NULL ? desc->socket->receive_timeout_us : 0;
    if (wasmc_socket_where_to_read(desc) != desc->host)
        return receive_of_any(datagram, waits, timeout_us);
    datagram->host = desc->host;
    datagram->checks = desc->socket != NULL && desc->socket->checks_peers;
    if (!waits || timeout_us != 0)
        datagram->flags |= MSG_DONTWAIT;
    ssize_t result;
    do {
        result = take_admitted(datagram);
    } while (result == -EAGAIN && waits && wasmc_socket_wait(desc->host, POLLIN, timeout_us));
    return result;
}

/* Whom the guest may answer: who has sent what it was given. */
static void remember(const struct datagram *datagram)
{
    struct wasmc_socket *socket = datagram->desc->socket;
    if (socket != NULL && socket->network == WASMC_BROKER_HOST && datagram->sender.any.sa_family != AF_UNSPEC)
        wasmc_socket_heard(socket, &datagram->sender);
}

ssize_t wasmc_socket_receive_from(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags,
                                  bool *is_truncated, union wasmc_net_sockaddr *sender, socklen_t *sender_bytes)
{
    struct datagram datagram = {.desc = desc, .iovecs = iovecs, .count = count, .flags = flags};
    ssize_t result = receive_datagram(&datagram);
    if (result >= 0)
        remember(&datagram);
    *is_truncated = datagram.is_truncated;
    *sender = datagram.sender;
    *sender_bytes = datagram.sender_bytes;
    return result;
}

ssize_t wasmc_socket_receive(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags, bool *is_truncated)
{
    union wasmc_net_sockaddr sender;
    socklen_t bytes;
    return wasmc_socket_receive_from(desc, iovecs, count, flags, is_truncated, &sender, &bytes);
}

static uint64_t timeout_of(const struct wasmc_desc *desc, bool writes)
{
    if (desc->socket == NULL || (desc->fdflags & WASI_FDFLAGS_NONBLOCK))
        return 0;
    return writes ? desc->socket->send_timeout_us : desc->socket->receive_timeout_us;
}

/* Of a stream whose O_NONBLOCK is another module's, who has the open file, too: the guest expects to block. */
static bool waits_for(const struct wasmc_desc *desc, ssize_t result, short events)
{
    return result == -EAGAIN && !(desc->fdflags & WASI_FDFLAGS_NONBLOCK) && wasmc_socket_wait(desc->host, events, 0);
}

ssize_t wasmc_socket_read(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags)
{
    bool unused;
    if (desc->keeps_messages)
        return wasmc_socket_receive(desc, iovecs, count, flags, &unused);
    if (wasmc_socket_is_ahead(desc))
        return (ssize_t)wasmc_socket_copy_ahead(desc, iovecs, count, true);
    uint64_t timeout_us = timeout_of(desc, false);
    if (timeout_us != 0 && !wasmc_socket_wait(desc->host, POLLIN, timeout_us))
        return -EAGAIN;
    ssize_t result;
    do {
        result = wasmc_sys_readv(desc->host, iovecs, count);
    } while (timeout_us == 0 && waits_for(desc, result, POLLIN));
    return result;
}

/* A part that has room at once is sent at once; a blocking socket of the host's would wait for the rest for ever. */
ssize_t wasmc_socket_write(struct wasmc_desc *desc, struct iovec *iovecs, int count)
{
    uint64_t timeout_us = timeout_of(desc, true);
    ssize_t result;
    do {
        result = timeout_us == 0 ? wasmc_sys_writev(desc->host, iovecs, count) : 0;
    } while (waits_for(desc, result, POLLOUT));
    if (timeout_us == 0)
        return result;
    if (!wasmc_socket_wait(desc->host, POLLOUT, timeout_us))
        return -EAGAIN;
    return count == 0 ? 0 : wasmc_sys_send(desc->host, iovecs[0].iov_base, iovecs[0].iov_len, MSG_DONTWAIT);
}
