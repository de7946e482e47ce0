/* processes.c - the processes beside the guest's, in the order in which networks come and go. */
#include <errno.h>

#include "../grants.h"
#include "../runtime.h"
#include "../sys/network.h"
#include "../text.h"
#include "broker.h"
#include "forward.h"
#include "isolate.h"
#include "start.h"

/* What the broker inside says first, of the network that it has furnished. */
void wasmc_net_await_inside(int channel)
{
    struct wasmc_net_reply reply;
    int unused;
    if (wasmc_sys_channel_receive(channel, &reply, sizeof reply, true, &unused) != (ssize_t)sizeof reply)
        wasmc_fail(WASMC_EXIT_START, "", "the process that opens sockets for the program has ended", NULL, "");
    if (reply.error != 0)
        wasmc_isolate_refused((enum wasmc_isolate_step)reply.number, reply.error);
}

static int start_broker(const struct wasmc_net_rules *rules, enum wasmc_broker_network network, bool is_sealed)
{
    int channel = wasmc_broker_start(rules, network, is_sealed);
    if (channel < 0)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the process that opens sockets for the program", NULL,
                   channel == -EAGAIN ? " (too many processes: RLIMIT_NPROC, or the group's pids.max)" : "");
    return channel;
}

void wasmc_net_start_processes(const struct wasmc_net_rules *rules, const struct wasmc_grants *grants, int channels[2])
{
    enum wasmc_seal_mode mode = wasmc_grants_seal(grants);
    bool is_sealed = mode == WASMC_SEAL_AUTO || mode == WASMC_SEAL_REQUIRE;
    channels[WASMC_BROKER_HOST] = channels[WASMC_BROKER_INNER] = -1;
    if (rules->has_any || rules->has_directories)
        channels[WASMC_BROKER_HOST] = start_broker(rules, WASMC_BROKER_HOST, is_sealed);
    wasmc_forward_open(grants);
    if (!rules->is_isolated)
        return;
    wasmc_isolate(grants);
    channels[WASMC_BROKER_INNER] = start_broker(rules, WASMC_BROKER_INNER, is_sealed);
    wasmc_isolate_confine(rules->has_listeners);
    wasmc_forward_start(grants);
}
