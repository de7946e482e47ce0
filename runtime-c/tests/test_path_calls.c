#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

#define ALL_RIGHTS (~UINT64_C(0))
#define PATH(text) fixture_text(fixture, text), (uint32_t)strlen(text)

static void check_missing(struct fixture *fixture, const char *name)
{
    CHECK_EQUAL(faccessat(AT_FDCWD, fixture_host_path(fixture, name), F_OK, AT_SYMLINK_NOFOLLOW), -1, name);
}

static void check_present(struct fixture *fixture, const char *name)
{
    CHECK_EQUAL(faccessat(AT_FDCWD, fixture_host_path(fixture, name), F_OK, AT_SYMLINK_NOFOLLOW), 0, name);
}

static void test_directories(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("d")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("d/e/")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("d")) == WASI_ERRNO_EXIST);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH(".")) == WASI_ERRNO_EXIST);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("d/..")) == WASI_ERRNO_EXIST);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("x/y")) == WASI_ERRNO_NOENT);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("")) == WASI_ERRNO_NOENT);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("..")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("../new")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("d/../../outside/new")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("/new")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("updir/new")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_create_directory(ctx, 99, PATH("new")) == WASI_ERRNO_BADF);
    CHECK(wasmc_wasi_path_create_directory(ctx, 1, PATH("new")) == WASI_ERRNO_NOTDIR);

    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("d")) == WASI_ERRNO_NOTEMPTY);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("d/e/.")) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("d/e/..")) == WASI_ERRNO_NOTEMPTY);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("..")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("updir")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("updir/")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("file")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("d/e/")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("d")) == WASI_ERRNO_SUCCESS);
    check_present(fixture, "outside");
    check_missing(fixture, "outside/new");
}

static void test_unlink(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("d")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("d")) == WASI_ERRNO_ISDIR);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("d/")) == WASI_ERRNO_ISDIR);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("d/.")) == WASI_ERRNO_ISDIR);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("file/")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("updir/")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("updir/secret")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("../outside/secret")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("missing")) == WASI_ERRNO_NOENT);
    CHECK(symlink("../outside/secret", fixture_host_path(fixture, "root/l")) == 0);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("l")) == WASI_ERRNO_SUCCESS);
    check_missing(fixture, "root/l");
    check_present(fixture, "outside/secret");
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("d")) == WASI_ERRNO_SUCCESS);
}

static void test_links(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("anywhere"), 3, PATH("s")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("anywhere"), 3, PATH("s")) == WASI_ERRNO_EXIST);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("anywhere"), 3, PATH("t/")) == WASI_ERRNO_NOENT);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("anywhere"), 3, PATH("file/")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("anywhere"), 3, PATH(".")) == WASI_ERRNO_EXIST);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("/etc"), 3, PATH("t")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH(""), 3, PATH("t")) == WASI_ERRNO_NOENT);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("x"), 3, PATH("updir/t")) == WASI_ERRNO_PERM);

    memset(fixture->bytes + 600, '#', 20);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("s"), 600, 20, 200) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 200) == 8 && memcmp(fixture->bytes + 600, "anywhere#", 9) == 0);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("s"), 600, 3, 200) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 200) == 3);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("s"), 600, 0, 200) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 200) == 0);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("file"), 600, 20, 200) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("."), 600, 20, 200) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("file/"), 600, 20, 200) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("updir"), 600, 20, 200) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("updir/"), 600, 20, 200) == WASI_ERRNO_PERM);

    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("file"), 3, PATH("h")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("file"), 3, PATH("h")) == WASI_ERRNO_EXIST);
    CHECK(wasmc_wasi_path_link(ctx, 3, 1, PATH("file"), 3, PATH("i")) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("file/"), 3, PATH("i")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("file"), 3, PATH("i/")) == WASI_ERRNO_NOENT);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("."), 3, PATH("i")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("updir/secret"), 3, PATH("i")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("file"), 3, PATH("../outside/i")) == WASI_ERRNO_PERM);
    check_missing(fixture, "outside/i");
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("h")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("s")) == WASI_ERRNO_SUCCESS);
}

