#include "sys/sys.h"
#include "trap_end.h"

static bool is_prepared;

void wasmc_abort_prepare(const struct wasmc_grants *grants)
{
    if (!wasmc_grants_have(grants, WASMC_GRANT_ABORT))
        return;
    if (wasmc_sys_prepare_abort() != 0)
        wasmc_fail(WASMC_EXIT_START, "", "--abort: the host refuses a timer", NULL, "");
    is_prepared = true;
}

void wasmc_abort(void)
{
    if (is_prepared)
        wasmc_sys_abort();
}
