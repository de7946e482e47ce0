/* escape.c - paths that lead out of the granted directory, in every call that takes one. The tree is made by trees.py;
 * beside it lies `outside`, which everybody could change whom the runtime let there. */
#include "guest.h"

/* Whatever stands behind the last slash: the way there leads out, so no call may touch it. */
static const char *const ways_out[] = {
    "..", "../", "../.", "../..", "../outside/canary", "../outside/new", "./../outside/canary",
    "dir/../../outside/canary",
    "dir/deep/../../../outside/canary", "dir//..//..//outside//canary", "/", "//", "/etc/passwd", "/outside/canary",
    "//outside/canary", "up/outside/canary", "up/outside/new", "out/canary", "out/new", "out/dir/deep",
    "out/../outside/canary",
    "out/.", "absolute/passwd", "absolute-outside/canary", "hop/canary", "dir/far/canary", "self/self/out/canary",
    "slash-out/canary", "granted-by-name/../outside/canary", "../granted/file", "../granted/../outside/canary",
    "dir/../out/canary", "here/../../outside/canary",
};

/* Links whose own name is inside: what follows them gets out. */
static const char *const links_out[] = {
    "up", "out", "out-file", "out-new", "absolute", "absolute-file", "absolute-outside", "hop", "dir/far", "slash-out",
    "granted-by-name", "dir/back-out", "self/out-file", "here/out",
};

static void open_path(const char *path)
{
    expect("escape", path, "open to read", try_open(GRANTED, FOLLOW, path, 0, READS), ERRNO(PERM));
    expect("escape", path, "open to write", try_open(GRANTED, FOLLOW, path, 0, WRITES), ERRNO(PERM));
    expect("escape", path, "create", try_open(GRANTED, FOLLOW, path, __WASI_OFLAGS_CREAT, WRITES), ERRNO(PERM));
    expect("escape", path, "truncate", try_open(GRANTED, FOLLOW, path, __WASI_OFLAGS_TRUNC, WRITES), ERRNO(PERM));
    expect("escape", path, "open a directory", try_open(GRANTED, FOLLOW, path, __WASI_OFLAGS_DIRECTORY, 0),
           ERRNO(PERM));
}

static void stat_path(const char *path)
{
    __wasi_filestat_t stat;
    expect("escape", path, "stat", __wasi_path_filestat_get(GRANTED, FOLLOW, path, &stat), ERRNO(PERM));
    expect("escape", path, "set times",
           __wasi_path_filestat_set_times(GRANTED, FOLLOW, path, 1, 1, __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM),
           ERRNO(PERM));
}

static void change_path(const char *path)
{
    char below[128];
    __wasi_filestat_t stat;
    uint8_t text[64];
    __wasi_size_t used;
    snprintf(below, sizeof below, "%s/made", path);
    expect("escape", path, "stat without following", __wasi_path_filestat_get(GRANTED, 0, path, &stat), ERRNO(PERM));
    expect("escape", path, "set times without following",
           __wasi_path_filestat_set_times(GRANTED, 0, path, 1, 1, __WASI_FSTFLAGS_MTIM), ERRNO(PERM));
    expect("escape", path, "open without following", try_open(GRANTED, 0, path, 0, READS), ERRNO(PERM));
    expect("escape", path, "make a directory", __wasi_path_create_directory(GRANTED, path), ERRNO(PERM));
    expect("escape", path, "make a directory below", __wasi_path_create_directory(GRANTED, below), ERRNO(PERM));
    expect("escape", path, "remove a directory", __wasi_path_remove_directory(GRANTED, path), ERRNO(PERM));
    expect("escape", path, "remove a file", __wasi_path_unlink_file(GRANTED, path), ERRNO(PERM));
    expect("escape", path, "make a symbolic link", __wasi_path_symlink("file", GRANTED, path), ERRNO(PERM));
    expect("escape", path, "read a symbolic link", __wasi_path_readlink(GRANTED, path, text, sizeof text, &used),
           ERRNO(PERM));
    expect("escape", path, "link from", __wasi_path_link(GRANTED, 0, path, GRANTED, "stolen"), ERRNO(PERM));
    expect("escape", path, "link to", __wasi_path_link(GRANTED, 0, "file", GRANTED, path), ERRNO(PERM));
    expect("escape", path, "rename from", __wasi_path_rename(GRANTED, path, GRANTED, "stolen"), ERRNO(PERM));
    expect("escape", path, "rename to", __wasi_path_rename(GRANTED, "file", GRANTED, path), ERRNO(PERM));
}

