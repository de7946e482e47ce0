/* linux_resolver.c - resolver.h on Linux. */
#include "resolver.h"

#include <net/if.h>
#include <netdb.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>

#include "linux.h"

/* Reading a file, as libc opens one. */
static inline void say_open(void)
{
#ifdef SYS_open
    WASMC_SYSCALL_OF(BROKER, open, 0, WASMC_FLAGS(1, O_CLOEXEC, O_LARGEFILE), WASMC_ANY, WASMC_ANY);
#else
    WASMC_SYSCALL_OF(BROKER, openat, 0, WASMC_VALUE(0, AT_FDCWD), WASMC_FLAGS(2, O_CLOEXEC, O_LARGEFILE), WASMC_ANY);
#endif
    WASMC_SYSCALL_OF(BROKER, read, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
}

/* The number of a link, which an address with a scope may name. */
static inline void say_link(void)
{
    WASMC_SYSCALL_OF(BROKER, socket, WASMC_ZERO(2), WASMC_VALUE(0, AF_UNIX), WASMC_VALUE(1, SOCK_DGRAM | SOCK_CLOEXEC),
                     WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, ioctl, 0, WASMC_VALUE(1, SIOCGIFINDEX), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
}

/* What malloc has memory from: that of musl which frees nothing, linked where nobody frees, and the other. */
static inline void say_memory(void)
{
    WASMC_SYSCALL_OF(BROKER, brk, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, mmap, WASMC_HIGH_ZERO(2) | WASMC_HIGH_ZERO(3), WASMC_FLAGS(2, 0, PROT_READ | PROT_WRITE),
                     WASMC_FLAGS(3, MAP_PRIVATE | MAP_ANONYMOUS, MAP_FIXED), WASMC_VALUE(4, -1));
    WASMC_SYSCALL_OF(BROKER, mprotect, WASMC_HIGH_ZERO(2), WASMC_VALUE(2, PROT_READ | PROT_WRITE), WASMC_ANY,
                     WASMC_ANY);
}

int wasmc_sys_resolver_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                                   struct addrinfo **found)
{
    say_open(); /* hosts, services */
    WASMC_SYSCALL_OF(BROKER, fcntl, WASMC_HIGH_ZERO(2), WASMC_VALUE(1, F_SETFD), WASMC_VALUE(2, FD_CLOEXEC), WASMC_ANY);
    say_link();
    say_memory();
    /* What a query is made with. */
    WASMC_SYSCALL_OF(BROKER, clock_gettime, 0, WASMC_VALUE(0, CLOCK_REALTIME), WASMC_ANY, WASMC_ANY);
    /* AI_ADDRCONFIG and sorting connect sockets of datagrams, and ask what they got: nothing is sent. */
    WASMC_SYSCALL_OF(BROKER, socket, 0, WASMC_VALUE(0, AF_INET), WASMC_VALUE(1, SOCK_DGRAM | SOCK_CLOEXEC),
                     WASMC_VALUE(2, IPPROTO_UDP));
    WASMC_SYSCALL_OF(BROKER, socket, 0, WASMC_VALUE(0, AF_INET6), WASMC_VALUE(1, SOCK_DGRAM | SOCK_CLOEXEC),
                     WASMC_VALUE(2, IPPROTO_UDP));
    WASMC_SYSCALL_OF(BROKER, connect, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, getsockname, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    return getaddrinfo(host, service, hints, found);
}

ssize_t wasmc_sys_resolver_read_file_ambient(const char *path, char *text, size_t bytes)
{
    say_open();
    long fd;
    RETRY(fd, open(path, O_RDONLY | O_CLOEXEC));
    if (fd < 0)
        return fd;
    size_t used = 0;
    long count = 1;
    while (count > 0 && used < bytes) {
        RETRY(count, read((int)fd, text + used, bytes - used));
        used += count > 0 ? (size_t)count : 0;
    }
    close((int)fd);
    return count < 0 ? count : (ssize_t)used;
}

bool wasmc_sys_resolver_real_directory_ambient(const char *path, char directory[PATH_MAX])
{
    if (realpath(path, directory) == NULL)
        return false;
    char *slash = strrchr(directory, '/');
    slash[slash == directory] = '\0';
    return true;
}

uint32_t wasmc_sys_resolver_link_number(const char *name)
{
    say_link();
    return if_nametoindex(name);
}

int wasmc_sys_resolver_connect(int type, const struct sockaddr *server, socklen_t bytes)
{
    enum { DATAGRAMS = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, STREAM = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK };
    WASMC_SYSCALL_OF(BROKER, socket, WASMC_ZERO(2), WASMC_VALUE(0, AF_INET), WASMC_VALUE(1, DATAGRAMS), WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, socket, WASMC_ZERO(2), WASMC_VALUE(0, AF_INET6), WASMC_VALUE(1, DATAGRAMS), WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, socket, WASMC_ZERO(2), WASMC_VALUE(0, AF_INET), WASMC_VALUE(1, STREAM), WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, socket, WASMC_ZERO(2), WASMC_VALUE(0, AF_INET6), WASMC_VALUE(1, STREAM), WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, connect, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    /* Not libc's: at EINVAL, musl's tries without the flags. */
    int fd = (int)result_of(syscall(SYS_socket, server->sa_family, type == SOCK_STREAM ? STREAM : DATAGRAMS, 0L));
    if (fd < 0)
        return fd;
    int error = (int)result_of(connect(fd, server, bytes));
    if (error == 0 || error == -EINPROGRESS)
        return fd;
    close(fd);
    return error;
}

ssize_t wasmc_sys_resolver_send(int fd, const void *bytes, size_t count)
{
    WASMC_SYSCALL_OF(BROKER, sendto, WASMC_NULL(4) | WASMC_ZERO(5), WASMC_VALUE(3, MSG_NOSIGNAL), WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_sendto, fd, bytes, count, (long)MSG_NOSIGNAL, NULL, 0L));
    return result;
}

ssize_t wasmc_sys_resolver_receive(int fd, void *bytes, size_t count)
{
    WASMC_SYSCALL_OF(BROKER, recvfrom, WASMC_NULL(4) | WASMC_NULL(5), WASMC_VALUE(3, 0), WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, syscall(SYS_recvfrom, fd, bytes, count, 0L, NULL, NULL));
    return result;
}

int wasmc_sys_resolver_poll(struct pollfd *fds, size_t count, uint64_t timeout_ms)
{
    WASMC_SYSCALL_OF(BROKER, ppoll, WASMC_NULL(3), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    struct timespec timeout = {(time_t)(timeout_ms / 1000), (long)(timeout_ms % 1000) * 1000000};
    return (int)result_of(ppoll(fds, (nfds_t)count, &timeout, NULL));
}

void wasmc_sys_resolver_close(int fd)
{
    WASMC_SYSCALL_OF(BROKER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    close(fd);
}

uint64_t wasmc_sys_resolver_now_ms(void)
{
    WASMC_SYSCALL_OF(BROKER, clock_gettime, 0, WASMC_VALUE(0, CLOCK_MONOTONIC), WASMC_ANY, WASMC_ANY);
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

bool wasmc_sys_resolver_random(void *bytes, size_t count)
{
    WASMC_SYSCALL_OF(BROKER, getrandom, WASMC_ZERO(2), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    long result;
    RETRY(result, getrandom(bytes, count, 0));
    return result == (long)count;
}
