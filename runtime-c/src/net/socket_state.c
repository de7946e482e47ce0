#include "socket_state.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>

#include "../ctx.h"
#include "../lock.h"
#include "../sys/network.h"
#include "../wasi/timestamp.h"
#include "socket_ahead.h"
#include "socket_twins.h"

/* Memory of the arena does not come back. */
static struct wasmc_socket *free_sockets;
static uint32_t lock;
#define CHUNK 16u

/* The ring of those who have sent; `count` goes on, and the last is before it. */
#define SENDERS 64u
struct wasmc_senders {
    uint32_t count;
    struct wasmc_sender {
        wasmc_net_address address;
        uint16_t port;
    } items[SENDERS];
};

struct wasmc_socket *wasmc_socket_new(void)
{
    wasmc_lock(&lock);
    struct wasmc_socket *socket = free_sockets;
    if (socket == NULL && (socket = wasmc_arena_allocate(CHUNK * sizeof *socket)) != NULL) {
        for (unsigned i = 0; i + 1 < CHUNK; i++)
            socket[i].next_free = &socket[i + 1];
    }
    if (socket != NULL)
        free_sockets = socket->next_free;
    wasmc_unlock(&lock);
    if (socket != NULL) {
        struct wasmc_senders *senders = socket->senders;
        *socket = (struct wasmc_socket){.senders = senders};
        if (senders != NULL)
            senders->count = 0;
    }
    return socket;
}

void wasmc_socket_heard(struct wasmc_socket *socket, const union wasmc_net_sockaddr *sender)
{
    struct wasmc_sender heard;
    if (!wasmc_net_address_of(sender, &heard.address, &heard.port))
        return;
    if (socket->senders == NULL && (socket->senders = wasmc_arena_allocate(sizeof *socket->senders)) == NULL)
        return;
    struct wasmc_senders *senders = socket->senders;
    struct wasmc_sender *last = &senders->items[(senders->count - 1) % SENDERS];
    if (senders->count > 0 && last->address == heard.address && last->port == heard.port)
        return;
    senders->items[senders->count++ % SENDERS] = heard;
}

bool wasmc_socket_has_heard(const struct wasmc_socket *socket, const union wasmc_net_sockaddr *address)
{
    struct wasmc_sender wanted;
    if (socket->senders == NULL || !wasmc_net_address_of(address, &wanted.address, &wanted.port))
        return false;
    uint32_t count = socket->senders->count < SENDERS ? socket->senders->count : SENDERS;
    for (uint32_t i = 0; i < count; i++) {
        const struct wasmc_sender *sender = &socket->senders->items[i];
        if (sender->address == wanted.address && sender->port == wanted.port)
            return true;
    }
    return false;
}

struct wasmc_socket *wasmc_socket_copy(struct wasmc_ctx *ctx, struct wasmc_desc *desc)
{
    struct wasmc_socket *copy = wasmc_socket_new();
    if (copy == NULL)
        return NULL;
    if (desc->keeps_messages && wasmc_twins_share != NULL)
        wasmc_twins_share(ctx, desc);
    struct wasmc_senders *senders = copy->senders;
    wasmc_socket_touch(desc);
    wasmc_socket_share_ahead(desc->socket);
    *copy = *desc->socket;
    copy->senders = senders;
    return copy;
}

void wasmc_socket_free(const struct wasmc_desc *desc)
{
    struct wasmc_socket *socket = desc->socket;
    if (socket->ahead != NULL)
        wasmc_socket_drop_ahead(desc);
    if (socket->twins != NULL)
        wasmc_twins_give_up(socket);
    wasmc_lock(&lock);
    socket->next_free = free_sockets;
    free_sockets = socket;
    wasmc_unlock(&lock);
}

uint32_t wasmc_socket_module(const struct wasmc_ctx *ctx, const struct wasmc_desc *desc)
{
    return desc->socket != NULL && !desc->socket->is_of_host ? desc->socket->module : wasmc_net_module_number(ctx);
}

/* Sockets begin where nothing can be reached, when there is such a network. */
enum wasmc_broker_network wasmc_socket_network(const struct wasmc_desc *desc)
{
    if (desc->socket != NULL)
        return (enum wasmc_broker_network)desc->socket->network;
    return wasmc_network.rules.is_isolated ? WASMC_BROKER_INNER : WASMC_BROKER_HOST;
}

struct wasmc_socket *wasmc_socket_of_host(const struct wasmc_desc *desc)
{
    struct wasmc_socket *socket = wasmc_socket_new();
    int family = 0;
    socklen_t bytes = sizeof family;
    if (socket == NULL)
        return NULL;
    (void)wasmc_sys_get_option(desc->host, SOL_SOCKET, SO_DOMAIN, &family, &bytes);
    socket->family = (uint16_t)family;
    socket->type = desc->keeps_messages ? SOCK_DGRAM : SOCK_STREAM;
    socket->network = (uint8_t)wasmc_socket_network(desc);
    socket->is_of_host = true;
    return socket;
}

bool wasmc_socket_wait(int host, short events, uint64_t timeout_us)
{
    struct pollfd query = {.fd = host, .events = events};
    struct timespec now, timeout;
    (void)wasmc_sys_clock_get(CLOCK_MONOTONIC, &now);
    uint64_t deadline_ns = wasmc_timestamp_from(now) + timeout_us * 1000;
    int result;
    do {
        (void)wasmc_sys_clock_get(CLOCK_MONOTONIC, &now);
        uint64_t now_ns = wasmc_timestamp_from(now);
        timeout = wasmc_timestamp_to(deadline_ns > now_ns ? deadline_ns - now_ns : 0);
        result = wasmc_sys_poll(&query, 1, timeout_us == 0 ? NULL : &timeout);
    } while (result == -EINTR);
    return result != 0;
}

static int accept_kept(const struct wasmc_desc *listener, int flags, union wasmc_net_sockaddr *peer)
{
    const struct wasmc_socket *socket = listener->socket;
    const struct wasmc_net_request request = {
        .operation = WASMC_NET_ACCEPT, .module = socket->module, .number = socket->kept};
    struct wasmc_net_reply reply;
    char notice;
    int fd;
    /* The notice first: of several who wait, one has it. */
    ssize_t noticed = wasmc_sys_receive(listener->host, &notice, 1, MSG_DONTWAIT);
    if (noticed <= 0)
        return noticed == 0 ? -ECONNABORTED : (int)noticed;
    int error = wasmc_channel_call((enum wasmc_broker_network)socket->network, &request, NULL, -1, &reply, &fd);
    if (error == 0)
        error = reply.error;
    if (error == 0 && fd < 0)
        error = -EMFILE;
    if (error == 0 && (flags & SOCK_NONBLOCK))
        error = wasmc_sys_set_flags(fd, O_NONBLOCK);
    if (error != 0) {
        if (fd >= 0)
            (void)wasmc_sys_close(fd);
        return error;
    }
    *peer = reply.address;
    return fd;
}

int wasmc_socket_accept_from(const struct wasmc_desc *listener, int flags, union wasmc_net_sockaddr *peer,
                             socklen_t *bytes)
{
    if (listener->socket != NULL && listener->socket->kept != 0) {
        int host = accept_kept(listener, flags, peer);
        *bytes = peer->any.sa_family == AF_INET6 ? sizeof peer->v6 : sizeof peer->v4;
        return host;
    }
    int host = wasmc_sys_accept(listener->host, flags);
    if (host >= 0 && wasmc_sys_remote_address(host, &peer->any, bytes) < 0)
        *bytes = 0;
    return host;
}
