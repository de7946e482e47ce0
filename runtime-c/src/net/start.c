#include "start.h"

#include <errno.h>

#include "../grants.h"
#include "../runtime.h"
#include "../sys/network.h"
#include "../text.h"
#include "channel.h"
#include "forward.h"
#include "isolate.h"

static const char *module_name(const void *context, uint32_t index)
{
    const struct wasmc_program *program = context;
    return program->instances[index].module_name;
}

static void start_broker(enum wasmc_broker_network network, bool is_sealed)
{
    int channel = wasmc_broker_start(&wasmc_network.rules, network, is_sealed);
    if (channel < 0)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the process that opens sockets for the program", NULL,
                   channel == -EAGAIN ? " (too many processes: RLIMIT_NPROC, or the group's pids.max)" : "");
    int error = wasmc_sys_place_channel(channel, network);
    if (error < 0)
        wasmc_fail(WASMC_EXIT_START, "", "rules of the network and isolation need 256 descriptors: raise the limit on "
                   "open files (ulimit -n)", NULL, "");
    wasmc_network.channels[network] = WASMC_CHANNEL_FD + (int)network;
}

void wasmc_net_start(const struct wasmc_program *program, const struct wasmc_grants *grants)
{
    struct wasmc_net_rules *rules = &wasmc_network.rules;
    wasmc_net_rules_start(rules, grants, program->instance_count, module_name, program);
    enum wasmc_seal_mode mode = wasmc_grants_seal(grants);
    bool is_sealed = mode == WASMC_SEAL_AUTO || mode == WASMC_SEAL_REQUIRE;
    if (rules->has_any)
        start_broker(WASMC_BROKER_HOST, is_sealed);
    wasmc_forward_open(grants);
    if (!rules->is_isolated)
        return;
    wasmc_isolate(grants);
    start_broker(WASMC_BROKER_INNER, is_sealed);
    wasmc_forward_start(grants);
}

int wasmc_net_seal(void)
{
    return wasmc_sys_pin_channels();
}
