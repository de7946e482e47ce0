/* socket_twins_send.c - datagrams that go by a twin, and when there is one. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../wasi/errno_map.h"
#include "channel.h"
#include "socket_twins.h"

/* How long nobody is asked for another when there was no room for one. In sendings. */
#define REFUSED_FOR 1024u

/* Rules about who may come, of names, too. */
#define ASKED_AGAIN_NS UINT64_C(1000000000)

static uint64_t now_ns(void)
{
    struct timespec now = {0};
    (void)wasmc_sys_clock_get(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool is_same(const union wasmc_net_sockaddr *one, const union wasmc_net_sockaddr *other)
{
    if (one->any.sa_family != other->any.sa_family)
        return false;
    if (one->any.sa_family == AF_INET)
        return one->v4.sin_port == other->v4.sin_port && one->v4.sin_addr.s_addr == other->v4.sin_addr.s_addr;
    return one->v6.sin6_port == other->v6.sin6_port && one->v6.sin6_scope_id == other->v6.sin6_scope_id &&
           memcmp(&one->v6.sin6_addr, &other->v6.sin6_addr, sizeof one->v6.sin6_addr) == 0;
}

/* What is sent to many goes by the socket itself, whose options say how far. */
static bool is_for_one(const union wasmc_net_sockaddr *remote)
{
    wasmc_net_address number;
    uint16_t port;
    if (!wasmc_net_address_of(remote, &number, &port))
        return false;
    number = wasmc_net_canonical(WASMC_NET_OUTBOUND, number);
    if (!wasmc_net_is_v4(number))
        return (uint8_t)(number >> 120) != 0xff;
    return (uint32_t)number >> 28 != 0xe && (uint32_t)number != UINT32_MAX;
}

/* Until then it need not be asked again. An answer to who asked goes by the rules about who may come. */
static uint64_t admitted_until(const struct wasmc_desc *desc, const union wasmc_net_sockaddr *remote)
{
    const struct wasmc_socket *socket = desc->socket;
    struct wasmc_net_call call = {.direction = WASMC_NET_OUTBOUND, .protocol = WASMC_NET_UDP};
    uint16_t port;
    if (socket->network != WASMC_BROKER_HOST)
        return UINT64_MAX;
    if (!wasmc_net_address_of(remote, &call.address, &port))
        return 0;
    call.address = wasmc_net_canonical(WASMC_NET_OUTBOUND, call.address);
    call.port = port;
    call.now_ns = now_ns();
    uint64_t until_ns = wasmc_net_admitted_until(&wasmc_network.rules.modules[socket->module].policy, &call);
    if (until_ns == 0 && wasmc_socket_has_heard(socket, remote) && wasmc_socket_may_come(desc, remote))
        until_ns = call.now_ns + ASKED_AGAIN_NS;
    return until_ns;
}

/* Whether the rule by which a twin came to be still admits it: that of a name ends with the answer, unless there was another
 * since. A twin that is admitted no more is closed, and the broker says no. */
static bool is_admitted(const struct wasmc_desc *desc, struct wasmc_twin *twin)
{
    if (twin->expires_ns == UINT64_MAX || now_ns() < twin->expires_ns)
        return true;
    twin->expires_ns = admitted_until(desc, &twin->remote);
    if (twin->expires_ns == 0)
        wasmc_twins_retire_one(desc->socket->twins, twin);
    return twin->expires_ns != 0;
}

static struct wasmc_twin *find(struct wasmc_twins *twins, const union wasmc_net_sockaddr *remote)
{
    for (int i = 0; i < WASMC_TWINS_KEPT; i++) {
        struct wasmc_twin *twin = &twins->items[i];
        if (twin->host >= 0 && !twin->is_retired && is_same(&twin->remote, remote))
            return twin;
    }
    return NULL;
}

/* Whether something was sent there lately; from now on it was. */
static bool is_known(struct wasmc_twins *twins, const union wasmc_net_sockaddr *remote)
{
    int place = 0;
    for (int i = 0; i < WASMC_TWINS_KNOWN; i++) {
        if (twins->known[i].sending != 0 && is_same(&twins->known[i].remote, remote)) {
            twins->known[i].sending = twins->sendings;
            return true;
        }
        if (twins->known[i].sending < twins->known[place].sending)
            place = i;
    }
    twins->known[place].sending = twins->sendings;
    twins->known[place].remote = *remote;
    return false;
}

/* A port is bound to for another time only if all who have it agree to share it, which they do for no longer than that. The
 * socket itself is seen to by the broker. */
static void share_port(const struct wasmc_socket *socket, int shares)
{
    wasmc_twins_set_option(socket, SOL_SOCKET, SO_REUSEPORT, &shares, sizeof shares);
}

static struct wasmc_twin *make(struct wasmc_desc *desc, const union wasmc_net_sockaddr *remote)
{
    struct wasmc_socket *socket = desc->socket;
    struct wasmc_twins *twins = socket->twins;
    struct wasmc_twin *twin = wasmc_twins_find_place(twins);
    const struct wasmc_net_request request = {
        .operation = WASMC_NET_TWIN,
        .module = socket->module,
        .flags = wasmc_socket_has_heard(socket, remote) ? WASMC_NET_REPLIES : 0,
        .address = *remote,
    };
    struct wasmc_net_reply reply;
    int host;
    if (twin == NULL)
        return NULL;
    uint64_t expires_ns = admitted_until(desc, remote);
    if (expires_ns == 0)
        return NULL;
    share_port(socket, 1);
    int error = wasmc_channel_call((enum wasmc_broker_network)socket->network, &request, NULL, desc->host, &reply, &host);
    share_port(socket, 0);
    if (error == 0)
        error = reply.error;
    if (error == 0 && host < 0)
        error = -EMFILE;
    if (error == 0 && !wasmc_twins_add(twins, twin, host))
        error = -ENOSPC;
    if (error != 0) {
        twins->refused_until = twins->sendings + REFUSED_FOR;
        return NULL;
    }
    twin->remote = *remote;
    twin->expires_ns = expires_ns;
    return twin;
}

static struct wasmc_twin *find_or_make(struct wasmc_ctx *ctx, struct wasmc_desc *desc,
                                       const union wasmc_net_sockaddr *remote)
{
    struct wasmc_twins *twins = desc->socket->twins;
    struct wasmc_twin *twin = find(twins, remote);
    if (twin != NULL)
        return is_admitted(desc, twin) ? twin : NULL;
    if (!is_known(twins, remote) || twins->sendings < twins->refused_until || !wasmc_twins_begin(ctx, desc, true))
        return NULL;
    return make(desc, remote);
}

/* That nobody listened where an earlier datagram went to is not told who has no connection. */
static ssize_t send_by(const struct wasmc_desc *desc, const struct wasmc_twin *twin, const struct iovec *bytes)
{
    bool waits = !(desc->fdflags & WASI_FDFLAGS_NONBLOCK);
    ssize_t result;
    do {
        result = wasmc_sys_send(twin->host, bytes->iov_base, bytes->iov_len, MSG_DONTWAIT);
    } while (result == -ECONNREFUSED || (result == -EAGAIN && waits &&
                                         wasmc_socket_wait(twin->host, POLLOUT, desc->socket->send_timeout_us)));
    return result;
}

bool wasmc_twins_send(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const union wasmc_net_sockaddr *remote,
                      const struct iovec *bytes, wasi_errno *error)
{
    struct wasmc_socket *socket = desc->socket;
    if (socket == NULL || socket->type != SOCK_DGRAM || socket->has_no_twins || socket->has_peer || !is_for_one(remote) ||
        !wasmc_twins_begin(ctx, desc, false))
        return false;
    struct wasmc_twins *twins = socket->twins;
    twins->sendings++;
    struct wasmc_twin *twin = find_or_make(ctx, desc, remote);
    if (twin == NULL)
        return false;
    twin->last_use = twins->sendings;
    ssize_t result = send_by(desc, twin, bytes);
    /* The host has taken its address back, as when an interface goes away. */
    if (result == -EDESTADDRREQ || result == -ENOTCONN) {
        wasmc_twins_retire_one(twins, twin);
        return false;
    }
    wasmc_twins_expect(twins, (int)(twin - twins->items));
    *error = wasmc_wasi_errno(result < 0 ? result : 0);
    return true;
}
