/* linux_broker.c - network.h on Linux: what the broker may call, and what makes it a process. */
#include "network.h"

#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "linux.h"
#include "sandbox.h"

#define CALL(call, zeros, ...) WASMC_SYSCALL_OF(BROKER, call, zeros, __VA_ARGS__)
#define ANY WASMC_ANY, WASMC_ANY, WASMC_ANY

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
int wasmc_sys_fork_helper(int *life)
{
    int ends[2];
    int error = (int)result_of(pipe2(ends, O_CLOEXEC));
    if (error < 0)
        return error;
    int process = (int)result_of(fork());
    *life = ends[0];
    if (process != 0)
        close(ends[0]);
    if (process < 0)
        close(ends[1]);
    return process;
}

/* Its other end is the parent's, and closed by its end. PR_SET_PDEATHSIG is a signal of the parent's, and Landlock keeps
 * that from sending any; this one is the process's own, and comes also while it waits in a call. */
static int end_with(int life)
{
    int error = (int)result_of(fcntl(life, F_SETOWN, getpid()));
    if (error == 0)
        error = (int)result_of(fcntl(life, F_SETSIG, SIGKILL));
    return error != 0 ? error : (int)result_of(fcntl(life, F_SETFL, O_ASYNC));
}

int wasmc_sys_become_helper(int channel, int life)
{
    /* No race: of a parent that has ended already, the channel tells. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0)
        return -errno;
    static const int reset[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM, SIGTRAP};
    for (size_t i = 0; i < sizeof reset / sizeof reset[0]; i++)
        signal(reset[i], SIG_DFL);
    /* What a terminal or a supervisor sends to the whole group ends the program, and with it this process. Lookups are
     * never waited for. */
    static const int ignored[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGCHLD};
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        signal(ignored[i], SIG_IGN);
    /* First out of the way of the other. */
    life = fcntl(life, F_DUPFD_CLOEXEC, 5);
    if (life < 0 || (channel != 3 && dup3(channel, 3, O_CLOEXEC) < 0) || dup3(life, 4, O_CLOEXEC) < 0)
        return -errno;
    for (int fd = 0; fd < 3; fd++)
        close(fd);
    int error = wasmc_sys_close_from(5);
    return error != 0 ? error : end_with(4);
}

int wasmc_sys_channel_pair(int pair[2])
{
    return (int)result_of(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair));
}

union control {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int))];
};

ssize_t wasmc_broker_receive(int channel, struct iovec *parts, int count, bool waits, int *fd)
{
    CALL(recvmsg, 0, ANY);
    union control control = {0};
    /* Without the padding, in which another descriptor would have room. */
    struct msghdr message = {
        .msg_iov = parts, .msg_iovlen = count, .msg_control = &control, .msg_controllen = CMSG_LEN(sizeof *fd)};
    long result;
    RETRY(result, syscall(SYS_recvmsg, channel, &message, MSG_CMSG_CLOEXEC | (waits ? 0 : MSG_DONTWAIT)));
    *fd = -1;
    if (result >= 0 && message.msg_controllen >= CMSG_LEN(sizeof *fd) && control.head.cmsg_type == SCM_RIGHTS)
        memcpy(fd, CMSG_DATA(&control.head), sizeof *fd);
    return result;
}

int wasmc_broker_send(int channel, const void *bytes, size_t count, int fd)
{
    CALL(sendmsg, 0, ANY);
    union control control = {0};
    struct iovec part = {(void *)(uintptr_t)bytes, count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        control.head.cmsg_len = CMSG_LEN(sizeof fd);
        control.head.cmsg_level = SOL_SOCKET;
        control.head.cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(&control.head), &fd, sizeof fd);
    }
    long result;
    RETRY(result, syscall(SYS_sendmsg, channel, &message, MSG_NOSIGNAL | MSG_DONTWAIT));
    return result < 0 ? (int)result : 0;
}

int wasmc_broker_pair(int pair[2])
{
    CALL(socketpair, 0, WASMC_VALUE(0, AF_UNIX), WASMC_VALUE(1, SOCK_SEQPACKET | SOCK_CLOEXEC), WASMC_VALUE(2, 0));
    return (int)result_of(syscall(SYS_socketpair, AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair));
}

