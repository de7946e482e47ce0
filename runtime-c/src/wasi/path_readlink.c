/* path_readlink.c - what a symbolic link says. */
#include <errno.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "path_op.h"
#include "trace.h"
#include "wasmc/wasi.h"

static ssize_t read_link(int dir, char *path, char *content, size_t bytes)
{
    struct wasmc_path_parent parent;
    struct stat stat;
    ssize_t result = wasmc_path_open_parent(dir, path, &parent);
    if (result < 0)
        return result;
    if (parent.is_dots) {
        result = -EINVAL;
    } else if (parent.wants_dir) {
        /* With the slash it is what the link points to, and that is no link. */
        result = wasmc_path_stat(parent.dir, NULL, parent.name, true, &stat);
        if (result == 0)
            result = S_ISDIR(stat.st_mode) ? -EINVAL : -ENOTDIR;
    } else {
        result = wasmc_sys_read_link_at(parent.dir, parent.name, content, bytes);
    }
    wasmc_path_close_parent(&parent);
    return result;
}

static wasi_errno path_readlink(const struct wasmc_guest *guest, uint32_t fd, guest_addr path_addr,
                                uint32_t path_bytes, guest_addr buffer_addr, uint32_t buffer_bytes,
                                guest_addr used_addr)
{
    (void)wasmc_guest_bytes(guest, buffer_addr, buffer_bytes);
    struct wasmc_path_op op;
    wasi_errno error = wasmc_path_op_begin(guest, fd, WASI_RIGHTS_PATH_READLINK, false, path_addr, path_bytes, &op);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    char content[WASMC_GUEST_PATH_BYTES + 1];
    ssize_t result = read_link(op.dir->host, op.path, content, sizeof content);
    wasmc_path_op_end(guest, &op);
    if (result < 0)
        return wasmc_wasi_errno(result);
    uint32_t used = (uint64_t)result < buffer_bytes ? (uint32_t)result : buffer_bytes;
    wasmc_guest_copy_out(guest, buffer_addr, content, used);
    wasmc_guest_write_u32(guest, used_addr, used);
    return WASI_ERRNO_SUCCESS;
}

/* path_readlink - what a symbolic link says; cut off when the buffer is too small, without a NUL.
 *
 *   fd             directory
 *   path_addr      guest address of the link's path, path_bytes long
 *   buffer_addr    guest address that receives the text, buffer_bytes long
 *   used_addr      guest address of a u32 that receives how many bytes were written
 *
 * Rights: PATH_READLINK.
 * Errors: BADF, NOTDIR fd; NOTCAPABLE; PERM the path leaves the directory; INVAL not a link; NOENT;
 * NOTDIR; LOOP; NAMETOOLONG.     witx: path_readlink     POSIX: readlinkat(2)
 */
uint32_t wasmc_wasi_path_readlink(struct wasmc_ctx *ctx, uint32_t fd, uint32_t path_addr, uint32_t path_bytes,
                                  uint32_t buffer_addr, uint32_t buffer_bytes, uint32_t used_addr)
{
    struct wasmc_guest guest = {ctx, "path_readlink"};
    wasi_errno error = path_readlink(&guest, fd, path_addr, path_bytes, buffer_addr, buffer_bytes, used_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u path:s buffer:x buffer_bytes:u >used:4", fd, path_addr, path_bytes,
                    buffer_addr, buffer_bytes, used_addr);
    return error;
}
