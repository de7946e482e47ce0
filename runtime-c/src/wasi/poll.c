/* poll.c - waiting for descriptors and clocks. */
#include "poll_list.h"
#include "trace.h"
#include "wasmc/wasi.h"

__attribute__((weak)) wasi_errno wasmc_poll_any(const struct wasmc_poll_call *call)
{
    return wasmc_poll_list_as(call, false);
}

static wasi_errno poll_checked(const struct wasmc_poll_call *call)
{
    /* Checked as a whole first, so that nothing traps between here and the end. */
    (void)wasmc_guest_bytes(call->guest, call->subscriptions_addr, (uint64_t)call->count * call->layout->bytes);
    (void)wasmc_guest_bytes(call->guest, call->events_addr, (uint64_t)call->count * WASMC_EVENT_BYTES);
    (void)wasmc_guest_bytes(call->guest, call->count_addr, 4);
    if (call->count == 0)
        return WASI_ERRNO_INVAL; /* would sleep for ever */
    if (call->count > WASMC_POLL_LIMIT(call->guest->ctx))
        return WASI_ERRNO_NOMEM;
    return wasmc_poll_any(call);
}

wasi_errno wasmc_poll(const struct wasmc_poll_call *call)
{
    wasi_errno error = poll_checked(call);
    if (call->guest->ctx->trace)
        wasmc_trace(call->guest, error, "subscriptions:x events:x count:u >ready:4", call->subscriptions_addr,
                    call->events_addr, call->count, call->count_addr);
    return error;
}

/* poll_oneoff - waits until at least one of the subscriptions is due, and reports all that are.
 *
 *   subscriptions_addr   guest address of count subscriptions, 48 bytes each:
 *
 *     | u64 userdata | u8 type | 7 pad | clock: u32 id | 4 pad | u64 timeout_ns | u64 precision | u16 flags |
 *                                      | fd read, fd write: u32 fd |
 *
 *   events_addr          guest address that receives up to count events, 32 bytes each:
 *
 *     | u64 userdata | u16 error | u8 type | 5 pad | u64 ready bytes | u16 flags (1 hang-up) | 6 pad |
 *
 *   count_addr           guest address of a u32 that receives how many
 *
 * Types: 0 clock (flags 1: timeout is a point in time), 1 fd read, 2 fd write. A file or directory
 * is always ready. A subscription that cannot be waited for gives an event with its error: BADF,
 * NOTCAPABLE; INVAL unknown clock or flags; NOTSUP a CPU-time clock.
 * Rights: POLL_FD_READWRITE, or the right to do what is waited for.
 * Errors: INVAL no subscriptions, unknown type; BADF descriptors only, none of them open; NOMEM more
 * than 4096 and two for each descriptor that the module may have.
 * witx: poll_oneoff     POSIX: ppoll(2), or epoll_wait(2) for a long list
 */
uint32_t wasmc_wasi_poll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                uint32_t count, uint32_t count_addr)
{
    struct wasmc_guest guest = {ctx, "poll_oneoff"};
    const struct wasmc_poll_call call = {
        &guest, &wasmc_preview1_subscription, subscriptions_addr, events_addr, count, count_addr};
    return wasmc_poll(&call);
}

/* poll_oneoff of wasi_unstable - as above, with subscriptions of 56 bytes: a clock has a u64 of its
 * own before its id.
 *
 *     | u64 userdata | u8 type | 7 pad | clock: u64 identifier | u32 id | 4 pad | u64 timeout_ns |
 *                                        u64 precision | u16 flags |
 */
uint32_t wasmc_wasi0_poll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                 uint32_t count, uint32_t count_addr)
{
    struct wasmc_guest guest = {ctx, "poll_oneoff"};
    const struct wasmc_poll_call call = {
        &guest, &wasmc_unstable_subscription, subscriptions_addr, events_addr, count, count_addr};
    return wasmc_poll(&call);
}
