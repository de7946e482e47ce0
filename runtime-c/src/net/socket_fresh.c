#include "socket_fresh.h"

#include "../ctx.h"
#include "../lock.h"
#include "../sys/sys.h"
#include "socket_asking.h"

/* Who opens and connects in turn needs one. Each is a descriptor of the host's. */
#define KEPT 2

static struct {
    int host; /* 0: none */
    uint8_t network;
    uint16_t family;
} kept[KEPT];
static uint32_t lock;

int wasmc_fresh_take(enum wasmc_broker_network network, int family)
{
    int host = -1;
    wasmc_lock(&lock);
    for (int i = 0; i < KEPT && host < 0; i++) {
        if (kept[i].host == 0 || kept[i].network != network || kept[i].family != family)
            continue;
        host = kept[i].host;
        kept[i].host = 0;
    }
    wasmc_unlock(&lock);
    return host;
}

static bool keep(int host, uint8_t network, uint16_t family)
{
    bool is_kept = false;
    wasmc_lock(&lock);
    for (int i = 0; i < KEPT && !is_kept; i++) {
        if (kept[i].host != 0)
            continue;
        kept[i].host = host;
        kept[i].network = network;
        kept[i].family = family;
        is_kept = true;
    }
    wasmc_unlock(&lock);
    return is_kept;
}

/* Whether no other thread is in a call with the descriptor: it could still do something with the socket that it had. */
static bool is_used_alone(struct wasmc_ctx *ctx, const struct wasmc_desc *desc)
{
    wasmc_lock(&ctx->fds.lock);
    bool is_alone = desc->users == 2; /* the table, and the call that is asking */
    wasmc_unlock(&ctx->fds.lock);
    return is_alone;
}

void wasmc_fresh_replace(struct wasmc_ctx *ctx, struct wasmc_desc *desc, int host, enum wasmc_broker_network network)
{
    struct wasmc_socket *socket = desc->socket;
    uint8_t old_network = socket->network;
    bool is_fresh = socket->is_fresh;
    int old = wasmc_socket_swap_host(ctx, desc, host);
    socket->network = (uint8_t)network;
    socket->is_fresh = false;
    /* What a descriptor's flags did to it. */
    bool is_as_made = is_fresh && is_used_alone(ctx, desc) && (desc->fdflags == 0 || wasmc_sys_set_flags(old, 0) == 0);
    if (!is_as_made || !keep(old, old_network, socket->family))
        (void)wasmc_sys_close(old);
}