/* The link itself may be looked at and replaced; it is not followed where that was not asked for, whatever the call. */
static void touch_link(const char *path)
{
    char slash[64];
    __wasi_filestat_t stat;
    snprintf(slash, sizeof slash, "%s/", path);
    expect("escape", path, "open the link", try_open(GRANTED, 0, path, 0, READS), ERRNO(LOOP));
    expect("escape", path, "create exclusively",
           try_open(GRANTED, FOLLOW, path, __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, WRITES), ERRNO(EXIST));
    /* A trailing slash follows, in every call that would not; also with O_NOFOLLOW (RUSTSEC-2026-0269). */
    expect("escape", slash, "open the link", try_open(GRANTED, 0, slash, 0, READS), ERRNO(PERM));
    expect("escape", slash, "open the directory", try_open(GRANTED, 0, slash, __WASI_OFLAGS_DIRECTORY, 0), ERRNO(PERM));
    expect("escape", slash, "stat", __wasi_path_filestat_get(GRANTED, 0, slash, &stat), ERRNO(PERM));
    expect("escape", slash, "set times", __wasi_path_filestat_set_times(GRANTED, 0, slash, 1, 1, __WASI_FSTFLAGS_MTIM),
           ERRNO(PERM));
    expect("escape", path, "make a directory", __wasi_path_create_directory(GRANTED, path), ERRNO(EXIST));
    expect("escape", slash, "remove a directory", __wasi_path_remove_directory(GRANTED, slash), ERRNO(NOTDIR));
    expect("escape", slash, "remove a file", __wasi_path_unlink_file(GRANTED, slash), ERRNO(NOTDIR));
    expect("escape", slash, "rename", __wasi_path_rename(GRANTED, slash, GRANTED, "stolen"), ERRNO(NOTDIR));
    expect("escape", slash, "link", __wasi_path_link(GRANTED, 0, slash, GRANTED, "stolen"), ERRNO(NOTDIR));
    expect("escape", path, "link through the link", __wasi_path_link(GRANTED, FOLLOW, path, GRANTED, "stolen"),
           ERRNO(INVAL));
}

/* Links of the guest's own making lead out no more than others. */
static void make_links(void)
{
    expect("escape", "link to /etc", "symlink", __wasi_path_symlink("/etc", GRANTED, "mine-absolute"), ERRNO(PERM));
    expect("escape", "link to /", "symlink", __wasi_path_symlink("/", GRANTED, "mine-absolute"), ERRNO(PERM));
    expect("escape", "mine", "symlink", __wasi_path_symlink("../outside", GRANTED, "mine"), 0);
    expect("escape", "mine/canary", "open", try_open(GRANTED, FOLLOW, "mine/canary", 0, READS), ERRNO(PERM));
    /* A hard link of the link, and the link renamed, are links still. */
    expect("escape", "mine-too", "link", __wasi_path_link(GRANTED, 0, "mine", GRANTED, "mine-too"), 0);
    expect("escape", "mine-too/canary", "open", try_open(GRANTED, FOLLOW, "mine-too/canary", 0, READS), ERRNO(PERM));
    /* Deeper, its text leads to `granted/outside`, which is not there; back up, out again. */
    expect("escape", "dir/mine", "rename", __wasi_path_rename(GRANTED, "mine-too", GRANTED, "dir/mine"), 0);
    expect("escape", "dir/mine/canary", "open", try_open(GRANTED, FOLLOW, "dir/mine/canary", 0, READS), ERRNO(NOENT));
    expect("escape", "dir/deep/mine", "rename", __wasi_path_rename(GRANTED, "mine", GRANTED, "dir/deep/mine"), 0);
    expect("escape", "back", "rename", __wasi_path_rename(GRANTED, "dir/deep/mine", GRANTED, "mine"), 0);
    expect("escape", "mine/canary", "open again", try_open(GRANTED, FOLLOW, "mine/canary", 0, READS), ERRNO(PERM));
    expect("escape", "mine", "remove", __wasi_path_unlink_file(GRANTED, "mine"), 0);
    expect("escape", "dir/mine", "remove", __wasi_path_unlink_file(GRANTED, "dir/mine"), 0);
}

