/* isolated.c - does what a program does at its start with the grants of the network, and then what its arguments say,
 * one line of output each; not sealed, so that what it is refused is refused by its network alone:
 *
 *   isolated ACTION...
 *
 *   capabilities       those that it has, in hexadecimal
 *   connect ADDR PORT  the errno of a connection
 *   send ADDR PORT     the errno of a datagram
 *   bind ADDR PORT     the errno of binding and listening
 *   interfaces         how many there are, and how many are up
 *   open PATH          the errno of opening it to read
 *   make PATH          the errno of making it
 *   cookie             the number of its network
 *   wait               "ready", then until the end of standard input
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "isolate_here.h"

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static socklen_t parse_address(const char *text, const char *port, union address *address)
{
    memset(address, 0, sizeof *address);
    in_port_t number = htons((in_port_t)atoi(port));
    if (inet_pton(AF_INET, text, &address->v4.sin_addr) == 1) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = number;
        return sizeof address->v4;
    }
    address->v6.sin6_family = AF_INET6;
    address->v6.sin6_port = number;
    return inet_pton(AF_INET6, text, &address->v6.sin6_addr) == 1 ? sizeof address->v6 : 0;
}

static int error_of_connection(const union address *address, socklen_t bytes)
{
    int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int error = 0;
    socklen_t error_bytes = sizeof error;
    if (connect(fd, &address->any, bytes) != 0 && errno != EINPROGRESS)
        return errno;
    if (poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, 5000) == 0)
        return ETIMEDOUT;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &error_bytes);
    close(fd);
    return error;
}

static int error_of_datagram(const union address *address, socklen_t bytes)
{
    int fd = socket(address->any.sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    int error = sendto(fd, "x", 1, 0, &address->any, bytes) == 1 ? 0 : errno;
    close(fd);
    return error;
}

static int error_of_binding(const union address *address, socklen_t bytes)
{
    int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return bind(fd, &address->any, bytes) != 0 || listen(fd, 1) != 0 ? errno : 0;
}

static void print_capabilities(void)
{
    struct {
        uint32_t version;
        int process;
    } head = {0x20080522, 0};
    uint32_t sets[6] = {0};
    syscall(SYS_capget, &head, sets);
    printf("%08x%08x\n", sets[3] | sets[4] | sets[5], sets[0] | sets[1] | sets[2]);
}

static void print_interfaces(void)
{
    struct if_nameindex *names = if_nameindex();
    struct ifaddrs *addresses = NULL;
    int count = 0;
    int up = 0;
    for (; names != NULL && names[count].if_index != 0; count++)
        ;
    getifaddrs(&addresses);
    for (const struct ifaddrs *at = addresses; at != NULL; at = at->ifa_next)
        up += at->ifa_addr != NULL && at->ifa_addr->sa_family == AF_INET && (at->ifa_flags & IFF_UP) != 0;
    printf("%d %d\n", count, up);
}

static void print_error(bool is_success)
{
    printf("%d\n", is_success ? 0 : errno);
}

/* Returns how many of the arguments it has taken. */
static int act(char **arguments)
{
    const char *action = arguments[0];
    union address address;
    if (strcmp(action, "connect") == 0) {
        socklen_t bytes = parse_address(arguments[1], arguments[2], &address);
        printf("%d\n", error_of_connection(&address, bytes));
        return 3;
    }
    if (strcmp(action, "send") == 0) {
        socklen_t bytes = parse_address(arguments[1], arguments[2], &address);
        printf("%d\n", error_of_datagram(&address, bytes));
        return 3;
    }
    if (strcmp(action, "bind") == 0) {
        socklen_t bytes = parse_address(arguments[1], arguments[2], &address);
        printf("%d\n", error_of_binding(&address, bytes));
        return 3;
    }
    if (strcmp(action, "open") == 0) {
        print_error(open(arguments[1], O_RDONLY) >= 0);
        return 2;
    }
    if (strcmp(action, "make") == 0) {
        print_error(open(arguments[1], O_WRONLY | O_CREAT | O_EXCL, 0666) >= 0);
        return 2;
    }
    if (strcmp(action, "capabilities") == 0)
        print_capabilities();
    else if (strcmp(action, "interfaces") == 0)
        print_interfaces();
    else if (strcmp(action, "cookie") == 0)
        printf("%llu\n", (unsigned long long)wasmc_netns_cookie());
    else if (strcmp(action, "wait") == 0) {
        puts("ready");
        fflush(stdout);
        while (getchar() != EOF)
            ;
    }
    return 1;
}

int main(int argc, char **argv, char **envp)
{
    static struct wasmc_grants grants;
    wasmc_grants_start(&grants, "", false, argc, argv, envp);
    if (wasmc_grants_have(&grants, WASMC_GRANT_ISOLATE_NETWORK))
        isolate_here(&grants);
    for (int i = 1; i < argc;)
        i += act(argv + i);
    return 0;
}
