#include "channel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "../ctx.h"
#include "../lock.h"
#include "../sys/network.h"
#include "../text.h"
#include "../wasi/errno_map.h"

struct wasmc_network wasmc_network = {.channels = {-1, -1}};

/* Requests and replies of threads must not mix. A broker never waits before it replies, so this is short. */
static uint32_t locks[2];

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
    ssize_t sent = wasmc_sys_channel_send(channel, parts, request->payload_bytes > 0 ? 2 : 1, fd);
    if (sent == -EMSGSIZE)
        return -EMSGSIZE;
    if (sent < 0)
        return -ENETDOWN;
    return wasmc_sys_channel_receive(channel, reply, sizeof *reply, reply_fd) == (ssize_t)sizeof *reply ? 0 : -ENETDOWN;
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

static void put_address(struct wasmc_text *text, const union wasmc_net_sockaddr *address)
{
    char name[INET6_ADDRSTRLEN];
    wasmc_net_address number;
    union wasmc_net_sockaddr shown;
    uint16_t port;
    if (!wasmc_net_address_of(address, &number, &port))
        return;
    number = wasmc_net_canonical(WASMC_NET_INBOUND, number);
    bool is_v4 = wasmc_net_is_v4(number);
    (void)wasmc_net_address_to_kernel(is_v4 ? AF_INET : AF_INET6, number, port, 0, &shown);
    const void *bytes = is_v4 ? (const void *)&shown.v4.sin_addr : (const void *)&shown.v6.sin6_addr;
    if (inet_ntop(is_v4 ? AF_INET : AF_INET6, bytes, name, sizeof name) == NULL)
        return;
    wasmc_text_string(text, is_v4 ? "" : "[");
    wasmc_text_string(text, name);
    wasmc_text_string(text, is_v4 ? ":" : "]:");
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

wasi_errno wasmc_channel_error(const struct wasmc_ctx *ctx, int32_t error, enum wasmc_net_direction direction,
                               enum wasmc_net_protocol protocol, const union wasmc_net_sockaddr *address)
{
    if (error != WASMC_NET_NO_RULE)
        return wasmc_wasi_errno(error);
    if (ctx->trace && address != NULL && address->any.sa_family != AF_UNSPEC)
        explain(direction, protocol, address);
    return WASI_ERRNO_ACCES;
}
