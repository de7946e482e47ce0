/* procfs.c - with the host's / granted, a procfs is not there for any call: not what lies in it, nor whether it does, nor
 * the way through it. */
#include "guest.h"

static const char *const paths[] = {
    "proc/.", "proc/..", "proc/self", "proc/self/", "proc/self/mem", "proc/self/environ", "proc/self/maps",
    "proc/self/auxv", "proc/self/cmdline", "proc/self/task", "proc/self/fd", "proc/self/fd/", "proc/self/fd/0",
    "proc/self/fd/1", "proc/self/fd/3", "proc/self/fdinfo/0", "proc/self/root", "proc/self/root/", "proc/self/cwd",
    "proc/self/cwd/", "proc/self/exe", "proc/self/root/etc/passwd", "proc/self/fd/3/etc/passwd", "proc/self/map_files",
    "proc/self/ns/net", "proc/thread-self/mem", "proc/thread-self/root", "proc/1/environ", "proc/1/mem", "proc/1/root",
    "proc/1", "proc/4194305", "proc/4194305/", "proc/no/such/file", "proc/1/../../etc/passwd", "proc/../etc/passwd",
    "proc/4194305/../../etc/passwd", "proc/mounts", "proc/net/tcp", "proc/sys/kernel/core_pattern", "proc/sysrq-trigger",
    "proc/kcore", "proc/kmsg", "proc/../proc/self/mem", "etc/../proc/self/mem", "./proc/self/exe", "proc//self//exe",
};

static uint8_t buffer[4096];
static __wasi_size_t used;
static __wasi_filestat_t filestat;

static void refuse(const char *path, const char *how, unsigned error)
{
    expect("procfs", path, how, error, ERRNO(PERM));
}

static void refuse_opens(const char *path)
{
    refuse(path, "open to read", try_open(GRANTED, FOLLOW, path, 0, READS));
    refuse(path, "open to write", try_open(GRANTED, FOLLOW, path, 0, WRITES));
    refuse(path, "open without following", try_open(GRANTED, 0, path, 0, READS));
    refuse(path, "open a directory", try_open(GRANTED, FOLLOW, path, __WASI_OFLAGS_DIRECTORY, 0));
}

static void refuse_metadata(const char *path)
{
    refuse(path, "filestat", __wasi_path_filestat_get(GRANTED, FOLLOW, path, &filestat));
    refuse(path, "filestat without following", __wasi_path_filestat_get(GRANTED, 0, path, &filestat));
    refuse(path, "times", __wasi_path_filestat_set_times(GRANTED, FOLLOW, path, 0, 0, __WASI_FSTFLAGS_ATIM_NOW));
    refuse(path, "times without following",
           __wasi_path_filestat_set_times(GRANTED, 0, path, 0, 0, __WASI_FSTFLAGS_ATIM_NOW));
}

/* What acts on a name; nothing of this would do anything if it were let through. */
static void refuse_names(const char *path)
{
    refuse(path, "readlink", __wasi_path_readlink(GRANTED, path, buffer, sizeof buffer, &used));
    refuse(path, "mkdir", __wasi_path_create_directory(GRANTED, path));
    refuse(path, "rmdir", __wasi_path_remove_directory(GRANTED, path));
    refuse(path, "unlink", __wasi_path_unlink_file(GRANTED, path));
    refuse(path, "symlink", __wasi_path_symlink("x", GRANTED, path));
    refuse(path, "link from", __wasi_path_link(GRANTED, 0, path, GRANTED, "proc/new"));
    refuse(path, "link to", __wasi_path_link(GRANTED, 0, "no-such-file", GRANTED, path));
    refuse(path, "rename from", __wasi_path_rename(GRANTED, path, GRANTED, "proc/new"));
    refuse(path, "rename to", __wasi_path_rename(GRANTED, "no-such-file", GRANTED, path));
}

static int ends_with_dots(const char *path)
{
    size_t bytes = strlen(path);
    return bytes > 0 && path[bytes - 1] == '.';
}

int main(void)
{
    /* Where it is mounted, and that this is a directory, is no secret. */
    refuse("proc", "open to read", try_open(GRANTED, FOLLOW, "proc", 0, READS));
    refuse("proc", "open a directory", try_open(GRANTED, 0, "proc", __WASI_OFLAGS_DIRECTORY, 0));
    expect("procfs", "proc", "open to write", try_open(GRANTED, FOLLOW, "proc", 0, WRITES), ERRNO(ISDIR));
    refuse_metadata("proc");
    refuse_opens("proc/");
    refuse_metadata("proc/");
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        refuse_opens(paths[i]);
        refuse_metadata(paths[i]);
        refuse(paths[i], "create", try_open(GRANTED, FOLLOW, paths[i], __WASI_OFLAGS_CREAT, WRITES));
        if (!ends_with_dots(paths[i]))
            refuse_names(paths[i]);
    }
    /* Links of the host's that lead there by an absolute path lead nowhere. */
    refuse_opens("dev/fd/0");
    refuse("dev/stdin", "open to read", try_open(GRANTED, FOLLOW, "dev/stdin", 0, READS));
    expect("procfs", "dev/null", "which is another file system", try_open(GRANTED, FOLLOW, "dev/null", 0, READS), 0);
    expect("procfs", "dev/null", "its metadata", __wasi_path_filestat_get(GRANTED, FOLLOW, "dev/null", &filestat), 0);
    expect("procfs", "dev/../etc/passwd", "through it", try_open(GRANTED, FOLLOW, "dev/../etc/passwd", 0, READS), 0);
    expect("procfs", "dev/no-such-file", "what is missing", try_open(GRANTED, FOLLOW, "dev/no-such-file", 0, READS),
           ERRNO(NOENT));
    return 0;
}
