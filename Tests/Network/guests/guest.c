/* guest.c - a server and a client of TCP and UDP, and what calls say; by whatever ABI it is linked with.
 *
 *     serve tcp|udp ADDRESS MODE            prints `port N` and echoes: one connection, datagrams until "quit"
 *     connect tcp|udp ADDRESS PORT MODE     talks to a server that echoes; a stream also by a path
 *     reset PORT                            talks to a server that resets the connection
 *     gram PATH OWN                         a datagram to one Unix socket, and one back
 *     calls PORT                            errors and options; the port is one that nothing listens on
 *     denied ADDRESS PORT                   what no rule admits
 *     resolve HOST SERVICE                  prints what is found
 *
 * MODE is block, nonblock (tries again and again) or poll (poll_oneoff).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sockets.h"

static int failures;
static enum { BLOCK, NONBLOCK, POLL } mode;

void check(const char *what, long found, long expected)
{
    if (found == expected)
        return;
    printf("failed: %s: found %ld, expected %ld\n", what, found, expected);
    failures++;
}

static void require(const char *what, int error)
{
    if (error == 0)
        return;
    printf("failed: %s: errno %d\n", what, error);
    exit(1);
}

/* --- addresses --- */

static struct address parse(const char *text, int port)
{
    struct address address = {.family = IPV4, .port = (uint16_t)port};
    unsigned part[4];
    if (text[0] == '/') {
        address.family = UNIX;
        address.port = 0;
        strcpy(address.path, text);
    } else if (strcmp(text, "::1") == 0 || strcmp(text, "::") == 0) {
        address.family = IPV6;
        address.bytes[15] = text[2] == '1';
    } else if (sscanf(text, "%u.%u.%u.%u", &part[0], &part[1], &part[2], &part[3]) == 4) {
        for (int i = 0; i < 4; i++)
            address.bytes[i] = (uint8_t)part[i];
    } else {
        printf("failed: no address: %s\n", text);
        exit(1);
    }
    return address;
}

static void print_address(const char *what, const struct address *address)
{
    printf("%s ", what);
    if (address->family == IPV4)
        printf("%d.%d.%d.%d", address->bytes[0], address->bytes[1], address->bytes[2], address->bytes[3]);
    for (int i = 0; address->family == IPV6 && i < 16; i++)
        printf("%02x", address->bytes[i]);
    if (address->family == UNIX)
        printf("unix:%s", address->path);
    printf(" %d\n", address->port);
    fflush(stdout);
}

static int is_same(const struct address *a, const struct address *b)
{
    if (a->family == UNIX && b->family == UNIX)
        return 1; /* whose name is the host's, and not told */
    return a->family == b->family && a->port == b->port && memcmp(a->bytes, b->bytes, a->family == IPV4 ? 4 : 16) == 0;
}

/* --- waiting --- */

/* {u64, u8 type, ...}: a clock's time is at 24, a descriptor at 16. */
static void wait_for(int fd, int type)
{
    static uint8_t subscription[48], event[32];
    uint32_t happened = 0;
    memset(subscription, 0, sizeof subscription);
    if (mode == NONBLOCK) {
        uint64_t ns = 1000000;
        subscription[16] = 1; /* the monotonic clock */
        memcpy(subscription + 24, &ns, sizeof ns);
    } else {
        subscription[8] = (uint8_t)type;
        memcpy(subscription + 16, &fd, sizeof fd);
    }
    require("poll_oneoff", p1_poll(subscription, event, 1, &happened));
    check("events", happened, 1);
    if (mode == POLL)
        check("error of an event", event[8] | event[9] << 8, 0);
}

enum { READING = 1, WRITING = 2 };

/* Whether to try again. */
static int is_again(int error, int fd, int type)
{
    if (error != E_AGAIN || mode == BLOCK)
        return 0;
    wait_for(fd, type);
    return 1;
}

static void set_mode(int fd)
{
    if (mode != BLOCK)
        require("NONBLOCK", p1_set_flags(fd, 4));
}

/* --- streams --- */

static uint32_t receive(int fd, void *bytes, uint32_t room)
{
    struct vector vector = {bytes, room};
    uint32_t count = 0;
    uint16_t flags;
    int error;
    do {
        error = p1_receive(fd, &vector, 1, 0, &count, &flags);
    } while (is_again(error, fd, READING));
    require("receive", error);
    return count;
}

