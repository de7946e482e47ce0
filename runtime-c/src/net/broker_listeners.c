/* broker_listeners.c - binding and listening. Who has a listener can accept whoever comes: where rules say where peers may be,
 * the broker keeps it, and the guest's process gets what is readable when a peer is there that may come. */
#include "broker_parts.h"

#include <errno.h>
#include <poll.h>

#include "../sys/network.h"

/* Accepted ahead of the guest; others wait in the kernel. */
#define QUEUED 8
/* Without descriptors, accepting fails and the listener stays readable. */
#define REST_MS 100

static struct kept {
    int listener; /* -1: not in use */
    int notice;   /* the other end is the guest's */
    bool listens;
    struct wasmc_net_module *module;
    unsigned queued;
    struct {
        int fd;
        union wasmc_net_sockaddr peer;
    } queue[QUEUED];
} kept[WASMC_BROKER_KEPT];
static unsigned kept_count; /* those behind were never in use */
static bool is_short;       /* of descriptors: whoever comes waits a little */

/* How a module may be bound to an address. */
enum binding { BINDING_DENIED, BINDING_FREE, BINDING_KEPT };

static enum binding ask_one(const struct wasmc_broker_call *call, enum wasmc_net_protocol protocol,
                            wasmc_net_address number, uint16_t port)
{
    int rule = wasmc_net_ask(call->module, WASMC_NET_INBOUND, protocol, number, port, wasmc_broker_now_ns());
    if (rule == WASMC_NET_DENIED)
        return BINDING_DENIED;
    return wasmc_net_admits_all_peers(call->module, rule) ? BINDING_FREE : BINDING_KEPT;
}

static enum binding ask(const struct wasmc_broker_call *call, const struct wasmc_broker_socket *socket,
                        wasmc_net_address number, uint16_t port)
{
    if (call->broker->network == WASMC_BROKER_INNER)
        return BINDING_FREE;
    enum binding binding = ask_one(call, socket->protocol, number, port);
    /* A socket of both families takes what comes to 0.0.0.0, too. */
    if (number == 0 && !socket->is_v6_only) {
        enum binding v4 = ask_one(call, socket->protocol, WASMC_NET_V4_FIRST, port);
        if (v4 == BINDING_DENIED || binding == BINDING_FREE)
            binding = v4;
    }
    return binding;
}

/* Any free port on no address in particular is what connecting and sending do unasked: what comes there are answers. */
static bool is_as_unbound(const struct wasmc_broker_call *call, enum wasmc_net_protocol protocol,
                          wasmc_net_address number, uint16_t port)
{
    const struct wasmc_net_policy *policy = &call->module->policy;
    for (uint16_t i = 0; port == 0 && wasmc_net_is_unspecified(number) && i < policy->rule_count; i++) {
        if (policy->rules[i].direction == WASMC_NET_OUTBOUND && policy->rules[i].protocol == protocol)
            return true;
    }
    return false;
}

static struct kept *take_kept(void)
{
    for (unsigned i = 0; i < kept_count; i++) {
        if (kept[i].listener < 0)
            return &kept[i];
    }
    if (kept_count == WASMC_BROKER_KEPT)
        return NULL;
    kept[kept_count].listener = -1;
    return &kept[kept_count++];
}

static void release(struct kept *item)
{
    for (unsigned i = 0; i < item->queued; i++)
        wasmc_broker_close(item->queue[i].fd);
    wasmc_broker_close(item->listener);
    wasmc_broker_close(item->notice);
    item->listener = -1;
}

