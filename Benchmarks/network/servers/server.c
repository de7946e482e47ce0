/* server.c - servers that are asked by load.c, and clients that ask it; as a guest of wasmc's and natively.
 *
 *   server echo|http|udp poll|epoll PORT   says `ready`, then answers
 *   server ask PORT COUNT                  COUNT datagrams and their answers, by a socket that is not connected
 *   server connect PORT COUNT              COUNT connections, one after the other
 *   server hello
 *
 * Clients print how many a second. */
#include "sockets.h"

enum { ROOM = 16384 };

static int listener;
static char buffer[ROOM];
static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 64\r\n\r\n"
                             "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n";

static void accept_one(void)
{
    int fd = accept_nonblocking(listener);
    if (fd >= 0)
        add_polled(fd);
}

static void end(int fd)
{
    remove_polled(fd);
    close(fd);
}

static void serve_echo(int fd)
{
    if (fd == listener) {
        accept_one();
        return;
    }
    int count = receive(fd, buffer, sizeof buffer);
    if (count <= 0 || send_bytes(fd, buffer, (uint32_t)count) != count)
        end(fd);
}

/* A request ends with an empty line; load.c sends each by one call. */
static void serve_http(int fd)
{
    if (fd == listener) {
        accept_one();
        return;
    }
    int count = receive(fd, buffer, sizeof buffer - 1);
    if (count <= 0) {
        end(fd);
        return;
    }
    buffer[count] = '\0';
    if (strncmp(buffer, "GET ", 4) != 0 || strstr(buffer, "\r\n\r\n") == NULL ||
        send_bytes(fd, answer, sizeof answer - 1) != sizeof answer - 1)
        end(fd);
}

static void serve_datagram(int fd)
{
    struct peer peer;
    int count = receive_from(fd, buffer, sizeof buffer, &peer);
    if (count >= 0)
        (void)send_to(fd, buffer, (uint32_t)count, &peer);
}

static int serve(const char *kind, const char *how, int port)
{
    struct peer local = loopback;
    int is_stream = kind[0] != 'u';
    local.port = (uint16_t)port;
    listener = open_socket(is_stream);
    if (listener < 0 || bind_socket(listener, &local) != 0 || (is_stream && listen_socket(listener) != 0))
        fail("bind");
    set_nonblocking(listener);
    begin_polling(how[0] == 'e');
    add_polled(listener);
    puts("ready");
    fflush(stdout);
    for (;;)
        poll_all(kind[0] == 'u' ? serve_datagram : kind[0] == 'e' ? serve_echo : serve_http);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int ask(const char *kind, int port, int count)
{
    struct peer remote = loopback, sender;
    int is_connecting = kind[0] == 'c', fd = -1;
    remote.port = (uint16_t)port;
    if (!is_connecting && (fd = open_socket(0)) < 0)
        fail("open");
    double start = now();
    for (int i = 0; i < count; i++) {
        if (is_connecting) {
            fd = open_socket(1);
            if (fd < 0 || connect_socket(fd, &remote) != 0 || close(fd) != 0)
                fail("connect");
        } else if (send_to(fd, "0123456789abcdef", 16, &remote) != 16 || receive_from(fd, buffer, ROOM, &sender) != 16) {
            fail("ask");
        }
    }
    printf("%.0f\n", count / (now() - start));
    return 0;
}

int main(int count, char **arguments)
{
    if (count == 2)
        return puts("hello, world") < 0;
    if (count != 4)
        fail("arguments");
    const char *kind = arguments[1];
    int is_client = kind[0] == 'a' || kind[0] == 'c';
    return is_client ? ask(kind, atoi(arguments[2]), atoi(arguments[3])) : serve(kind, arguments[2], atoi(arguments[3]));
}
