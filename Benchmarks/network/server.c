/* server.c - a native server, in the host's network or, with grants of an isolated one, behind the runtime's forward:
 *
 *   server PORT
 *
 *   PORT      reads a connection to its end and answers with the number of bytes, 8 of them
 *   PORT + 1  sends zeros until nobody takes them
 *   PORT + 2  sends back what comes
 *   PORT + 3  the same with datagrams
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "grants.h"
#include "net/forward.h"
#include "net/isolate.h"

enum { BYTES = 1 << 18 };

static int open_socket(int type, int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((in_port_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || (type == SOCK_STREAM && listen(fd, 4096) != 0)) {
        perror("server");
        exit(1);
    }
    return fd;
}

static int accept_one(int listener)
{
    int yes = 1;
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fd;
}

static void *count(void *argument)
{
    static char bytes[BYTES];
    for (int listener = (int)(intptr_t)argument;;) {
        int fd = accept_one(listener);
        uint64_t total = 0;
        for (ssize_t got; (got = recv(fd, bytes, sizeof bytes, 0)) > 0;)
            total += (uint64_t)got;
        send(fd, &total, sizeof total, MSG_NOSIGNAL);
        close(fd);
    }
}

static void *pour(void *argument)
{
    static char bytes[BYTES];
    for (int listener = (int)(intptr_t)argument;;) {
        int fd = accept_one(listener);
        while (send(fd, bytes, sizeof bytes, MSG_NOSIGNAL) > 0)
            ;
        close(fd);
    }
}

static void *echo(void *argument)
{
    static char bytes[BYTES];
    for (int listener = (int)(intptr_t)argument;;) {
        int fd = accept_one(listener);
        for (ssize_t got; (got = recv(fd, bytes, sizeof bytes, 0)) > 0;)
            send(fd, bytes, (size_t)got, MSG_NOSIGNAL);
        close(fd);
    }
}

static void *answer(void *argument)
{
    static char bytes[BYTES];
    for (int fd = (int)(intptr_t)argument;;) {
        struct sockaddr_in peer;
        socklen_t peer_bytes = sizeof peer;
        ssize_t got = recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&peer, &peer_bytes);
        if (got >= 0)
            sendto(fd, bytes, (size_t)got, 0, (struct sockaddr *)&peer, peer_bytes);
    }
}

int main(int argc, char **argv, char **envp)
{
    static struct wasmc_grants grants;
    static void *(*const functions[])(void *) = {count, pour, echo, answer};
    int port = atoi(argv[1]);
    wasmc_grants_start(&grants, "", false, argc, argv, envp);
    wasmc_forward_open(&grants);
    if (wasmc_grants_have(&grants, WASMC_GRANT_ISOLATE_NETWORK))
        wasmc_isolate(&grants);
    wasmc_forward_start(&grants);
    for (int i = 0; i < 4; i++) {
        pthread_t thread;
        int fd = open_socket(i < 3 ? SOCK_STREAM : SOCK_DGRAM, port + i);
        pthread_create(&thread, NULL, functions[i], (void *)(intptr_t)fd);
    }
    puts("ready");
    fflush(stdout);
    pause();
}
