#include "start.h"

#include <errno.h>

#include "../grants.h"
#include "../runtime.h"
#include "../sys/network.h"
#include "../text.h"
#include "channel.h"
#include "socket_paths.h"

/* seal.c refers to it weakly. */
WASMC_BRINGS(wasmc_net_report);

/* Whether the isolated network may not be there yet. */
static bool is_awaited;

static const char *module_name(const void *context, uint32_t index)
{
    const struct wasmc_program *program = context;
    return program->instances[index].module_name;
}

void wasmc_net_start(const struct wasmc_program *program, const struct wasmc_grants *grants)
{
    int channels[2];
    /* Of what is open from here on, and of the processes beside this one; also, nobody can have the number of a channel later
     * who could not now. */
    wasmc_sys_raise_open_files();
    if (3 + wasmc_grants_listen_fds(grants) > WASMC_CHANNEL_FD)
        wasmc_fail(WASMC_EXIT_START, "", "--listenfd: a program that can open sockets takes at most 251", NULL, "");
    wasmc_net_rules_start(&wasmc_network.rules, grants, program->instance_count, module_name, program);
    wasmc_net_start_processes(&wasmc_network.rules, grants, channels);
    for (unsigned network = 0; network < WASMC_CHANNEL_COUNT; network++) {
        if (channels[network] < 0) {
            int error = wasmc_sys_occupy_channel(network);
            if (error < 0 && error != -EMFILE)
                wasmc_fail(WASMC_EXIT_START, "", "the host refuses a descriptor that the network needs", NULL, "");
            continue;
        }
        if (wasmc_sys_place_channel(channels[network], network) < 0)
            wasmc_fail(WASMC_EXIT_START, "", "rules of the network and isolation need 256 descriptors: raise the limit on "
                       "open files (ulimit -n)", NULL, "");
        wasmc_network.channels[network] = WASMC_CHANNEL_FD + (int)network;
    }
    is_awaited = wasmc_channel_has(WASMC_BROKER_INNER);
    if (wasmc_network.rules.has_listeners)
        wasmc_net_await();
}

void wasmc_net_await(void)
{
    if (is_awaited)
        wasmc_net_await_inside(wasmc_network.channels[WASMC_BROKER_INNER]);
    is_awaited = false;
}

void wasmc_net_begin(const struct wasmc_program *program)
{
    for (uint32_t i = 0; wasmc_socket_paths_start != NULL && i < program->instance_count; i++) {
        if (program->instances[i].ctx != NULL)
            wasmc_socket_paths_start(program->instances[i].ctx);
    }
    wasmc_channel_begin();
}
