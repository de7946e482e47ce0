/* test_path_table.c - paths, and what must be found or fail, and how. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../src/wasi/path.h"
#include "check.h"
#include "fixture.h"
#include "test_path.h"

void test_path_make_tree(struct fixture *fixture)
{
    fixture_make_file(fixture, "outside/secret", "secret");
    fixture_make_file(fixture, "root/file", "file");
    fixture_make_dir(fixture, "root/dir");
    fixture_make_dir(fixture, "root/dir/sub");
    fixture_make_file(fixture, "root/dir/inner", "inner");
    static const char *const links[][2] = {
        {"file", "link"}, {"dir", "dirlink"}, {"nothing", "dangling"}, {"dir/new", "dangling-in-dir"},
        {"loop", "loop"}, {"loop-b", "loop-a"}, {"loop-a", "loop-b"}, {"../outside/secret", "up"},
        {"../outside", "updir"}, {"..", "dotdot"}, {"/etc/passwd", "absolute"}, {"/", "slash"},
        {"dir/", "slash-dir"}, {"file/", "slash-file"}, {".", "dot"}, {"dir/../file", "there-and-back"},
        {"dir/../../root/file", "out-and-in"}, {"../outside/new", "dangling-outside"},
        {"../file", "dir/back"}, {"../../outside/secret", "dir/escape"}, {"../../..", "dir/sub/far"},
        {"dirlink/inner", "via-link"}, {"", NULL},
    };
    for (size_t i = 0; links[i][1] != NULL; i++) {
        char name[64];
        snprintf(name, sizeof name, "root/%s", links[i][1]);
        fixture_make_link(fixture, links[i][0], name);
    }
    /* chain-0 -> chain-1 -> ... -> chain-N = file; Linux follows 40. */
    for (int i = 0; i < 45; i++) {
        char name[32];
        char content[32];
        snprintf(name, sizeof name, "root/chain-%d", i);
        snprintf(content, sizeof content, "chain-%d", i + 1);
        fixture_make_link(fixture, i == 44 ? "file" : content, name);
    }
}

struct row {
    const char *path;
    int flags;
    int error;          /* 0: it is found */
    const char *target; /* below top, when it is found */
};

#define FOLLOW 0
#define NOFOLLOW O_NOFOLLOW
#define DIRECTORY O_DIRECTORY

