/* path_create.c - directories and links. */
#include <errno.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "path_op.h"
#include "trace.h"
#include "wasmc/wasi.h"

static int make_dir(int dir, char *path)
{
    struct wasmc_path_parent parent;
    int result = wasmc_path_open_parent(dir, path, &parent);
    if (result < 0)
        return result;
    result = parent.is_dots ? -EEXIST : wasmc_sys_make_dir_at(parent.dir, parent.name);
    wasmc_path_close_parent(&parent);
    return result;
}

static wasi_errno path_create_directory(const struct wasmc_guest *guest, uint32_t fd, guest_addr path_addr,
                                        uint32_t path_bytes)
{
    struct wasmc_path_op op;
    wasi_errno error =
        wasmc_path_op_begin(guest, fd, WASI_RIGHTS_PATH_CREATE_DIRECTORY, true, path_addr, path_bytes, &op);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_wasi_errno(make_dir(op.dir->host, op.path));
    wasmc_path_op_end(guest, &op);
    return error;
}

/* path_create_directory - creates a directory.
 *
 *   fd          directory
 *   path_addr   guest address of the path, path_bytes long; may end with a slash
 *
 * Rights: PATH_CREATE_DIRECTORY.
 * Errors: BADF, NOTDIR fd; NOTCAPABLE; PERM the path leaves the directory, or the grant is read-only;
 * EXIST; NOENT; NOTDIR; LOOP; NAMETOOLONG; INVAL.     witx: path_create_directory     POSIX: mkdirat(2)
 */
uint32_t wasmc_wasi_path_create_directory(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes)
{
    struct wasmc_guest guest = {ctx, "path_create_directory"};
    wasi_errno error = path_create_directory(&guest, fd, path_addr, path_bytes);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u path:s", fd, path_addr, path_bytes);
    return error;
}

/* What a link with a slash behind its name fails with: it is no directory. */
static int refuse_slash(const struct wasmc_path_parent *parent)
{
    struct stat stat;
    int result = wasmc_sys_stat_at(parent->dir, parent->name, &stat);
    if (result < 0)
        return result;
    return S_ISDIR(stat.st_mode) ? -EEXIST : -ENOTDIR;
}

static int make_symlink(const char *content, int dir, char *path)
{
    struct wasmc_path_parent parent;
    int result = wasmc_path_open_parent(dir, path, &parent);
    if (result < 0)
        return result;
    if (parent.is_dots)
        result = -EEXIST;
    else if (parent.wants_dir)
        result = refuse_slash(&parent);
    else
        result = wasmc_sys_symlink_at(content, parent.dir, parent.name);
    wasmc_path_close_parent(&parent);
    return result;
}

static wasi_errno path_symlink(const struct wasmc_guest *guest, guest_addr content_addr, uint32_t content_bytes,
                               uint32_t fd, guest_addr path_addr, uint32_t path_bytes)
{
    char content[WASMC_GUEST_PATH_BYTES + 1];
    wasi_errno error = wasmc_guest_path(guest, content_addr, content_bytes, content);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    struct wasmc_path_op op;
    error = wasmc_path_op_begin(guest, fd, WASI_RIGHTS_PATH_SYMLINK, true, path_addr, path_bytes, &op);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    /* A link to an absolute path would lead nowhere in the sandbox, and out of it for everybody else. */
    error = content[0] == '/' ? WASI_ERRNO_PERM : wasmc_wasi_errno(make_symlink(content, op.dir->host, op.path));
    wasmc_path_op_end(guest, &op);
    return error;
}

/* path_symlink - creates a symbolic link.
 *
 *   content_addr   guest address of what the link says, content_bytes long; not absolute
 *   fd             directory
 *   path_addr      guest address of the link's path, path_bytes long
 *
 * Rights: PATH_SYMLINK.
 * Errors: BADF, NOTDIR fd; NOTCAPABLE; PERM the path leaves the directory, the content is absolute, or
 * the grant is read-only; EXIST; NOENT also: empty content; NOTDIR; LOOP; NAMETOOLONG; INVAL.
 * witx: path_symlink     POSIX: symlinkat(2)
 */
