/* linux.h - what the files of sys.h on Linux share. */
#ifndef WASMC_SYS_LINUX_H
#define WASMC_SYS_LINUX_H

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel.h"
#include "syscalls.h"

#ifndef PROC_SUPER_MAGIC
#define PROC_SUPER_MAGIC 0x9fa0 /* linux/magic.h, which the build host may not have */
#endif

/* Turns libc's convention into ours. */
static inline long result_of(long value)
{
    return value < 0 ? -errno : value;
}

/* Evaluates a libc call until it is not interrupted. */
#define RETRY(result, call)        \
    do {                           \
        (result) = result_of(call); \
    } while ((result) == -EINTR)

/* Moves a new descriptor out of 0 to 2: a guest's file must never become the host's standard stream. */
static inline int start_above_standard_streams(long fd)
{
    if (fd < 0 || fd > 2)
        return (int)fd;
    int moved = (int)result_of(syscall(SYS_fcntl, (int)fd, F_DUPFD_CLOEXEC, 3L));
    close((int)fd);
    return moved;
}

static inline int above_standard_streams(long fd)
{
    WASMC_SYSCALL_ONLY(fcntl, WASMC_HIGH_ZERO(2), WASMC_VALUE(1, F_DUPFD_CLOEXEC), WASMC_VALUE(2, 3), WASMC_ANY);
    WASMC_SYSCALL(close);
    return start_above_standard_streams(fd);
}

static inline int make_accessible(void *base, size_t bytes)
{
    return (int)result_of(mprotect(base, bytes, PROT_READ | PROT_WRITE));
}

static inline void *map_zeroed(size_t bytes)
{
    void *base = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return base == MAP_FAILED ? NULL : base;
}

/* Not libc's: at EBADF, musl's tries a path of procfs. */
static inline int stat_of(int fd, struct stat *stat)
{
    static_assert(sizeof *stat == WASMC_ARCH_STAT_BYTES, "the kernel's structure");
    return (int)result_of(syscall(SYS_fstat, fd, stat));
}

static inline int is_procfs(int fd)
{
    struct statfs statfs;
    int error = (int)result_of(fstatfs(fd, &statfs));
    return error < 0 ? error : statfs.f_type == PROC_SUPER_MAGIC;
}

#endif
