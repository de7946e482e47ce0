/* fd_prestat.c - the granted directories. */
#include "errno_map.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* What is not a directory. The specification has no such value: C libraries pass over a type that they do not know and
 * look at the next descriptor, and so does Go; an error would end their search. */
#define PREOPENTYPE_SOCKET 1u

/* A preopened socket has an empty name. */
static wasi_errno get_preopen(struct wasmc_ctx *ctx, uint32_t fd, wasi_errno otherwise, const char **name,
                              uint32_t *bytes, uint32_t *type)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_ANY, 0, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    *name = desc->preopen_name;
    *bytes = desc->preopen_name_bytes;
    *type = WASI_PREOPENTYPE_DIR;
    if (desc->is_preopened_socket) {
        *name = "";
        *type = PREOPENTYPE_SOCKET;
    }
    (void)wasmc_fd_put(ctx, desc);
    return *name != NULL ? WASI_ERRNO_SUCCESS : otherwise;
}

static wasi_errno fd_prestat_get(const struct wasmc_guest *guest, uint32_t fd, guest_addr prestat_addr)
{
    const char *name;
    uint32_t bytes;
    uint32_t type;
    wasi_errno error = get_preopen(guest->ctx, fd, WASI_ERRNO_BADF, &name, &bytes, &type);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    uint32_t prestat[2] = {type, bytes};
    wasmc_guest_copy_out(guest, prestat_addr, prestat, sizeof prestat);
    return WASI_ERRNO_SUCCESS;
}

/* fd_prestat_get - whether a descriptor is a granted directory or socket, and how long its name is. Guests ask for 3, 4,
 * ... until BADF.
 *
 *   fd             descriptor
 *   prestat_addr   guest address that receives 8 bytes: | u8 0 directory, 1 socket | 3 pad | u32 name bytes |
 *
 * Rights: none.   Errors: BADF not open or not granted.   witx: fd_prestat_get
 */
uint32_t wasmc_wasi_fd_prestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t prestat_addr)
{
    struct wasmc_guest guest = {ctx, "fd_prestat_get"};
    wasi_errno error = fd_prestat_get(&guest, fd, prestat_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u prestat:x", fd, prestat_addr);
    return error;
}

static wasi_errno fd_prestat_dir_name(const struct wasmc_guest *guest, uint32_t fd, guest_addr path_addr,
                                      uint32_t path_bytes)
{
    const char *name;
    uint32_t bytes;
    uint32_t type;
    wasi_errno error = get_preopen(guest->ctx, fd, WASI_ERRNO_NOTDIR, &name, &bytes, &type);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (bytes > path_bytes)
        return WASI_ERRNO_NAMETOOLONG;
    wasmc_guest_copy_out(guest, path_addr, name, bytes);
    return WASI_ERRNO_SUCCESS;
}

/* fd_prestat_dir_name - the guest's name of a granted directory, without a NUL.
 *
 *   fd           descriptor
 *   path_addr    guest address that receives it
 *   path_bytes   room there, at least what fd_prestat_get said
 *
 * Rights: none.   Errors: BADF not open; NOTDIR not granted; NAMETOOLONG too little room.
 * witx: fd_prestat_dir_name
 */
uint32_t wasmc_wasi_fd_prestat_dir_name(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes)
{
    struct wasmc_guest guest = {ctx, "fd_prestat_dir_name"};
    wasi_errno error = fd_prestat_dir_name(&guest, fd, path_addr, path_bytes);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u path:x bytes:u", fd, path_addr, path_bytes);
    return error;
}
