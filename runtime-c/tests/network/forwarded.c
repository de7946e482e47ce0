/* forwarded.c - serves in an isolated network what --forward brings; a main of its own that does what a program does at
 * its start. Arguments, in order:
 *
 *   read             waits for a line of standard input
 *   tcp ADDR PORT    listens, a thread for each connection
 *   udp ADDR PORT    sends each datagram back; to "who" the sender's port instead
 *   close            the last listener
 *
 * Then "ready", and until the end of standard input. A connection begins with a line:
 *
 *   echo             all that comes, to its end
 *   count            the number of bytes until the end, as 8 bytes
 *   patience         the same, once the program has read another line of standard input
 *   send N           N bytes, the i-th of which is (i * 7 + i / 251) % 256, and the end
 *   exit N           the same, and the end of the program
 *   reset            nothing but a reset
 *   finish           the end, and on standard output how many bytes came until the end
 *   hold             reads, and on standard output the errno that ends it
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "grants.h"
#include "isolate_here.h"
#include "net/forward.h"

static sem_t patience;
static volatile bool is_closing;

static ssize_t send_all(int fd, const void *bytes, size_t count)
{
    for (size_t at = 0; at < count;) {
        ssize_t sent = send(fd, (const char *)bytes + at, count - at, MSG_NOSIGNAL);
        if (sent < 0)
            return -1;
        at += (size_t)sent;
    }
    return (ssize_t)count;
}

static void send_pattern(int fd, uint64_t count)
{
    static _Thread_local uint8_t bytes[1 << 16];
    for (uint64_t at = 0; at < count;) {
        size_t part = count - at < sizeof bytes ? count - at : sizeof bytes;
        for (size_t i = 0; i < part; i++)
            bytes[i] = (uint8_t)((at + i) * 7 + (at + i) / 251);
        if (send_all(fd, bytes, part) < 0)
            return;
        at += part;
    }
}

/* Reads to the end; the errno that it ended with. */
static int read_all(int fd, uint64_t *count, bool echoes)
{
    static _Thread_local uint8_t bytes[1 << 16];
    *count = 0;
    for (;;) {
        ssize_t received = recv(fd, bytes, sizeof bytes, 0);
        if (received <= 0)
            return received < 0 ? errno : 0;
        *count += (uint64_t)received;
        if (echoes && send_all(fd, bytes, (size_t)received) < 0)
            return errno;
    }
}

static void serve(int fd, const char *line)
{
    uint64_t count = 0;
    if (strcmp(line, "echo") == 0) {
        read_all(fd, &count, true);
    } else if (strcmp(line, "count") == 0 || strcmp(line, "patience") == 0) {
        if (line[0] == 'p')
            sem_wait(&patience);
        read_all(fd, &count, false);
        send_all(fd, &count, sizeof count);
    } else if (strncmp(line, "send ", 5) == 0) {
        send_pattern(fd, strtoull(line + 5, NULL, 10));
    } else if (strncmp(line, "exit ", 5) == 0) {
        send_pattern(fd, strtoull(line + 5, NULL, 10));
        _exit(0);
    } else if (strcmp(line, "reset") == 0) {
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
    } else if (strcmp(line, "finish") == 0) {
        shutdown(fd, SHUT_WR);
        read_all(fd, &count, false);
        printf("received %llu\n", (unsigned long long)count);
    } else if (strcmp(line, "hold") == 0) {
        printf("held %d\n", read_all(fd, &count, false));
    }
    close(fd);
}

static void *serve_connection(void *argument)
{
    int fd = (int)(intptr_t)argument;
    char line[64] = "";
    for (size_t at = 0; at < sizeof line - 1; at++) {
        if (recv(fd, line + at, 1, 0) != 1)
            break;
        if (line[at] == '\n') {
            line[at] = '\0';
            break;
        }
    }
    serve(fd, line);
    return NULL;
}

static pthread_t start_thread(void *(*function)(void *), int fd)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, function, (void *)(intptr_t)fd) != 0)
        abort();
    return thread;
}

static void *accept_connections(void *argument)
{
    int listener = (int)(intptr_t)argument;
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0)
            pthread_detach(start_thread(serve_connection, fd));
        else if (is_closing)
            return NULL;
    }
}

static void *answer_datagrams(void *argument)
{
    static uint8_t bytes[1 << 16];
    int fd = (int)(intptr_t)argument;
    for (;;) {
        struct sockaddr_in6 peer;
        socklen_t peer_bytes = sizeof peer;
        ssize_t received = recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&peer, &peer_bytes);
        if (is_closing)
            return NULL;
        if (received < 0)
            continue;
        if (received == 3 && memcmp(bytes, "who", 3) == 0)
            received = sprintf((char *)bytes, "%d", ntohs(peer.sin6_port));
        sendto(fd, bytes, (size_t)received, 0, (struct sockaddr *)&peer, peer_bytes);
    }
}

static int open_socket(int type, const char *address, const char *port)
{
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } local = {0};
    bool is_v6 = strchr(address, ':') != NULL;
    local.v4.sin_family = is_v6 ? AF_INET6 : AF_INET;
    local.v4.sin_port = htons((in_port_t)atoi(port));
    inet_pton(local.any.sa_family, address, is_v6 ? (void *)&local.v6.sin6_addr : (void *)&local.v4.sin_addr);
    int fd = socket(local.any.sa_family, type | SOCK_CLOEXEC, 0);
    int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, &local.any, is_v6 ? sizeof local.v6 : sizeof local.v4) != 0 ||
        (type == SOCK_STREAM && listen(fd, 4096) != 0)) {
        perror("socket");
        exit(2);
    }
    return fd;
}

static bool read_line(void)
{
    int byte;
    do {
        byte = getchar();
    } while (byte != EOF && byte != '\n');
    return byte != EOF;
}

int main(int argc, char **argv, char **envp)
{
    static struct wasmc_grants grants;
    int last = -1;
    pthread_t last_thread = 0;
    wasmc_grants_start(&grants, "", false, argc, argv, envp);
    wasmc_forward_open(&grants);
    if (wasmc_grants_have(&grants, WASMC_GRANT_ISOLATE_NETWORK))
        isolate_here(&grants);
    wasmc_forward_start(&grants);
    sem_init(&patience, 0, 0);
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "read") == 0) {
            puts("waiting");
            read_line();
        } else if (strcmp(argv[i], "close") == 0) {
            is_closing = true;
            shutdown(last, SHUT_RDWR); /* wakes the thread, of datagrams too */
            pthread_join(last_thread, NULL);
            close(last);
            is_closing = false;
        } else {
            bool is_udp = strcmp(argv[i], "udp") == 0;
            last = open_socket(is_udp ? SOCK_DGRAM : SOCK_STREAM, argv[i + 1], argv[i + 2]);
            last_thread = start_thread(is_udp ? answer_datagrams : accept_connections, last);
            i += 2;
        }
    }
    puts("ready");
    while (read_line())
        sem_post(&patience);
    return 0;
}
