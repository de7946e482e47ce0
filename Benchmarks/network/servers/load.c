/* load.c - asks a server by some connections at a time, each of which asks again when it has its answer.
 *
 *   load echo|http|udp PORT CONNECTIONS MILLISECONDS   prints requests a second and the 50th and 99th of 100 times, in us
 *   load answer PORT                                   says `ready` and answers datagrams
 *   load accept PORT                                   says `ready`, accepts and closes
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 1024, TIMES = 1 << 22 };

static const char http[] = "GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: load\r\nAccept: */*\r\n\r\n";
static double sent_at[CONNECTIONS];
static float times[TIMES];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int open_to(int type, int port, int is_server)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, type, 0), yes = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if ((is_server ? bind : connect)(fd, (struct sockaddr *)&address, sizeof address) != 0)
        fail(is_server ? "bind" : "connect");
    return fd;
}

static void serve(int is_stream, int port)
{
    int fd = open_to(is_stream ? SOCK_STREAM : SOCK_DGRAM, port, 1);
    if (is_stream && listen(fd, 4096) != 0)
        fail("listen");
    puts("ready");
    fflush(stdout);
    for (;;) {
        char bytes[2048];
        struct sockaddr_in peer;
        socklen_t peer_bytes = sizeof peer;
        if (is_stream) {
            close(accept(fd, NULL, NULL));
            continue;
        }
        ssize_t count = recvfrom(fd, bytes, sizeof bytes, 0, (struct sockaddr *)&peer, &peer_bytes);
        if (count >= 0)
            sendto(fd, bytes, (size_t)count, 0, (struct sockaddr *)&peer, peer_bytes);
    }
}

static int compare(const void *one, const void *other)
{
    float a = *(const float *)one, b = *(const float *)other;
    return (a > b) - (a < b);
}

int main(int count, char **arguments)
{
    static char bytes[16384], request[64] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde";
    if (count == 3)
        serve(arguments[1][1] == 'c', atoi(arguments[2]));
    if (count != 5)
        return 2;
    const char *kind = arguments[1];
    int is_http = kind[0] == 'h', connections = atoi(arguments[3]), set = epoll_create1(0);
    size_t request_bytes = is_http ? sizeof http - 1 : sizeof request, done = 0;
    if (connections > CONNECTIONS)
        return 2;
    int *fds = calloc((size_t)connections, sizeof *fds);
    for (int i = 0; i < connections; i++) {
        fds[i] = open_to(kind[0] == 'u' ? SOCK_DGRAM : SOCK_STREAM, atoi(arguments[2]), 0);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        epoll_ctl(set, EPOLL_CTL_ADD, fds[i], &event);
        sent_at[i] = now();
        send(fds[i], is_http ? http : request, request_bytes, 0);
    }
    double start = now(), end = start + atoi(arguments[4]) * 1e-3;
    while (now() < end) {
        struct epoll_event events[64];
        int found = epoll_wait(set, events, 64, 1000);
        if (found == 0)
            fail("no answer in a second");
        for (int i = 0; i < found; i++) {
            uint32_t which = events[i].data.u32;
            ssize_t got = recv(fds[which], bytes, sizeof bytes, 0);
            if (got <= 0 || (is_http && memcmp(bytes, "HTTP/1.1 200", 12) != 0))
                fail("recv");
            double time = now();
            times[done++ % TIMES] = (float)(time - sent_at[which]);
            sent_at[which] = time;
            send(fds[which], is_http ? http : request, request_bytes, 0);
        }
    }
    double seconds = now() - start;
    size_t kept = done < TIMES ? done : TIMES;
    qsort(times, kept, sizeof times[0], compare);
    printf("%zu %.0f %.1f %.1f\n", done, (double)done / seconds, times[kept / 2] * 1e6, times[kept * 99 / 100] * 1e6);
    return 0;
}