static const struct row rows[] = {
    {"file", FOLLOW, 0, "root/file"},
    {"./file", FOLLOW, 0, "root/file"},
    {".//dir/.//inner", FOLLOW, 0, "root/dir/inner"},
    {"dir/../file", FOLLOW, 0, "root/file"},
    {"dir/sub/../../dir/inner", FOLLOW, 0, "root/dir/inner"},
    {".", FOLLOW, 0, "root"},
    {"./", FOLLOW, 0, "root"},
    {"dir/..", FOLLOW, 0, "root"},
    {"dir/../", FOLLOW, 0, "root"},
    {"dir/sub/..", NOFOLLOW, 0, "root/dir"},
    {"dir", DIRECTORY, 0, "root/dir"},
    {"dir/", FOLLOW, 0, "root/dir"},
    {"dir///", NOFOLLOW, 0, "root/dir"},
    {"file", DIRECTORY, -ENOTDIR, NULL},
    {"file/", FOLLOW, -ENOTDIR, NULL},
    {"file/", NOFOLLOW, -ENOTDIR, NULL},
    {"file/..", FOLLOW, -ENOTDIR, NULL},
    {"file/.", FOLLOW, -ENOTDIR, NULL},
    {"file/x", FOLLOW, -ENOTDIR, NULL},
    {"missing", FOLLOW, -ENOENT, NULL},
    {"missing/", FOLLOW, -ENOENT, NULL},
    {"missing/..", FOLLOW, -ENOENT, NULL},
    {"", FOLLOW, -ENOENT, NULL},
    /* Out by name. */
    {"..", FOLLOW, -EPERM, NULL},
    {"../", FOLLOW, -EPERM, NULL},
    {"../root", FOLLOW, -EPERM, NULL},
    {"../outside/secret", FOLLOW, -EPERM, NULL},
    {"dir/../..", FOLLOW, -EPERM, NULL},
    {"dir/../../root/file", FOLLOW, -EPERM, NULL},
    {"dir/sub/../../../outside/secret", FOLLOW, -EPERM, NULL},
    {"./../outside", FOLLOW, -EPERM, NULL},
    {"/", FOLLOW, -EPERM, NULL},
    {"/etc/passwd", FOLLOW, -EPERM, NULL},
    {"//etc/passwd", NOFOLLOW, -EPERM, NULL},
    /* Links. */
    {"link", FOLLOW, 0, "root/file"},
    {"link", NOFOLLOW, -ELOOP, NULL},
    {"link/", FOLLOW, -ENOTDIR, NULL},
    {"link/", NOFOLLOW, -ENOTDIR, NULL},
    {"dirlink", FOLLOW, 0, "root/dir"},
    {"dirlink", NOFOLLOW, -ELOOP, NULL},
    {"dirlink", DIRECTORY, 0, "root/dir"},
    {"dirlink", DIRECTORY | NOFOLLOW, -ENOTDIR, NULL},
    {"dirlink/", FOLLOW, 0, "root/dir"},
    {"dirlink/", NOFOLLOW, 0, "root/dir"},
    {"dirlink/.", NOFOLLOW, 0, "root/dir"},
    {"dirlink/inner", NOFOLLOW, 0, "root/dir/inner"},
    {"dirlink/../file", FOLLOW, 0, "root/file"},
    {"dirlink/..", FOLLOW, 0, "root"},
    {"via-link", FOLLOW, 0, "root/dir/inner"},
    {"slash-dir", FOLLOW, 0, "root/dir"},
    {"slash-dir/inner", FOLLOW, 0, "root/dir/inner"},
    {"slash-file", FOLLOW, -ENOTDIR, NULL},
    {"dot", FOLLOW, 0, "root"},
    {"dot/dot/dot/file", FOLLOW, 0, "root/file"},
    {"there-and-back", FOLLOW, 0, "root/file"},
    {"dir/back", FOLLOW, 0, "root/file"},
    {"dangling", FOLLOW, -ENOENT, NULL},
    {"dangling", NOFOLLOW, -ELOOP, NULL},
    {"dangling/", FOLLOW, -ENOENT, NULL},
    {"loop", FOLLOW, -ELOOP, NULL},
    {"loop/x", FOLLOW, -ELOOP, NULL},
    {"loop-a", FOLLOW, -ELOOP, NULL},
    {"chain-5", FOLLOW, 0, "root/file"},
    {"chain-4", FOLLOW, -ELOOP, NULL},
    /* Out by links. */
    {"up", FOLLOW, -EPERM, NULL},
    {"up", NOFOLLOW, -ELOOP, NULL},
    {"up/", NOFOLLOW, -EPERM, NULL},
    {"updir", FOLLOW, -EPERM, NULL},
    {"updir/", NOFOLLOW, -EPERM, NULL},
    {"updir/secret", NOFOLLOW, -EPERM, NULL},
    {"dotdot", FOLLOW, -EPERM, NULL},
    {"dotdot/", NOFOLLOW, -EPERM, NULL},
    {"dotdot/outside/secret", FOLLOW, -EPERM, NULL},
    {"absolute", FOLLOW, -EPERM, NULL},
    {"absolute/", NOFOLLOW, -EPERM, NULL},
    {"slash", FOLLOW, -EPERM, NULL},
    {"slash/", NOFOLLOW, -EPERM, NULL},
    {"slash/etc/passwd", FOLLOW, -EPERM, NULL},
    {"out-and-in", FOLLOW, -EPERM, NULL},
    {"dir/escape", FOLLOW, -EPERM, NULL},
    {"dir/sub/far", FOLLOW, -EPERM, NULL},
    {"dirlink/sub/far/outside", FOLLOW, -EPERM, NULL},
    /* Creating. */
    {"file", O_CREAT | O_EXCL | O_WRONLY, -EEXIST, NULL},
    {"link", O_CREAT | O_EXCL | O_WRONLY, -EEXIST, NULL},
    {"dangling", O_CREAT | O_EXCL | O_WRONLY, -EEXIST, NULL},
    {"up", O_CREAT | O_EXCL | O_WRONLY, -EEXIST, NULL},
    {"dangling-outside", O_CREAT | O_WRONLY, -EPERM, NULL},
    {"dangling-outside", O_CREAT | O_WRONLY | NOFOLLOW, -ELOOP, NULL},
    {"../outside/new", O_CREAT | O_WRONLY, -EPERM, NULL},
    {"updir/new", O_CREAT | O_WRONLY, -EPERM, NULL},
    {"up", O_WRONLY | O_TRUNC, -EPERM, NULL},
    {"new/", O_CREAT | O_WRONLY, -EISDIR, NULL},
    {"dir", O_WRONLY, -EISDIR, NULL},
    {".", O_CREAT | O_WRONLY, -EISDIR, NULL},
    {"missing/new", O_CREAT | O_WRONLY, -ENOENT, NULL},
};

static void check_row(struct fixture *fixture, int root, const struct row *row, const char *mode)
{
    char context[200];
    snprintf(context, sizeof context, "%s: '%s' flags %o", mode, row->path, row->flags);
    int fd = wasmc_path_open(root, row->path, row->flags, 0644);
    CHECK_EQUAL(fd < 0 ? fd : 0, row->error, context);
    if (fd < 0)
        return;
    struct stat found;
    struct stat expected = {0};
    CHECK(fstat(fd, &found) == 0);
    if (row->target != NULL && stat(fixture_host_path(fixture, row->target), &expected) == 0)
        CHECK_EQUAL(found.st_ino, expected.st_ino, context);
    close(fd);
}

/* A link that leads to a name that does not exist yet: the file comes where the link says. */
static void check_create_through_link(struct fixture *fixture, int root, const char *mode)
{
    int fd = wasmc_path_open(root, "dangling-in-dir", O_CREAT | O_WRONLY, 0644);
    CHECK_EQUAL(fd >= 0, 1, mode);
    close(fd);
    CHECK_EQUAL(unlink(fixture_host_path(fixture, "root/dir/new")), 0, mode);
    fd = wasmc_path_open(root, "dangling", O_CREAT | O_WRONLY, 0644);
    CHECK_EQUAL(fd >= 0, 1, mode);
    close(fd);
    CHECK_EQUAL(unlink(fixture_host_path(fixture, "root/nothing")), 0, mode);
}

static void check_canary(struct fixture *fixture, const char *mode)
{
    char content[16] = {0};
    FILE *file = fopen(fixture_host_path(fixture, "outside/secret"), "r");
    CHECK(file != NULL && fgets(content, sizeof content, file) != NULL);
    CHECK_TEXT(content, "secret");
    if (file != NULL)
        fclose(file);
    CHECK_EQUAL(access(fixture_host_path(fixture, "outside/new"), F_OK), -1, mode);
}

void test_path_check_table(struct fixture *fixture, int root, const char *mode)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_row(fixture, root, &rows[i], mode);
    check_create_through_link(fixture, root, mode);
    check_canary(fixture, mode);
}
