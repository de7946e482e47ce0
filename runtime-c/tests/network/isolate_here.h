/* isolate_here.h - what a program and its broker do to have a network of their own, in one process. */
#ifndef TESTS_ISOLATE_HERE_H
#define TESTS_ISOLATE_HERE_H

#include "grants.h"
#include "net/isolate.h"

static inline void isolate_here(const struct wasmc_grants *grants)
{
    enum wasmc_isolate_step step;
    wasmc_isolate(grants);
    int error = wasmc_isolate_furnish(!wasmc_grants_have(grants, WASMC_GRANT_NO_LOOPBACK), &step);
    if (error != 0)
        wasmc_isolate_refused(step, error);
}

#endif
