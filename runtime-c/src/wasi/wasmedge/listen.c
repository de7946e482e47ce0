/* listen.c - sock_listen, which WAMR has with the same type and meaning. */
#include "../../net/socket.h"
#include "../trace.h"
#include "wasmc/wasi.h"

/* The most that Linux takes; a larger backlog is cut off, as by listen(2). */
#define BACKLOG_LIMIT 4096

/* sock_listen - makes a socket accept connections; one that was not bound gets a free port of every address.
 *
 *   fd        socket of a stream
 *   backlog   how many connections may wait to be accepted; i32, at least 0
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; ACCES no rule admits the address; NOTSUP of datagrams; ADDRINUSE; INVAL connected;
 *         DESTADDRREQ.
 * POSIX: listen(2)
 */
uint32_t wasmc_wasi_sock_listen(struct wasmc_ctx *ctx, uint32_t fd, uint32_t backlog)
{
    /* A negative one is as large as can be, on Linux as on other hosts. */
    wasi_errno error = wasmc_net_listen(ctx, fd, backlog < BACKLOG_LIMIT ? (int)backlog : BACKLOG_LIMIT);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "sock_listen"}, error, "fd:u backlog:u", fd, backlog);
    return error;
}
