/* fd_seek.c - the position of a descriptor. */
#include <unistd.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* Moves the position by host whence and writes the new one. `rights`: one of them is enough. */
static wasi_errno seek(const struct wasmc_guest *guest, uint32_t fd, int64_t offset_bytes, int whence,
                       guest_addr position_addr)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_SEEKABLE, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    /* Asking for the position is fd_tell, whose right FD_SEEK implies. */
    bool only_asks = whence == SEEK_CUR && offset_bytes == 0;
    wasi_rights sufficient = WASI_RIGHTS_FD_SEEK | (only_asks ? WASI_RIGHTS_FD_TELL : 0);
    off_t position = 0;
    if ((desc->base & sufficient) == 0)
        error = WASI_ERRNO_NOTCAPABLE;
    else
        position = wasmc_sys_seek(desc->host, offset_bytes, whence);
    (void)wasmc_fd_put(guest->ctx, desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (position < 0)
        return wasmc_wasi_errno(position);
    wasmc_guest_write_u64(guest, position_addr, (uint64_t)position);
    return WASI_ERRNO_SUCCESS;
}

/* fd_seek - moves the position of a descriptor.
 *
 *   fd              descriptor
 *   offset_bytes    signed distance
 *   whence          from: 0 the start, 1 the position, 2 the end
 *   position_addr   guest address of a u64 that receives the new position, from the start
 *
 * Rights: FD_SEEK, or FD_TELL when nothing moves.
 * Errors: BADF not open; ISDIR a directory; SPIPE no position; NOTCAPABLE; INVAL unknown whence or a
 * position before the start.     witx: fd_seek     POSIX: lseek(2)
 */
uint32_t wasmc_wasi_fd_seek(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint32_t whence,
                            uint32_t position_addr)
{
    static const int host_whence[] = {
        [WASI_WHENCE_SET] = SEEK_SET,
        [WASI_WHENCE_CUR] = SEEK_CUR,
        [WASI_WHENCE_END] = SEEK_END,
    };
    struct wasmc_guest guest = {ctx, "fd_seek"};
    wasi_errno error = WASI_ERRNO_INVAL;
    if (whence <= WASI_WHENCE_END)
        error = seek(&guest, fd, (int64_t)offset_bytes, host_whence[whence], position_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u offset:d whence:u >position:8", fd, offset_bytes, whence, position_addr);
    return error;
}

/* fd_seek of wasi_unstable - as above, but whence is: 0 the position, 1 the end, 2 the start. */
uint32_t wasmc_wasi0_fd_seek(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint32_t whence,
                             uint32_t position_addr)
{
    static const int host_whence[] = {SEEK_CUR, SEEK_END, SEEK_SET};
    struct wasmc_guest guest = {ctx, "fd_seek"};
    wasi_errno error = WASI_ERRNO_INVAL;
    if (whence <= WASI_WHENCE_END)
        error = seek(&guest, fd, (int64_t)offset_bytes, host_whence[whence], position_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u offset:d whence:u >position:8", fd, offset_bytes, whence, position_addr);
    return error;
}

/* fd_tell - the position of a descriptor.
 *
 *   fd              descriptor
 *   position_addr   guest address of a u64 that receives it, from the start
 *
 * Rights: FD_TELL, or FD_SEEK, which implies it.
 * Errors: BADF; ISDIR; SPIPE; NOTCAPABLE.     witx: fd_tell
 */
uint32_t wasmc_wasi_fd_tell(struct wasmc_ctx *ctx, uint32_t fd, uint32_t position_addr)
{
    struct wasmc_guest guest = {ctx, "fd_tell"};
    wasi_errno error = seek(&guest, fd, 0, SEEK_CUR, position_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u >position:8", fd, position_addr);
    return error;
}
