/* fd_sync.c - durability and advice. */
#include <fcntl.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "trace.h"
#include "wasmc/wasi.h"

static wasi_errno with_host(struct wasmc_ctx *ctx, uint32_t fd, wasi_rights rights, int (*call)(int))
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_ANY, rights, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_wasi_errno(call(desc->host));
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_sync - writes data and metadata through to the medium.
 *
 * Rights: FD_SYNC.   Errors: BADF; NOTCAPABLE; INVAL nothing to sync there; what fsync(2) says.
 * witx: fd_sync
 */
uint32_t wasmc_wasi_fd_sync(struct wasmc_ctx *ctx, uint32_t fd)
{
    wasi_errno error = with_host(ctx, fd, WASI_RIGHTS_FD_SYNC, wasmc_sys_sync);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_sync"}, error, "fd:u", fd);
    return error;
}

/* fd_datasync - writes data through to the medium.
 *
 * Rights: FD_DATASYNC.   Errors: as fd_sync.   witx: fd_datasync   POSIX: fdatasync(2)
 */
uint32_t wasmc_wasi_fd_datasync(struct wasmc_ctx *ctx, uint32_t fd)
{
    wasi_errno error = with_host(ctx, fd, WASI_RIGHTS_FD_DATASYNC, wasmc_sys_datasync);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_datasync"}, error, "fd:u", fd);
    return error;
}

static wasi_errno fd_advise(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint64_t length_bytes,
                            uint32_t advice)
{
    static const int host_advice[] = {POSIX_FADV_NORMAL,   POSIX_FADV_SEQUENTIAL, POSIX_FADV_RANDOM,
                                      POSIX_FADV_WILLNEED, POSIX_FADV_DONTNEED,   POSIX_FADV_NOREUSE};
    if (advice >= sizeof host_advice / sizeof host_advice[0] || offset_bytes > INT64_MAX || length_bytes > INT64_MAX)
        return WASI_ERRNO_INVAL;
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SEEKABLE, WASI_RIGHTS_FD_ADVISE, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_wasi_errno(
        wasmc_sys_advise(desc->host, (off_t)offset_bytes, (off_t)length_bytes, host_advice[advice]));
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_advise - tells the host how a part of a file will be used.
 *
 *   fd             descriptor
 *   offset_bytes   where the part starts
 *   length_bytes   how long it is; 0: to the end
 *   advice         0 normal, 1 sequential, 2 random, 3 will need, 4 will not need, 5 no reuse
 *
 * Rights: FD_ADVISE.
 * Errors: BADF; ISDIR; SPIPE; NOTCAPABLE; INVAL unknown advice, a number above 2^63 - 1.
 * witx: fd_advise     POSIX: posix_fadvise(2)
 */
uint32_t wasmc_wasi_fd_advise(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint64_t length_bytes,
                              uint32_t advice)
{
    wasi_errno error = fd_advise(ctx, fd, offset_bytes, length_bytes, advice);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_advise"}, error, "fd:u offset:d length:d advice:u", fd,
                    offset_bytes, length_bytes, advice);
    return error;
}

static wasi_errno fd_allocate(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint64_t length_bytes)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SEEKABLE, WASI_RIGHTS_FD_ALLOCATE, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_wasi_errno(wasmc_sys_allocate(desc->host, (off_t)offset_bytes, (off_t)length_bytes));
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_allocate - makes sure that a part of a file has space on the medium; the file grows to hold it.
 *
 *   fd             descriptor
 *   offset_bytes   where the part starts
 *   length_bytes   how long it is, not 0
 *
 * Rights: FD_ALLOCATE.
 * Errors: BADF; ISDIR; SPIPE; NOTCAPABLE; INVAL length 0, a number above 2^63 - 1; NOTSUP the file
 * system cannot; FBIG; NOSPC.     witx: fd_allocate     POSIX: posix_fallocate(3)
 */
uint32_t wasmc_wasi_fd_allocate(struct wasmc_ctx *ctx, uint32_t fd, uint64_t offset_bytes, uint64_t length_bytes)
{
    wasi_errno error = fd_allocate(ctx, fd, offset_bytes, length_bytes);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_allocate"}, error, "fd:u offset:d length:d", fd, offset_bytes,
                    length_bytes);
    return error;
}
