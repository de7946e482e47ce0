/* test_path.c - the resolver, with openat2 and without, against the same table (test_path_table.c); then random paths,
 * on which both must agree; then races. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "test_path.h"

/* The state of openat2 is reset between the modes. */
#include "../src/wasi/path.c"

static bool openat2_is_missing;
static int openat2_error = -ENOSYS;
static int openat2_races;
static int openat2_calls;
static bool every_path_crosses; /* a mount: what openat2 then refuses within one */

int __real_wasmc_sys_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
int __wrap_wasmc_sys_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);

int __wrap_wasmc_sys_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve)
{
    openat2_calls++;
    if (openat2_races > 0 && !openat2_is_missing) {
        openat2_races--;
        return -EAGAIN;
    }
    if (every_path_crosses && (resolve & WASMC_RESOLVE_NO_XDEV))
        return -EXDEV;
    return openat2_is_missing ? openat2_error : __real_wasmc_sys_openat2(dir, path, flags, mode, resolve);
}

void test_path_set_mode(bool missing)
{
    openat2_is_missing = missing;
    openat2_state = OPENAT2_UNTRIED;
}

void test_path_fail_again(int count)
{
    openat2_races = count;
}

static int root_fd(struct fixture *fixture)
{
    struct wasmc_desc *desc;
    CHECK(wasmc_fd_get(&fixture->ctx, 3, WASMC_FD_DIRECTORY, 0, &desc) == WASI_ERRNO_SUCCESS);
    int host = desc->host;
    CHECK(wasmc_fd_put(&fixture->ctx, desc) == WASI_ERRNO_SUCCESS);
    return host;
}

/* Links of /proc lead to descriptors, not to paths: nothing may come through them. */
static void check_magic_links(const char *mode)
{
    static const char *const paths[] = {"root", "cwd", "exe", "fd/0", "root/etc/passwd", "cwd/"};
    int proc = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
    CHECK(proc >= 0);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        int fd = wasmc_path_open(proc, paths[i], O_RDONLY, 0);
        CHECK_EQUAL(fd < 0, 1, paths[i]);
        CHECK_EQUAL(fd == -ELOOP || fd == -EPERM || fd == -ENOENT || fd == -ENXIO || fd == -ENOTDIR, 1, mode);
        if (fd >= 0)
            close(fd);
    }
    close(proc);
}

static void check_stat(struct fixture *fixture, int root, const char *mode)
{
    struct stat found;
    struct stat expected;
    _Atomic uint64_t device = 0;
    CHECK_EQUAL(wasmc_path_stat(root, &device, "link", false, &found), 0, mode);
    CHECK(S_ISLNK(found.st_mode));
    CHECK_EQUAL(wasmc_path_stat(root, &device, "link", true, &found), 0, mode);
    CHECK(stat(fixture_host_path(fixture, "root/file"), &expected) == 0 && found.st_ino == expected.st_ino);
    CHECK_EQUAL(wasmc_path_stat(root, &device, "dirlink/", false, &found), 0, mode);
    CHECK(S_ISDIR(found.st_mode));
    CHECK_EQUAL(wasmc_path_stat(root, &device, "dir/back", false, &found), 0, mode);
    CHECK(S_ISLNK(found.st_mode));
    CHECK_EQUAL(wasmc_path_stat(root, &device, "up", false, &found), 0, mode);
    CHECK_EQUAL(wasmc_path_stat(root, &device, "up", true, &found), -EPERM, mode);
    CHECK_EQUAL(wasmc_path_stat(root, &device, "..", false, &found), -EPERM, mode);
    CHECK_EQUAL(wasmc_path_stat(root, &device, "", true, &found), -ENOENT, mode);
    CHECK_EQUAL(wasmc_path_stat(root, &device, "file/", false, &found), -ENOTDIR, mode);
    /* One call also where nothing occupies space, when it is known where the directory is. */
    close(open(fixture_host_path(fixture, "root/empty"), O_WRONLY | O_CREAT, 0600));
    openat2_calls = 0;
    CHECK_EQUAL(wasmc_path_stat(root, &device, "empty", true, &found), 0, mode);
    CHECK_EQUAL(wasmc_path_stat(root, &device, "empty", false, &found), 0, mode);
    CHECK_EQUAL(openat2_calls, 0, mode);
    CHECK(device == found.st_dev && found.st_size == 0);
    device++; /* as if that were another filesystem */
    CHECK_EQUAL(wasmc_path_stat(root, &device, "empty", true, &found), 0, mode);
    CHECK_EQUAL(openat2_calls > 0 || openat2_is_missing, 1, mode);
    unlink(fixture_host_path(fixture, "root/empty"));
}

static void check_parent(int root, const char *path, int error, const char *name, bool wants_dir, bool is_dots,
                         const char *mode)
{
    char buffer[200];
    struct wasmc_path_parent parent;
    strcpy(buffer, path);
    int result = wasmc_path_open_parent(root, buffer, &parent);
    CHECK_EQUAL(result, error, path);
    if (result < 0)
        return;
    CHECK_TEXT(parent.name, name);
    CHECK_EQUAL(parent.wants_dir, wants_dir, path);
    CHECK_EQUAL(parent.is_dots, is_dots, mode);
    wasmc_path_close_parent(&parent);
}

