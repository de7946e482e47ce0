/* test_race.c - another process swaps a directory and a file with links that lead outside, all the time; the guest
 * opens, reads and writes through both. Whatever happens, nothing outside is reached. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

#define EXCHANGE 2 /* RENAME_EXCHANGE */

/* Where the guest's buffer and iovec are. */
enum { IOVEC = 100, COUNT = 120, BUFFER = 200 };

static void swap(int root, const char *a, const char *b)
{
    (void)syscall(SYS_renameat2, root, a, root, b, EXCHANGE);
}

static pid_t start_swapping(struct fixture *fixture)
{
    int root = open(fixture_host_path(fixture, "root"), O_PATH | O_DIRECTORY);
    CHECK(root >= 0);
    pid_t parent = getpid();
    pid_t child = fork();
    CHECK(child >= 0);
    while (child == 0 && getppid() == parent) {
        swap(root, "dir", "dirlink");
        swap(root, "dir/file", "filelink");
        swap(root, "dir/deep", "deeplink");
    }
    if (child == 0)
        _exit(0);
    close(root);
    return child;
}

struct outcome {
    long opened;
    long escapes;
};

static void read_one(struct fixture *fixture, uint32_t fd, struct outcome *outcome)
{
    fixture_put_u32(fixture, IOVEC, BUFFER);
    fixture_put_u32(fixture, IOVEC + 4, 16);
    if (wasmc_wasi_fd_read(&fixture->ctx, fd, IOVEC, 1, COUNT) == WASI_ERRNO_SUCCESS)
        outcome->escapes += memcmp(fixture->bytes + BUFFER, "canary", 6) == 0;
}

static void open_one(struct fixture *fixture, long round, struct outcome *outcome)
{
    static const char *const paths[] = {
        "dir/file", "dir/deep/canary", "dirlink/canary", "dir/deep/../../../outside/canary", "filelink", "dir/new",
        "deeplink/canary", "dir/canary",
    };
    const char *path = paths[round % 8];
    bool writes = round % 3 == 0;
    uint32_t oflags = writes ? WASI_OFLAGS_CREAT : 0;
    uint64_t rights = writes ? WASI_RIGHTS_FD_WRITE | WASI_RIGHTS_FD_READ : WASI_RIGHTS_FD_READ;
    uint32_t fd;
    if (fixture_open(fixture, 3, path, oflags, rights, &fd) == WASI_ERRNO_SUCCESS) {
        outcome->opened++;
        read_one(fixture, fd, outcome);
        if (writes) {
            memcpy(fixture->bytes + BUFFER, "changed", 7);
            (void)wasmc_wasi_fd_write(&fixture->ctx, fd, IOVEC, 1, COUNT);
        }
        CHECK(wasmc_wasi_fd_close(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
    }
    if (round % 5 == 0) /* removing through the swapped directory, too */
        (void)wasmc_wasi_path_unlink_file(&fixture->ctx, 3, fixture_text(fixture, path), (uint32_t)strlen(path));
    if (round % 5 == 0 && round % 8 != 7)
        (void)wasmc_wasi_path_symlink(&fixture->ctx, fixture_text(fixture, "file"), 4, 3, fixture_text(fixture, "dir/new"), 7);
}

static bool is_untouched(struct fixture *fixture, const struct stat *before)
{
    struct stat stat;
    char content[16] = {0};
    int fd = open(fixture_host_path(fixture, "outside/canary"), O_RDONLY);
    bool same = fd >= 0 && fstat(fd, &stat) == 0 && stat.st_ino == before->st_ino && stat.st_nlink == 1 &&
                stat.st_mtim.tv_nsec == before->st_mtim.tv_nsec && stat.st_ctim.tv_nsec == before->st_ctim.tv_nsec &&
                read(fd, content, sizeof content) == 6 && strcmp(content, "canary") == 0;
    if (fd >= 0)
        close(fd);
    int names = 0;
    DIR *directory = opendir(fixture_host_path(fixture, "outside"));
    CHECK(directory != NULL);
    while (directory != NULL && readdir(directory) != NULL)
        names++;
    if (directory != NULL)
        closedir(directory);
    return same && names == 3; /* ".", "..", canary */
}

static void race(long opens, bool without_openat2)
{
    static struct fixture fixture;
    struct stat before;
    struct outcome outcome = {0};
    fixture_start(&fixture, false);
    fixture_make_file(&fixture, "outside/canary", "canary");
    fixture_make_dir(&fixture, "root/dir");
    fixture_make_dir(&fixture, "root/dir/deep");
    fixture_make_file(&fixture, "root/dir/file", "inside");
    fixture_make_file(&fixture, "root/dir/deep/canary", "inside");
    fixture_make_link(&fixture, "../outside", "root/dirlink");
    fixture_make_link(&fixture, "../../outside/canary", "root/filelink");
    fixture_make_link(&fixture, "../../outside", "root/deeplink");
    CHECK(stat(fixture_host_path(&fixture, "outside/canary"), &before) == 0);
    test_path_set_mode(without_openat2);
    pid_t swapper = start_swapping(&fixture);
    for (long i = 0; i < opens; i++)
        open_one(&fixture, i, &outcome);
    CHECK(kill(swapper, SIGKILL) == 0 && waitpid(swapper, NULL, 0) == swapper);
    test_path_set_mode(false);
    CHECK_EQUAL(outcome.escapes, 0, without_openat2 ? "walk" : "openat2");
    CHECK(outcome.opened > 0);
    CHECK(is_untouched(&fixture, &before));
    fixture_end(&fixture);
    if (opens > 10000)
        printf("%s: %ld opens, %ld of them succeeded, %ld reached what is outside\n", without_openat2 ? "walk" : "openat2",
               opens, outcome.opened, outcome.escapes);
}

void test_race(long opens)
{
    race(opens, false);
    race(opens, true);
}