static void send_all(int fd, const char *bytes, uint32_t count)
{
    while (count > 0) {
        struct vector vector = {(void *)bytes, count};
        uint32_t sent = 0;
        int error;
        do {
            error = p1_send(fd, &vector, 1, 0, &sent);
        } while (is_again(error, fd, WRITING));
        require("send", error);
        bytes += sent;
        count -= sent;
    }
}

static int accept_one(int listener)
{
    int fd = -1, error;
    do {
        error = s_accept(listener, &fd);
    } while (is_again(error, listener, READING));
    require("accept", error);
    return fd;
}

static int open_bound(enum type type, const struct address *address)
{
    int fd;
    struct address local;
    require("open", s_open(address->family, type, &fd));
    require("bind", s_bind(fd, address));
    require("local address", s_local(fd, &local));
    if (address->family == UNIX)
        check("bound to the path", strcmp(local.path, address->path), 0);
    else
        check("bound to what was said", memcmp(local.bytes, address->bytes, address->family == IPV4 ? 4 : 16), 0);
    set_mode(fd);
    if (type == STREAM)
        require("listen", s_listen(fd, 16));
    printf("port %d\n", local.port);
    fflush(stdout);
    return fd;
}

static void serve_stream(const struct address *address)
{
    static char bytes[5000];
    int listener = open_bound(STREAM, address), fd = accept_one(listener);
    uint32_t count;
    struct address peer;
    require("peer", s_remote(fd, &peer));
    print_address("peer", &peer);
    set_mode(fd);
    while ((count = receive(fd, bytes, sizeof bytes)) > 0)
        send_all(fd, bytes, count);
    send_all(fd, "bye", 3); /* it still can */
    require("shutdown", p1_shutdown(fd, 2));
    check("sending after that", p1_send(fd, &(struct vector){"x", 1}, 1, 0, &count), E_PIPE);
    require("close", p1_close(fd));
    check("closed", s_remote(fd, &peer), E_BADF);
    require("close", p1_close(listener));
}

static int connect_to(enum type type, const struct address *address)
{
    int fd;
    require("open", s_open(address->family, type, &fd));
    set_mode(fd);
    int error = s_connect(fd, address);
    if (error == E_INPROGRESS && mode != BLOCK) {
        do {
            wait_for(fd, WRITING);
        } while ((error = s_connected(fd, address)) == E_INPROGRESS);
    }
    require("connect", error);
    return fd;
}

static void check_echo(int fd, uint32_t count)
{
    static char sent[20000], got[20000];
    for (uint32_t i = 0; i < count; i++)
        sent[i] = (char)(i * 7 + count);
    send_all(fd, sent, count);
    for (uint32_t at = 0; at < count;) {
        uint32_t part = receive(fd, got + at, count - at);
        if (part == 0)
            break;
        at += part;
    }
    check("what comes back", memcmp(sent, got, count), 0);
}

static void connect_stream(const struct address *address)
{
    int fd = connect_to(STREAM, address);
    struct address peer, local;
    char byte;
    require("peer", s_remote(fd, &peer));
    check("the peer", is_same(&peer, address), 1);
    require("local", s_local(fd, &local));
    print_address("local", &local);
    check_echo(fd, 1);
    check_echo(fd, 5000);
    check_echo(fd, 20000);
    require("shutdown", p1_shutdown(fd, 2));
    check("the end", receive(fd, &byte, 1), 0);
    require("close", p1_close(fd));
}

/* --- datagrams --- */

static uint32_t receive_from(int fd, void *bytes, uint32_t room, struct address *peer)
{
    uint32_t count = 0;
    int error;
    do {
        error = s_receive_from(fd, bytes, room, &count, peer);
    } while (is_again(error, fd, READING));
    require("receive from", error);
    return count;
}

static void send_to(int fd, const void *bytes, uint32_t count, const struct address *address)
{
    uint32_t sent = 0;
    int error;
    do {
        error = s_send_to(fd, bytes, count, address, &sent);
    } while (is_again(error, fd, WRITING));
    require("send to", error);
    check("sent", sent, count);
}

/* Version 1 of WasmEdge does not tell a port: it comes with the first datagrams. */
static void serve_datagrams(const struct address *address)
{
    static char bytes[3000];
    int fd = open_bound(DATAGRAMS, address), port = 0;
    struct address peer = *address;
    for (;;) {
        uint32_t count = receive_from(fd, bytes, sizeof bytes - 1, &peer);
        bytes[count] = '\0';
        (void)sscanf(bytes, "from %d", &port);
        if (strcmp(abi_name, "WasmEdge 1") == 0)
            peer.port = (uint16_t)port;
        check("the sender's port", peer.port, port);
        send_to(fd, bytes, count, &peer);
        if (strstr(bytes, "quit") != NULL)
            break;
    }
    require("close", p1_close(fd));
}

