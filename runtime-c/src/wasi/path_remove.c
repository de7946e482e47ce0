/* path_remove.c - removing names. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "path_op.h"
#include "trace.h"
#include "wasmc/wasi.h"

static int remove_dir(int dir, char *path)
{
    struct wasmc_path_parent parent;
    int result = wasmc_path_open_parent(dir, path, &parent);
    if (result < 0)
        return result;
    if (parent.is_dots)
        result = strcmp(parent.name, ".") == 0 ? -EINVAL : -ENOTEMPTY;
    else
        result = wasmc_sys_remove_at(parent.dir, parent.name, AT_REMOVEDIR);
    wasmc_path_close_parent(&parent);
    return result;
}

static int remove_file(int dir, char *path)
{
    struct wasmc_path_parent parent;
    struct stat stat;
    int result = wasmc_path_open_parent(dir, path, &parent);
    if (result < 0)
        return result;
    if (parent.is_dots) {
        result = -EISDIR;
    } else if (parent.wants_dir) {
        result = wasmc_sys_stat_at(parent.dir, parent.name, &stat);
        if (result == 0)
            result = S_ISDIR(stat.st_mode) ? -EISDIR : -ENOTDIR;
    } else {
        result = wasmc_sys_remove_at(parent.dir, parent.name, 0);
    }
    wasmc_path_close_parent(&parent);
    return result;
}

static wasi_errno remove_path(const struct wasmc_guest *guest, uint32_t fd, wasi_rights rights, guest_addr path_addr,
                              uint32_t path_bytes, int (*remove)(int, char *))
{
    struct wasmc_path_op op;
    wasi_errno error = wasmc_path_op_begin(guest, fd, rights, true, path_addr, path_bytes, &op);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_wasi_errno(remove(op.dir->host, op.path));
    wasmc_path_op_end(guest, &op);
    return error;
}

/* path_remove_directory - removes an empty directory.
 *
 *   fd          directory
 *   path_addr   guest address of the path, path_bytes long; may end with a slash
 *
 * Rights: PATH_REMOVE_DIRECTORY.
 * Errors: BADF, NOTDIR fd; NOTCAPABLE; PERM the path leaves the directory, or the grant is read-only;
 * NOTDIR not a directory; NOTEMPTY; BUSY; INVAL it ends with "."; NOENT; LOOP; NAMETOOLONG.
 * witx: path_remove_directory     POSIX: unlinkat(2) AT_REMOVEDIR
 */
uint32_t wasmc_wasi_path_remove_directory(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes)
{
    struct wasmc_guest guest = {ctx, "path_remove_directory"};
    wasi_errno error =
        remove_path(&guest, fd, WASI_RIGHTS_PATH_REMOVE_DIRECTORY, path_addr, path_bytes, remove_dir);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u path:s", fd, path_addr, path_bytes);
    return error;
}

/* path_unlink_file - removes a name that is not a directory's; a link itself, never its target.
 *
 *   fd          directory
 *   path_addr   guest address of the path, path_bytes long
 *
 * Rights: PATH_UNLINK_FILE.
 * Errors: BADF, NOTDIR fd; NOTCAPABLE; PERM the path leaves the directory, or the grant is read-only;
 * ISDIR a directory; NOTDIR a slash behind a file; NOENT; LOOP; NAMETOOLONG; INVAL.
 * witx: path_unlink_file     POSIX: unlinkat(2)
 */
uint32_t wasmc_wasi_path_unlink_file(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes)
{
    struct wasmc_guest guest = {ctx, "path_unlink_file"};
    wasi_errno error = remove_path(&guest, fd, WASI_RIGHTS_PATH_UNLINK_FILE, path_addr, path_bytes, remove_file);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u path:s", fd, path_addr, path_bytes);
    return error;
}
