/* sched.c - scheduling. */
#include "../sys/sys.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* sched_yield - lets others run.   Rights: none.   Errors: none.   witx: sched_yield */
uint32_t wasmc_wasi_sched_yield(struct wasmc_ctx *ctx)
{
    wasmc_sys_yield();
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "sched_yield"}, WASI_ERRNO_SUCCESS, "");
    return WASI_ERRNO_SUCCESS;
}
