/* linux_epoll.c - sys.h on Linux: sets of descriptors that are waited for. */
#include <limits.h>
#include <poll.h>
#include <stddef.h>
#include <sys/epoll.h>

#include "linux.h"
#include "sys.h"

int wasmc_sys_epoll_create(void)
{
    WASMC_SYSCALL_ONLY(epoll_create1, 0, WASMC_VALUE(0, EPOLL_CLOEXEC), WASMC_ANY, WASMC_ANY);
    /* Not libc's: musl's tries more when the host lacks it. */
    return above_standard_streams(result_of(syscall(SYS_epoll_create1, EPOLL_CLOEXEC)));
}

int wasmc_sys_epoll_change(int set, int operation, int fd, uint32_t events, uint64_t data)
{
    WASMC_SYSCALL_ONLY(epoll_ctl, 0, WASMC_FLAGS(1, 0, EPOLL_CTL_ADD | EPOLL_CTL_DEL | EPOLL_CTL_MOD), WASMC_ANY,
                       WASMC_ANY);
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return (int)result_of(syscall(SYS_epoll_ctl, set, operation, fd, &event));
}

static int wait_for(int set, struct epoll_event *events, uint32_t most, int timeout_ms)
{
    /* No mask: --timeout is a signal. */
    WASMC_SYSCALL_ONLY(epoll_pwait, WASMC_NULL(4), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    return (int)result_of(syscall(SYS_epoll_pwait, set, events, most, timeout_ms, NULL, 0L));
}

int wasmc_sys_epoll_wait(int set, struct epoll_event *events, uint32_t most, const struct timespec *timeout)
{
    if (timeout == NULL)
        return wait_for(set, events, most, -1);
    /* Whole milliseconds; what is less is left to a call that can. (epoll_pwait2 is younger than most hosts.) */
    if (timeout->tv_sec >= INT_MAX / 1000)
        return wait_for(set, events, most, INT_MAX);
    int timeout_ms = (int)(timeout->tv_sec * 1000 + timeout->tv_nsec / 1000000);
    if (timeout_ms == 0 && timeout->tv_nsec > 0) {
        struct pollfd fd = {.fd = set, .events = POLLIN};
        int result = wasmc_sys_poll(&fd, 1, timeout);
        if (result <= 0)
            return result;
    }
    return wait_for(set, events, most, timeout_ms);
}