static void test_rename(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("file"), 3, PATH("g")) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("g/"), 3, PATH("file")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("g"), 3, PATH("file/")) == WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("g"), 3, PATH("../outside/g")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("g"), 3, PATH("updir/g")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("updir/secret"), 3, PATH("s")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("."), 3, PATH("s")) == WASI_ERRNO_BUSY);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("g"), 3, PATH(".")) == WASI_ERRNO_BUSY);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("missing"), 3, PATH("s")) == WASI_ERRNO_NOENT);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("g"), 3, PATH("file")) == WASI_ERRNO_SUCCESS);
    check_present(fixture, "outside/secret");
    check_missing(fixture, "outside/g");
}

static void test_filestat(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    struct stat stat;
    CHECK(wasmc_wasi_path_filestat_get(ctx, 3, 1, PATH("link"), 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture->bytes[416] == WASI_FILETYPE_REGULAR_FILE && fixture_u64(fixture, 432) == 4);
    CHECK(wasmc_wasi_path_filestat_get(ctx, 3, 0, PATH("link"), 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture->bytes[416] == WASI_FILETYPE_SYMBOLIC_LINK);
    CHECK(wasmc_wasi0_path_filestat_get(ctx, 3, 1, PATH("link"), 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture->bytes[416] == WASI_FILETYPE_REGULAR_FILE && fixture_u64(fixture, 424) == 4);
    CHECK(wasmc_wasi_path_filestat_get(ctx, 3, 2, PATH("link"), 400) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_path_filestat_get(ctx, 3, 1, PATH("updir"), 400) == WASI_ERRNO_PERM);

    CHECK(wasmc_wasi_path_filestat_set_times(ctx, 3, 1, PATH("link"), 3, 1000000004, 5) == WASI_ERRNO_SUCCESS);
    CHECK(lstat(fixture_host_path(fixture, "root/file"), &stat) == 0);
    CHECK(stat.st_mtim.tv_sec == 1 && stat.st_mtim.tv_nsec == 4 && stat.st_atim.tv_nsec == 3);
    CHECK(wasmc_wasi_path_filestat_set_times(ctx, 3, 0, PATH("link"), 0, 2000000000, 4) == WASI_ERRNO_SUCCESS);
    CHECK(lstat(fixture_host_path(fixture, "root/link"), &stat) == 0 && stat.st_mtim.tv_sec == 2);
    CHECK(lstat(fixture_host_path(fixture, "root/file"), &stat) == 0 && stat.st_mtim.tv_sec == 1);
    CHECK(wasmc_wasi_path_filestat_set_times(ctx, 3, 0, PATH("./"), 0, 3000000000, 4) == WASI_ERRNO_SUCCESS);
    CHECK(lstat(fixture_host_path(fixture, "root"), &stat) == 0 && stat.st_mtim.tv_sec == 3);
    CHECK(lstat(fixture_host_path(fixture, "outside"), &stat) == 0);
    struct timespec before = stat.st_mtim;
    CHECK(wasmc_wasi_path_filestat_set_times(ctx, 3, 1, PATH("updir"), 0, 5, 4) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_filestat_set_times(ctx, 3, 0, PATH("updir/"), 0, 5, 4) == WASI_ERRNO_PERM);
    CHECK(lstat(fixture_host_path(fixture, "outside"), &stat) == 0 && stat.st_mtim.tv_sec == before.tv_sec);
}

static void check_open(struct fixture *fixture, uint32_t dir, const char *path, uint32_t oflags, uint64_t rights,
                       wasi_errno expected)
{
    uint32_t fd;
    CHECK_EQUAL(fixture_open(fixture, dir, path, oflags, rights, &fd), expected, path);
    if (expected == WASI_ERRNO_SUCCESS)
        CHECK(wasmc_wasi_fd_close(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
}

static void test_open(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    check_open(fixture, 3, "file", 0, WASI_RIGHTS_FD_READ, WASI_ERRNO_SUCCESS);
    check_open(fixture, 3, "new", WASI_OFLAGS_CREAT | WASI_OFLAGS_EXCL, ALL_RIGHTS, WASI_ERRNO_SUCCESS);
    check_open(fixture, 3, "new", WASI_OFLAGS_CREAT | WASI_OFLAGS_EXCL, ALL_RIGHTS, WASI_ERRNO_EXIST);
    check_open(fixture, 3, "new", WASI_OFLAGS_DIRECTORY, 0, WASI_ERRNO_NOTDIR);
    check_open(fixture, 3, "new", WASI_OFLAGS_DIRECTORY | WASI_OFLAGS_CREAT, 0, WASI_ERRNO_INVAL);
    check_open(fixture, 3, "new", 16, 0, WASI_ERRNO_INVAL);
    check_open(fixture, 3, ".", WASI_OFLAGS_DIRECTORY, WASI_RIGHTS_FD_READ, WASI_ERRNO_SUCCESS);
    check_open(fixture, 3, ".", WASI_OFLAGS_DIRECTORY, WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_WRITE, WASI_ERRNO_ISDIR);
    check_open(fixture, 3, "..", WASI_OFLAGS_DIRECTORY, 0, WASI_ERRNO_PERM);
    check_open(fixture, 3, "updir", WASI_OFLAGS_DIRECTORY, 0, WASI_ERRNO_PERM);
    check_open(fixture, 1, "new", 0, 0, WASI_ERRNO_NOTDIR);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("new")) == WASI_ERRNO_SUCCESS);

    /* A pipe: opening one end must not wait for the other. */
    CHECK(mkfifo(fixture_host_path(fixture, "root/pipe"), 0600) == 0);
    check_open(fixture, 3, "pipe", 0, WASI_RIGHTS_FD_READ, WASI_ERRNO_SUCCESS);
    check_open(fixture, 3, "pipe", 0, WASI_RIGHTS_FD_WRITE, WASI_ERRNO_NXIO);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("pipe")) == WASI_ERRNO_SUCCESS);
}

/* What a directory does not pass on is not to be had below it. */
static void test_inheritance(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t dir;
    uint32_t fd;
    CHECK(wasmc_wasi_path_open(ctx, 3, 0, PATH("."), WASI_OFLAGS_DIRECTORY, ALL_RIGHTS & ~WASI_RIGHTS_FD_WRITE,
                               WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_SEEK, 0, 16) == WASI_ERRNO_SUCCESS);
    dir = fixture_u32(fixture, 16);
    check_open(fixture, dir, "file", 0, WASI_RIGHTS_FD_WRITE, WASI_ERRNO_NOTCAPABLE);
    CHECK(fixture_open(fixture, dir, "file", 0, ALL_RIGHTS & ~WASI_RIGHTS_FD_WRITE, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u64(fixture, 408) == (WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_SEEK));
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);

    CHECK(wasmc_wasi_fd_fdstat_set_rights(ctx, dir, WASI_RIGHTS_PATH_OPEN, 0) == WASI_ERRNO_SUCCESS);
    check_open(fixture, dir, "x", WASI_OFLAGS_CREAT, 0, WASI_ERRNO_NOTCAPABLE);
    check_open(fixture, dir, "file", WASI_OFLAGS_TRUNC, 0, WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_create_directory(ctx, dir, PATH("x")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_remove_directory(ctx, dir, PATH("x")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_unlink_file(ctx, dir, PATH("file")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("x"), dir, PATH("y")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_readlink(ctx, dir, PATH("link"), 600, 9, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_link(ctx, dir, 0, PATH("file"), 3, PATH("y")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("file"), dir, PATH("y")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_rename(ctx, dir, PATH("file"), 3, PATH("y")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("file"), dir, PATH("y")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_filestat_get(ctx, dir, 0, PATH("file"), 400) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_filestat_set_times(ctx, dir, 0, PATH("file"), 0, 0, 1) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_readdir(ctx, dir, 400, 100, 0, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_fdstat_set_rights(ctx, dir, 0, 0) == WASI_ERRNO_SUCCESS);
    check_open(fixture, dir, "file", 0, 0, WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_close(ctx, dir) == WASI_ERRNO_SUCCESS);
}

/* Zig asks for directories with the rights of directories, and then reads and writes files below them. */
static void test_inheritance_of_directories(struct fixture *fixture, wasi_rights kept, wasi_rights below)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    const wasi_rights asked = WASI_RIGHTS_OF_DIRECTORY & ~kept;
    CHECK(wasmc_wasi_path_open(ctx, 3, 0, PATH("."), WASI_OFLAGS_DIRECTORY, asked, asked, 0, 16) ==
          WASI_ERRNO_SUCCESS);
    uint32_t dir = fixture_u32(fixture, 16);
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, dir, 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u64(fixture, 416) == (asked | below));
    CHECK(wasmc_wasi_fd_close(ctx, dir) == WASI_ERRNO_SUCCESS);
}

/* Nothing changes below a read-only grant, also not through a directory opened there. */
static void test_read_only(void)
{
    static struct fixture instance;
    struct fixture *fixture = &instance;
    fixture_start(fixture, true);
    struct wasmc_ctx *ctx = &fixture->ctx;
    fixture_make_file(fixture, "root/file", "file");
    fixture_make_dir(fixture, "root/dir");
    fixture_make_link(fixture, "file", "root/link");
    uint32_t sub;
    uint32_t fd;
    CHECK(fixture_open(fixture, 3, "dir", WASI_OFLAGS_DIRECTORY, ALL_RIGHTS & ~WASI_RIGHTS_FD_WRITE, &sub) ==
          WASI_ERRNO_SUCCESS);
    check_open(fixture, 3, "file", 0, WASI_RIGHTS_FD_READ, WASI_ERRNO_SUCCESS);
    check_open(fixture, 3, "file", 0, WASI_RIGHTS_FD_WRITE, WASI_ERRNO_PERM);
    check_open(fixture, 3, "file", WASI_OFLAGS_TRUNC, WASI_RIGHTS_FD_READ, WASI_ERRNO_PERM);
    check_open(fixture, 3, "new", WASI_OFLAGS_CREAT, 0, WASI_ERRNO_PERM);
    check_open(fixture, sub, "new", WASI_OFLAGS_CREAT, 0, WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("x")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_create_directory(ctx, sub, PATH("x")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_remove_directory(ctx, 3, PATH("dir")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("file")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_symlink(ctx, PATH("x"), 3, PATH("y")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_link(ctx, 3, 0, PATH("file"), 3, PATH("y")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_rename(ctx, 3, PATH("file"), 3, PATH("y")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_filestat_set_times(ctx, 3, 0, PATH("file"), 0, 0, 1) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_fd_filestat_set_times(ctx, 3, 0, 0, 1) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("link"), 600, 9, 200) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_open(fixture, 3, "file", 0, ALL_RIGHTS & ~WASI_RIGHTS_FD_WRITE, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_filestat_set_size(ctx, fd, 0) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_filestat_set_times(ctx, fd, 0, 0, 1) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_allocate(ctx, fd, 0, 9) == WASI_ERRNO_NOTCAPABLE);
    check_missing(fixture, "root/new");
    check_missing(fixture, "root/x");
    fixture_end(fixture);
}

/* Whoever grants / does not grant this process's memory, nor the host's environment. */
static void test_procfs(struct fixture *fixture, bool without_openat2)
{
    static const char *const paths[] = {
        "proc/self/mem", "proc/self/environ", "proc/self/maps", "proc/self", "proc", "proc/self/root/proc/self/mem",
        "proc/../proc/self/mem", "proc/self/fd/0", "proc/self/task", "proc/thread-self/mem", "proc/self/fd/",
        "proc/mounts", "proc/cpuinfo", "proc/self/cwd", "proc/self/exe", "proc/no-such-file", "proc/../etc/passwd",
        "proc/1/../../etc/passwd", "proc/4194305/../../etc/passwd", "dev/../proc/self/exe",
    };
    uint32_t dir;
    uint32_t fd;
    struct wasmc_desc desc = {
        .host = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        .kind = WASMC_DESC_DIRECTORY,
        .base = WASI_RIGHTS_OF_DIRECTORY,
        .inheriting = WASI_RIGHTS_INHERITING_OF_DIRECTORY,
    };
    CHECK(wasmc_fd_insert(&fixture->ctx, &desc, &dir) == WASI_ERRNO_SUCCESS);
    test_path_set_mode(without_openat2);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        uint32_t error = fixture_open(fixture, dir, paths[i], 0, WASI_RIGHTS_FD_READ, &fd);
        CHECK_EQUAL(error, WASI_ERRNO_PERM, paths[i]);
        /* The mount itself is there: a directory, and no link. */
        bool is_mount = strcmp(paths[i], "proc") == 0;
        error = fixture_open(fixture, dir, paths[i], 0, WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_WRITE, &fd);
        CHECK_EQUAL(error, is_mount ? WASI_ERRNO_ISDIR : WASI_ERRNO_PERM, paths[i]);
        uint32_t addr = fixture_text(fixture, paths[i]);
        uint32_t bytes = (uint32_t)strlen(paths[i]);
        for (uint32_t follow = 0; follow <= 1; follow++) {
            error = wasmc_wasi_path_filestat_get(&fixture->ctx, dir, follow, addr, bytes, 8192);
            CHECK_EQUAL(error, WASI_ERRNO_PERM, paths[i]);
            error = wasmc_wasi_path_filestat_set_times(&fixture->ctx, dir, follow, addr, bytes, 0, 0, 0);
            CHECK_EQUAL(error, WASI_ERRNO_PERM, paths[i]);
        }
        error = wasmc_wasi_path_readlink(&fixture->ctx, dir, addr, bytes, 8192, 100, 8300);
        CHECK_EQUAL(error, is_mount ? WASI_ERRNO_INVAL : WASI_ERRNO_PERM, paths[i]);
    }
    /* What has no blocks either, but is no procfs. */
    check_open(fixture, dir, "dev/null", 0, WASI_RIGHTS_FD_READ, WASI_ERRNO_SUCCESS);
    check_open(fixture, dir, "dev", WASI_OFLAGS_DIRECTORY, 0, WASI_ERRNO_SUCCESS);
    test_path_set_mode(false);
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, dir) == WASI_ERRNO_SUCCESS);
}

void test_path_calls(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    fixture_make_file(&fixture, "outside/secret", "secret");
    fixture_make_file(&fixture, "root/file", "file");
    fixture_make_link(&fixture, "file", "root/link");
    fixture_make_link(&fixture, "../outside", "root/updir");
    test_directories(&fixture);
    test_unlink(&fixture);
    test_links(&fixture);
    test_rename(&fixture);
    test_filestat(&fixture);
    test_open(&fixture);
    test_procfs(&fixture, false);
    test_procfs(&fixture, true);
    test_inheritance(&fixture);
    test_inheritance_of_directories(&fixture, 0, WASI_RIGHTS_OF_FILE);
    test_inheritance_of_directories(&fixture, WASI_RIGHTS_PATH_OPEN, 0);
    fixture_end(&fixture);
    test_read_only();
}
