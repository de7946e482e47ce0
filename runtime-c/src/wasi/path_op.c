#include "path_op.h"

/* fd_start.c refers to it weakly: a program without paths can do nothing with directories. */
WASMC_BRINGS(wasmc_dirs_start);

wasi_errno wasmc_path_op_begin(const struct wasmc_guest *guest, uint32_t fd, wasi_rights rights, bool changes,
                               guest_addr path_addr, uint32_t path_bytes, struct wasmc_path_op *op)
{
    wasi_errno error = wasmc_guest_path(guest, path_addr, path_bytes, op->path);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_DIRECTORY, rights, &op->dir);
    if (error == WASI_ERRNO_SUCCESS && changes && op->dir->read_only) {
        wasmc_path_op_end(guest, op);
        error = WASI_ERRNO_PERM;
    }
    return error;
}

void wasmc_path_op_end(const struct wasmc_guest *guest, struct wasmc_path_op *op)
{
    (void)wasmc_fd_put(guest->ctx, op->dir);
}
