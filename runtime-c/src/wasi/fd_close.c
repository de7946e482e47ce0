/* fd_close.c - closing and renumbering. */
#include "errno_map.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* fd_close - closes a descriptor, also a granted directory or a standard stream.
 *
 *   fd   descriptor; it is free afterwards even when an error is returned (but BADF)
 *
 * Rights: none.   Errors: BADF not open; what close(2) says.   witx: fd_close
 */
uint32_t wasmc_wasi_fd_close(struct wasmc_ctx *ctx, uint32_t fd)
{
    wasi_errno error = wasmc_fd_remove(ctx, fd);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_close"}, error, "fd:u", fd);
    return error;
}

/* fd_renumber - moves a descriptor onto another, which is closed, in one step.
 *
 *   from   descriptor; free afterwards
 *   to     descriptor that is replaced; must be open
 *
 * Rights: none.   Errors: BADF one of them is not open.   witx: fd_renumber   POSIX: dup2(2) and close(2)
 */
uint32_t wasmc_wasi_fd_renumber(struct wasmc_ctx *ctx, uint32_t from, uint32_t to)
{
    wasi_errno error = wasmc_fd_move(ctx, from, to);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_renumber"}, error, "from:u to:u", from, to);
    return error;
}
