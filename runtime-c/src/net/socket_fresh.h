/* socket_fresh.h - sockets with which nothing was done but that they were opened.
 *
 * A connection takes one request: the broker makes the socket that it connects, and it takes the place of the one that
 * the guest opened. That one is as it was made, and serves again when the guest opens the next, which takes no request
 * then. */
#ifndef WASMC_NET_SOCKET_FRESH_H
#define WASMC_NET_SOCKET_FRESH_H

#include "socket_state.h"

/* One that served before, for a stream; -1: the broker must be asked for one. */
int wasmc_fresh_take(enum wasmc_broker_network network, int family);

/* A descriptor's socket becomes this one, which is connected or connecting, of a network; the fresh one that it was is
 * kept or closed. */
void wasmc_fresh_replace(struct wasmc_ctx *ctx, struct wasmc_desc *desc, int host, enum wasmc_broker_network network);

#endif
