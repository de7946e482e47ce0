/* poll.c - WasmEdge's second name for polling. */
#include "../poll.h"
#include "wasmc/wasi_sockets.h"

/* poll_sockets.c takes the place of what poll.c of WASI has. */
WASMC_BRINGS(wasmc_poll_list);

/* epoll_oneoff - poll_oneoff, under the name that WasmEdge's library for sockets imports with its feature `epoll`.
 *
 *   subscriptions_addr, events_addr, count, count_addr   as for poll_oneoff, with the same layouts
 *
 * WasmEdge documents it as edge-triggered: what was told is not told again until it changes. Its code does not do that.
 * It sets EPOLLET and changes each descriptor of the list in each call (EPOLL_CTL_MOD), upon which Linux tells again
 * what is ready; its asynchronous host has poll_oneoff under this name. So what is ready is told in each call here,
 * too. Guests that believe in edges (mio_wasi and tokio_wasi) leave out of the next list what they were told until they
 * have read or written, and such lists are what the set is made for: nothing is registered anew for them.
 *
 * Unlike in WasmEdge, a descriptor that is in the list twice for the same thing is told twice, and is not an error
 * (EXIST).
 *
 * Rights, errors: as for poll_oneoff.     WasmEdge: epoll_oneoff     POSIX: ppoll(2), or epoll_wait(2) for a long list
 */
uint32_t wasmc_wasmedge_epoll_oneoff(struct wasmc_ctx *ctx, uint32_t subscriptions_addr, uint32_t events_addr,
                                     uint32_t count, uint32_t count_addr)
{
    struct wasmc_guest guest = {ctx, "epoll_oneoff"};
    const struct wasmc_poll_call call = {
        &guest, &wasmc_preview1_subscription, subscriptions_addr, events_addr, count, count_addr};
    return wasmc_poll(&call);
}
