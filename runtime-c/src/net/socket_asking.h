/* socket_asking.h - requests to a broker about a descriptor, for the files of socket.h. */
#ifndef WASMC_NET_SOCKET_ASKING_H
#define WASMC_NET_SOCKET_ASKING_H

#include "socket_state.h"

/* A request about a descriptor that has an address. */
struct wasmc_asking {
    struct wasmc_ctx *ctx;
    struct wasmc_desc *desc;
    enum wasmc_net_direction direction;
    struct wasmc_net_request request;
    struct wasmc_net_reply reply;
    int fd; /* what came back */
};

void wasmc_asking_begin(struct wasmc_asking *asking, struct wasmc_ctx *ctx, struct wasmc_desc *desc,
                        enum wasmc_net_operation operation);

/* Sends it with the descriptor's socket. What comes back is for the guest; INPROGRESS among it. */
wasi_errno wasmc_asking_ask(struct wasmc_asking *asking, enum wasmc_broker_network network, const void *payload);

/* The host's socket of a descriptor becomes another. Returns the one that it was. */
int wasmc_socket_swap_host(struct wasmc_ctx *ctx, struct wasmc_desc *desc, int host);

/* Likewise; the new one blocks as the descriptor does, and the one that it was is closed. */
void wasmc_socket_replace_host(struct wasmc_ctx *ctx, struct wasmc_desc *desc, int host);

static inline bool wasmc_socket_is_unix(const struct wasmc_desc *desc)
{
    return desc->socket != NULL && desc->socket->family == AF_UNIX;
}

/* --- socket_connect.c ---------------------------------------------------------------------------- */

/* Whether an address lies outside of the isolated network that the socket is in, and there is a way out. */
bool wasmc_socket_must_leave(const struct wasmc_desc *desc, const union wasmc_net_sockaddr *address);

/* Goes there, as far as rules admit that: by a socket of the host's in the place of this one. */
wasi_errno wasmc_socket_leave(struct wasmc_asking *asking);

#endif
