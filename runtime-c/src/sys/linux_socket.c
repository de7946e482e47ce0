/* linux_socket.c - sys.h on Linux: sockets. */
#include "sys.h"

#include "linux.h"

/* Not recvmsg and sendmsg: with them, the peer's address, descriptors that it passes along and, for MSG_FASTOPEN, whom to
 * connect to lie behind a pointer, where no filter sees them. */
ssize_t wasmc_sys_receive(int fd, void *buffer, size_t bytes, int flags)
{
    WASMC_SYSCALL_ONLY(recvfrom, WASMC_NULL(4) | WASMC_NULL(5),
                       WASMC_FLAGS(3, 0, MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC | MSG_WAITALL), WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_recvfrom, fd, buffer, bytes, flags, NULL, NULL));
    return result;
}

ssize_t wasmc_sys_send(int fd, const void *buffer, size_t bytes, int flags)
{
    WASMC_SYSCALL_ONLY(sendto, WASMC_NULL(4) | WASMC_ZERO(5), WASMC_FLAGS(3, MSG_NOSIGNAL, MSG_DONTWAIT | MSG_MORE),
                       WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_sendto, fd, buffer, bytes, flags | MSG_NOSIGNAL, NULL, 0L));
    return result;
}

int wasmc_sys_accept(int fd, int flags)
{
    WASMC_SYSCALL_ONLY(accept4, WASMC_NULL(1) | WASMC_NULL(2), WASMC_FLAGS(3, SOCK_CLOEXEC, SOCK_NONBLOCK), WASMC_ANY,
                       WASMC_ANY);
    long result;
    /* Not libc's: at EINVAL, musl's tries accept, which a sealed program may not call. */
    RETRY(result, syscall(SYS_accept4, fd, NULL, NULL, flags | SOCK_CLOEXEC));
    return above_standard_streams(result);
}

int wasmc_sys_shutdown(int fd, int how)
{
    WASMC_SYSCALL(shutdown);
    return (int)result_of(shutdown(fd, how));
}

int wasmc_sys_socket_type(int fd)
{
    int type = 0;
    socklen_t bytes = sizeof type;
    int error = (int)result_of(getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &bytes));
    return error < 0 ? error : type;
}

int wasmc_sys_is_listening(int fd)
{
    int value = 0;
    socklen_t bytes = sizeof value;
    int error = (int)result_of(getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &bytes));
    return error < 0 ? error : value != 0;
}

int wasmc_sys_listen(const struct sockaddr *address, socklen_t bytes)
{
    int fd = above_standard_streams(result_of(socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    if (fd < 0)
        return fd;
    int yes = 1; /* the port of a server that has just ended may be used again */
    long error = result_of(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
    if (error == 0)
        error = result_of(bind(fd, address, bytes));
    if (error == 0)
        error = result_of(listen(fd, SOMAXCONN));
    if (error == 0)
        return fd;
    close(fd);
    return (int)error;
}