static void bind_kept(struct wasmc_broker_call *call, const struct wasmc_broker_socket *socket,
                      const union wasmc_net_sockaddr *address, socklen_t bytes)
{
    int pair[2];
    socklen_t room = sizeof call->reply->address;
    struct kept *item = take_kept();
    if (item == NULL || wasmc_broker_pair(pair) < 0) {
        call->reply->error = -EMFILE;
        return;
    }
    *item = (struct kept){.listener = wasmc_broker_socket(socket->family, SOCK_STREAM), .notice = pair[0]};
    item->module = call->module;
    int error = item->listener < 0 ? item->listener : 0;
    if (error == 0) {
        wasmc_broker_copy_options(call->fd, item->listener, WASMC_NET_TCP);
        error = wasmc_broker_set_nonblocking(item->listener);
    }
    if (error == 0)
        error = wasmc_broker_bind(item->listener, &address->any, bytes);
    if (error == 0)
        error = wasmc_broker_local_address(item->listener, &call->reply->address.any, &room);
    call->reply->error = error;
    if (error == 0) {
        call->reply->number = (uint32_t)(item - kept) + 1;
        call->reply_fd = pair[1];
        return;
    }
    wasmc_broker_close(pair[1]);
    if (item->listener >= 0)
        release(item);
    else
        wasmc_broker_close(pair[0]);
}

void wasmc_broker_bind_to(struct wasmc_broker_call *call)
{
    struct wasmc_broker_socket socket;
    union wasmc_net_sockaddr address;
    const union wasmc_net_sockaddr *wanted = &call->request->address;
    wasmc_net_address number = 0;
    uint16_t port = 0;
    int error = wasmc_broker_identify(call->broker, call->fd, &socket);
    if (error == 0 && (!wasmc_net_address_of(wanted, &number, &port) || wanted->any.sa_family != socket.family))
        error = -EAFNOSUPPORT;
    call->reply->error = error;
    if (error != 0)
        return;
    number = wasmc_net_canonical(WASMC_NET_INBOUND, number);
    enum binding binding = ask(call, &socket, number, port);
    if (binding == BINDING_DENIED && is_as_unbound(call, socket.protocol, number, port))
        binding = BINDING_FREE;
    uint32_t scope_id = socket.family == AF_INET6 ? wanted->v6.sin6_scope_id : 0;
    socklen_t bytes = wasmc_net_address_to_kernel(socket.family, number, port, scope_id, &address);
    if (binding == BINDING_DENIED)
        call->reply->error = WASMC_NET_NO_RULE;
    else if (bytes == 0)
        call->reply->error = -EAFNOSUPPORT;
    else if (binding == BINDING_KEPT && socket.protocol == WASMC_NET_TCP)
        bind_kept(call, &socket, &address, bytes);
    else
        call->reply->error = wasmc_broker_bind(call->fd, &address.any, bytes);
}

static struct kept *find_kept(const struct wasmc_broker_call *call)
{
    uint32_t number = call->request->number;
    if (number == 0 || number > kept_count)
        return NULL;
    struct kept *item = &kept[number - 1];
    return item->listener >= 0 && item->module == call->module ? item : NULL;
}

static int listen_kept(struct wasmc_broker_call *call)
{
    struct kept *item = find_kept(call);
    if (item == NULL)
        return -EINVAL;
    int error = wasmc_broker_listen(item->listener, (int)call->request->flags);
    item->listens = item->listens || error == 0;
    return error;
}

/* Whether a socket may listen where it is bound. */
static int admit_listener(const struct wasmc_broker_call *call, union wasmc_net_sockaddr *local, uint16_t *port)
{
    struct wasmc_broker_socket socket;
    socklen_t bytes = sizeof *local;
    wasmc_net_address number;
    int error = wasmc_broker_identify(call->broker, call->fd, &socket);
    if (error == 0)
        error = socket.protocol == WASMC_NET_TCP ? wasmc_broker_local_address(call->fd, &local->any, &bytes) : -EOPNOTSUPP;
    if (error != 0)
        return error;
    if (!wasmc_net_address_of(local, &number, port))
        return -EAFNOSUPPORT;
    enum binding binding = ask(call, &socket, wasmc_net_canonical(WASMC_NET_INBOUND, number), *port);
    return binding == BINDING_FREE ? 0 : WASMC_NET_NO_RULE;
}