#define SOCKET(family, type) \
    CALL(socket, 0, WASMC_VALUE(0, family), WASMC_VALUE(1, (type) | SOCK_CLOEXEC), WASMC_VALUE(2, 0))

int wasmc_broker_socket(int family, int type)
{
    SOCKET(AF_INET, SOCK_STREAM);
    SOCKET(AF_INET, SOCK_DGRAM);
    SOCKET(AF_INET6, SOCK_STREAM);
    SOCKET(AF_INET6, SOCK_DGRAM);
    SOCKET(AF_UNIX, SOCK_STREAM);
    SOCKET(AF_UNIX, SOCK_DGRAM);
    return (int)result_of(syscall(SYS_socket, family, type | SOCK_CLOEXEC, 0));
}

int wasmc_broker_bind(int fd, const struct sockaddr *address, socklen_t bytes)
{
    CALL(bind, 0, ANY);
    return (int)result_of(bind(fd, address, bytes));
}

/* The flag belongs to the open file, which is the guest's, too: it comes back as it was. */
int wasmc_broker_connect(int fd, const struct sockaddr *address, socklen_t bytes)
{
    CALL(connect, 0, ANY);
    CALL(fcntl, 0, WASMC_VALUE(1, F_GETFL), WASMC_ANY, WASMC_ANY);
    CALL(fcntl, 0, WASMC_VALUE(1, F_SETFL), WASMC_ANY, WASMC_ANY);
    long flags = result_of(syscall(SYS_fcntl, fd, F_GETFL, 0L));
    if (flags < 0)
        return (int)flags;
    if (!(flags & O_NONBLOCK))
        syscall(SYS_fcntl, fd, F_SETFL, flags | O_NONBLOCK);
    int result = (int)result_of(syscall(SYS_connect, fd, address, bytes));
    if (!(flags & O_NONBLOCK))
        syscall(SYS_fcntl, fd, F_SETFL, flags);
    return result;
}

