/* fd_start.c - the descriptors that a context starts with. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "../ctx.h"
#include "../grants.h"
#include "../sys/start.h"
#include "../sys/sys.h"
#include "../text.h"
#include "dir_overlap.h"
#include "fd_table.h"
#include "sock_listen.h"

/* Standard input may be read, the others written; more follows from what the host connected there.
 * A guest must not take a redirected file for a terminal: wasi-libc's isatty looks for a character
 * device that cannot seek. */
static void add_standard_stream(struct wasmc_ctx *ctx, int host)
{
    struct stat stat;
    if (wasmc_sys_start_stat(host, &stat) != 0)
        return; /* the host started us without it */
    wasi_rights rights = host == 0 ? WASI_RIGHTS_FD_READ : WASI_RIGHTS_FD_WRITE;
    rights |= WASI_RIGHTS_FD_FDSTAT_SET_FLAGS | WASI_RIGHTS_FD_FILESTAT_GET | WASI_RIGHTS_POLL_FD_READWRITE |
              WASI_RIGHTS_FD_SYNC | WASI_RIGHTS_FD_DATASYNC;
    struct wasmc_desc desc = {
        .host = host,
        .borrowed = true,
        .kind = WASMC_DESC_STREAM,
        .filetype = wasmc_wasi_filetype(stat.st_mode),
    };
    if (S_ISSOCK(stat.st_mode)) {
        desc.kind = WASMC_DESC_SOCKET;
        int type = wasmc_sys_socket_type(host);
        desc.keeps_messages = type != SOCK_STREAM;
        desc.filetype = type == SOCK_DGRAM ? WASI_FILETYPE_SOCKET_DGRAM : WASI_FILETYPE_SOCKET_STREAM;
        rights |= WASI_RIGHTS_OF_SOCKET;
    } else if (S_ISDIR(stat.st_mode)) {
        /* A directory is authority over what lies below it, and nobody granted that. */
        desc.filetype = WASI_FILETYPE_UNKNOWN;
        rights = 0;
    } else if (wasmc_sys_start_seek(host, 0, SEEK_CUR) >= 0) {
        desc.kind = WASMC_DESC_FILE;
        rights |= WASI_RIGHTS_FD_SEEK | WASI_RIGHTS_FD_TELL | WASI_RIGHTS_FD_ADVISE;
    }
    desc.base = rights;
    desc.inheriting = 0;
    wasmc_fd_set(&ctx->fds, (uint32_t)host, &desc, wasmc_arena_start_allocate);
}

static _Noreturn void fail_directory(const char *word, int error)
{
    const char *reason = ": the host refuses to open it";
    if (error == -ENOENT)
        reason = ": no such directory";
    else if (error == -ENOTDIR)
        reason = ": not a directory";
    else if (error == -EACCES)
        reason = ": permission denied";
    else if (error == -ELOOP)
        reason = ": a link below a directory of the ceiling";
    wasmc_fail(WASMC_EXIT_START, "", "cannot open the directory of --dir ", word, reason);
}

static int open_ambient(const char *path, size_t bytes)
{
    char host[PATH_MAX];
    if (bytes >= sizeof host)
        return -ENAMETOOLONG;
    memcpy(host, path, bytes);
    host[bytes] = '\0';
    int fd = wasmc_sys_open_ambient(host, O_RDONLY | O_DIRECTORY);
    /* A directory that may be searched but not listed. */
    return fd == -EACCES ? wasmc_sys_open_ambient(host, O_PATH | O_DIRECTORY) : fd;
}

/* Opens the directory `name` in `dir`, and closes `dir`. Not what a link leads to: that may lie anywhere. */
static int descend(int dir, const char *path, size_t bytes)
{
    char name[NAME_MAX + 1];
    int fd = -ENAMETOOLONG;
    if (bytes < sizeof name) {
        memcpy(name, path, bytes);
        name[bytes] = '\0';
        fd = wasmc_sys_open_dir_ambient_at(dir, name, O_RDONLY);
        if (fd == -EACCES)
            fd = wasmc_sys_open_dir_ambient_at(dir, name, O_PATH);
    }
    (void)wasmc_sys_start_close(dir);
    return fd;
}

