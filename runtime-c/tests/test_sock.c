#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "sys/sys.h"
#include "wasi/sock_listen.h"
#include "wasmc/wasi.h"

static uint32_t add_socket(struct fixture *fixture, int host, wasi_rights rights)
{
    uint32_t fd = 0;
    struct wasmc_desc desc = {
        .host = host, .kind = WASMC_DESC_SOCKET, .filetype = WASI_FILETYPE_SOCKET_STREAM, .base = rights,
        .keeps_messages = wasmc_sys_socket_type(host) != SOCK_STREAM};
    CHECK(wasmc_fd_insert(&fixture->ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    return fd;
}

static void put_iovec(struct fixture *fixture, uint32_t addr, uint32_t buffer, uint32_t bytes)
{
    fixture_put_u32(fixture, addr, buffer);
    fixture_put_u32(fixture, addr + 4, bytes);
}

static void test_stream(struct fixture *fixture)
{
    int ends[2];
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    uint32_t fd = add_socket(fixture, ends[0], WASI_RIGHTS_OF_SOCKET);
    memcpy(fixture->bytes + 500, "hello", 5);
    put_iovec(fixture, 100, 500, 5);
    CHECK(wasmc_wasi_sock_send(ctx, fd, 100, 1, 0, 200) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, 200), 5, "bytes sent");
    CHECK(wasmc_wasi_sock_send(ctx, fd, 100, 1, 1, 200) == WASI_ERRNO_INVAL);
    char buffer[8];
    CHECK(read(ends[1], buffer, 8) == 5 && memcmp(buffer, "hello", 5) == 0);

    CHECK(write(ends[1], "abc", 3) == 3);
    put_iovec(fixture, 100, 600, 10);
    CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 1, WASI_RIFLAGS_PEEK, 200, 204) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 1, 0, 200, 204) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 200) == 3 && memcmp(fixture->bytes + 600, "abc", 3) == 0);
    CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 1, 4, 200, 204) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 1, 0, 200, 204) == WASI_ERRNO_AGAIN);
    CHECK(wasmc_wasi_fd_read(ctx, fd, 100, 1, 200) == WASI_ERRNO_AGAIN);

    CHECK(wasmc_wasi_sock_shutdown(ctx, fd, 0) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_sock_shutdown(ctx, fd, 4) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_sock_shutdown(ctx, fd, WASI_SDFLAGS_WR) == WASI_ERRNO_SUCCESS);
    CHECK(read(ends[1], buffer, 8) == 0);
    CHECK(wasmc_wasi_sock_send(ctx, fd, 100, 1, 0, 200) == WASI_ERRNO_PIPE);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    close(ends[1]);
}

/* A datagram that does not fit is cut off, and the guest is told. */
static void test_datagram(struct fixture *fixture)
{
    int ends[2];
    CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
    uint32_t fd = add_socket(fixture, ends[0], WASI_RIGHTS_OF_SOCKET);
    CHECK(write(ends[1], "0123456789", 10) == 10);
    put_iovec(fixture, 100, 600, 4);
    fixture_put_u32(fixture, 204, 0xffffffff);
    CHECK(wasmc_wasi_sock_recv(&fixture->ctx, fd, 100, 1, 0, 200, 204) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, 200), 4, "bytes received");
    CHECK_EQUAL(fixture_u32(fixture, 204), 0xffff0001, "the u16 flags and what lies behind them");
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
    close(ends[1]);
}

/* Buffers of 3 and 4 bytes for what lies at 600, and 610. */
static void put_two(struct fixture *fixture)
{
    memset(fixture->bytes + 600, '-', 20);
    put_iovec(fixture, 100, 600, 3);
    put_iovec(fixture, 108, 610, 4);
}

