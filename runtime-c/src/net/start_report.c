/* start_report.c - what the kernel enforces on the processes of the network. */
#include "../grants.h"
#include "../sys/network.h"
#include "../text.h"
#include "channel.h"
#include "start.h"

const char *wasmc_net_seal(void)
{
    return wasmc_sys_pin_channels() != 0 ? "to keep a descriptor open (seccomp)" : NULL;
}

const char *wasmc_net_check_sealed(void)
{
    for (int network = 0; network < WASMC_CHANNEL_COUNT; network++) {
        if (!wasmc_channel_has((enum wasmc_broker_network)network))
            continue;
        uint32_t sealed = wasmc_channel_sealed((enum wasmc_broker_network)network);
        if (WASMC_NET_SEALED_LANDLOCK(sealed) == 0)
            return "to restrict the files of the process that opens sockets (Landlock)";
        if (WASMC_NET_SEALED_CALLS(sealed) == 0)
            return "to restrict the system calls of the process that opens sockets (seccomp)";
    }
    return NULL;
}

static void put_broker(struct wasmc_text *text, enum wasmc_broker_network network, const char *what)
{
    if (!wasmc_channel_has(network))
        return;
    uint32_t sealed = wasmc_channel_sealed(network);
    wasmc_text_string(text, what);
    if (WASMC_NET_SEALED_LANDLOCK(sealed) > 0) {
        wasmc_text_string(text, " (Landlock ");
        wasmc_text_decimal(text, WASMC_NET_SEALED_LANDLOCK(sealed));
    } else {
        wasmc_text_string(text, " (no Landlock");
    }
    if (WASMC_NET_SEALED_CALLS(sealed) > 0) {
        wasmc_text_string(text, ", system calls: ");
        wasmc_text_decimal(text, WASMC_NET_SEALED_CALLS(sealed));
        wasmc_text_string(text, ")");
    } else {
        wasmc_text_string(text, ", any system call)");
    }
}

void wasmc_net_report(const struct wasmc_grants *grants)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: network:");
    if (wasmc_network.rules.is_isolated)
        wasmc_text_string(&text, " isolated,");
    if (!wasmc_network.rules.is_isolated && !wasmc_network.rules.has_any)
        wasmc_text_string(&text, " nothing is allowed");
    put_broker(&text, WASMC_BROKER_HOST, " a process opens sockets by the rules");
    if (wasmc_network.rules.is_isolated && wasmc_network.rules.has_any)
        wasmc_text_string(&text, ",");
    put_broker(&text, WASMC_BROKER_INNER, " a process opens sockets inside");
    uint32_t forwards = 0;
    for (const struct wasmc_grant *grant = NULL;
         (grant = wasmc_grants_next(grants, WASMC_GRANT_FORWARD, grant)) != NULL;)
        forwards++;
    if (forwards > 0) {
        wasmc_text_string(&text, ", forwards: ");
        wasmc_text_decimal(&text, forwards);
    }
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}
