/* calls.c - WASI calls that no libc makes, and arguments that no libc gives, with the error number of each.
 *
 * The preopened folder `/` (descriptor 3) holds `file.txt` with 26 letters and an empty folder `folder`.
 * Exit status 0.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wasi/api.h>

#define ROOT 3
#define NO_FD 4242

static __wasi_fd_t opened(const char *path, __wasi_oflags_t oflags, __wasi_fdflags_t fdflags)
{
    const __wasi_rights_t all = __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE | __WASI_RIGHTS_FD_SEEK |
                                __WASI_RIGHTS_FD_TELL | __WASI_RIGHTS_FD_READDIR | __WASI_RIGHTS_FD_ADVISE |
                                __WASI_RIGHTS_FD_FILESTAT_GET | __WASI_RIGHTS_FD_FILESTAT_SET_SIZE |
                                __WASI_RIGHTS_FD_FILESTAT_SET_TIMES | __WASI_RIGHTS_FD_FDSTAT_SET_FLAGS |
                                __WASI_RIGHTS_FD_SYNC | __WASI_RIGHTS_FD_DATASYNC | __WASI_RIGHTS_FD_ALLOCATE;
    __wasi_fd_t fd = NO_FD;
    __wasi_errno_t error = __wasi_path_open(ROOT, 0, path, oflags, all, 0, fdflags, &fd);

    if (error != 0) {
        printf("path_open(%s): %d\n", path, error);
    }
    return fd;
}

static void report(const char *call, __wasi_errno_t error)
{
    printf("%-44s %d\n", call, error);
}

#define REPORT(call) report(#call, call)

static void preopens(void)
{
    __wasi_prestat_t prestat = {0};
    uint8_t name[16] = {0};

    report("fd_prestat_get(3)", __wasi_fd_prestat_get(ROOT, &prestat));
    printf("  tag %d, name of %u bytes\n", prestat.tag, (unsigned)prestat.u.dir.pr_name_len);
    report("fd_prestat_dir_name(3)", __wasi_fd_prestat_dir_name(ROOT, name, prestat.u.dir.pr_name_len));
    printf("  %s\n", (char *)name);
    report("fd_prestat_get(1)", __wasi_fd_prestat_get(1, &prestat));
    report("fd_prestat_get(4)", __wasi_fd_prestat_get(4, &prestat));
    report("fd_prestat_get(absent)", __wasi_fd_prestat_get(NO_FD, &prestat));
}

static void descriptors(void)
{
    __wasi_fdstat_t fdstat;
    __wasi_filestat_t filestat;
    __wasi_filesize_t position = 99;
    __wasi_fd_t file = opened("file.txt", 0, 0);
    __wasi_fd_t other = opened("file.txt", 0, 0);

    report("fd_fdstat_get(file)", __wasi_fd_fdstat_get(file, &fdstat));
    printf("  type %d, flags %d, may read %d\n", fdstat.fs_filetype, fdstat.fs_flags,
           (fdstat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0);
    report("fd_fdstat_get(folder)", __wasi_fd_fdstat_get(ROOT, &fdstat));
    printf("  type %d\n", fdstat.fs_filetype);
    report("fd_fdstat_get(absent)", __wasi_fd_fdstat_get(NO_FD, &fdstat));
    report("fd_filestat_get(file)", __wasi_fd_filestat_get(file, &filestat));
    printf("  type %d, size %llu, links %llu\n", filestat.filetype, (unsigned long long)filestat.size,
           (unsigned long long)filestat.nlink);

    report("fd_seek(file, 10)", __wasi_fd_seek(file, 10, __WASI_WHENCE_SET, &position));
    report("fd_tell(file)", __wasi_fd_tell(file, &position));
    printf("  %llu\n", (unsigned long long)position);
    report("fd_seek(file, before the start)", __wasi_fd_seek(file, -11, __WASI_WHENCE_CUR, &position));
    report("fd_renumber(file, other)", __wasi_fd_renumber(file, other));
    report("fd_tell(file)", __wasi_fd_tell(file, &position));
    report("fd_tell(other)", __wasi_fd_tell(other, &position));
    printf("  %llu\n", (unsigned long long)position);
    report("fd_renumber(absent, other)", __wasi_fd_renumber(NO_FD, other));
    report("fd_close(other)", __wasi_fd_close(other));
    report("fd_close(other)", __wasi_fd_close(other));
    report("fd_close(absent)", __wasi_fd_close(NO_FD));
}

static void files(void)
{
    __wasi_fd_t file = opened("new.txt", __WASI_OFLAGS_CREAT, 0);
    __wasi_filestat_t filestat;
    uint8_t bytes[64] = {0};
    __wasi_ciovec_t out[2] = {{(const uint8_t *)"abc", 3}, {(const uint8_t *)"def", 3}};
    __wasi_iovec_t in[1] = {{bytes, sizeof bytes}};
    __wasi_size_t size = 99;

    report("fd_pwrite(file, at 4)", __wasi_fd_pwrite(file, out, 1, 4, &size));
    printf("  %u\n", (unsigned)size);
    report("fd_write(file, no pieces)", __wasi_fd_write(file, out, 0, &size));
    printf("  %u\n", (unsigned)size);
    report("fd_pread(file, at 3)", __wasi_fd_pread(file, in, 1, 3, &size));
    printf("  %u bytes, the second is %c\n", (unsigned)size, bytes[1]);
    report("fd_advise", __wasi_fd_advise(file, 0, 0, __WASI_ADVICE_SEQUENTIAL));
    report("fd_datasync", __wasi_fd_datasync(file));
    report("fd_sync", __wasi_fd_sync(file));
    report("fd_sync(absent)", __wasi_fd_sync(NO_FD));
    report("fd_filestat_set_size(20)", __wasi_fd_filestat_set_size(file, 20));
    report("fd_filestat_set_times", __wasi_fd_filestat_set_times(file, 1000, 2000,
                                                                 __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM));
    report("fd_filestat_set_times(both kinds)",
           __wasi_fd_filestat_set_times(file, 1000, 2000, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_ATIM_NOW));
    report("fd_filestat_get", __wasi_fd_filestat_get(file, &filestat));
    printf("  size %llu, accessed %llu, modified %llu\n", (unsigned long long)filestat.size,
           (unsigned long long)filestat.atim, (unsigned long long)filestat.mtim);
    report("fd_fdstat_set_flags(append)", __wasi_fd_fdstat_set_flags(file, __WASI_FDFLAGS_APPEND));
    report("fd_write(file)", __wasi_fd_write(file, out, 1, &size));
    report("fd_filestat_get", __wasi_fd_filestat_get(file, &filestat));
    printf("  size %llu\n", (unsigned long long)filestat.size);
    report("fd_close", __wasi_fd_close(file));
    report("path_filestat_set_times", __wasi_path_filestat_set_times(ROOT, 0, "new.txt", 5000, 6000,
                                                                     __WASI_FSTFLAGS_MTIM));
    report("path_filestat_get", __wasi_path_filestat_get(ROOT, 0, "new.txt", &filestat));
    printf("  modified %llu\n", (unsigned long long)filestat.mtim);
}

/* Reads a folder with a buffer that holds one short entry at a time, by the cookies, and counts names. */
static void reading_a_folder(void)
{
    uint8_t buffer[sizeof(__wasi_dirent_t) + 12];
    __wasi_dircookie_t cookie = 0;
    unsigned names = 0, bytes = 0;
    __wasi_size_t used = 0;
    __wasi_errno_t error = 0;

    for (unsigned rounds = 0; rounds < 100; rounds++) {
        __wasi_dirent_t entry;

        error = __wasi_fd_readdir(ROOT, buffer, sizeof buffer, cookie, &used);
        if (error != 0 || used < sizeof entry) {
            break;
        }
        memcpy(&entry, buffer, sizeof entry);
        cookie = entry.d_next;
        names++;
        bytes += entry.d_namlen;
    }
    report("fd_readdir, entry by entry", error);
    printf("  %u names of %u bytes, at the end %u bytes used\n", names, bytes, (unsigned)used);
    report("fd_readdir(no room)", __wasi_fd_readdir(ROOT, buffer, 0, 0, &used));
    printf("  %u bytes used\n", (unsigned)used);
    report("fd_readdir(stdin)", __wasi_fd_readdir(NO_FD, buffer, sizeof buffer, 0, &used));
}

