/* datagrams.c - does what it is told on standard input, with sockets of datagrams, and answers each line with one:
 *
 *     open 4|6                   from now on the last one is used
 *     use N                      the Nth, from 0
 *     bind ADDRESS PORT          its port
 *     send ADDRESS PORT TEXT     errno 0
 *     connect ADDRESS PORT
 *     receive, recv, read        TEXT and who sent it, by sock_recv_from; by sock_recv, by fd_read
 *     mode block|nonblock
 *     poll MS [N]                how many bytes, or "nothing" after that time; with N other sockets in the list, from the
 *                                third on
 *     reuse                      lets others have its port
 *     rally ADDRESS PORT N       N times a number is sent and the same received
 *     close
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sockets.h"

enum { SOCKETS = 64, NONBLOCK = 4 };

static int sockets[SOCKETS], socket_count, current;

void check(const char *what, long found, long expected)
{
    if (found != expected)
        printf("failed: %s: found %ld, expected %ld\n", what, found, expected);
}

static struct address parse(const char *text, int port)
{
    struct address address = {.family = IPV4, .port = (uint16_t)port};
    unsigned part[4];
    if (sscanf(text, "%u.%u.%u.%u", &part[0], &part[1], &part[2], &part[3]) == 4) {
        for (int i = 0; i < 4; i++)
            address.bytes[i] = (uint8_t)part[i];
    } else {
        address.family = IPV6;
        address.bytes[15] = 1;
    }
    return address;
}

static void print_received(int error, const char *bytes, uint32_t count, const struct address *peer)
{
    if (error != 0) {
        printf("errno %d\n", error);
        return;
    }
    printf("%.*s", (int)count, bytes);
    if (peer != NULL && peer->family == IPV4)
        printf(" from %d.%d.%d.%d %d", peer->bytes[0], peer->bytes[1], peer->bytes[2], peer->bytes[3], peer->port);
    else if (peer != NULL)
        printf(" from ::%x %d", peer->bytes[15], peer->port);
    printf("\n");
}

static void receive(const char *how)
{
    static char bytes[65536];
    struct vector vector = {bytes, sizeof bytes};
    uint32_t count = 0;
    uint16_t flags;
    struct address peer;
    if (strcmp(how, "receive") == 0) {
        int error = s_receive_from(current, bytes, sizeof bytes, &count, &peer);
        print_received(error, bytes, count, &peer);
    } else if (strcmp(how, "peek") == 0) {
        int error = p1_receive(current, &vector, 1, 1, &count, &flags);
        print_received(error, bytes, count, NULL);
    } else {
        int error = how[3] == 'v' ? p1_receive(current, &vector, 1, 0, &count, &flags)
                                  : p1_read(current, &vector, 1, &count);
        print_received(error, bytes, count, NULL);
    }
}

static void poll(int ms, int others)
{
    static uint8_t subscriptions[2 + SOCKETS][48], events[2 + SOCKETS][32];
    uint64_t ns = (uint64_t)ms * 1000000, bytes;
    uint32_t happened = 0;
    int count = 2 + others;
    memset(subscriptions, 0, sizeof subscriptions);
    subscriptions[0][16] = 1; /* the monotonic clock */
    memcpy(subscriptions[0] + 24, &ns, sizeof ns);
    for (int i = 1; i < count; i++) {
        int fd = i == 1 ? current : sockets[i];
        subscriptions[i][0] = (uint8_t)i;
        subscriptions[i][8] = 1;
        memcpy(subscriptions[i] + 16, &fd, sizeof fd);
    }
    int error = p1_poll(subscriptions, events, count, &happened);
    memcpy(&bytes, events[0] + 16, sizeof bytes);
    if (error != 0 || happened != 1)
        printf("errno %d, events %u\n", error, happened);
    else if (events[0][0] == 0)
        printf("nothing\n");
    else
        printf("%llu bytes of %d\n", (unsigned long long)bytes, events[0][0]);
}

static void rally(const struct address *address, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        char bytes[16], heard[16];
        uint32_t sent, count;
        struct address peer;
        int length = sprintf(bytes, "%d", i);
        int error = s_send_to(current, bytes, (uint32_t)length, address, &sent);
        if (error == 0)
            error = s_receive_from(current, heard, sizeof heard, &count, &peer);
        if (error != 0 || count != (uint32_t)length || memcmp(heard, bytes, count) != 0 || peer.port != address->port) {
            printf("errno %d in round %d\n", error, i);
            return;
        }
    }
    printf("errno 0\n");
}

static int open_another(const char *family)
{
    int error = s_open(family[0] == '4' ? IPV4 : IPV6, DATAGRAMS, &current);
    if (error == 0)
        sockets[socket_count++] = current;
    return error;
}

static int bind_to(const struct address *address)
{
    struct address local;
    int error = s_bind(current, address);
    if (error == 0 && (error = s_local(current, &local)) == 0)
        printf("%d\n", local.port);
    return error == 0 ? -1 : error;
}

int main(void)
{
    static char line[1000], word[16], first[64], text[800];
    while (fgets(line, sizeof line, stdin) != NULL) {
        int port = 0, number = 0, error = 0;
        uint32_t sent;
        first[0] = text[0] = '\0';
        sscanf(line, "%15s %63s %d %d", word, first, &port, &number);
        sscanf(line, "%*s %*s %*d %799[^\n]", text);
        struct address address = parse(first, port);
        if (strcmp(word, "open") == 0)
            error = open_another(first);
        else if (strcmp(word, "use") == 0)
            current = sockets[atoi(first)];
        else if (strcmp(word, "bind") == 0)
            error = bind_to(&address);
        else if (strcmp(word, "send") == 0)
            error = s_send_to(current, text, strlen(text), &address, &sent);
        else if (strcmp(word, "connect") == 0)
            error = s_connect(current, &address);
        else if (strcmp(word, "mode") == 0)
            error = p1_set_flags(current, first[0] == 'n' ? NONBLOCK : 0);
        else if (strcmp(word, "reuse") == 0)
            error = s_reuse(current);
        else if (strcmp(word, "close") == 0)
            error = p1_close(current);
        else if (strcmp(word, "poll") == 0)
            poll(atoi(first), port), error = -1;
        else if (strcmp(word, "rally") == 0)
            rally(&address, number), error = -1;
        else
            receive(word), error = -1;
        if (error >= 0)
            printf("errno %d\n", error);
        fflush(stdout);
    }
    return 0;
}
