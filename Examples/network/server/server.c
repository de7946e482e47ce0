/* server.c - an HTTP server that says hello: server [PORT [ADDRESS]], on 127.0.0.1:3000 without arguments. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../wasmedge_socket.h"

static int listen_on(const char *text, uint32_t port)
{
    unsigned numbers[4] = {0};
    sscanf(text, "%u.%u.%u.%u", &numbers[0], &numbers[1], &numbers[2], &numbers[3]);
    uint8_t bytes[4] = {(uint8_t)numbers[0], (uint8_t)numbers[1], (uint8_t)numbers[2], (uint8_t)numbers[3]};
    struct wasmedge_address address = {bytes, sizeof bytes};
    int fd = -1;
    int yes = 1; /* also while connections of an earlier server are not forgotten */
    int error = wasmedge_open(WASMEDGE_INET4, WASMEDGE_STREAM, &fd);
    if (error == 0)
        error = wasmedge_setsockopt(fd, WASMEDGE_SOCKET, WASMEDGE_REUSE_ADDRESS, &yes, sizeof yes);
    if (error == 0)
        error = wasmedge_bind(fd, &address, port);
    if (error == 0)
        error = wasmedge_listen(fd, 64);
    if (error != 0) {
        fprintf(stderr, "cannot listen on %s:%u: %s\n", text, (unsigned)port, strerror(error));
        exit(1);
    }
    return fd;
}

/* The end of a request's head is an empty line. A GET has nothing behind it. */
static void read_head(int connection)
{
    static const char end[] = "\r\n\r\n";
    size_t matched = 0;
    char byte;
    while (matched < strlen(end) && read(connection, &byte, 1) == 1)
        matched = byte == end[matched] ? matched + 1 : byte == end[0];
}

int main(int argc, char **argv)
{
    static const char answer[] = "HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nhello\n";
    int listener = listen_on(argc > 2 ? argv[2] : "127.0.0.1", argc > 1 ? (uint32_t)atoi(argv[1]) : 3000);
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection < 0) {
            perror("accept");
            return 1;
        }
        read_head(connection);
        write(connection, answer, strlen(answer));
        close(connection);
    }
}
