/* load.c - asks server.c for one thing and prints how many a second it was:
 *
 *   load send PORT N      N MiB to the server that counts: bytes
 *   load receive PORT N   N MiB from the server that pours: bytes
 *   load ask PORT N       N questions of 64 bytes on one connection, each with its answer
 *   load connect PORT N   N connections, each with 64 bytes and an answer
 *   load datagram PORT N  N datagrams of 64 bytes, each with its answer
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BYTES = 1 << 18, QUESTION = 64 };

static char bytes[BYTES];
static int port;

static void fail(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int reach(int type)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((in_port_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, type, 0);
    int yes = 1;
    if (type == SOCK_STREAM)
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail("connect");
    return fd;
}

static void exchange(int fd)
{
    if (send(fd, bytes, QUESTION, 0) != QUESTION || recv(fd, bytes, QUESTION, MSG_WAITALL) != QUESTION)
        fail("answer");
}

static uint64_t send_bytes(uint64_t count)
{
    int fd = reach(SOCK_STREAM);
    uint64_t sent = 0;
    uint64_t counted = 0;
    while (sent < count) {
        ssize_t part = send(fd, bytes, sizeof bytes, 0);
        if (part <= 0)
            fail("send");
        sent += (uint64_t)part;
    }
    shutdown(fd, SHUT_WR);
    if (recv(fd, &counted, sizeof counted, MSG_WAITALL) != sizeof counted || counted != sent)
        fail("bytes are lost");
    return sent;
}

static uint64_t receive_bytes(uint64_t count)
{
    int fd = reach(SOCK_STREAM);
    uint64_t received = 0;
    while (received < count) {
        ssize_t part = recv(fd, bytes, sizeof bytes, 0);
        if (part <= 0)
            fail("receive");
        received += (uint64_t)part;
    }
    close(fd);
    return received;
}

static uint64_t ask(int type, uint64_t count)
{
    int fd = reach(type);
    for (uint64_t i = 0; i < count; i++)
        exchange(fd);
    close(fd);
    return count;
}

static uint64_t connect_all(uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        int fd = reach(SOCK_STREAM);
        uint64_t counted = 0;
        if (send(fd, bytes, QUESTION, 0) != QUESTION)
            fail("send");
        shutdown(fd, SHUT_WR);
        if (recv(fd, &counted, sizeof counted, MSG_WAITALL) != sizeof counted || counted != QUESTION)
            fail("answer");
        close(fd);
    }
    return count;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    const char *kind = argv[1];
    port = atoi(argv[2]);
    uint64_t count = strtoull(argv[3], NULL, 10);
    double start = seconds();
    if (strcmp(kind, "send") == 0)
        count = send_bytes(count << 20);
    else if (strcmp(kind, "receive") == 0)
        count = receive_bytes(count << 20);
    else if (strcmp(kind, "connect") == 0)
        count = connect_all(count);
    else
        count = ask(strcmp(kind, "ask") == 0 ? SOCK_STREAM : SOCK_DGRAM, count);
    printf("%.0f\n", (double)count / (seconds() - start));
}
