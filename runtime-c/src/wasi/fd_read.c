/* fd_read.c - reading. */
#include "../sys/sys.h"
#include "errno_map.h"
#include "io.h"
#include "trace.h"
#include "wasmc/wasi.h"

static wasi_errno fd_read(const struct wasmc_guest *guest, uint32_t fd, guest_addr iovecs_addr, uint32_t count,
                          guest_addr bytes_addr)
{
    struct iovec iovecs[wasmc_guest_iovec_room(count)];
    int filled = wasmc_guest_iovecs(guest, iovecs_addr, count, iovecs);
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_DATA, WASI_RIGHTS_FD_READ, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    ssize_t result = wasmc_io_read(desc, iovecs, filled);
    (void)wasmc_fd_put(guest->ctx, desc);
    if (result < 0)
        return wasmc_wasi_errno(result);
    wasmc_guest_write_u32(guest, bytes_addr, (uint32_t)result);
    return WASI_ERRNO_SUCCESS;
}

/* fd_read - reads at the position of a descriptor and moves it.
 *
 *   fd            descriptor
 *   iovecs_addr   guest address of count buffers: {u32 address, u32 bytes} each
 *   bytes_addr    guest address of a u32 that receives how many bytes were read; 0 is the end
 *
 *     iovecs_addr: | buf 0 | len 0 | buf 1 | len 1 | ...      buf i: bytes read
 *
 * May read less than asked for. At most 1024 buffers are filled.
 * Rights: FD_READ.
 * Errors: BADF not open; ISDIR a directory; NOTCAPABLE no FD_READ; AGAIN nothing there yet and
 * NONBLOCK is set; what readv(2) says.     witx: fd_read
 */
uint32_t wasmc_wasi_fd_read(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                            uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "fd_read"};
    wasi_errno error = fd_read(&guest, fd, iovecs_addr, count, bytes_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u iovecs:x count:u >bytes:4", fd, iovecs_addr, count, bytes_addr);
    return error;
}

static wasi_errno fd_pread(const struct wasmc_guest *guest, uint32_t fd, guest_addr iovecs_addr, uint32_t count,
                           uint64_t offset_bytes, guest_addr bytes_addr)
{
    struct iovec iovecs[wasmc_guest_iovec_room(count)];
    int filled = wasmc_guest_iovecs(guest, iovecs_addr, count, iovecs);
    struct wasmc_desc *desc;
    wasi_errno error =
        wasmc_fd_get(guest->ctx, fd, WASMC_FD_SEEKABLE, WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_SEEK, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    /* An offset above INT64_MAX is negative for the host, which calls it invalid. */
    ssize_t result = wasmc_sys_preadv(desc->host, iovecs, filled, (off_t)offset_bytes);
    (void)wasmc_fd_put(guest->ctx, desc);
    if (result < 0)
        return wasmc_wasi_errno(result);
    wasmc_guest_write_u32(guest, bytes_addr, (uint32_t)result);
    return WASI_ERRNO_SUCCESS;
}

/* fd_pread - reads at an offset; the position stays.
 *
 *   fd             descriptor
 *   iovecs_addr    guest address of count buffers, as for fd_read
 *   offset_bytes   where in the file
 *   bytes_addr     guest address of a u32 that receives how many bytes were read
 *
 * Rights: FD_READ, FD_SEEK.
 * Errors: BADF; ISDIR; NOTCAPABLE; SPIPE no position; INVAL offset above 2^63 - 1.
 * witx: fd_pread     POSIX: preadv(2)
 */
uint32_t wasmc_wasi_fd_pread(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                             uint64_t offset_bytes, uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "fd_pread"};
    wasi_errno error = fd_pread(&guest, fd, iovecs_addr, count, offset_bytes, bytes_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u iovecs:x count:u offset:d >bytes:4", fd, iovecs_addr, count, offset_bytes,
                    bytes_addr);
    return error;
}