/* Opens a directory below a baked one. */
static int open_below(const struct wasmc_dir_grant *dir)
{
    int fd = open_ambient(dir->host, dir->below_bytes);
    size_t at = dir->below_bytes;
    while (fd >= 0 && at < dir->host_bytes) {
        const char *slash = memchr(dir->host + at, '/', dir->host_bytes - at);
        size_t bytes = slash != NULL ? (size_t)(slash - dir->host) - at : dir->host_bytes - at;
        if (bytes > 0)
            fd = descend(fd, dir->host + at, bytes);
        at += bytes + 1;
    }
    return fd;
}

/* Under a ceiling, WASMC_GRANTS names directories at or below those that are baked in. */
static int open_directory(const struct wasmc_grant *grant)
{
    const struct wasmc_dir_grant *dir = &grant->dir;
    /* What a relative path names is up to whoever starts the program. */
    if (dir->host[0] != '/' && wasmc_sys_is_privileged())
        wasmc_fail(WASMC_EXIT_START, "",
                   "a file that is setuid, setgid or has capabilities needs absolute directories: --dir ", grant->word, "");
    int fd = dir->below_bytes > 0 ? open_below(dir) : open_ambient(dir->host, dir->host_bytes);
    if (fd < 0)
        fail_directory(grant->word, fd);
    if (wasmc_sys_start_is_procfs(fd) != 0)
        wasmc_fail(WASMC_EXIT_START, "",
                   "procfs cannot be granted, as it holds this program's own memory: --dir ", grant->word, "");
    return fd;
}

static bool same_guest(const struct wasmc_dir_grant *a, const struct wasmc_dir_grant *b)
{
    return a->guest_bytes == b->guest_bytes && memcmp(a->guest, b->guest, a->guest_bytes) == 0;
}

/* Whether a later grant gives the same guest name to another directory: the last one counts. */
static bool is_overridden(const struct wasmc_grants *grants, const struct wasmc_grant *grant)
{
    for (const struct wasmc_grant *other = grant;
         (other = wasmc_grants_next(grants, WASMC_GRANT_DIR, other)) != NULL;) {
        if (same_guest(&grant->dir, &other->dir))
            return true;
    }
    return false;
}

static void add_directories(struct wasmc_ctx *ctx, uint32_t fd)
{
    for (const struct wasmc_grant *grant = NULL;
         (grant = wasmc_grants_next(ctx->grants, WASMC_GRANT_DIR, grant)) != NULL;) {
        const struct wasmc_dir_grant *dir = &grant->dir;
        if (is_overridden(ctx->grants, grant))
            continue;
        struct wasmc_desc desc = {
            .host = open_directory(grant),
            .kind = WASMC_DESC_DIRECTORY,
            .filetype = WASI_FILETYPE_DIRECTORY,
            .base = WASI_RIGHTS_OF_DIRECTORY,
            .inheriting = WASI_RIGHTS_INHERITING_OF_DIRECTORY,
            .preopen_name = dir->guest,
            .preopen_name_bytes = (uint32_t)dir->guest_bytes,
            .read_only = dir->read_only,
        };
        if (wasmc_fd_set(&ctx->fds, fd++, &desc, wasmc_arena_start_allocate) != WASI_ERRNO_SUCCESS)
            wasmc_fail(WASMC_EXIT_START, "", "too many directories: --dir ", grant->word, "");
    }
}

void wasmc_fd_table_start(struct wasmc_ctx *ctx)
{
    wasmc_fd_table_init(&ctx->fds);
    ctx->fds.limit = (uint32_t)wasmc_grants_number(ctx->grants, WASMC_GRANT_MAX_FILES, WASMC_FD_LIMIT);
    for (int host = 0; host <= 2; host++) {
        if (ctx->is_main || wasmc_grants_number(ctx->grants, WASMC_GRANT_INHERIT_STDIO, 0) & (1u << host))
            add_standard_stream(ctx, host);
    }
    uint32_t fd = 3;
    /* A stream that is not there stays so: no file must become what a library believes to be standard output. */
    ctx->fds.first_free = fd;
    if (wasmc_sock_start != NULL)
        fd = wasmc_sock_start(ctx, fd);
    add_directories(ctx, fd);
    if (wasmc_dirs_start != NULL)
        wasmc_dirs_start(ctx);
}