static int listen_own(struct wasmc_broker_call *call)
{
    /* It is bound below a granted directory, or to no name. */
    if (wasmc_broker_is_unix(call))
        return wasmc_broker_listen(call->fd, (int)call->request->flags);
    union wasmc_net_sockaddr local = {0};
    uint16_t port = 0;
    int error = admit_listener(call, &local, &port);
    if (error == 0 && port == 0) {
        /* Until it is bound, whoever has it, too, can make a socket of IPv6 alone one of both after we have looked. */
        socklen_t bytes = local.any.sa_family == AF_INET6 ? sizeof local.v6 : sizeof local.v4;
        error = wasmc_broker_bind(call->fd, &local.any, bytes);
        if (error == 0)
            error = admit_listener(call, &local, &port);
    }
    return error != 0 ? error : wasmc_broker_listen(call->fd, (int)call->request->flags);
}

void wasmc_broker_listen_on(struct wasmc_broker_call *call)
{
    call->reply->error = call->request->number != 0 ? listen_kept(call) : listen_own(call);
}

void wasmc_broker_accept_from(struct wasmc_broker_call *call)
{
    struct kept *item = find_kept(call);
    if (item == NULL || !item->listens) {
        call->reply->error = -EINVAL;
        return;
    }
    if (item->queued == 0) {
        call->reply->error = -EAGAIN;
        return;
    }
    call->reply_fd = item->queue[0].fd;
    call->reply->address = item->queue[0].peer;
    item->queued--;
    for (unsigned i = 0; i < item->queued; i++)
        item->queue[i] = item->queue[i + 1];
}

size_t wasmc_broker_kept_poll(struct pollfd *fds, int *timeout_ms)
{
    size_t count = 0;
    bool rests = is_short;
    *timeout_ms = rests ? REST_MS : -1;
    is_short = false;
    for (unsigned i = 0; i < kept_count; i++) {
        const struct kept *item = &kept[i];
        if (item->listener < 0)
            continue;
        fds[count++] = (struct pollfd){.fd = item->notice, .events = 0};
        if (item->listens && item->queued < QUEUED && !rests)
            fds[count++] = (struct pollfd){.fd = item->listener, .events = POLLIN};
    }
    return count;
}

static void take_peer(struct kept *item)
{
    union wasmc_net_sockaddr peer, local;
    socklen_t bytes = sizeof peer, local_bytes = sizeof local;
    int fd = wasmc_broker_accept(item->listener, &peer.any, &bytes, 0);
    if (fd < 0) {
        is_short = is_short || fd == -EMFILE || fd == -ENFILE || fd == -ENOBUFS || fd == -ENOMEM;
        return;
    }
    struct wasmc_net_meeting meeting = {.protocol = WASMC_NET_TCP, .now_ns = wasmc_broker_now_ns()};
    uint16_t port;
    bool admits = wasmc_broker_local_address(fd, &local.any, &local_bytes) == 0 &&
                  wasmc_net_address_of(&peer, &meeting.peer, &port) &&
                  wasmc_net_address_of(&local, &meeting.local, &meeting.local_port);
    meeting.peer = wasmc_net_canonical(WASMC_NET_INBOUND, meeting.peer);
    meeting.local = wasmc_net_canonical(WASMC_NET_INBOUND, meeting.local);
    if (!admits || !wasmc_net_admits_peer(item->module, &meeting) || wasmc_broker_send(item->notice, "", 1, -1) < 0) {
        wasmc_broker_close(fd);
        return;
    }
    item->queue[item->queued].fd = fd;
    item->queue[item->queued++].peer = peer;
}

void wasmc_broker_kept_ready(const struct pollfd *fds, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        for (unsigned i = 0; fds[at].revents != 0 && i < kept_count; i++) {
            if (kept[i].listener < 0)
                continue;
            if (kept[i].notice == fds[at].fd && (fds[at].revents & (POLLHUP | POLLERR)))
                release(&kept[i]);
            else if (kept[i].listener == fds[at].fd)
                take_peer(&kept[i]);
        }
    }
}
