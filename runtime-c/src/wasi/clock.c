/* clock.c - clocks. */
#include "../sys/sys.h"
#include "errno_map.h"
#include "timestamp.h"
#include "trace.h"
#include "wasmc/wasi.h"

static bool host_clock(uint32_t id, clockid_t *host)
{
    switch (id) {
    case WASI_CLOCKID_REALTIME: *host = CLOCK_REALTIME; return true;
    case WASI_CLOCKID_MONOTONIC: *host = CLOCK_MONOTONIC; return true;
    case WASI_CLOCKID_PROCESS_CPUTIME_ID: *host = CLOCK_PROCESS_CPUTIME_ID; return true;
    case WASI_CLOCKID_THREAD_CPUTIME_ID: *host = CLOCK_THREAD_CPUTIME_ID; return true;
    default: return false;
    }
}

static wasi_errno read_clock(const struct wasmc_guest *guest, int (*read)(clockid_t, struct timespec *), uint32_t id,
                             guest_addr result_addr)
{
    clockid_t host;
    struct timespec time;
    if (!host_clock(id, &host))
        return WASI_ERRNO_INVAL;
    int result = read(host, &time);
    if (result < 0)
        return wasmc_wasi_errno(result);
    wasmc_guest_write_u64(guest, result_addr, wasmc_timestamp_from(time));
    return WASI_ERRNO_SUCCESS;
}

/* clock_res_get - resolution of a clock.
 *
 *   id                clock (clockid)
 *   resolution_addr   guest address of a u64 that receives nanoseconds
 *
 * Rights: none.   Errors: INVAL unknown id. On error guest memory is unchanged.
 * witx: clock_res_get     POSIX: clock_getres(2)
 */
uint32_t wasmc_wasi_clock_res_get(struct wasmc_ctx *ctx, uint32_t id, uint32_t resolution_addr)
{
    struct wasmc_guest guest = {ctx, "clock_res_get"};
    wasi_errno error = read_clock(&guest, wasmc_sys_clock_resolution, id, resolution_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "id:u >resolution:8", id, resolution_addr);
    return error;
}

/* clock_time_get - current value of a clock.
 *
 *   id             clock (clockid)
 *   precision_ns   largest lag that the caller accepts; ignored, the value is exact
 *   time_addr      guest address of a u64 that receives nanoseconds
 *
 * Rights: none.   Errors: INVAL unknown id. On error guest memory is unchanged.
 * witx: clock_time_get     POSIX: clock_gettime(2)
 */
uint32_t wasmc_wasi_clock_time_get(struct wasmc_ctx *ctx, uint32_t id, uint64_t precision_ns, uint32_t time_addr)
{
    struct wasmc_guest guest = {ctx, "clock_time_get"};
    wasi_errno error = read_clock(&guest, wasmc_sys_clock_get, id, time_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "id:u precision:d >time:8", id, precision_ns, time_addr);
    return error;
}
