#include "wasmc_commit.h"

/* Package.swift passes the variable of that name on, which the Makefile sets. */
#ifndef WASMC_COMMIT
#define WASMC_COMMIT ""
#endif

const char *wasmc_commit(void)
{
    return WASMC_COMMIT;
}
