/* fd_filestat.c - metadata of an open file. */
#include "../sys/sys.h"
#include "errno_map.h"
#include "filestat.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* filetype: the descriptor's, which knows a datagram socket from a stream. */
static wasi_errno get_stat(struct wasmc_ctx *ctx, uint32_t fd, struct stat *stat, uint8_t *filetype)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_ANY, WASI_RIGHTS_FD_FILESTAT_GET, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_wasi_errno(wasmc_sys_stat(desc->host, stat));
    *filetype = desc->filetype;
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_filestat_get - metadata of an open file.
 *
 *   fd              descriptor
 *   filestat_addr   guest address that receives 64 bytes (see filestat.h); times in nanoseconds
 *
 * Rights: FD_FILESTAT_GET.   Errors: BADF; NOTCAPABLE; what fstat(2) says.   witx: fd_filestat_get
 */
uint32_t wasmc_wasi_fd_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t filestat_addr)
{
    struct wasmc_guest guest = {ctx, "fd_filestat_get"};
    struct stat stat;
    uint8_t filetype;
    wasi_errno error = get_stat(ctx, fd, &stat, &filetype);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_filestat_write(&guest, filestat_addr, &stat, filetype);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u filestat:x", fd, filestat_addr);
    return error;
}

/* fd_filestat_get of wasi_unstable - as above, with 56 bytes. */
uint32_t wasmc_wasi0_fd_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t filestat_addr)
{
    struct wasmc_guest guest = {ctx, "fd_filestat_get"};
    struct stat stat;
    uint8_t filetype;
    wasi_errno error = get_stat(ctx, fd, &stat, &filetype);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_filestat0_write(&guest, filestat_addr, &stat, filetype);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u filestat:x", fd, filestat_addr);
    return error;
}

static wasi_errno fd_filestat_set_size(struct wasmc_ctx *ctx, uint32_t fd, uint64_t size_bytes)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SEEKABLE, WASI_RIGHTS_FD_FILESTAT_SET_SIZE, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = size_bytes > INT64_MAX ? WASI_ERRNO_FBIG
                                   : wasmc_wasi_errno(wasmc_sys_truncate(desc->host, (off_t)size_bytes));
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_filestat_set_size - cuts a file off, or lengthens it with zeros.
 *
 *   fd           descriptor
 *   size_bytes   the new size
 *
 * Rights: FD_FILESTAT_SET_SIZE.
 * Errors: BADF; ISDIR; SPIPE; NOTCAPABLE; FBIG; what ftruncate(2) says.   witx: fd_filestat_set_size
 */
uint32_t wasmc_wasi_fd_filestat_set_size(struct wasmc_ctx *ctx, uint32_t fd, uint64_t size_bytes)
{
    wasi_errno error = fd_filestat_set_size(ctx, fd, size_bytes);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_filestat_set_size"}, error, "fd:u size:d", fd, size_bytes);
    return error;
}

static wasi_errno fd_filestat_set_times(struct wasmc_ctx *ctx, uint32_t fd, uint64_t atim_ns, uint64_t mtim_ns,
                                        uint32_t flags)
{
    struct timespec times[2];
    wasi_errno error = wasmc_filestat_times(atim_ns, mtim_ns, flags, times);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    struct wasmc_desc *desc;
    error = wasmc_fd_get(ctx, fd, WASMC_FD_ANY, WASI_RIGHTS_FD_FILESTAT_SET_TIMES, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = desc->read_only ? WASI_ERRNO_PERM : wasmc_wasi_errno(wasmc_sys_set_open_times(desc->host, times));
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_filestat_set_times - sets the times of an open file.
 *
 *   fd        descriptor
 *   atim_ns   access time, nanoseconds since 1970
 *   mtim_ns   modification time
 *   flags     fstflags: 1 set atim, 2 atim is now, 4 set mtim, 8 mtim is now; the others stay
 *
 * Rights: FD_FILESTAT_SET_TIMES.
 * Errors: BADF; NOTCAPABLE; INVAL a time and now together; PERM a read-only directory, another's file.
 * witx: fd_filestat_set_times     POSIX: futimens(3)
 */
uint32_t wasmc_wasi_fd_filestat_set_times(struct wasmc_ctx *ctx, uint32_t fd, uint64_t atim_ns, uint64_t mtim_ns,
                                          uint32_t flags)
{
    wasi_errno error = fd_filestat_set_times(ctx, fd, atim_ns, mtim_ns, flags);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_filestat_set_times"}, error, "fd:u atim:d mtim:d flags:x", fd,
                    atim_ns, mtim_ns, flags);
    return error;
}
