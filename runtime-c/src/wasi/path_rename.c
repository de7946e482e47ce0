/* path_rename.c - renaming. */
#include <errno.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "path_op.h"
#include "trace.h"
#include "wasmc/wasi.h"

static int rename_parents(const struct wasmc_path_parent *from, const struct wasmc_path_parent *to)
{
    if (from->is_dots || to->is_dots)
        return -EBUSY;
    if (from->wants_dir || to->wants_dir) {
        /* The kernel gets the names without their slashes, so what these demand is checked here. */
        struct stat stat;
        int result = wasmc_sys_stat_at(from->dir, from->name, &stat);
        if (result < 0)
            return result;
        if (!S_ISDIR(stat.st_mode))
            return -ENOTDIR;
    }
    return wasmc_sys_rename_at(from->dir, from->name, to->dir, to->name);
}

static int rename_path(int from_dir, char *from_path, int to_dir, char *to_path)
{
    struct wasmc_path_parent from;
    struct wasmc_path_parent to;
    int result = wasmc_path_open_parent(from_dir, from_path, &from);
    if (result < 0)
        return result;
    result = wasmc_path_open_parent(to_dir, to_path, &to);
    if (result == 0) {
        result = rename_parents(&from, &to);
        wasmc_path_close_parent(&to);
    }
    wasmc_path_close_parent(&from);
    return result;
}

static wasi_errno path_rename(const struct wasmc_guest *guest, uint32_t from_fd, guest_addr from_addr,
                              uint32_t from_bytes, uint32_t to_fd, guest_addr to_addr, uint32_t to_bytes)
{
    struct wasmc_path_op from;
    struct wasmc_path_op to;
    wasi_errno error =
        wasmc_path_op_begin(guest, from_fd, WASI_RIGHTS_PATH_RENAME_SOURCE, true, from_addr, from_bytes, &from);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_path_op_begin(guest, to_fd, WASI_RIGHTS_PATH_RENAME_TARGET, true, to_addr, to_bytes, &to);
    if (error == WASI_ERRNO_SUCCESS) {
        error = wasmc_wasi_errno(rename_path(from.dir->host, from.path, to.dir->host, to.path));
        wasmc_path_op_end(guest, &to);
    }
    wasmc_path_op_end(guest, &from);
    return error;
}

/* path_rename - gives a file or directory another path, replacing what is there.
 *
 *   from_fd     directory
 *   from_addr   guest address of the old path, from_bytes long
 *   to_fd       directory
 *   to_addr     guest address of the new path, to_bytes long
 *
 * Rights: PATH_RENAME_SOURCE, PATH_RENAME_TARGET.
 * Errors: BADF, NOTDIR a descriptor; NOTCAPABLE; PERM a path leaves its directory, or a grant is
 * read-only; BUSY a path ends with "." or ".."; ISDIR, NOTDIR, NOTEMPTY what is there does not fit;
 * XDEV; NOENT; LOOP; NAMETOOLONG; INVAL.     witx: path_rename     POSIX: renameat(2)
 */
uint32_t wasmc_wasi_path_rename(struct wasmc_ctx *ctx, uint32_t from_fd, uint32_t from_addr, uint32_t from_bytes,
                                uint32_t to_fd, uint32_t to_addr, uint32_t to_bytes)
{
    struct wasmc_guest guest = {ctx, "path_rename"};
    wasi_errno error = path_rename(&guest, from_fd, from_addr, from_bytes, to_fd, to_addr, to_bytes);
    if (ctx->trace)
        wasmc_trace(&guest, error, "from_fd:u from:s to_fd:u to:s", from_fd, from_addr, from_bytes, to_fd, to_addr,
                    to_bytes);
    return error;
}
