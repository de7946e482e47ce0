/* poll_sockets.c - polling in a program with calls of sockets: takes the place of what poll.c has, which knows neither the set
 * that the host keeps nor what was received ahead. */
#include "poll_list.h"

/* poll_waiting_sockets.c takes the places of what poll_waiting.c has. */
WASMC_BRINGS(wasmc_waiting_bytes_to_read);

wasi_errno wasmc_poll_list(const struct wasmc_poll_call *call)
{
    return wasmc_poll_list_as(call, true);
}

wasi_errno wasmc_poll_any(const struct wasmc_poll_call *call)
{
    wasi_errno error;
    return call->count >= WASMC_POLL_SET_LEAST && wasmc_poll_set(call, &error) ? error : wasmc_poll_list(call);
}
