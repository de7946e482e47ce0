/* path_filestat.c - metadata by path. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "filestat.h"
#include "path_op.h"
#include "trace.h"
#include "wasmc/wasi.h"

static wasi_errno get_stat(const struct wasmc_guest *guest, uint32_t fd, uint32_t lookupflags, guest_addr path_addr,
                           uint32_t path_bytes, struct stat *stat)
{
    if (lookupflags & ~(uint32_t)WASI_LOOKUPFLAGS_ALL)
        return WASI_ERRNO_INVAL;
    struct wasmc_path_op op;
    wasi_errno error =
        wasmc_path_op_begin(guest, fd, WASI_RIGHTS_PATH_FILESTAT_GET, false, path_addr, path_bytes, &op);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    bool follow = (lookupflags & WASI_LOOKUPFLAGS_SYMLINK_FOLLOW) != 0;
    error = wasmc_wasi_errno(wasmc_path_stat(op.dir->host, &op.dir->device, op.path, follow, stat));
    wasmc_path_op_end(guest, &op);
    return error;
}

/* path_filestat_get - metadata of what a path names.
 *
 *   fd              directory
 *   lookupflags     1: follow a link at the end of the path
 *   path_addr       guest address of the path, path_bytes long
 *   filestat_addr   guest address that receives 64 bytes (see filestat.h); times in nanoseconds
 *
 * Rights: PATH_FILESTAT_GET.
 * Errors: BADF, NOTDIR fd; NOTCAPABLE; PERM the path leaves the directory; NOENT; NOTDIR; LOOP;
 * NAMETOOLONG; INVAL.     witx: path_filestat_get     POSIX: fstatat(2)
 */
uint32_t wasmc_wasi_path_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags, uint32_t path_addr,
                                      uint32_t path_bytes, uint32_t filestat_addr)
{
    struct wasmc_guest guest = {ctx, "path_filestat_get"};
    struct stat stat;
    wasi_errno error = get_stat(&guest, fd, lookupflags, path_addr, path_bytes, &stat);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_filestat_write(&guest, filestat_addr, &stat, wasmc_wasi_filetype(stat.st_mode));
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u lookupflags:x path:s filestat:x", fd, lookupflags, path_addr, path_bytes,
                    filestat_addr);
    return error;
}

/* path_filestat_get of wasi_unstable - as above, with 56 bytes. */
uint32_t wasmc_wasi0_path_filestat_get(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags, uint32_t path_addr,
                                       uint32_t path_bytes, uint32_t filestat_addr)
{
    struct wasmc_guest guest = {ctx, "path_filestat_get"};
    struct stat stat;
    wasi_errno error = get_stat(&guest, fd, lookupflags, path_addr, path_bytes, &stat);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_filestat0_write(&guest, filestat_addr, &stat, wasmc_wasi_filetype(stat.st_mode));
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u lookupflags:x path:s filestat:x", fd, lookupflags, path_addr, path_bytes,
                    filestat_addr);
    return error;
}

/* Sets the times of what the path leads to. */
static int set_times_of_target(int dir, const char *path, const struct timespec times[2])
{
    int fd = wasmc_path_open(dir, path, O_PATH, 0);
    if (fd < 0)
        return fd;
    int result = wasmc_sys_set_path_times(fd, times);
    wasmc_sys_close(fd);
    if (result != -EINVAL && result != -EBADF && result != -ENOENT)
        return result;
    /* Before Linux 5.8 it takes a descriptor that is open for real. */
    fd = wasmc_path_open(dir, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (fd == -EACCES)
        fd = wasmc_path_open(dir, path, O_WRONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (fd < 0)
        return fd;
    result = wasmc_sys_set_open_times(fd, times);
    wasmc_sys_close(fd);
    return result;
}

static int set_times_at_path(int dir, char *path, bool follow, const struct timespec times[2])
{
    if (follow)
        return set_times_of_target(dir, path, times);
    char whole[WASMC_GUEST_PATH_BYTES + 1];
    strcpy(whole, path); /* cutting the path spoils it */
    struct wasmc_path_parent parent;
    int result = wasmc_path_open_parent(dir, path, &parent);
    if (result < 0)
        return result;
    /* A link before a trailing slash is followed; the dots never are links. */
    if (parent.wants_dir || parent.is_dots)
        result = set_times_of_target(dir, whole, times);
    else
        result = wasmc_path_check_name(parent.dir, parent.name);
    if (result == 0 && !parent.wants_dir && !parent.is_dots)
        result = wasmc_sys_set_times_at(parent.dir, parent.name, times);
    wasmc_path_close_parent(&parent);
    return result;
}

static wasi_errno path_filestat_set_times(const struct wasmc_guest *guest, uint32_t fd, uint32_t lookupflags,
                                          guest_addr path_addr, uint32_t path_bytes, const struct timespec times[2])
{
    if (lookupflags & ~(uint32_t)WASI_LOOKUPFLAGS_ALL)
        return WASI_ERRNO_INVAL;
    struct wasmc_path_op op;
    wasi_errno error =
        wasmc_path_op_begin(guest, fd, WASI_RIGHTS_PATH_FILESTAT_SET_TIMES, true, path_addr, path_bytes, &op);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    bool follow = (lookupflags & WASI_LOOKUPFLAGS_SYMLINK_FOLLOW) != 0;
    error = wasmc_wasi_errno(set_times_at_path(op.dir->host, op.path, follow, times));
    wasmc_path_op_end(guest, &op);
    return error;
}

/* path_filestat_set_times - sets the times of what a path names.
 *
 *   fd            directory
 *   lookupflags   1: follow a link at the end of the path
 *   path_addr     guest address of the path, path_bytes long
 *   atim_ns       access time, nanoseconds since 1970
 *   mtim_ns       modification time
 *   fstflags      1 set atim, 2 atim is now, 4 set mtim, 8 mtim is now; the others stay
 *
 * Rights: PATH_FILESTAT_SET_TIMES.
 * Errors: as path_filestat_get; INVAL a time and now together; PERM also: a read-only grant, another's
 * file.     witx: path_filestat_set_times     POSIX: utimensat(2)
 */
uint32_t wasmc_wasi_path_filestat_set_times(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags,
                                            uint32_t path_addr, uint32_t path_bytes, uint64_t atim_ns,
                                            uint64_t mtim_ns, uint32_t fstflags)
{
    struct wasmc_guest guest = {ctx, "path_filestat_set_times"};
    struct timespec times[2];
    wasi_errno error = wasmc_filestat_times(atim_ns, mtim_ns, fstflags, times);
    if (error == WASI_ERRNO_SUCCESS)
        error = path_filestat_set_times(&guest, fd, lookupflags, path_addr, path_bytes, times);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u lookupflags:x path:s atim:d mtim:d fstflags:x", fd, lookupflags, path_addr,
                    path_bytes, atim_ns, mtim_ns, fstflags);
    return error;
}
