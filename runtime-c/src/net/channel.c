#include "channel.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "../ctx.h"
#include "../lock.h"
#include "../sys/network.h"
#include "../text.h"
#include "../wasi/errno_map.h"
#include "spin.h"

struct wasmc_network wasmc_network = {.channels = {-1, -1}};

/* Requests and replies of threads must not mix. A broker never waits before it replies, so this is short. */
static uint32_t locks[2];
static struct wasmc_spin spins[2] = {WASMC_SPIN_FIRST, WASMC_SPIN_FIRST};

static ssize_t receive(enum wasmc_broker_network network, struct wasmc_net_reply *reply, int *fd)
{
    int channel = wasmc_network.channels[network];
    ssize_t bytes = -EAGAIN;
    if (wasmc_spin_is_worth(&spins[network])) {
        for (int look = 0; look < WASMC_SPIN_LOOKS && bytes == -EAGAIN; look++)
            bytes = wasmc_sys_channel_receive(channel, reply, sizeof *reply, false, fd);
        wasmc_spin_learn(&spins[network], bytes != -EAGAIN);
    }
    return bytes != -EAGAIN ? bytes : wasmc_sys_channel_receive(channel, reply, sizeof *reply, true, fd);
}

/* Whether the reply to WASMC_NET_BEGIN is still to come, and what it said of the broker. */
static bool is_beginning[2];
static uint32_t sealed[2];

static void finish_beginning(enum wasmc_broker_network network)
{
    struct wasmc_net_reply reply;
    int unused;
    if (!is_beginning[network])
        return;
    is_beginning[network] = false;
    if (receive(network, &reply, &unused) == (ssize_t)sizeof reply && reply.error == 0)
        sealed[network] = reply.number;
}

static int exchange(enum wasmc_broker_network network, const struct wasmc_net_request *request, const void *payload,
                    int fd, struct wasmc_net_reply *reply, int *reply_fd)
{
    int channel = wasmc_network.channels[network];
    if (channel < 0)
        return -ENETDOWN;
    const struct iovec parts[2] = {
        {(void *)(uintptr_t)request, sizeof *request},
        {(void *)(uintptr_t)payload, request->payload_bytes},
    };
    finish_beginning(network);
    ssize_t sent = wasmc_sys_channel_send(channel, parts, request->payload_bytes > 0 ? 2 : 1, fd);
    if (sent == -EMSGSIZE)
        return -EMSGSIZE;
    if (sent < 0)
        return -ENETDOWN;
    return receive(network, reply, reply_fd) == (ssize_t)sizeof *reply ? 0 : -ENETDOWN;
}

int wasmc_channel_call(enum wasmc_broker_network network, const struct wasmc_net_request *request, const void *payload,
                       int fd, struct wasmc_net_reply *reply, int *reply_fd)
{
    *reply_fd = -1;
    wasmc_lock(&locks[network]);
    int error = exchange(network, request, payload, fd, reply, reply_fd);
    wasmc_unlock(&locks[network]);
    return error;
}

void wasmc_channel_begin(void)
{
    const struct wasmc_net_request request = {.operation = WASMC_NET_BEGIN};
    const struct iovec part = {(void *)(uintptr_t)&request, sizeof request};
    for (int network = WASMC_BROKER_HOST; network <= WASMC_BROKER_INNER; network++) {
        if (wasmc_channel_has((enum wasmc_broker_network)network))
            is_beginning[network] = wasmc_sys_channel_send(wasmc_network.channels[network], &part, 1, -1) >= 0;
    }
}

uint32_t wasmc_channel_sealed(enum wasmc_broker_network network)
{
    wasmc_lock(&locks[network]);
    finish_beginning(network);
    wasmc_unlock(&locks[network]);
    return sealed[network];
}

/* As a rule would have it. */
static void put_address(struct wasmc_text *text, const union wasmc_net_sockaddr *address)
{
    wasmc_net_address number;
    union wasmc_net_sockaddr shown;
    struct wasmc_endpoint endpoint;
    uint16_t port;
    if (!wasmc_net_address_of(address, &number, &port))
        return;
    number = wasmc_net_canonical(WASMC_NET_INBOUND, number);
    int family = wasmc_net_is_v4(number) ? AF_INET : AF_INET6;
    socklen_t bytes = wasmc_net_address_to_kernel(family, number, port, 0, &shown);
    wasmc_endpoint_from_kernel(&shown, bytes, &endpoint);
    wasmc_endpoint_put_address(text, &endpoint);
    wasmc_text_string(text, ":");
    if (port == 0)
        wasmc_text_string(text, "*");
    else
        wasmc_text_decimal(text, port);
}

static void explain(enum wasmc_net_direction direction, enum wasmc_net_protocol protocol,
                    const union wasmc_net_sockaddr *address)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: no rule admits this; ");
    wasmc_text_string(&text, direction == WASMC_NET_OUTBOUND ? "--allow-outbound " : "--allow-inbound ");
    wasmc_text_string(&text, protocol == WASMC_NET_TCP ? "tcp://" : "udp://");
    put_address(&text, address);
    wasmc_text_string(&text, " would\n");
    wasmc_text_flush(&text);
}

/* The module may have no socket at all. */
static void explain_none(void)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: no rule of the network is this module's; --allow-outbound or --allow-inbound would admit a "
                             "socket, for one of Unix --dir\n");
    wasmc_text_flush(&text);
}

wasi_errno wasmc_channel_error(const struct wasmc_ctx *ctx, int32_t error, enum wasmc_net_direction direction,
                               enum wasmc_net_protocol protocol, const union wasmc_net_sockaddr *address)
{
    if (error != WASMC_NET_NO_RULE)
        return wasmc_wasi_errno(error);
    if (ctx->trace && address != NULL && address->any.sa_family != AF_UNSPEC)
        explain(direction, protocol, address);
    else if (ctx->trace)
        explain_none();
    return WASI_ERRNO_ACCES;
}
