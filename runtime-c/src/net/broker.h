/* broker.h - the process that creates, binds and connects sockets and looks names up, for the guest's process, which may do
 * nothing of that. It decides by the rules of the module that a request names, on canonical addresses, and hands the kernel
 * just the address that it decided about.
 *
 * There are two at most: one in the host's network, when there are rules, and one in the isolated network, where nothing
 * needs a rule. Each refuses sockets that are not of its network, or are no sockets of TCP or UDP.
 */
#ifndef WASMC_NET_BROKER_H
#define WASMC_NET_BROKER_H

#include "protocol.h"
#include "rules.h"

enum wasmc_broker_network {
    WASMC_BROKER_HOST,
    WASMC_BROKER_INNER,
};

/* Starts one in the caller's network. Returns the guest's end of the channel, or a negative errno. */
int wasmc_broker_start(const struct wasmc_net_rules *rules, enum wasmc_broker_network network, bool is_sealed);

#endif
