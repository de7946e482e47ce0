/* procfs.c - with the host's / granted, this process's own memory and environment are out of reach all the same; what a
 * link of procfs says may be read, what it leads to may not. */
#include "guest.h"

static const char *const paths[] = {
    "proc", "proc/", "proc/.", "proc/self", "proc/self/", "proc/self/mem", "proc/self/environ", "proc/self/maps",
    "proc/self/auxv", "proc/self/cmdline", "proc/self/task", "proc/self/fd", "proc/self/fd/", "proc/self/fd/0",
    "proc/self/fd/1", "proc/self/fd/3", "proc/self/fdinfo/0", "proc/self/root", "proc/self/root/", "proc/self/cwd",
    "proc/self/cwd/", "proc/self/exe", "proc/self/root/etc/passwd", "proc/self/fd/3/etc/passwd", "proc/self/map_files",
    "proc/self/ns/net", "proc/thread-self/mem", "proc/thread-self/root", "proc/1/environ", "proc/1/mem", "proc/1/root",
    "proc/mounts", "proc/net/tcp", "proc/sys/kernel/core_pattern", "proc/sysrq-trigger", "proc/kcore", "proc/kmsg",
    "proc/../proc/self/mem", "etc/../proc/self/mem", "dev/fd/0", "dev/stdin", "dev/stdout",
};

/* LOOP, openat2's word for a link that leads to a descriptor; NOENT, what the walk finds behind such a link's text, or
 * where there is no such file; ACCES, NOTDIR, the host's own refusal. */
static int is_refused(unsigned error)
{
    return error == ERRNO(PERM) || error == ERRNO(LOOP) || error == ERRNO(NOENT) || error == ERRNO(ACCES) ||
           error == ERRNO(NOTDIR) || error == ERRNO(NXIO) || error == ERRNO(ISDIR);
}

static void refuse(const char *path, const char *how, unsigned error)
{
    report("procfs", path, how, is_refused(error), error, ERRNO(PERM));
}

int main(void)
{
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        refuse(paths[i], "open to read", try_open(GRANTED, FOLLOW, paths[i], 0, READS));
        refuse(paths[i], "open to write", try_open(GRANTED, FOLLOW, paths[i], 0, WRITES));
        refuse(paths[i], "open without following", try_open(GRANTED, 0, paths[i], 0, READS));
        refuse(paths[i], "create", try_open(GRANTED, FOLLOW, paths[i], __WASI_OFLAGS_CREAT, WRITES));
        refuse(paths[i], "open a directory", try_open(GRANTED, FOLLOW, paths[i], __WASI_OFLAGS_DIRECTORY, 0));
    }
    expect("procfs", "proc/self/mem", "open to read", try_open(GRANTED, FOLLOW, "proc/self/mem", 0, READS),
           ERRNO(PERM));
    expect("procfs", "proc/self/environ", "open to read", try_open(GRANTED, FOLLOW, "proc/self/environ", 0, READS),
           ERRNO(PERM));
    expect("procfs", "dev/null", "which is another file system", try_open(GRANTED, FOLLOW, "dev/null", 0, READS), 0);
    return 0;
}