static void check_parents(int root, const char *mode)
{
    check_parent(root, "a", 0, "a", false, false, mode);
    check_parent(root, "a//", 0, "a", true, false, mode);
    check_parent(root, "dir/a", 0, "a", false, false, mode);
    check_parent(root, "dir//a/", 0, "a", true, false, mode);
    check_parent(root, "dirlink/a", 0, "a", false, false, mode);
    check_parent(root, ".", 0, ".", false, true, mode);
    check_parent(root, "dir/..", 0, "..", false, true, mode);
    check_parent(root, "dir/./", 0, ".", true, true, mode);
    check_parent(root, "..", -EPERM, "", false, false, mode);
    check_parent(root, "../a", -EPERM, "", false, false, mode);
    check_parent(root, "updir/a", -EPERM, "", false, false, mode);
    check_parent(root, "file/a", -ENOTDIR, "", false, false, mode);
    check_parent(root, "missing/a", -ENOENT, "", false, false, mode);
    check_parent(root, "missing/..", -ENOENT, "", false, false, mode);
    check_parent(root, "", -ENOENT, "", false, false, mode);
    check_parent(root, "/", -EPERM, "", false, false, mode);
    check_parent(root, "/a", -EPERM, "", false, false, mode);
}

/* Both ways must agree on any path, in the file found or in the error. */
static void test_agreement(int root)
{
    static const char *const parts[] = {"file", "dir", "sub", "inner", "link", "dirlink", "dangling", "loop", "up",
                                        "updir", "dotdot", "absolute", "slash-dir", "slash-file", "dot", "back",
                                        "escape", "far", "via-link", "there-and-back", ".", "..", "", "missing"};
    static const int flags[] = {O_PATH, O_PATH | O_NOFOLLOW, O_RDONLY | O_NONBLOCK,
                                O_RDONLY | O_NONBLOCK | O_NOFOLLOW, O_RDONLY | O_DIRECTORY,
                                O_PATH | O_DIRECTORY | O_NOFOLLOW};
    uint64_t state = 42;
    int disagreements = 0;
    for (int round = 0; round < 20000; round++) {
        char path[128] = "";
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint64_t bits = state >> 16;
        size_t count = bits % 5 + 1;
        for (size_t i = 0; i < count; i++) {
            bits = bits * 31 + (state >> 40);
            strcat(path, i > 0 ? "/" : "");
            strcat(path, parts[bits % (sizeof parts / sizeof parts[0])]);
        }
        int flag = flags[(state >> 50) % (sizeof flags / sizeof flags[0])];
        struct stat found[2] = {{0}, {0}};
        int results[2];
        for (int missing = 0; missing < 2; missing++) {
            test_path_set_mode(missing);
            results[missing] = wasmc_path_open(root, path, flag, 0);
            if (results[missing] >= 0) {
                (void)fstat(results[missing], &found[missing]);
                close(results[missing]);
                results[missing] = 0;
            }
        }
        if (results[0] != results[1] || found[0].st_ino != found[1].st_ino || found[0].st_dev != found[1].st_dev) {
            if (disagreements++ < 5)
                printf("'%s' flags %o: openat2 %d, walk %d\n", path, flag, results[0], results[1]);
        }
    }
    CHECK_EQUAL(disagreements, 0, "openat2 against the walk");
}

/* A name and a link to the outside change places all the time; nothing may get through. */
struct race {
    char name[256];
    char link[256];
    char temporary[256];
    volatile bool goes_on;
};

static void *swap_names(void *argument)
{
    struct race *race = argument;
    while (race->goes_on) {
        (void)rename(race->name, race->temporary);
        (void)rename(race->link, race->name);
        (void)rename(race->temporary, race->link);
    }
    return NULL;
}

/* Opens path while name and link are swapped, and counts how often that was the file outside. */
static int count_escapes(struct fixture *fixture, int root, const char *name, const char *link,
                         const char *const *paths)
{
    struct race race = {.goes_on = true};
    struct stat secret;
    pthread_t thread;
    snprintf(race.name, sizeof race.name, "%s/root/%s", fixture->top, name);
    snprintf(race.link, sizeof race.link, "%s/root/%s", fixture->top, link);
    snprintf(race.temporary, sizeof race.temporary, "%s/root/temporary", fixture->top);
    CHECK(stat(fixture_host_path(fixture, "outside/secret"), &secret) == 0);
    CHECK(pthread_create(&thread, NULL, swap_names, &race) == 0);
    int escapes = 0;
    for (int i = 0; i < 15000; i++) {
        struct stat found;
        int fd = wasmc_path_open(root, paths[i % 2], O_RDONLY, 0);
        if (fd < 0)
            continue;
        escapes += fstat(fd, &found) == 0 && found.st_ino == secret.st_ino;
        close(fd);
    }
    race.goes_on = false;
    pthread_join(thread, NULL);
    struct stat stat;
    if (lstat(race.name, &stat) == 0 && S_ISLNK(stat.st_mode)) {
        CHECK(rename(race.name, race.temporary) == 0 && rename(race.link, race.name) == 0);
        CHECK(unlink(race.temporary) == 0);
    } else {
        CHECK(unlink(race.link) == 0);
    }
    return escapes;
}

