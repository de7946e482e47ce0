/* isolated.c - a program in a network of its own; by whatever ABI it is linked with.
 *
 *     serve v4|v6 PORT N     listens on the loopback, for connections and, one port on, datagrams; prints `ready`, echoes
 *                            one connection to its end, then N datagrams, and ends
 *     reach A.B.C.D PORT     prints the errno of a connection
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sockets.h"

void check(const char *what, long found, long expected)
{
    if (found != expected)
        printf("failed: %s: found %ld, expected %ld\n", what, found, expected);
}

static void require(const char *what, int error)
{
    if (error == 0)
        return;
    printf("failed: %s: errno %d\n", what, error);
    exit(1);
}

static struct address loopback(const char *family, int port)
{
    struct address address = {.family = strcmp(family, "v6") == 0 ? IPV6 : IPV4, .port = (uint16_t)port};
    if (address.family == IPV6) {
        address.bytes[15] = 1;
    } else {
        address.bytes[0] = 127;
        address.bytes[3] = 1;
    }
    return address;
}

static void echo_connection(int listener)
{
    static char bytes[65536];
    int fd;
    require("accept", s_accept(listener, &fd));
    for (;;) {
        struct vector vector = {bytes, sizeof bytes};
        uint32_t count = 0, sent;
        uint16_t flags;
        require("receive", p1_receive(fd, &vector, 1, 0, &count, &flags));
        if (count == 0)
            break;
        for (uint32_t at = 0; at < count; at += sent) {
            struct vector rest = {bytes + at, count - at};
            require("send", p1_send(fd, &rest, 1, 0, &sent));
        }
    }
    p1_close(fd);
}

static void echo_datagram(int fd, enum family family)
{
    char bytes[2048];
    struct address peer = {.family = family};
    uint32_t count, sent;
    require("receive from", s_receive_from(fd, bytes, sizeof bytes, &count, &peer));
    require("send to", s_send_to(fd, bytes, count, &peer, &sent));
}

static void serve(const char *family, int port, int count)
{
    struct address address = loopback(family, port);
    int listener, datagrams;
    require("open", s_open(address.family, STREAM, &listener));
    require("bind", s_bind(listener, &address));
    require("listen", s_listen(listener, 16));
    address.port++;
    require("open datagrams", s_open(address.family, DATAGRAMS, &datagrams));
    require("bind datagrams", s_bind(datagrams, &address));
    puts("ready");
    fflush(stdout);
    echo_connection(listener);
    while (count-- > 0)
        echo_datagram(datagrams, address.family);
}

static void reach(const char *text, int port)
{
    struct address address = {.family = IPV4, .port = (uint16_t)port};
    unsigned part[4];
    int fd;
    sscanf(text, "%u.%u.%u.%u", &part[0], &part[1], &part[2], &part[3]);
    for (int i = 0; i < 4; i++)
        address.bytes[i] = (uint8_t)part[i];
    require("open", s_open(IPV4, STREAM, &fd));
    printf("%d\n", s_connect(fd, &address));
}

int main(int argc, char **argv)
{
    if (argc == 5)
        serve(argv[2], atoi(argv[3]), atoi(argv[4]));
    else if (argc == 4)
        reach(argv[2], atoi(argv[3]));
    return 0;
}