/* Several buffers, as one call of recvmsg and sendmsg would fill and empty them. */
static void test_vectors(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    for (int flags = 0; flags <= WASI_FDFLAGS_NONBLOCK; flags += WASI_FDFLAGS_NONBLOCK) {
        for (int type = SOCK_STREAM; type <= SOCK_SEQPACKET; type += SOCK_SEQPACKET - SOCK_STREAM) {
            int ends[2];
            char buffer[16];
            CHECK(socketpair(AF_UNIX, type, 0, ends) == 0);
            uint32_t fd = add_socket(fixture, ends[0], WASI_RIGHTS_OF_SOCKET);
            CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, flags) == WASI_ERRNO_SUCCESS);
            put_two(fixture);
            memcpy(fixture->bytes + 600, "abc", 3);
            memcpy(fixture->bytes + 610, "defg", 4);
            CHECK(wasmc_wasi_sock_send(ctx, fd, 100, 2, 0, 200) == WASI_ERRNO_SUCCESS);
            CHECK_EQUAL(fixture_u32(fixture, 200), 7, "bytes sent");
            CHECK(read(ends[1], buffer, 16) == 7 && memcmp(buffer, "abcdefg", 7) == 0);

            CHECK(write(ends[1], "0123456789", 10) == 10);
            put_two(fixture);
            CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 2, 0, 200, 204) == WASI_ERRNO_SUCCESS);
            CHECK_EQUAL(fixture_u32(fixture, 200), 7, "bytes received");
            CHECK(memcmp(fixture->bytes + 600, "012-------3456-", 15) == 0);
            CHECK_EQUAL(fixture->bytes[204], type == SOCK_SEQPACKET, "a packet is cut off, a stream goes on");
            if (type == SOCK_STREAM) { /* fewer than there is room for; all that there is, when it is waited for */
                put_two(fixture);
                CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 2, 0, 200, 204) == WASI_ERRNO_SUCCESS);
                CHECK_EQUAL(fixture_u32(fixture, 200), 3, "bytes received");
                CHECK(write(ends[1], "9876543", 7) == 7);
                CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 2, WASI_RIFLAGS_WAITALL, 200, 204) == WASI_ERRNO_SUCCESS);
                CHECK_EQUAL(fixture_u32(fixture, 200), 7, "bytes received");
            } else {
                CHECK(write(ends[1], "01", 2) == 2);
                put_two(fixture);
                CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 2, WASI_RIFLAGS_PEEK, 200, 204) == WASI_ERRNO_SUCCESS);
                CHECK(fixture_u32(fixture, 200) == 2 && fixture->bytes[204] == 0);
                CHECK(wasmc_wasi_sock_recv(ctx, fd, 100, 2, 0, 200, 204) == WASI_ERRNO_SUCCESS);
                CHECK(fixture_u32(fixture, 200) == 2 && fixture->bytes[204] == 0);
            }
            CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
            close(ends[1]);
        }
    }
}

static void test_accept(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    /* Bound to an abstract name of the kernel's choice. */
    struct sockaddr_storage name = {.ss_family = AF_UNIX};
    socklen_t bytes = sizeof(sa_family_t);
    CHECK(bind(listener, (struct sockaddr *)&name, bytes) == 0 && listen(listener, 1) == 0);
    bytes = sizeof name;
    CHECK(getsockname(listener, (struct sockaddr *)&name, &bytes) == 0);
    int client = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(connect(client, (struct sockaddr *)&name, bytes) == 0);

    uint32_t fd = add_socket(fixture, listener, WASI_RIGHTS_OF_SOCKET);
    CHECK(wasmc_wasi_sock_accept(ctx, fd, WASI_FDFLAGS_APPEND, 200) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_sock_accept(ctx, fd, WASI_FDFLAGS_NONBLOCK, 200) == WASI_ERRNO_SUCCESS);
    uint32_t accepted = fixture_u32(fixture, 200);
    put_iovec(fixture, 100, 600, 4);
    CHECK(wasmc_wasi_fd_read(ctx, accepted, 100, 1, 200) == WASI_ERRNO_AGAIN);
    CHECK(write(client, "hi", 2) == 2);
    CHECK(wasmc_wasi_fd_read(ctx, accepted, 100, 1, 200) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 2);
    CHECK(wasmc_wasi_fd_close(ctx, accepted) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    close(client);
}

/* A granted listener says that it does not block, and does so from when the guest has asked; the host's never blocks. */
static void test_listener(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t bytes = sizeof name;
    int host = wasmc_sys_listen((struct sockaddr *)&name, bytes);
    CHECK(host >= 0 && fcntl(host, F_SETFL, O_NONBLOCK) == 0);
    CHECK(getsockname(host, (struct sockaddr *)&name, &bytes) == 0);
    uint32_t fd = add_socket(fixture, host, WASI_RIGHTS_OF_SOCKET);
    struct wasmc_desc *desc = ctx->fds.slots[fd];
    desc->is_listener = true;
    desc->fdflags = WASI_FDFLAGS_NONBLOCK;
    desc->is_nonblock_unseen = true;
    CHECK(!wasmc_fd_is_nonblocking(desc));
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, 400) >> 16, WASI_FDFLAGS_NONBLOCK, "flags");
    CHECK(wasmc_wasi_sock_accept(ctx, fd, 0, 200) == WASI_ERRNO_AGAIN);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, 0) == WASI_ERRNO_SUCCESS);
    CHECK(!wasmc_fd_is_nonblocking(desc) && (fcntl(host, F_GETFL) & O_NONBLOCK));
    int client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(client, (struct sockaddr *)&name, bytes) == 0);
    CHECK(wasmc_wasi_sock_accept(ctx, fd, 0, 200) == WASI_ERRNO_SUCCESS);
    uint32_t accepted = fixture_u32(fixture, 200);
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, accepted, 400) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, 400) >> 16, 0, "flags of a connection");
    CHECK(wasmc_wasi_fd_close(ctx, accepted) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_sock_accept(ctx, fd, 0, 200) == WASI_ERRNO_AGAIN);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    close(client);
}

