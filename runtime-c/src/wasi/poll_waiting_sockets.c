/* poll_waiting_sockets.c - subscriptions in a program with calls of sockets: takes the places of functions in poll_waiting.c that
 * know neither twins nor what was received ahead. */
#include <poll.h>

#include "../net/socket_ahead.h"
#include "../net/socket_twins.h"
#include "../sys/sys.h"
#include "poll_waiting.h"

bool wasmc_waiting_start(struct wasmc_ctx *ctx, struct wasmc_waiting *item, struct wasmc_clocks *clocks)
{
    if (!wasmc_waiting_start_host(ctx, item, clocks))
        return false;
    int ahead = item->subscription.type == WASI_EVENTTYPE_FD_READ ? wasmc_socket_bytes_ahead(item->desc) : -1;
    if (ahead < 0)
        return true;
    wasmc_waiting_set_ready(item, 0, ahead);
    return false;
}

int wasmc_waiting_bytes_to_read(struct wasmc_desc *desc, uint32_t revents, bool may_receive)
{
    if (wasmc_socket_where_to_read(desc) != desc->host)
        return wasmc_twins_bytes(desc);
    if (desc->socket == NULL || desc->keeps_messages || wasmc_socket_bytes_to_read == NULL)
        return wasmc_sys_bytes_to_read(desc->host);
    return wasmc_socket_bytes_to_read(desc, revents, may_receive);
}

void wasmc_waiting_finish(struct wasmc_waiting *item, struct wasmc_desc *desc, uint32_t revents, bool may_receive)
{
    bool reads = item->subscription.type == WASI_EVENTTYPE_FD_READ && !(revents & POLLNVAL);
    int readable = reads ? wasmc_waiting_bytes_to_read(desc, revents, may_receive) : 1;
    if (readable >= 0 || (revents & POLLNVAL) || wasmc_socket_where_to_read(desc) == desc->host)
        wasmc_waiting_set_ready(item, revents, readable);
}
