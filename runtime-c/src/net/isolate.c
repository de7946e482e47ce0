#include "isolate.h"

#include "../grants.h"
#include "../runtime.h"
#include "../sys/namespace.h"
#include "../text.h"
#include "isolate_error.h"
#include "keeper.h"

static void require(int error, enum wasmc_isolate_step step)
{
    if (error < 0)
        wasmc_isolate_refused(step, error);
}

void wasmc_isolate(const struct wasmc_grants *grants)
{
    const char *prefix = wasmc_grants_word(grants, WASMC_GRANT_NAMESPACE_PREFIX);
    if (prefix != NULL && !wasmc_keeper_takes(prefix))
        wasmc_fail(WASMC_EXIT_START, "", "--namespace-prefix ", prefix,
                   ": expected " WASMC_KEEPER_PREFIX_FORM);
    bool is_privileged;
    require(wasmc_sys_isolate_network(&is_privileged), WASMC_ISOLATE_NAMESPACE);
    if (wasmc_netns_cookie() == 0)
        wasmc_isolate_refused(WASMC_ISOLATE_COOKIE, 0);
    if (!wasmc_grants_have(grants, WASMC_GRANT_NO_LOOPBACK))
        require(wasmc_sys_start_loopback(), WASMC_ISOLATE_LOOPBACK);
    /* Nobody else's ports are here, so that a program may take 80 without being root. Where the kernel's settings
     * cannot be written (/proc/sys of a container), by the capability, which is one over this namespace. */
    uint64_t kept = wasmc_sys_free_low_ports() == 0 ? 0 : WASMC_CAPABILITY_LOW_PORTS;
    if (is_privileged) {
        kept |= WASMC_CAPABILITIES_OF_FILES;
        if (prefix != NULL)
            require(wasmc_keeper_start(prefix), WASMC_ISOLATE_NAME);
    }
    require(wasmc_sys_keep_capabilities(kept), WASMC_ISOLATE_CAPABILITIES);
}

uint64_t wasmc_netns_cookie(void)
{
    return wasmc_sys_network_cookie();
}
