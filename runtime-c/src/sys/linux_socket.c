/* linux_socket.c - sys.h on Linux: sockets. */
#include "sys.h"

#include "linux.h"

ssize_t wasmc_sys_receive(int fd, struct msghdr *message, int flags)
{
    WASMC_SYSCALL(recvmsg);
    long result;
    RETRY(result, recvmsg(fd, message, flags));
    return result;
}

ssize_t wasmc_sys_send(int fd, const struct msghdr *message, int flags)
{
    WASMC_SYSCALL(sendmsg);
    long result;
    RETRY(result, sendmsg(fd, message, flags | MSG_NOSIGNAL));
    return result;
}

int wasmc_sys_accept(int fd, int flags)
{
    WASMC_SYSCALL(accept4);
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