static void check_race(struct fixture *fixture, int root, const char *mode)
{
    static const char *const through[] = {"dir/sub/secret", "dir/sub/../../../outside/secret"};
    static const char *const last[] = {"dir/inner", "dirlink/inner"};
    fixture_make_link(fixture, "../../outside", "root/swap");
    CHECK_EQUAL(count_escapes(fixture, root, "dir/sub", "swap", through), 0, mode);
    fixture_make_link(fixture, "../../outside/secret", "root/swap");
    CHECK_EQUAL(count_escapes(fixture, root, "dir/inner", "swap", last), 0, mode);
}

/* Paths near the limits of the walk: refused or resolved, never more. */
static void check_long_paths(int root, const char *mode)
{
    static char path[4096];
    memset(path, 0, sizeof path);
    for (int i = 0; i + 10 < 4095; i += 7)
        strcpy(path + i, "dir/../");
    strcat(path, "file");
    int fd = wasmc_path_open(root, path, O_RDONLY, 0);
    CHECK_EQUAL(fd >= 0, 1, mode);
    if (fd >= 0)
        close(fd);
    memset(path, 'x', 256);
    path[256] = '\0';
    CHECK_EQUAL(wasmc_path_open(root, path, O_RDONLY, 0), -ENAMETOOLONG, mode);
    /* A directory that is gone has no names, however long they are. */
    CHECK(mkdirat(root, "gone", 0755) == 0);
    int gone = openat(root, "gone", O_PATH | O_DIRECTORY | O_CLOEXEC);
    CHECK(gone >= 0 && unlinkat(root, "gone", AT_REMOVEDIR) == 0);
    CHECK_EQUAL(wasmc_path_open(gone, path, O_RDONLY, 0), -ENOENT, mode);
    close(gone);
    path[255] = '\0';
    CHECK_EQUAL(wasmc_path_open(root, path, O_RDONLY, 0), -ENOENT, mode);

    /* Links that say as much as a link can, each at the front of another: 40 of them are followed. */
    for (int i = 0; i < 41; i++) {
        char name[16];
        snprintf(path, sizeof path, i == 40 ? "dir" : "long-%d/../", i + 1);
        while (i < 40 && strlen(path) + 10 < 4090)
            strcat(path, "dir/../");
        strcat(path, i < 40 ? "dir" : "");
        snprintf(name, sizeof name, "long-%d", i);
        CHECK(symlinkat(path, root, name) == 0);
    }
    fd = wasmc_path_open(root, "long-1", O_RDONLY, 0);
    CHECK_EQUAL(fd >= 0, 1, mode);
    if (fd >= 0)
        close(fd);
    CHECK_EQUAL(wasmc_path_open(root, "long-0", O_RDONLY, 0), -ELOOP, mode);
    for (int i = 0; i < 41; i++) {
        char name[16];
        snprintf(name, sizeof name, "long-%d", i);
        CHECK(unlinkat(root, name, 0) == 0);
    }
}

static int count_open_descriptors(void)
{
    int count = 0;
    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

static void check_everything(struct fixture *fixture, int root, const char *mode)
{
    int before = count_open_descriptors();
    test_path_check_table(fixture, root, mode);
    check_magic_links(mode);
    check_stat(fixture, root, mode);
    check_parents(root, mode);
    check_long_paths(root, mode);
    check_race(fixture, root, mode);
    CHECK_EQUAL(count_open_descriptors(), before, mode);
}

void test_path(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_path_make_tree(&fixture);
    int root = root_fd(&fixture);
    test_path_set_mode(false);
    check_everything(&fixture, root, "openat2");
    CHECK_EQUAL(openat2_state, OPENAT2_WORKS, "a kernel with openat2");
    every_path_crosses = true;
    check_everything(&fixture, root, "walk with openat2");
    CHECK_EQUAL(openat2_state, OPENAT2_WORKS, "paths that cross a mount");
    every_path_crosses = false;
    test_path_set_mode(true);
    check_everything(&fixture, root, "walk");
    CHECK_EQUAL(openat2_state, OPENAT2_MISSING, "a kernel without openat2");
    test_agreement(root);

    /* A seccomp profile that answers EPERM is no openat2; a real EPERM is one. */
    openat2_error = -EPERM;
    test_path_set_mode(true);
    CHECK_EQUAL(wasmc_path_open(root, "../x", O_RDONLY, 0), -EPERM, "EPERM for everything");
    CHECK_EQUAL(openat2_state, OPENAT2_MISSING, "EPERM for everything");
    test_path_set_mode(false);
    openat2_error = -ENOSYS;
    fixture_end(&fixture);
}
