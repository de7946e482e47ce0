/* linux.h - what the files of sys.h on Linux share. */
#ifndef WASMC_SYS_LINUX_H
#define WASMC_SYS_LINUX_H

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "syscalls.h"

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
static inline int above_standard_streams(long fd)
{
    WASMC_SYSCALL_ONLY(fcntl, WASMC_HIGH_ZERO(2), WASMC_VALUE(1, F_DUPFD_CLOEXEC), WASMC_VALUE(2, 3), WASMC_ANY);
    WASMC_SYSCALL(close);
    if (fd < 0 || fd > 2)
        return (int)fd;
    int moved = (int)result_of(syscall(SYS_fcntl, (int)fd, F_DUPFD_CLOEXEC, 3L));
    close((int)fd);
    return moved;
}

#endif
