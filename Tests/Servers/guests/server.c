/* server.c - answers HTTP requests on the listening socket that it was given as descriptor 3, one connection after the
 * other. Its argument says how it waits: `block`, or with poll(2): `poll`, which also makes the listener say that it
 * would block; `clear`, which asks for a listener that blocks. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static bool answer(int fd, const char *body, size_t bytes)
{
    char head[100];
    int head_bytes = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", bytes);
    return send(fd, head, (size_t)head_bytes, 0) == head_bytes && send(fd, body, bytes, 0) == (ssize_t)bytes;
}

/* Requests of a connection until its end. */
static void serve(int fd)
{
    static char request[1 << 20];
    size_t used = 0;
    for (;;) {
        char *end = used > 0 ? memmem(request, used, "\r\n\r\n", 4) : NULL;
        char *length = end != NULL ? memmem(request, (size_t)(end - request), "Content-Length: ", 16) : NULL;
        size_t body = length != NULL ? strtoul(length + 16, NULL, 10) : 0;
        size_t whole = end != NULL ? (size_t)(end + 4 - request) + body : sizeof request;
        if (used < whole) {
            ssize_t bytes = recv(fd, request + used, sizeof request - used, 0);
            if (bytes <= 0)
                return;
            used += (size_t)bytes;
            continue;
        }
        bool is_quit = memcmp(request, "GET /quit", 9) == 0;
        if (!answer(fd, is_quit ? "bye" : end + 4, is_quit ? 3 : body))
            return;
        if (is_quit)
            exit(0);
        memmove(request, request + whole, used - whole);
        used -= whole;
    }
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "block";
    if (strcmp(how, "poll") == 0) {
        if (!(fcntl(3, F_GETFL) & O_NONBLOCK))
            fail("the listener blocks");
        if (accept(3, NULL, NULL) >= 0 || errno != EAGAIN)
            fail("a connection that is not there");
    }
    if (strcmp(how, "clear") == 0 && fcntl(3, F_SETFL, 0) != 0)
        fail("clearing O_NONBLOCK");
    puts("ready");
    fflush(stdout);
    for (;;) {
        struct pollfd wait = {.fd = 3, .events = POLLIN};
        if (strcmp(how, "poll") == 0 && poll(&wait, 1, -1) != 1)
            fail("poll");
        int fd = accept(3, NULL, NULL);
        if (fd < 0)
            fail("accept");
        serve(fd);
        close(fd);
    }
}
