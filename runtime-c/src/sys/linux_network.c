/* linux_network.c - network.h on Linux: what the guest's process may call. */
#include "network.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>

#include "kernel.h"
#include "linux.h"

/* linux/filter.h and linux/seccomp.h, which musl does not bring. */
struct instruction {
    uint16_t code;
    uint8_t if_true;
    uint8_t if_false;
    uint32_t k;
};
struct program {
    uint16_t length;
    const struct instruction *instructions;
};

int wasmc_sys_place_channel(int fd, unsigned channel)
{
    if (fd == WASMC_CHANNEL_FD + (int)channel)
        return 0;
    int result = (int)result_of(dup3(fd, WASMC_CHANNEL_FD + (int)channel, O_CLOEXEC));
    /* dup3 says so when the number is above the limit. */
    if (result == -EBADF)
        result = -EMFILE;
    if (result >= 0)
        close(fd);
    return result < 0 ? result : 0;
}

int wasmc_sys_occupy_channel(unsigned channel)
{
    int pair[2];
    int result = (int)result_of(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair));
    if (result < 0)
        return result;
    close(pair[1]);
    result = wasmc_sys_place_channel(pair[0], channel);
    if (result < 0)
        close(pair[0]);
    return result;
}

/* A filter of its own: those of programs without brokers stay as they are. The kernel asks all filters and takes the
 * strictest answer. */
int wasmc_sys_pin_channels(void)
{
    static const struct instruction code[] = {
        {0x20, 0, 0, 4},                 /* the architecture */
        {0x15, 1, 0, WASMC_ARCH_AUDIT},
        {0x06, 0, 0, 0x80000000u},       /* kill the process */
        {0x20, 0, 0, 0},                 /* the call's number */
        {0x15, 0, 3, SYS_close},
        {0x20, 0, 0, 16},                /* argument 0, its low half: the kernel takes no more of it */
        {0x54, 0, 0, ~(uint32_t)(WASMC_CHANNEL_COUNT - 1)},
        {0x15, 1, 0, WASMC_CHANNEL_FD},
        {0x06, 0, 0, 0x7fff0000u},       /* allow */
        {0x06, 0, 0, 0x80000000u},
    };
    static const struct program program = {sizeof code / sizeof code[0], code};
    return syscall(SYS_seccomp, 1, 4u, &program) < 0 ? -errno : 0;
}

#define CHANNEL WASMC_MASKED(0, ~(uint32_t)(WASMC_CHANNEL_COUNT - 1), WASMC_CHANNEL_FD)

union control {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int))];
};

ssize_t wasmc_sys_channel_send(int channel, const struct iovec *parts, int count, int fd)
{
    /* A socket that is no channel could be told where to connect by this call, see linux_socket.c. */
    WASMC_SYSCALL_ONLY(sendmsg, 0, CHANNEL,
                       WASMC_VALUE(2, MSG_NOSIGNAL), WASMC_ANY);
    union control control = {0};
    struct msghdr message = {.msg_iov = (struct iovec *)parts, .msg_iovlen = count};
    if (fd >= 0) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        control.head.cmsg_len = CMSG_LEN(sizeof fd);
        control.head.cmsg_level = SOL_SOCKET;
        control.head.cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(&control.head), &fd, sizeof fd);
    }
    long result;
    /* Not libc's, which copies the control data to clear its padding. */
    RETRY(result, syscall(SYS_sendmsg, channel, &message, MSG_NOSIGNAL));
    return result;
}

ssize_t wasmc_sys_channel_receive(int channel, void *bytes, size_t count, bool waits, int *fd)
{
    WASMC_SYSCALL_ONLY(recvmsg, 0, CHANNEL,
                       WASMC_FLAGS(2, MSG_CMSG_CLOEXEC, MSG_DONTWAIT), WASMC_ANY);
    union control control = {0};
    struct iovec part = {bytes, count};
    /* Without the padding, in which another descriptor would have room. */
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_LEN(sizeof *fd)};
    long result;
    RETRY(result, syscall(SYS_recvmsg, channel, &message, MSG_CMSG_CLOEXEC | (waits ? 0 : MSG_DONTWAIT)));
    *fd = -1;
    if (result >= 0 && message.msg_controllen >= CMSG_LEN(sizeof *fd) && control.head.cmsg_type == SCM_RIGHTS) {
        memcpy(fd, CMSG_DATA(&control.head), sizeof *fd);
        *fd = above_standard_streams(*fd);
    }
    return result;
}