static void connect_datagrams(const struct address *address)
{
    static char bytes[2000], got[2000];
    int fd;
    struct address peer = {.family = address->family}, local;
    memset(bytes, 'x', sizeof bytes);
    require("open", s_open(address->family, DATAGRAMS, &fd));
    set_mode(fd);
    for (uint32_t count = 1; count < sizeof bytes; count *= 9) {
        send_to(fd, bytes, count, address);
        memset(got, 0, sizeof got);
        check("bytes that come back", receive_from(fd, got, sizeof got, &peer), count);
        check("what comes back", memcmp(bytes, got, count), 0);
        check("who sent it", is_same(&peer, address) || strcmp(abi_name, "WasmEdge 1") == 0, 1);
    }
    require("local", s_local(fd, &local));
    check("a port of its own", local.port != 0, 1);
    require("close", p1_close(fd));
    fd = connect_to(DATAGRAMS, address);
    require("peer", s_remote(fd, &peer));
    check("the peer", is_same(&peer, address), 1);
    send_all(fd, "connected", 9);
    check("bytes that come back", receive(fd, got, sizeof got), 9);
    check("what comes back", memcmp(got, "connected", 9), 0);
    send_all(fd, "too long", 8);
    check("bytes of a part", receive(fd, got, 3), 3);
    check("cut off", memcmp(got, "toonected", 9), 0);
    require("close", p1_close(fd));
}

/* --- streams that end --- */

static void end_stream(const struct address *address)
{
    int fd = connect_to(STREAM, address);
    struct vector vector = {(char[8]){0}, 8};
    uint32_t count;
    uint16_t flags;
    send_all(fd, "x", 1);
    check("reset", p1_receive(fd, &vector, 1, 0, &count, &flags), E_CONNRESET);
    check("sending then", p1_send(fd, &vector, 1, 0, &count), E_PIPE);
    require("close", p1_close(fd));
    require("open", s_open(IPV4, STREAM, &fd));
    check("no direction", p1_shutdown(fd, 0), E_INVAL);
    check("a direction that there is not", p1_shutdown(fd, 4), E_INVAL);
    for (int how = 1; how < 4; how++)
        check("shutdown without a peer", p1_shutdown(fd, how), E_NOTCONN);
    require("close", p1_close(fd));
}

#ifdef RESOLVES
static void exchange_datagrams(const char *path, const char *own_path)
{
    struct address peer = parse(path, 0), own = parse(own_path, 0), local, outside = parse("/elsewhere/s", 0);
    int fd;
    uint32_t count;
    char got[16] = "";
    require("open", s_open(UNIX, DATAGRAMS, &fd));
    check("a path that is not granted", s_bind(fd, &outside), E_ACCES);
    check("a peer that is not granted", s_send_to(fd, "x", 1, &outside, &count), E_ACCES);
    require("bind", s_bind(fd, &own));
    require("local", s_local(fd, &local));
    check("its path", strcmp(local.path, own_path), 0);
    require("send to", s_send_to(fd, "hello", 5, &peer, &count));
    require("receive from", s_receive_from(fd, got, sizeof got, &count, &peer));
    printf("%s\n", got);
    require("close", p1_close(fd));
}
#endif

/* --- errors --- */

static void check_descriptor(int fd, int error)
{
    struct address address = parse("127.0.0.1", 9);
    uint32_t count;
    int new_fd;
    char byte;
    check("bind", s_bind(fd, &address), error);
    check("listen", s_listen(fd, 1), error);
    check("accept", s_accept(fd, &new_fd), error);
    check("connect", s_connect(fd, &address), error);
    check("receive from", s_receive_from(fd, &byte, 1, &count, &address), error);
    check("send to", s_send_to(fd, &byte, 1, &address, &count), error);
    check("local", s_local(fd, &address), error);
    check("remote", s_remote(fd, &address), error);
    check("shutdown", p1_shutdown(fd, 1), error);
}

