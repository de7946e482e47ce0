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

/* Whether it took no user namespace. */
static bool is_privileged;

void wasmc_isolate(const struct wasmc_grants *grants)
{
    const char *prefix = wasmc_grants_word(grants, WASMC_GRANT_NAMESPACE_PREFIX);
    if (prefix != NULL && !wasmc_keeper_takes(prefix))
        wasmc_fail(WASMC_EXIT_START, "", "--namespace-prefix ", prefix,
                   ": expected " WASMC_KEEPER_PREFIX_FORM);
    require(wasmc_sys_isolate_network(&is_privileged), WASMC_ISOLATE_NAMESPACE);
    if (wasmc_netns_cookie() == 0)
        wasmc_isolate_refused(WASMC_ISOLATE_COOKIE, 0);
    if (is_privileged && prefix != NULL)
        require(wasmc_keeper_start(prefix), WASMC_ISOLATE_NAME);
}

void wasmc_isolate_confine(bool binds)
{
    uint64_t kept = is_privileged ? WASMC_CAPABILITIES_OF_FILES : 0;
    kept |= binds ? WASMC_CAPABILITY_LOW_PORTS : 0;
    require(wasmc_sys_keep_capabilities(kept), WASMC_ISOLATE_CAPABILITIES);
}

int wasmc_isolate_furnish(bool has_loopback, enum wasmc_isolate_step *step)
{
    *step = WASMC_ISOLATE_LOOPBACK;
    int error = has_loopback ? wasmc_sys_start_loopback() : 0;
    if (error < 0)
        return error;
    /* Nobody else's ports are here, so that a program may take 80 without being root. Where the kernel's settings
     * cannot be written (/proc/sys of a container), by the capability, which is one over this namespace. */
    uint64_t kept = wasmc_sys_free_low_ports() == 0 ? 0 : WASMC_CAPABILITY_LOW_PORTS;
    kept |= is_privileged ? WASMC_CAPABILITIES_OF_FILES : 0;
    *step = WASMC_ISOLATE_CAPABILITIES;
    return wasmc_sys_keep_capabilities(kept);
}

uint64_t wasmc_netns_cookie(void)
{
    return wasmc_sys_network_cookie();
}
