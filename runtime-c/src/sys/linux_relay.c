/* linux_relay.c - relay.h on Linux. */
#include "relay.h"

#include <netinet/tcp.h>
#include <sys/resource.h>
#include <time.h>

#include "linux.h"

#define PIPE_FLAGS (O_NONBLOCK | O_CLOEXEC)
#define SOCKET_FLAGS (SOCK_NONBLOCK | SOCK_CLOEXEC)

static int set_option(int fd, int level, int name, int value)
{
    return (int)result_of(setsockopt(fd, level, name, &value, sizeof value));
}

static bool is_unspecified(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET)
        return ((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr == 0;
    return IN6_IS_ADDR_UNSPECIFIED(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

/* Connections that are accepted have the options of their listener. */
static int prepare(int fd, const struct sockaddr *address, bool is_udp)
{
    bool is_v6 = address->sa_family == AF_INET6;
    int error = is_v6 ? set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1) : 0;
    if (error == 0 && !is_udp)
        error = set_option(fd, SOL_SOCKET, SO_REUSEADDR, 1); /* of a server that has just ended */
    if (error == 0 && !is_udp)
        error = set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1); /* the program's own decision is behind it */
    if (error == 0 && !is_udp)
        error = set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1); /* a peer that is gone is not the program's to find out */
    if (error == 0 && !is_udp)
        error = set_option(fd, SOL_SOCKET, SO_OOBINLINE, 1); /* urgent data arrives, if without urgency */
    if (error == 0 && is_udp && is_unspecified(address))
        error = is_v6 ? set_option(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) : set_option(fd, IPPROTO_IP, IP_PKTINFO, 1);
    return error;
}

int wasmc_sys_relay_open(const struct sockaddr *address, bool is_udp)
{
    bool is_v6 = address->sa_family == AF_INET6;
    int type = (is_udp ? SOCK_DGRAM : SOCK_STREAM) | SOCKET_FLAGS;
    int fd = above_standard_streams(result_of(socket(address->sa_family, type, 0)));
    if (fd < 0)
        return fd;
    int error = prepare(fd, address, is_udp);
    if (error == 0)
        error = (int)result_of(bind(fd, address, is_v6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in)));
    if (error == 0 && !is_udp)
        error = (int)result_of(listen(fd, INT32_MAX)); /* as many as the host lets wait */
    if (error == 0)
        return fd;
    close(fd);
    return error;
}

uint16_t wasmc_sys_relay_port(int fd)
{
    struct sockaddr_in6 address = {0};
    socklen_t bytes = sizeof address;
    if (getsockname(fd, (struct sockaddr *)(void *)&address, &bytes) != 0)
        return 0;
    return ntohs(address.sin6_port); /* of both families it lies there */
}

uint64_t wasmc_sys_relay_raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    struct rlimit raised = {limit.rlim_max, limit.rlim_max};
    return setrlimit(RLIMIT_NOFILE, &raised) == 0 ? raised.rlim_cur : limit.rlim_cur;
}

int wasmc_sys_relay_make_queue(void)
{
    return (int)result_of(epoll_create1(EPOLL_CLOEXEC));
}

int wasmc_sys_relay_watch(int queue, enum wasmc_relay_change change, int fd, uint32_t events, void *source)
{
    WASMC_SYSCALL_OF(FORWARDER, epoll_ctl, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    struct epoll_event event = {.events = events, .data.ptr = source};
    return (int)result_of(epoll_ctl(queue, (int)change, fd, &event));
}

/* Not libc's: at ENOSYS, musl's tries another. */
int wasmc_sys_relay_wait(int queue, struct epoll_event *events, int count, int timeout_ms)
{
    WASMC_SYSCALL_OF(FORWARDER, epoll_pwait, WASMC_NULL(4), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    /* What every round needs besides. */
    WASMC_SYSCALL_OF(FORWARDER, clock_gettime, 0, WASMC_VALUE(0, CLOCK_MONOTONIC), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, rt_sigreturn, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, restart_syscall, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, exit_group, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_epoll_pwait, queue, events, count, timeout_ms, NULL, 8L));
    return (int)result;
}

int wasmc_sys_relay_accept(int fd)
{
    WASMC_SYSCALL_OF(FORWARDER, accept4, WASMC_NULL(1) | WASMC_NULL(2), WASMC_VALUE(3, SOCKET_FLAGS), WASMC_ANY,
                     WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_accept4, fd, NULL, NULL, SOCKET_FLAGS));
    return (int)result;
}

