/* fd_fdstat.c - type, flags and rights of a descriptor. */
#include <fcntl.h>
#include <string.h>

#include "../lock.h"
#include "../sys/sys.h"
#include "errno_map.h"
#include "trace.h"
#include "wasmc/wasi.h"

#define SYNC_FLAGS (WASI_FDFLAGS_DSYNC | WASI_FDFLAGS_RSYNC | WASI_FDFLAGS_SYNC)

/* The guest's fdstat: 24 bytes. */
struct fdstat {
    uint8_t filetype;
    uint8_t reserved0;
    uint16_t flags;
    uint32_t reserved1;
    uint64_t base;
    uint64_t inheriting;
};
static_assert(sizeof(struct fdstat) == 24, "fdstat");

static wasi_errno fd_fdstat_get(const struct wasmc_guest *guest, uint32_t fd, guest_addr fdstat_addr)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_ANY, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    struct fdstat fdstat = {
        .filetype = desc->filetype,
        .flags = desc->fdflags,
        .base = desc->base,
        .inheriting = desc->inheriting,
    };
    desc->is_nonblock_unseen = false;
    (void)wasmc_fd_put(guest->ctx, desc);
    wasmc_guest_copy_out(guest, fdstat_addr, &fdstat, sizeof fdstat);
    return WASI_ERRNO_SUCCESS;
}

/* fd_fdstat_get - type, flags and rights of a descriptor.
 *
 *   fd            descriptor
 *   fdstat_addr   guest address that receives 24 bytes:
 *
 *     | u8 filetype | 1 pad | u16 flags | 4 pad | u64 base rights | u64 inheriting rights |
 *
 * Rights: none.   Errors: BADF.   witx: fd_fdstat_get
 */
uint32_t wasmc_wasi_fd_fdstat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t fdstat_addr)
{
    struct wasmc_guest guest = {ctx, "fd_fdstat_get"};
    wasi_errno error = fd_fdstat_get(&guest, fd, fdstat_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u fdstat:x", fd, fdstat_addr);
    return error;
}

static wasi_errno set_host_flags(const struct wasmc_desc *desc, uint32_t flags)
{
    int host_flags = flags & WASI_FDFLAGS_APPEND ? O_APPEND : 0;
    host_flags |= (flags & WASI_FDFLAGS_NONBLOCK) || desc->is_listener ? O_NONBLOCK : 0;
    return wasmc_wasi_errno(wasmc_sys_set_flags(desc->host, host_flags));
}

static wasi_errno set_flags(struct wasmc_desc *desc, uint32_t flags)
{
    if ((flags & ~(uint32_t)WASI_FDFLAGS_ALL) || (flags & SYNC_FLAGS) != (desc->fdflags & SYNC_FLAGS))
        return WASI_ERRNO_INVAL; /* Linux cannot change how an open file syncs */
    wasi_errno error = WASI_ERRNO_SUCCESS;
    if (!desc->borrowed)
        error = set_host_flags(desc, flags);
    else if (flags & WASI_FDFLAGS_APPEND)
        error = WASI_ERRNO_NOTSUP; /* the other processes that share the stream would append too */
    if (error == WASI_ERRNO_SUCCESS) {
        desc->fdflags = (uint16_t)flags;
        desc->is_nonblock_unseen = false;
    }
    return error;
}

static wasi_errno fd_fdstat_set_flags(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flags)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_ANY, WASI_RIGHTS_FD_FDSTAT_SET_FLAGS, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = set_flags(desc, flags);
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_fdstat_set_flags - changes how a descriptor appends and blocks.
 *
 *   fd      descriptor
 *   flags   the new fdflags: 1 append, 4 nonblock; the sync flags (2 dsync, 8 rsync, 16 sync) as they are
 *
 * NONBLOCK of a standard stream holds for this program only: the host's descriptor is shared.
 * Rights: FD_FDSTAT_SET_FLAGS.
 * Errors: BADF; NOTCAPABLE; INVAL unknown flags, another sync flag; NOTSUP append on a standard stream.
 * witx: fd_fdstat_set_flags     POSIX: fcntl(2) F_SETFL
 */
uint32_t wasmc_wasi_fd_fdstat_set_flags(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flags)
{
    wasi_errno error = fd_fdstat_set_flags(ctx, fd, flags);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_fdstat_set_flags"}, error, "fd:u flags:x", fd, flags);
    return error;
}

static wasi_errno fd_fdstat_set_rights(struct wasmc_ctx *ctx, uint32_t fd, wasi_rights base, wasi_rights inheriting)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_ANY, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    wasmc_lock(&ctx->fds.lock);
    if ((base & ~desc->base) || (inheriting & ~desc->inheriting)) {
        error = WASI_ERRNO_NOTCAPABLE;
    } else {
        desc->base = base;
        desc->inheriting = inheriting;
        ctx->fds.rights_changes++;
    }
    wasmc_unlock(&ctx->fds.lock);
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* fd_fdstat_set_rights - gives up rights; they never come back.
 *
 *   fd           descriptor
 *   base         what remains of the base rights
 *   inheriting   what remains of the inheriting rights
 *
 * Rights: none.   Errors: BADF; NOTCAPABLE a right that the descriptor does not have.
 * witx: fd_fdstat_set_rights
 */
uint32_t wasmc_wasi_fd_fdstat_set_rights(struct wasmc_ctx *ctx, uint32_t fd, uint64_t base, uint64_t inheriting)
{
    wasi_errno error = fd_fdstat_set_rights(ctx, fd, base, inheriting);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "fd_fdstat_set_rights"}, error, "fd:u base:r inheriting:r", fd, base,
                    inheriting);
    return error;
}