ssize_t wasmc_sys_receive_from(int fd, void *buffer, size_t count, int flags, struct sockaddr *address, socklen_t *bytes)
{
    WASMC_SYSCALL_ONLY(recvfrom, 0, WASMC_FLAGS(3, 0, MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC | MSG_WAITALL), WASMC_ANY,
                       WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_recvfrom, fd, buffer, count, flags, address, bytes));
    return result;
}

int wasmc_sys_local_address(int fd, struct sockaddr *address, socklen_t *bytes)
{
    WASMC_SYSCALL(getsockname);
    return (int)result_of(getsockname(fd, address, bytes));
}

int wasmc_sys_remote_address(int fd, struct sockaddr *address, socklen_t *bytes)
{
    WASMC_SYSCALL(getpeername);
    return (int)result_of(getpeername(fd, address, bytes));
}

#define OPTION(call, level, name) WASMC_SYSCALL_ONLY(call, 0, WASMC_VALUE(1, level), WASMC_VALUE(2, name), WASMC_ANY)

/* Neither what binds to a device, a route or somebody else's address, nor what attaches code. */
#define OPTIONS(call)                                \
    OPTION(call, SOL_SOCKET, SO_REUSEADDR);          \
    OPTION(call, SOL_SOCKET, SO_REUSEPORT);          \
    OPTION(call, SOL_SOCKET, SO_DONTROUTE);          \
    OPTION(call, SOL_SOCKET, SO_BROADCAST);          \
    OPTION(call, SOL_SOCKET, SO_KEEPALIVE);          \
    OPTION(call, SOL_SOCKET, SO_OOBINLINE);          \
    OPTION(call, SOL_SOCKET, SO_SNDBUF);             \
    OPTION(call, SOL_SOCKET, SO_RCVBUF);             \
    OPTION(call, SOL_SOCKET, SO_RCVLOWAT);           \
    OPTION(call, SOL_SOCKET, SO_RCVTIMEO);           \
    OPTION(call, SOL_SOCKET, SO_SNDTIMEO);           \
    OPTION(call, SOL_SOCKET, SO_LINGER);             \
    OPTION(call, IPPROTO_TCP, TCP_NODELAY);          \
    OPTION(call, IPPROTO_TCP, TCP_QUICKACK);         \
    OPTION(call, IPPROTO_TCP, TCP_KEEPIDLE);         \
    OPTION(call, IPPROTO_TCP, TCP_KEEPINTVL);        \
    OPTION(call, IPPROTO_TCP, TCP_KEEPCNT);          \
    OPTION(call, IPPROTO_TCP, TCP_FASTOPEN_CONNECT); \
    OPTION(call, IPPROTO_IP, IP_TTL);                \
    OPTION(call, IPPROTO_IP, IP_MULTICAST_TTL);      \
    OPTION(call, IPPROTO_IP, IP_MULTICAST_LOOP);     \
    OPTION(call, IPPROTO_IPV6, IPV6_UNICAST_HOPS);   \
    OPTION(call, IPPROTO_IPV6, IPV6_MULTICAST_HOPS); \
    OPTION(call, IPPROTO_IPV6, IPV6_MULTICAST_LOOP); \
    OPTION(call, IPPROTO_IPV6, IPV6_V6ONLY)

int wasmc_sys_get_option(int fd, int level, int name, void *value, socklen_t *bytes)
{
    OPTIONS(getsockopt);
    OPTION(getsockopt, SOL_SOCKET, SO_TYPE);
    OPTION(getsockopt, SOL_SOCKET, SO_DOMAIN);
    OPTION(getsockopt, SOL_SOCKET, SO_ERROR);
    OPTION(getsockopt, SOL_SOCKET, SO_ACCEPTCONN);
    /* Not libc's, which tries other names for some. */
    return (int)result_of(syscall(SYS_getsockopt, fd, level, name, value, bytes));
}

int wasmc_sys_set_option(int fd, int level, int name, const void *value, socklen_t bytes)
{
    OPTIONS(setsockopt);
    return (int)result_of(syscall(SYS_setsockopt, fd, level, name, value, bytes));
}