/* A directory that was opened is the root of what is below it: its own parent, though granted, is not reached. */
static void climb(void)
{
    __wasi_fd_t dir = must_open(GRANTED, "dir", __WASI_OFLAGS_DIRECTORY, ALL_RIGHTS & ~__WASI_RIGHTS_FD_WRITE);
    expect("escape", "..", "open from a directory below", try_open(dir, FOLLOW, "..", 0, READS), ERRNO(PERM));
    expect("escape", "../file", "open from a directory below", try_open(dir, FOLLOW, "../file", 0, READS), ERRNO(PERM));
    expect("escape", "deep/../../file", "open from below", try_open(dir, FOLLOW, "deep/../../file", 0, READS),
           ERRNO(PERM));
    expect("escape", "far/canary", "open from below", try_open(dir, FOLLOW, "far/canary", 0, READS), ERRNO(PERM));
    /* Moved upwards while it is open. */
    __wasi_fd_t deep = must_open(GRANTED, "dir/deep", __WASI_OFLAGS_DIRECTORY, ALL_RIGHTS & ~__WASI_RIGHTS_FD_WRITE);
    expect("escape", "dir/deep", "rename to the top", __wasi_path_rename(GRANTED, "dir/deep", GRANTED, "top"), 0);
    expect("escape", "../file", "open from what was moved", try_open(deep, FOLLOW, "../file", 0, READS), ERRNO(PERM));
    expect("escape", "../../outside/canary", "open from what was moved",
           try_open(deep, FOLLOW, "../../outside/canary", 0, READS), ERRNO(PERM));
    expect("escape", "top", "rename back", __wasi_path_rename(GRANTED, "top", GRANTED, "dir/deep"), 0);
    expect("escape", "deep", "close", __wasi_fd_close(deep), 0);
    expect("escape", "dir", "close", __wasi_fd_close(dir), 0);
}

/* The number of the directory above is not told, nor is it listed. */
static void list_above(void)
{
    uint8_t buffer[4096];
    __wasi_size_t used = 0;
    __wasi_filestat_t root;
    uint64_t own = 0;
    uint64_t above = 1;
    expect("escape", ".", "list", __wasi_fd_readdir(GRANTED, buffer, sizeof buffer, 0, &used), 0);
    expect("escape", ".", "stat", __wasi_path_filestat_get(GRANTED, 0, ".", &root), 0);
    for (__wasi_size_t at = 0; at + sizeof(__wasi_dirent_t) < used;) {
        __wasi_dirent_t entry;
        memcpy(&entry, buffer + at, sizeof entry);
        const char *name = (const char *)buffer + at + sizeof entry;
        if (entry.d_namlen == 1 && name[0] == '.')
            own = entry.d_ino;
        if (entry.d_namlen == 2 && memcmp(name, "..", 2) == 0)
            above = entry.d_ino;
        at += sizeof entry + entry.d_namlen;
    }
    hold("escape", "the number of .. is that of .", own == above && own == root.ino);
}

int main(void)
{
    for (size_t i = 0; i < sizeof ways_out / sizeof ways_out[0]; i++) {
        open_path(ways_out[i]);
        stat_path(ways_out[i]);
        change_path(ways_out[i]);
    }
    for (size_t i = 0; i < sizeof links_out / sizeof links_out[0]; i++) {
        open_path(links_out[i]);
        stat_path(links_out[i]);
        touch_link(links_out[i]);
    }
    make_links();
    climb();
    list_above();
    return 0;
}