static void calls(int unused_port)
{
    int stream, datagrams, other;
    struct address local = parse("127.0.0.1", 0), unused = parse("127.0.0.1", unused_port), v6 = parse("::1", 0);
    uint32_t count;
    char byte;
    require("a stream", s_open(IPV4, STREAM, &stream));
    require("datagrams", s_open(IPV4, DATAGRAMS, &datagrams));
    check_descriptor(99, E_BADF);
    check_descriptor(1, E_NOTSOCK);
    abi_options(stream, datagrams);
    check("no peer", s_remote(stream, &local), E_NOTCONN);
    local = parse("127.0.0.1", 0);
    check("an address of another family", s_bind(stream, &v6), E_AFNOSUPPORT);
    require("time", s_set_time(datagrams, 20000));
    local = parse("127.0.0.1", 0);
    require("bind", s_bind(datagrams, &local));
    check("nothing comes in time", s_receive_from(datagrams, &byte, 1, &count, &local), E_AGAIN);
    local = parse("127.0.0.1", 0);
    check("not listening", s_accept(stream, &other), E_INVAL);
    check("listen, of datagrams", s_listen(datagrams, 1), E_NOTSUP);
    check("nothing listens there", s_connect(stream, &unused), E_CONNREFUSED);
    require("close", p1_close(stream));
    check("closed", s_local(stream, &local), E_BADF);
    require("a descriptor that was in use", s_open(IPV4, STREAM, &other));
    check("the same number", other, stream);
    local = parse("127.0.0.1", 0);
    require("bind", s_bind(other, &local));
    check("bind again", s_bind(other, &local), E_INVAL);
    require("local", s_local(other, &local));
    require("listen", s_listen(other, 1));
    require("another", s_open(IPV4, STREAM, &stream));
    check("in use", s_bind(stream, &local), E_ADDRINUSE);
    require("time", s_set_time(other, 20000));
    check("nobody comes in time", s_accept(other, &stream), E_AGAIN);
    require("non-blocking", p1_set_flags(other, 4));
    check("nobody comes", s_accept(other, &stream), E_AGAIN);
    require("non-blocking", p1_set_flags(datagrams, 4));
    check("nothing comes", s_receive_from(datagrams, &byte, 1, &count, &local), E_AGAIN);
}

static void denied(const struct address *address)
{
    int stream, datagrams;
    uint32_t count;
    require("a stream", s_open(address->family, STREAM, &stream));
    require("datagrams", s_open(address->family, DATAGRAMS, &datagrams));
    check("connect", s_connect(stream, address), E_ACCES);
    check("connect datagrams", s_connect(datagrams, address), E_ACCES);
    check("send to", s_send_to(datagrams, "x", 1, address, &count), E_ACCES);
    check("bind", s_bind(stream, address), E_ACCES);
    check("bind datagrams", s_bind(datagrams, address), E_ACCES);
    check("listen", s_listen(stream, 1), E_ACCES);
}

#ifdef RESOLVES
static void resolve(const char *host, const char *service)
{
    struct address found[8];
    uint32_t count = 0;
    int error = s_resolve(host, service, found, 8, &count);
    printf("errno %d\n", error);
    for (uint32_t i = 0; error == 0 && i < count; i++)
        print_address("found", &found[i]);
}
#endif

int main(int argc, char **argv)
{
    const char *last = argv[argc - 1];
    mode = strcmp(last, "poll") == 0 ? POLL : strcmp(last, "nonblock") == 0 ? NONBLOCK : BLOCK;
    int is_tcp = argc > 2 && strcmp(argv[2], "tcp") == 0;
    if (strcmp(argv[1], "serve") == 0) {
        struct address address = parse(argv[3], 0);
        (is_tcp ? serve_stream : serve_datagrams)(&address);
    } else if (strcmp(argv[1], "connect") == 0) {
        struct address address = parse(argv[3], atoi(argv[4]));
        (is_tcp ? connect_stream : connect_datagrams)(&address);
    } else if (strcmp(argv[1], "calls") == 0) {
        calls(atoi(argv[2]));
    } else if (strcmp(argv[1], "denied") == 0) {
        struct address address = parse(argv[2], atoi(argv[3]));
        denied(&address);
    } else if (strcmp(argv[1], "reset") == 0) {
        struct address address = parse("127.0.0.1", atoi(argv[2]));
        end_stream(&address);
#ifdef RESOLVES
    } else if (strcmp(argv[1], "gram") == 0) {
        exchange_datagrams(argv[2], argv[3]);
    } else if (strcmp(argv[1], "resolve") == 0) {
        resolve(argv[2], argv[3]);
#endif
    } else {
        printf("failed: what is %s?\n", argv[1]);
        return 1;
    }
    printf(failures == 0 ? "ok\n" : "%d failures\n", failures);
    return failures != 0;
}
