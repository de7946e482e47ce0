/* path_open.c - opening files and directories. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "../sys/sys.h"
#include "errno_map.h"
#include "path_op.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* What a guest asks for. */
struct request {
    uint32_t lookupflags;
    uint32_t oflags;
    wasi_rights base;
    wasi_rights inheriting;
    uint32_t fdflags;
};

static wasi_errno check_request(const struct request *request)
{
    if ((request->lookupflags & ~(uint32_t)WASI_LOOKUPFLAGS_ALL) || (request->oflags & ~(uint32_t)WASI_OFLAGS_ALL) ||
        (request->fdflags & ~(uint32_t)WASI_FDFLAGS_ALL))
        return WASI_ERRNO_INVAL;
    /* Linux created a regular file for this until 6.4. */
    if ((request->oflags & WASI_OFLAGS_CREAT) && (request->oflags & WASI_OFLAGS_DIRECTORY))
        return WASI_ERRNO_INVAL;
    return WASI_ERRNO_SUCCESS;
}

/* Rights first, then the policy of the directory. */
static wasi_errno check_dir(const struct wasmc_desc *dir, const struct request *request)
{
    wasi_rights needed = WASI_RIGHTS_PATH_OPEN;
    if (request->oflags & WASI_OFLAGS_CREAT)
        needed |= WASI_RIGHTS_PATH_CREATE_FILE;
    if (request->oflags & WASI_OFLAGS_TRUNC)
        needed |= WASI_RIGHTS_PATH_FILESTAT_SET_SIZE;
    /* The rest of what is asked for beyond the inheriting rights is left out silently: toolchains ask
     * for every right they know. Reading and writing decide how the host opens the file. */
    wasi_rights access = request->base & (WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_WRITE);
    if ((dir->base & needed) != needed || (dir->inheriting & access) != access)
        return WASI_ERRNO_NOTCAPABLE;
    bool changes = (request->oflags & (WASI_OFLAGS_CREAT | WASI_OFLAGS_TRUNC)) || (access & WASI_RIGHTS_FD_WRITE);
    return dir->read_only && changes ? WASI_ERRNO_PERM : WASI_ERRNO_SUCCESS;
}

static int host_flags(const struct request *request)
{
    bool reads = (request->base & WASI_RIGHTS_FD_READ) != 0;
    bool writes = (request->base & WASI_RIGHTS_FD_WRITE) != 0;
    /* O_NONBLOCK: opening a pipe must not wait for its other end. */
    int flags = O_NOCTTY | O_NONBLOCK;
    flags |= writes ? (reads ? O_RDWR : O_WRONLY) : O_RDONLY;
    flags |= request->lookupflags & WASI_LOOKUPFLAGS_SYMLINK_FOLLOW ? 0 : O_NOFOLLOW;
    flags |= request->oflags & WASI_OFLAGS_CREAT ? O_CREAT : 0;
    flags |= request->oflags & WASI_OFLAGS_DIRECTORY ? O_DIRECTORY : 0;
    flags |= request->oflags & WASI_OFLAGS_EXCL ? O_EXCL : 0;
    flags |= request->oflags & WASI_OFLAGS_TRUNC ? O_TRUNC : 0;
    flags |= request->fdflags & WASI_FDFLAGS_APPEND ? O_APPEND : 0;
    flags |= request->fdflags & WASI_FDFLAGS_DSYNC ? O_DSYNC : 0;
    flags |= request->fdflags & (WASI_FDFLAGS_RSYNC | WASI_FDFLAGS_SYNC) ? O_SYNC : 0;
    return flags;
}

/* Rights that this kind of file can have at all. */
static wasi_rights applicable_rights(const struct wasmc_desc *desc)
{
    switch (desc->kind) {
    case WASMC_DESC_DIRECTORY: return WASI_RIGHTS_OF_DIRECTORY;
    case WASMC_DESC_FILE: return WASI_RIGHTS_OF_FILE;
    default: return WASI_RIGHTS_OF_STREAM;
    }
}

/* The rights that files opened below a directory are asked to have. Who asks for files that can be opened, but neither
 * read nor written, means files of any kind: Zig's standard library names the rights of directories only, as no
 * reference runtime looks at the others. What the directory itself was granted bounds the result as ever. */
static wasi_rights inheriting_rights(wasi_rights asked)
{
    if ((asked & WASI_RIGHTS_PATH_OPEN) && !(asked & (WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_WRITE)))
        return asked | WASI_RIGHTS_OF_FILE;
    return asked;
}

