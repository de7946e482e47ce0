/* channel.h - the guest's process asks the brokers. */
#ifndef WASMC_NET_CHANNEL_H
#define WASMC_NET_CHANNEL_H

#include "../wasi/types.h"
#include "broker.h"

struct wasmc_ctx;

/* The network of this process: what start.c, or an embedder, has made. */
struct wasmc_network {
    struct wasmc_net_rules rules;
    int channels[2]; /* by enum wasmc_broker_network; -1: there is none */
};
extern struct wasmc_network wasmc_network;

/* Whether a process answers for a network. */
static inline bool wasmc_channel_has(enum wasmc_broker_network network)
{
    return wasmc_network.channels[network] >= 0;
}

/* Sends a request, with the payload and a descriptor when there are such, and waits for the reply, which may bring a
 * descriptor (else -1). 0, or ENETDOWN when the broker has ended: nothing opens up then. */
int wasmc_channel_call(enum wasmc_broker_network network, const struct wasmc_net_request *request, const void *payload,
                       int fd, struct wasmc_net_reply *reply, int *reply_fd);

/* The guest runs from now on: the brokers learn of no more directories, and seal themselves, before anything else that
 * they are asked for, and while this process goes on. */
void wasmc_channel_begin(void);

/* What restricts a broker, as the protocol has it, when it has sealed itself; 0: there is none that has. */
uint32_t wasmc_channel_sealed(enum wasmc_broker_network network);

/* The number of a module in the program; module_number.c, or the embedder's. */
uint32_t wasmc_net_module_number(const struct wasmc_ctx *ctx);

/* What a reply's error is for the guest; of WASMC_NET_NO_RULE the trace learns which rule would admit it. */
wasi_errno wasmc_channel_error(const struct wasmc_ctx *ctx, int32_t error, enum wasmc_net_direction direction,
                               enum wasmc_net_protocol protocol, const union wasmc_net_sockaddr *address);

#endif