static void test_errors(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_sock_shutdown(ctx, 99, 1) == WASI_ERRNO_BADF);
    CHECK(wasmc_wasi_sock_shutdown(ctx, 3, 1) == WASI_ERRNO_NOTSOCK);
    CHECK(wasmc_wasi_sock_recv(ctx, 3, 0, 0, 0, 200, 204) == WASI_ERRNO_NOTSOCK);
    CHECK(wasmc_wasi_sock_send(ctx, 3, 0, 0, 0, 200) == WASI_ERRNO_NOTSOCK);
    CHECK(wasmc_wasi_sock_accept(ctx, 3, 0, 200) == WASI_ERRNO_NOTSOCK);
    int ends[2];
    CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    uint32_t fd = add_socket(fixture, ends[0], WASI_RIGHTS_FD_READ);
    CHECK(wasmc_wasi_sock_send(ctx, fd, 0, 0, 0, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_sock_accept(ctx, fd, 0, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_sock_shutdown(ctx, fd, 1) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    close(ends[1]);
}

static void test_addresses(void)
{
    union wasmc_sock_address address;
    CHECK(wasmc_sock_parse_address("127.0.0.1:8080", &address));
    CHECK(address.v4.sin_family == AF_INET && address.v4.sin_port == htons(8080));
    CHECK(address.v4.sin_addr.s_addr == htonl(INADDR_LOOPBACK));
    CHECK(wasmc_sock_parse_address("0.0.0.0:0", &address) && address.v4.sin_addr.s_addr == 0);
    CHECK(wasmc_sock_parse_address("[::1]:65535", &address));
    CHECK(address.v6.sin6_family == AF_INET6 && address.v6.sin6_port == htons(65535));
    CHECK(memcmp(&address.v6.sin6_addr, &in6addr_loopback, sizeof in6addr_loopback) == 0);
    static const char *const refused[] = {
        "", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:4294967376", "127.0.0.1:-1",
        "127.0.0.1:+1", "127.0.0.1:80x", "127.0.0.1: 80", "localhost:80", "127.1:80", "::1:80", "[::1]", "[::1]80",
        "[::1:80", "[]:80", "[127.0.0.1]:80", "[::1%lo]:80",
        "1111111111111111111111111111111111111111111111111111111111111111111111111111111111:80",
    };
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        CHECK_EQUAL(wasmc_sock_parse_address(refused[i], &address), 0, refused[i]);
}

/* Guests that look for directories pass over a granted socket; any other descriptor ends their search. */
static void test_prestat(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    struct wasmc_desc desc = {
        .host = socket(AF_INET, SOCK_STREAM, 0), .kind = WASMC_DESC_SOCKET, .is_preopened_socket = true};
    uint32_t fd = 0;
    CHECK(wasmc_fd_insert(ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_prestat_get(ctx, fd, 200) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, 200), 1, "type");
    CHECK_EQUAL(fixture_u32(fixture, 204), 0, "bytes of the name");
    CHECK(wasmc_wasi_fd_prestat_dir_name(ctx, fd, 200, 0) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_prestat_get(ctx, fd, 200) == WASI_ERRNO_BADF);
    CHECK(wasmc_wasi_fd_prestat_get(ctx, 1, 200) == WASI_ERRNO_BADF);
}

void test_sock(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_addresses();
    test_prestat(&fixture);
    test_stream(&fixture);
    test_datagram(&fixture);
    test_vectors(&fixture);
    test_accept(&fixture);
    test_listener(&fixture);
    test_errors(&fixture);
    fixture_end(&fixture);
}
