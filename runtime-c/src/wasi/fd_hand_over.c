/* fd_hand_over.c - wasmc_capability: how modules of one program share what was granted to one of them. */
#include <string.h>

#include "../grants.h"
#include "../net/socket_state.h"
#include "../sys/sys.h"
#include "errno_map.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* The module that the guest names, if it takes descriptors from the caller. */
static wasi_errno find_target(const struct wasmc_guest *guest, guest_addr name_addr, uint32_t name_bytes,
                              struct wasmc_ctx **target)
{
    char name[WASMC_GUEST_PATH_BYTES + 1];
    const struct wasmc_ctx *ctx = guest->ctx;
    wasi_errno error = wasmc_guest_path(guest, name_addr, name_bytes, name);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (strcmp(name, ctx->name) == 0)
        return WASI_ERRNO_INVAL;
    *target = wasmc_grants_accept_from != NULL ? wasmc_ctx_find(ctx, name) : NULL;
    if (*target == NULL)
        return WASI_ERRNO_NOENT;
    return wasmc_grants_accept_from((*target)->grants, ctx->name) ? WASI_ERRNO_SUCCESS : WASI_ERRNO_ACCES;
}

/* A descriptor of its own for the same open file, with these rights. */
static wasi_errno attenuate(struct wasmc_ctx *ctx, uint32_t fd, wasi_rights base, wasi_rights inheriting,
                            struct wasmc_desc *desc)
{
    struct wasmc_desc *from;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_ANY, base, &from);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    *desc = *from;
    int host = from->host;
    if (inheriting & ~from->inheriting)
        error = WASI_ERRNO_NOTCAPABLE;
    else if (!from->borrowed) /* the process's own is never closed */
        host = wasmc_sys_duplicate(from->host);
    if (error == WASI_ERRNO_SUCCESS && host < 0)
        error = wasmc_wasi_errno(host);
    desc->host = host;
    desc->base = base;
    desc->inheriting = inheriting;
    /* Granted to the giver, not to the receiver. */
    desc->preopen_name = NULL;
    desc->preopen_name_bytes = 0;
    desc->is_preopened_socket = false;
    desc->cookies = NULL;
    if (desc->socket != NULL && wasmc_socket_copy != NULL && error == WASI_ERRNO_SUCCESS) {
        /* Its rules remain the giver's. */
        desc->socket = wasmc_socket_copy(ctx, from);
        error = desc->socket != NULL ? WASI_ERRNO_SUCCESS : WASI_ERRNO_NOMEM;
        if (error != WASI_ERRNO_SUCCESS)
            (void)wasmc_sys_close(host);
    }
    (void)wasmc_fd_put(ctx, from);
    desc->listing = 0;
    desc->watch = 0;
    return error;
}

static wasi_errno fd_hand_over(const struct wasmc_guest *guest, uint32_t fd, guest_addr name_addr,
                               uint32_t name_bytes, wasi_rights base, wasi_rights inheriting, guest_addr fd_addr)
{
    struct wasmc_ctx *target;
    struct wasmc_desc desc;
    uint32_t target_fd;
    /* Nothing is handed over by a call that traps. */
    (void)wasmc_guest_bytes(guest, fd_addr, sizeof target_fd);
    wasi_errno error = find_target(guest, name_addr, name_bytes, &target);
    if (error == WASI_ERRNO_SUCCESS)
        error = attenuate(guest->ctx, fd, base, inheriting, &desc);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_fd_insert(target, &desc, &target_fd);
    if (error == WASI_ERRNO_SUCCESS && desc.borrowed && target_fd >= WASMC_FD_BORROWED_LIMIT) {
        (void)wasmc_fd_remove(target, target_fd);
        error = WASI_ERRNO_MFILE;
    }
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, fd_addr, target_fd);
    return error;
}

/* fd_hand_over - gives another module of the program a descriptor, with the same rights or fewer.
 *
 *   fd           descriptor; stays open
 *   name_addr    guest address of the other module's name, UTF-8: what it is linked as, or "main"
 *   name_bytes   its length
 *   base         the new descriptor's base rights
 *   inheriting   its inheriting rights
 *   fd_addr      guest address of a u32 that receives the new descriptor's number in the other module's table
 *
 * The two descriptors live and die apart, but name one open file: position and fdflags are common, as after dup(2).
 * What is under a read-only grant remains so. The other module must be willing: --accept-from with the caller's name.
 *
 * Rights: those that are handed over.
 * Errors: BADF fd is not open; NOTCAPABLE a right that fd does not have; NOENT no such module; INVAL the caller's own
 *         name, or a name with a NUL; ACCES the other module does not accept; NAMETOOLONG; MFILE, NOMEM no room in its
 *         table.
 * Module: wasmc_capability, not part of WASI.   POSIX: SCM_RIGHTS
 */
uint32_t wasmc_capability_fd_hand_over(struct wasmc_ctx *ctx, uint32_t fd, uint32_t name_addr, uint32_t name_bytes,
                                       uint64_t base, uint64_t inheriting, uint32_t fd_addr)
{
    struct wasmc_guest guest = {ctx, "fd_hand_over"};
    wasi_errno error = fd_hand_over(&guest, fd, name_addr, name_bytes, base, inheriting, fd_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u module:s base:r inheriting:r >fd:4", fd, name_addr, name_bytes, base,
                    inheriting, fd_addr);
    return error;
}
