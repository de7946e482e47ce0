/* client.c - gets a page: client HOST PORT PATH. The host is a name or an address. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../wasmedge_socket.h"

#define ROOM 8

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "client: %s: %s\n", what, why);
    exit(1);
}

/* The first IPv4 address of a host. */
static void look_up(const char *host, uint8_t bytes[4])
{
    static uint8_t data[ROOM][26];
    static struct wasmedge_found_address addresses[ROOM];
    static struct wasmedge_found found[ROOM];
    struct wasmedge_found hints = {.family = WASMEDGE_INET4, .type = WASMEDGE_STREAM};
    struct wasmedge_found *first = found;
    uint32_t count = 0;
    for (int i = 0; i < ROOM; i++) {
        addresses[i] = (struct wasmedge_found_address){.size = sizeof data[i], .data = data[i]};
        found[i].address = &addresses[i];
        found[i].next = i + 1 < ROOM ? &found[i + 1] : NULL;
    }
    int error = wasmedge_getaddrinfo(host, strlen(host), NULL, 0, &hints, &first, ROOM, &count);
    if (error != 0 || count == 0)
        fail(host, "is not found");
    memcpy(bytes, found[0].address->data + 2, 4);
}

static int connect_to(const char *host, uint32_t port)
{
    uint8_t bytes[4];
    struct wasmedge_address address = {bytes, sizeof bytes};
    int fd = -1;
    look_up(host, bytes);
    int error = wasmedge_open(WASMEDGE_INET4, WASMEDGE_STREAM, &fd);
    if (error == 0)
        error = wasmedge_connect(fd, &address, port);
    if (error != 0)
        fail(host, strerror(error));
    return fd;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        fail("expected", "HOST PORT PATH");
    FILE *server = fdopen(connect_to(argv[1], (uint32_t)atoi(argv[2])), "r+");
    fprintf(server, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", argv[3], argv[1]);
    fflush(server);
    int byte, before = 0, is_body = 0;
    while ((byte = getc(server)) != EOF) {
        if (is_body)
            putchar(byte);
        else if (byte == '\n' && before == '\n')
            is_body = 1;
        before = byte == '\r' ? before : byte;
    }
    return is_body ? 0 : 1;
}