static void paths(void)
{
    __wasi_filestat_t filestat;
    __wasi_size_t size;
    uint8_t target[32];
    __wasi_fd_t fd;

    report("path_create_directory(new)", __wasi_path_create_directory(ROOT, "new"));
    report("path_create_directory(new/)", __wasi_path_create_directory(ROOT, "new/"));
    report("path_create_directory(file.txt/x)", __wasi_path_create_directory(ROOT, "file.txt/x"));
    report("path_create_directory(../x)", __wasi_path_create_directory(ROOT, "../x"));
    report("path_filestat_get(.)", __wasi_path_filestat_get(ROOT, 0, ".", &filestat));
    report("path_filestat_get(..)", __wasi_path_filestat_get(ROOT, 0, "..", &filestat));
    report("path_filestat_get(/file.txt)", __wasi_path_filestat_get(ROOT, 0, "/file.txt", &filestat));
    report("path_filestat_get(file.txt/)", __wasi_path_filestat_get(ROOT, 0, "file.txt/", &filestat));
    report("path_filestat_get(new/../file.txt)", __wasi_path_filestat_get(ROOT, 0, "new/../file.txt", &filestat));
    report("path_symlink", __wasi_path_symlink("../file.txt", ROOT, "new/link"));
    report("path_readlink", __wasi_path_readlink(ROOT, "new/link", target, sizeof target, &size));
    printf("  %.*s\n", (int)size, (char *)target);
    report("path_readlink(short)", __wasi_path_readlink(ROOT, "new/link", target, 4, &size));
    printf("  %u\n", (unsigned)size);
    report("path_filestat_get(link)", __wasi_path_filestat_get(ROOT, 0, "new/link", &filestat));
    printf("  type %d\n", filestat.filetype);
    report("path_filestat_get(link, follow)",
           __wasi_path_filestat_get(ROOT, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, "new/link", &filestat));
    printf("  type %d\n", filestat.filetype);
    report("path_open(link)", __wasi_path_open(ROOT, 0, "new/link", 0, __WASI_RIGHTS_FD_READ, 0, 0, &fd));
    report("path_link", __wasi_path_link(ROOT, 0, "file.txt", ROOT, "new/hard"));
    report("path_rename", __wasi_path_rename(ROOT, "new/hard", ROOT, "new/moved"));
    report("path_unlink_file(folder)", __wasi_path_unlink_file(ROOT, "new") != 0);
    report("path_remove_directory(file)", __wasi_path_remove_directory(ROOT, "file.txt"));
    report("path_remove_directory(not empty)", __wasi_path_remove_directory(ROOT, "new"));
    report("path_remove_directory(.)", __wasi_path_remove_directory(ROOT, ".") != 0);
    report("path_unlink_file(link)", __wasi_path_unlink_file(ROOT, "new/link"));
    report("path_remove_directory(folder)", __wasi_path_remove_directory(ROOT, "folder"));
    report("path_open(absent fd)", __wasi_path_open(NO_FD, 0, "file.txt", 0, 0, 0, 0, &fd));
    report("path_open(file as folder)", __wasi_path_open(1, 0, "file.txt", 0, 0, 0, 0, &fd) != 0);
}

static void others(void)
{
    __wasi_timestamp_t time = 0;
    __wasi_size_t count = 0, size = 0;
    uint8_t bytes[8];

    REPORT(__wasi_sched_yield());
    report("clock_res_get(monotonic)", __wasi_clock_res_get(__WASI_CLOCKID_MONOTONIC, &time));
    REPORT(__wasi_random_get(bytes, sizeof bytes));
    REPORT(__wasi_random_get(bytes, 0));
    REPORT(__wasi_args_sizes_get(&count, &size));
    printf("  %u arguments, %u bytes\n", (unsigned)count, (unsigned)size);
    REPORT(__wasi_environ_sizes_get(&count, &size));
    printf("  %u variables, %u bytes\n", (unsigned)count, (unsigned)size);
    REPORT(__wasi_sock_shutdown(NO_FD, __WASI_SDFLAGS_RD) != 0);
}

int main(void)
{
    preopens();
    descriptors();
    files();
    reading_a_folder();
    paths();
    others();
    return 0;
}
