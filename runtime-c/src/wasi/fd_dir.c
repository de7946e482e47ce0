/* fd_dir.c - listing directories. */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../lock.h"
#include "../sys/sys.h"
#include "dir_cookies.h"
#include "errno_map.h"
#include "host_dirent.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* The guest's dirent: 24 bytes, then the name without a NUL. */
struct guest_dirent {
    uint64_t next;
    uint64_t ino;
    uint32_t name_bytes;
    uint8_t filetype;
    uint8_t reserved[3];
};
static_assert(sizeof(struct guest_dirent) == 24, "dirent");

/* Read in pieces of about what the guest asks for. */
#define BUFFER_MIN_BYTES 512u

/* The guest's buffer and how much of it is used. */
struct output {
    uint8_t *bytes;
    uint32_t size;
    uint32_t used;
};

static void put(struct output *output, const void *bytes, size_t count)
{
    size_t room = output->size - output->used;
    size_t part = count < room ? count : room;
    memcpy(output->bytes + output->used, bytes, part);
    output->used += (uint32_t)part;
}

static uint8_t filetype_of(int host, const struct wasmc_host_dirent *entry)
{
    struct stat stat;
    switch (entry->type) {
    case DT_UNKNOWN: /* the file system does not tell */
        return wasmc_sys_stat_at(host, entry->name, &stat) == 0 ? wasmc_wasi_filetype(stat.st_mode)
                                                                : WASI_FILETYPE_UNKNOWN;
    default: return wasmc_wasi_filetype((uint32_t)DTTOIF(entry->type));
    }
}

/* Turns the host's entries into the guest's until one of them ends; 0 or a negative errno. */
static int convert(struct wasmc_dir_scan *scan, uint64_t own_ino, const char *entries, size_t bytes,
                   struct output *output)
{
    for (size_t at = 0; at < bytes && output->used < output->size;) {
        const struct wasmc_host_dirent *entry = (const struct wasmc_host_dirent *)(entries + at);
        size_t name_bytes = strlen(entry->name);
        int64_t cookie = wasmc_dir_cookie(scan, entry->next);
        if (cookie < 0)
            return (int)cookie;
        struct guest_dirent dirent = {
            .next = (uint64_t)cookie,
            .ino = entry->ino,
            .name_bytes = (uint32_t)name_bytes,
            .filetype = filetype_of(scan->desc->host, entry),
        };
        /* The number of what lies above a granted directory is not the guest's business. */
        if (strcmp(entry->name, "..") == 0)
            dirent.ino = own_ino;
        put(output, &dirent, sizeof dirent);
        put(output, entry->name, name_bytes);
        at += entry->reclen;
    }
    return 0;
}

/* Lists from cookie on until the output is full or the directory ends. */
static int list(struct wasmc_desc *desc, uint64_t cookie, struct output *output)
{
    _Alignas(8) char entries[WASMC_HOST_DIRENT_BYTES];
    struct wasmc_dir_scan scan = {.desc = desc};
    struct stat stat;
    int result = wasmc_sys_stat(desc->host, &stat);
    if (result == 0)
        result = wasmc_dir_seek(&scan, cookie);
    while (result == 0 && output->used < output->size) {
        size_t wanted = output->size - output->used;
        if (wanted < BUFFER_MIN_BYTES)
            wanted = BUFFER_MIN_BYTES;
        ssize_t bytes = wasmc_sys_read_dir(desc->host, entries, wanted < sizeof entries ? wanted : sizeof entries);
        if (bytes == -EINVAL) /* an entry that does not fit */
            bytes = wasmc_sys_read_dir(desc->host, entries, sizeof entries);
        if (bytes <= 0)
            return (int)bytes;
        result = convert(&scan, stat.st_ino, entries, (size_t)bytes, output);
    }
    return result;
}

static wasi_errno fd_readdir(const struct wasmc_guest *guest, uint32_t fd, guest_addr buffer_addr,
                             uint32_t buffer_bytes, uint64_t cookie, guest_addr used_addr)
{
    struct output output = {wasmc_guest_bytes(guest, buffer_addr, buffer_bytes), buffer_bytes, 0};
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_DIRECTORY, WASI_RIGHTS_FD_READDIR, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    /* Over system calls, as two threads would move each other's position; they do not wait for anybody. */
    wasmc_lock(&desc->listing);
    error = wasmc_wasi_errno(list(desc, cookie, &output));
    wasmc_unlock(&desc->listing);
    (void)wasmc_fd_put(guest->ctx, desc);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, used_addr, output.used);
    return error;
}

/* fd_readdir - lists a directory, "." and ".." included.
 *
 *   fd             directory
 *   buffer_addr    guest address that receives entries, buffer_bytes long
 *   cookie         0: from the start; else `next` of an entry: what comes after it
 *   used_addr      guest address of a u32 that receives how many bytes were written
 *
 *     | u64 next | u64 ino | u32 name bytes | u8 filetype | 3 pad | name ... | next entry ...
 *
 * Fewer bytes than the buffer holds means the end. An entry that does not fit is cut off; the guest
 * asks again with the cookie of the last whole one. Cookies are below 2^31, and of this descriptor only (dir_cookies.h).
 * Rights: FD_READDIR.   Errors: BADF; NOTDIR; NOTCAPABLE; INVAL a cookie that is none; NOENT the
 * directory was removed.     witx: fd_readdir     POSIX: readdir(3), seekdir(3)
 */
uint32_t wasmc_wasi_fd_readdir(struct wasmc_ctx *ctx, uint32_t fd, uint32_t buffer_addr, uint32_t buffer_bytes,
                               uint64_t cookie, uint32_t used_addr)
{
    struct wasmc_guest guest = {ctx, "fd_readdir"};
    wasi_errno error = fd_readdir(&guest, fd, buffer_addr, buffer_bytes, cookie, used_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u buffer:x buffer_bytes:u cookie:d >used:4", fd, buffer_addr, buffer_bytes,
                    cookie, used_addr);
    return error;
}