uint32_t wasmc_wasi_path_symlink(struct wasmc_ctx *ctx, uint32_t content_addr, uint32_t content_bytes, uint32_t fd,
                                 uint32_t path_addr, uint32_t path_bytes)
{
    struct wasmc_guest guest = {ctx, "path_symlink"};
    wasi_errno error = path_symlink(&guest, content_addr, content_bytes, fd, path_addr, path_bytes);
    if (ctx->trace)
        wasmc_trace(&guest, error, "content:s fd:u path:s", content_addr, content_bytes, fd, path_addr, path_bytes);
    return error;
}

static int link_parents(const struct wasmc_path_parent *from, const struct wasmc_path_parent *to)
{
    struct stat stat;
    if (from->is_dots)
        return -EPERM; /* a directory */
    if (to->is_dots)
        return -EEXIST;
    if (from->wants_dir) {
        int result = wasmc_sys_stat_at(from->dir, from->name, &stat);
        if (result < 0)
            return result;
        return S_ISDIR(stat.st_mode) ? -EPERM : -ENOTDIR;
    }
    if (to->wants_dir)
        return refuse_slash(to);
    return wasmc_sys_link_at(from->dir, from->name, to->dir, to->name);
}

static int make_link(int from_dir, char *from_path, int to_dir, char *to_path)
{
    struct wasmc_path_parent from;
    struct wasmc_path_parent to;
    int result = wasmc_path_open_parent(from_dir, from_path, &from);
    if (result < 0)
        return result;
    result = wasmc_path_open_parent(to_dir, to_path, &to);
    if (result == 0) {
        result = link_parents(&from, &to);
        wasmc_path_close_parent(&to);
    }
    wasmc_path_close_parent(&from);
    return result;
}

static wasi_errno path_link(const struct wasmc_guest *guest, uint32_t from_fd, uint32_t lookupflags,
                            guest_addr from_addr, uint32_t from_bytes, uint32_t to_fd, guest_addr to_addr,
                            uint32_t to_bytes)
{
    struct wasmc_path_op from;
    struct wasmc_path_op to;
    /* Also the source must be writable: a file of a read-only grant could be written through the link. */
    wasi_errno error =
        wasmc_path_op_begin(guest, from_fd, WASI_RIGHTS_PATH_LINK_SOURCE, true, from_addr, from_bytes, &from);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = wasmc_path_op_begin(guest, to_fd, WASI_RIGHTS_PATH_LINK_TARGET, true, to_addr, to_bytes, &to);
    if (error == WASI_ERRNO_SUCCESS) {
        /* Following a link here has no safe implementation on Linux; no libc asks for it. */
        error = lookupflags != 0 ? WASI_ERRNO_INVAL
                                 : wasmc_wasi_errno(make_link(from.dir->host, from.path, to.dir->host, to.path));
        wasmc_path_op_end(guest, &to);
    }
    wasmc_path_op_end(guest, &from);
    return error;
}

/* path_link - creates another name for a file (or for a symbolic link).
 *
 *   from_fd       directory
 *   lookupflags   must be 0: links are not followed
 *   from_addr     guest address of the file's path, from_bytes long
 *   to_fd         directory
 *   to_addr       guest address of the new path, to_bytes long
 *
 * Rights: PATH_LINK_SOURCE, PATH_LINK_TARGET.
 * Errors: BADF, NOTDIR a descriptor; NOTCAPABLE; PERM a path leaves its directory, the file is a
 * directory, or a grant is read-only; EXIST; NOENT; NOTDIR; XDEV; MLINK; LOOP; NAMETOOLONG; INVAL.
 * witx: path_link     POSIX: linkat(2)
 */
uint32_t wasmc_wasi_path_link(struct wasmc_ctx *ctx, uint32_t from_fd, uint32_t lookupflags, uint32_t from_addr,
                              uint32_t from_bytes, uint32_t to_fd, uint32_t to_addr, uint32_t to_bytes)
{
    struct wasmc_guest guest = {ctx, "path_link"};
    wasi_errno error = path_link(&guest, from_fd, lookupflags, from_addr, from_bytes, to_fd, to_addr, to_bytes);
    if (ctx->trace)
        wasmc_trace(&guest, error, "from_fd:u lookupflags:x from:s to_fd:u to:s", from_fd, lookupflags, from_addr,
                    from_bytes, to_fd, to_addr, to_bytes);
    return error;
}