int wasmc_sys_relay_connect(int family, int type, uint16_t port)
{
    WASMC_SYSCALL_OF(FORWARDER, socket, WASMC_ZERO(2), WASMC_FLAGS(0, AF_INET & AF_INET6, AF_INET ^ AF_INET6),
                     WASMC_VALUE(1, SOCK_STREAM | SOCKET_FLAGS), WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, socket, WASMC_ZERO(2), WASMC_FLAGS(0, AF_INET & AF_INET6, AF_INET ^ AF_INET6),
                     WASMC_VALUE(1, SOCK_DGRAM | SOCKET_FLAGS), WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, connect, 0, WASMC_VALUE(2, sizeof(struct sockaddr_in)), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, connect, 0, WASMC_VALUE(2, sizeof(struct sockaddr_in6)), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, setsockopt, 0, WASMC_VALUE(1, IPPROTO_TCP), WASMC_VALUE(2, TCP_NODELAY), WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    const struct sockaddr_in v4 = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct sockaddr_in6 v6 = {
        .sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    const void *address = family == AF_INET ? (const void *)&v4 : (const void *)&v6;
    socklen_t bytes = family == AF_INET ? sizeof v4 : sizeof v6;
    /* Not libc's: at EINVAL, musl's tries without the flags. */
    int fd = (int)result_of(syscall(SYS_socket, family, type | SOCKET_FLAGS, 0));
    if (fd < 0)
        return fd;
    int error = type == SOCK_STREAM ? set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1) : 0;
    if (error == 0)
        error = (int)result_of(connect(fd, address, bytes));
    if (error == 0 || error == -EINPROGRESS)
        return fd;
    close(fd);
    return error;
}

int wasmc_sys_relay_error(int fd)
{
    WASMC_SYSCALL_OF(FORWARDER, getsockopt, 0, WASMC_VALUE(1, SOL_SOCKET), WASMC_VALUE(2, SO_ERROR), WASMC_ANY);
    int error = 0;
    socklen_t bytes = sizeof error;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &bytes) == 0 ? error : errno;
}

/* Never SHUT_RD: a socket that listens would become one that connects. */
int wasmc_sys_relay_finish(int fd)
{
    WASMC_SYSCALL_OF(FORWARDER, shutdown, 0, WASMC_VALUE(1, SHUT_WR), WASMC_ANY, WASMC_ANY);
    return (int)result_of(shutdown(fd, SHUT_WR));
}

void wasmc_sys_relay_close(int fd, bool is_reset)
{
    WASMC_SYSCALL_OF(FORWARDER, setsockopt, 0, WASMC_VALUE(1, SOL_SOCKET), WASMC_VALUE(2, SO_LINGER), WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    const struct linger at_once = {1, 0};
    if (is_reset)
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close(fd);
}

int wasmc_sys_relay_pipe(int ends[2], int bytes)
{
    WASMC_SYSCALL_OF(FORWARDER, pipe2, 0, WASMC_VALUE(1, PIPE_FLAGS), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, fcntl, 0, WASMC_VALUE(1, F_SETPIPE_SZ), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(FORWARDER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    int error = (int)result_of(pipe2(ends, PIPE_FLAGS));
    if (error < 0)
        return error;
    error = (int)result_of(syscall(SYS_fcntl, ends[0], F_SETPIPE_SZ, (long)bytes));
    if (error >= 0)
        return 0;
    close(ends[0]);
    close(ends[1]);
    return error;
}

ssize_t wasmc_sys_relay_put(int pipe, const void *buffer, size_t bytes)
{
    WASMC_SYSCALL_OF(FORWARDER, write, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    return result_of(write(pipe, buffer, bytes));
}

ssize_t wasmc_sys_relay_splice(int from, int to, size_t bytes)
{
    WASMC_SYSCALL_OF(FORWARDER, splice, WASMC_NULL(1) | WASMC_NULL(3),
                     WASMC_VALUE(5, SPLICE_F_MOVE | SPLICE_F_NONBLOCK), WASMC_ANY, WASMC_ANY);
    return result_of(syscall(SYS_splice, from, NULL, to, NULL, bytes, (long)(SPLICE_F_MOVE | SPLICE_F_NONBLOCK)));
}

static ssize_t receive(int fd, void *buffer, size_t bytes, int flags)
{
    WASMC_SYSCALL_OF(FORWARDER, recvfrom, WASMC_NULL(4) | WASMC_NULL(5),
                     WASMC_FLAGS(3, MSG_DONTWAIT, MSG_PEEK | MSG_TRUNC), WASMC_ANY, WASMC_ANY);
    return result_of(syscall(SYS_recvfrom, fd, buffer, bytes, (long)(flags | MSG_DONTWAIT), NULL, NULL));
}

ssize_t wasmc_sys_relay_peek(int fd, void *buffer, size_t bytes)
{
    return receive(fd, buffer, bytes, MSG_PEEK);
}

ssize_t wasmc_sys_relay_drop(int fd, size_t bytes)
{
    return receive(fd, NULL, bytes, MSG_TRUNC); /* of TCP: without copying it */
}

ssize_t wasmc_sys_relay_receive(int fd, void *buffer, size_t bytes)
{
    return receive(fd, buffer, bytes, 0);
}

ssize_t wasmc_sys_relay_send(int fd, const void *buffer, size_t bytes)
{
    WASMC_SYSCALL_OF(FORWARDER, sendto, WASMC_NULL(4) | WASMC_ZERO(5), WASMC_VALUE(3, MSG_DONTWAIT | MSG_NOSIGNAL),
                     WASMC_ANY, WASMC_ANY);
    return result_of(syscall(SYS_sendto, fd, buffer, bytes, (long)(MSG_DONTWAIT | MSG_NOSIGNAL), NULL, 0L));
}