/* Describes a fresh host descriptor. */
static int describe(int host, const struct wasmc_desc *dir, const struct request *request, struct wasmc_desc *desc)
{
    struct stat stat;
    int result = wasmc_sys_stat(host, &stat);
    if (result < 0)
        return result;
    *desc = (struct wasmc_desc){
        .host = host,
        .fdflags = (uint16_t)request->fdflags,
        .filetype = wasmc_wasi_filetype(stat.st_mode),
        .read_only = dir->read_only,
        .kind = WASMC_DESC_STREAM,
    };
    if (S_ISDIR(stat.st_mode))
        desc->kind = WASMC_DESC_DIRECTORY;
    else if (S_ISREG(stat.st_mode) || wasmc_sys_seek(host, 0, SEEK_CUR) >= 0)
        desc->kind = WASMC_DESC_FILE;
    desc->base = request->base & dir->inheriting & applicable_rights(desc);
    if (dir->read_only && desc->kind != WASMC_DESC_DIRECTORY)
        desc->base &= ~WASI_RIGHTS_CHANGING_FILE;
    /* Without the right to write, the host's descriptor can do neither of these. */
    if (!(desc->base & WASI_RIGHTS_FD_WRITE))
        desc->base &= ~(WASI_RIGHTS_FD_ALLOCATE | WASI_RIGHTS_FD_FILESTAT_SET_SIZE);
    desc->inheriting = inheriting_rights(request->inheriting) & dir->inheriting;
    /* Only for what can block at all did O_NONBLOCK do anything. */
    if (desc->kind == WASMC_DESC_STREAM && !(request->fdflags & WASI_FDFLAGS_NONBLOCK))
        return wasmc_sys_set_flags(host, request->fdflags & WASI_FDFLAGS_APPEND ? O_APPEND : 0);
    return 0;
}

static wasi_errno open_beneath(const struct wasmc_guest *guest, const struct wasmc_path_op *op,
                               const struct request *request, uint32_t *new_fd)
{
    wasi_errno error = check_dir(op->dir, request);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    int host = wasmc_path_open(op->dir->host, op->path, host_flags(request), 0666);
    if (host < 0)
        return wasmc_wasi_errno(host);
    struct wasmc_desc desc;
    int result = describe(host, op->dir, request, &desc);
    if (result < 0) {
        wasmc_sys_close(host);
        return wasmc_wasi_errno(result);
    }
    return wasmc_fd_insert(guest->ctx, &desc, new_fd);
}

static wasi_errno path_open(const struct wasmc_guest *guest, uint32_t fd, guest_addr path_addr, uint32_t path_bytes,
                            const struct request *request, guest_addr fd_addr)
{
    (void)wasmc_guest_bytes(guest, fd_addr, 4);
    wasi_errno error = check_request(request);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    struct wasmc_path_op op;
    error = wasmc_path_op_begin(guest, fd, 0, false, path_addr, path_bytes, &op);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    uint32_t new_fd = 0;
    error = open_beneath(guest, &op, request, &new_fd);
    wasmc_path_op_end(guest, &op);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, fd_addr, new_fd);
    return error;
}

/* path_open - opens a file or a directory beneath a directory.
 *
 *   fd            directory
 *   lookupflags   1: follow a link at the end of the path
 *   path_addr     guest address of the path, path_bytes long; never leaves the directory
 *   oflags        1 create, 2 must be a directory, 4 must not exist, 8 truncate
 *   base          rights of the new descriptor; those that do not apply to the kind of file, or that
 *                 the directory does not pass on, are left out
 *   inheriting    for a directory: rights that it passes on
 *   fdflags       1 append, 2 dsync, 4 nonblock, 8 rsync, 16 sync
 *   fd_addr       guest address of a u32 that receives the new descriptor: the lowest free one
 *
 * Rights: PATH_OPEN; with create PATH_CREATE_FILE; with truncate PATH_FILESTAT_SET_SIZE; FD_READ and
 * FD_WRITE only if the directory passes them on.
 * Errors: BADF, NOTDIR fd; NOTCAPABLE; PERM the path leaves the directory or leads to a procfs, or the
 * grant is read-only; NOENT; EXIST; ISDIR a directory to be written; NOTDIR; LOOP a link that is not
 * followed, or too many; NAMETOOLONG; MFILE; INVAL unknown flags, a NUL in the path, create together with directory.
 * witx: path_open     POSIX: openat(2)
 */
uint32_t wasmc_wasi_path_open(struct wasmc_ctx *ctx, uint32_t fd, uint32_t lookupflags, uint32_t path_addr,
                              uint32_t path_bytes, uint32_t oflags, uint64_t base, uint64_t inheriting,
                              uint32_t fdflags, uint32_t fd_addr)
{
    struct wasmc_guest guest = {ctx, "path_open"};
    struct request request = {lookupflags, oflags, base, inheriting, fdflags};
    wasi_errno error = path_open(&guest, fd, path_addr, path_bytes, &request, fd_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u lookupflags:x path:s oflags:x base:r inheriting:r fdflags:x >fd:4", fd,
                    lookupflags, path_addr, path_bytes, oflags, base, inheriting, fdflags, fd_addr);
    return error;
}
