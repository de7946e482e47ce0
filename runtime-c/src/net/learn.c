/* learn.c - what a lookup found becomes answers of a policy. */
#include "resolver.h"
#include "rules.h"

#include <string.h>
#include <sys/socket.h>

/* What the hosts file says holds as long as the program runs. */
#define FOREVER_NS (UINT64_MAX / 2)

/* An answer of no time at all is for the use at hand (RFC 1035, 3.2.1): long enough to connect. */
#define LEAST_S 1

void wasmc_net_learn(struct wasmc_net_policy *policy, const char *host, const struct wasmc_net_answered *answered,
                     uint64_t now_ns)
{
    struct wasmc_net_name name;
    if (!wasmc_net_name_parse(host, strlen(host), &name, NULL))
        return;
    uint32_t ttl_s = answered->ttl_s < LEAST_S ? LEAST_S : answered->ttl_s;
    uint64_t expires_ns = answered->is_from_network ? now_ns + ttl_s * UINT64_C(1000000000) : FOREVER_NS;
    for (uint16_t i = 0; i < answered->found.count; i++) {
        size_t bytes = answered->found.items[i].family == AF_INET ? 4 : 16;
        wasmc_net_address address = wasmc_net_from_bytes(answered->found.items[i].address, bytes);
        (void)wasmc_net_add_answer(policy, name, wasmc_net_canonical(WASMC_NET_INBOUND, address), now_ns, expires_ns);
    }
}