int wasmc_broker_connect_new_socket(int family, const struct sockaddr *address, socklen_t bytes, bool waits, int *error)
{
    SOCKET(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    SOCKET(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK);
    CALL(connect, 0, ANY);
    CALL(fcntl, 0, WASMC_VALUE(1, F_SETFL), WASMC_ANY, WASMC_ANY);
    int fd = (int)result_of(syscall(SYS_socket, family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    *error = fd < 0 ? fd : (int)result_of(syscall(SYS_connect, fd, address, bytes));
    if (fd < 0)
        return -1;
    if (waits && *error == -EINPROGRESS)
        *error = (int)result_of(syscall(SYS_connect, fd, address, bytes));
    if (*error == -EALREADY)
        *error = -EINPROGRESS;
    if (waits)
        syscall(SYS_fcntl, fd, F_SETFL, 0L);
    if (*error == 0 || *error == -EINPROGRESS)
        return fd;
    wasmc_broker_close(fd);
    return -1;
}

int wasmc_broker_set_nonblocking(int fd)
{
    CALL(fcntl, 0, WASMC_VALUE(1, F_SETFL), WASMC_ANY, WASMC_ANY);
    return (int)result_of(syscall(SYS_fcntl, fd, F_SETFL, (long)O_NONBLOCK));
}

int wasmc_broker_listen(int fd, int backlog)
{
    CALL(listen, 0, ANY);
    return (int)result_of(listen(fd, backlog));
}

int wasmc_broker_accept(int fd, struct sockaddr *address, socklen_t *bytes, int flags)
{
    CALL(accept4, 0, WASMC_FLAGS(3, SOCK_CLOEXEC, SOCK_NONBLOCK), WASMC_ANY, WASMC_ANY);
    return (int)result_of(syscall(SYS_accept4, fd, address, bytes, flags | SOCK_CLOEXEC));
}

int wasmc_broker_send_to(int fd, const void *bytes, size_t count, const struct sockaddr *address, socklen_t address_bytes)
{
    CALL(sendto, 0, WASMC_VALUE(3, MSG_DONTWAIT | MSG_NOSIGNAL), WASMC_ANY, WASMC_ANY);
    long result = result_of(syscall(SYS_sendto, fd, bytes, count, MSG_DONTWAIT | MSG_NOSIGNAL, address, address_bytes));
    return result < 0 ? (int)result : 0;
}

int wasmc_broker_get_option(int fd, int level, int name, void *value, socklen_t *bytes)
{
    CALL(getsockopt, 0, ANY);
    return (int)result_of(syscall(SYS_getsockopt, fd, level, name, value, bytes));
}

int wasmc_broker_set_option(int fd, int level, int name, const void *value, socklen_t bytes)
{
    CALL(setsockopt, 0, ANY);
    return (int)result_of(syscall(SYS_setsockopt, fd, level, name, value, bytes));
}

int wasmc_broker_local_address(int fd, struct sockaddr *address, socklen_t *bytes)
{
    CALL(getsockname, 0, ANY);
    return (int)result_of(getsockname(fd, address, bytes));
}

int wasmc_broker_poll(struct pollfd *fds, size_t count, int timeout_ms)
{
    CALL(ppoll, WASMC_NULL(3), ANY);
    struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    long result;
    RETRY(result, ppoll(fds, count, timeout_ms < 0 ? NULL : &timeout, NULL));
    return (int)result;
}

uint64_t wasmc_broker_now_ns(void)
{
    CALL(clock_gettime, 0, WASMC_VALUE(0, CLOCK_BOOTTIME), WASMC_ANY, WASMC_ANY);
    struct timespec now = {0};
    /* An answer also grows old while the machine sleeps. */
    (void)clock_gettime(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int wasmc_broker_open_below(int dir, const char *path, int flags)
{
    CALL(openat2, 0, WASMC_DESCRIPTOR(0), WASMC_ANY, WASMC_ANY);
    struct {
        uint64_t flags;
        uint64_t mode;
        uint64_t resolve;
    } how = {(uint64_t)flags | O_CLOEXEC, 0, WASMC_RESOLVE_BENEATH | WASMC_RESOLVE_NO_MAGICLINKS};
    long result;
    do {
        result = result_of(syscall(SYS_openat2, dir, path, &how, sizeof how));
    } while (result == -EAGAIN || result == -EINTR); /* a rename at the same time */
    return result == -EXDEV ? -EPERM : (int)result;
}

int wasmc_broker_change_directory(int dir)
{
    CALL(fchdir, 0, ANY);
    return (int)result_of(fchdir(dir));
}

bool wasmc_broker_is_socket_file(int fd)
{
    CALL(fstat, 0, ANY);
    struct stat stat;
    return result_of(syscall(SYS_fstat, fd, &stat)) == 0 && S_ISSOCK(stat.st_mode);
}

void wasmc_broker_close(int fd)
{
    CALL(close, 0, ANY);
    close(fd);
}

int wasmc_broker_fork(void)
{
    CALL(fork, 0, ANY);
    CALL(clone, WASMC_HIGH_ZERO(0), WASMC_VALUE(0, SIGCHLD), WASMC_ANY, WASMC_ANY);
    CALL(set_tid_address, 0, ANY);
    CALL(gettid, 0, ANY);
    CALL(getpid, 0, ANY);
    CALL(rt_sigprocmask, 0, ANY);
    return (int)result_of(fork());
}

void wasmc_broker_keep_only(int kept)
{
    CALL(close_range, 0, WASMC_ANY, WASMC_VALUE(2, 0), WASMC_ANY);
    CALL(prctl, 0, WASMC_VALUE(0, PR_SET_PDEATHSIG), WASMC_ANY, WASMC_ANY);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (kept > 0)
        syscall(SYS_close_range, 0u, (unsigned)kept - 1, 0);
    syscall(SYS_close_range, (unsigned)kept + 1, ~0u, 0);
}

_Noreturn void wasmc_broker_exit(void)
{
    CALL(exit_group, 0, ANY);
    CALL(rt_sigreturn, 0, ANY);
    CALL(restart_syscall, 0, ANY);
    _exit(0);
}
