#include <sys/socket.h>

#include "check.h"
#include "fixture.h"
#include "net_double.h"
#include "wasmc/wasi.h"

/* Where things are in the guest's memory. */
enum { ADDRESS = 1000, BUFFER = 1100, PORT = 1300, FAMILY = 1304, BYTES = 1308, FLAGS = 1312, VECTORS = 1320,
       DATA = 1400, VALUE = 1500, LENGTH = 1600 };

/* {buffer, bytes} and what it holds; behind the buffer are sentinels. */
static void put_address(struct fixture *fixture, const void *bytes, uint32_t count)
{
    memset(fixture->bytes + BUFFER, 0xee, 160);
    if (bytes != NULL)
        memcpy(fixture->bytes + BUFFER, bytes, count);
    fixture_put_u32(fixture, ADDRESS, BUFFER);
    fixture_put_u32(fixture, ADDRESS + 4, count);
}

static void put_storage(struct fixture *fixture, uint16_t family, const void *bytes, uint32_t count)
{
    uint8_t storage[128] = {(uint8_t)family, (uint8_t)(family >> 8)};
    memcpy(storage + 2, bytes, count);
    put_address(fixture, storage, sizeof storage);
}

static const uint8_t v4[4] = {192, 0, 2, 7};
static const uint8_t v6[16] = {0x20, 0x01, 0x0d, 0xb8, [15] = 9};

static void test_open(struct fixture *fixture)
{
    static const struct {
        uint32_t family, type;
        wasi_errno error;
        int host_family, host_type;
    } rows[] = {
        {1, 1, 0, AF_INET, SOCK_DGRAM}, {1, 2, 0, AF_INET, SOCK_STREAM}, {2, 1, 0, AF_INET6, SOCK_DGRAM},
        {2, 2, 0, AF_INET6, SOCK_STREAM}, {3, 1, 0, AF_UNIX, SOCK_DGRAM}, {3, 2, 0, AF_UNIX, SOCK_STREAM},
        {0, 2, WASI_ERRNO_INVAL, 0, 0}, {4, 2, WASI_ERRNO_INVAL, 0, 0}, {1, 0, WASI_ERRNO_INVAL, 0, 0},
        {1, 3, WASI_ERRNO_INVAL, 0, 0}, {257, 2, WASI_ERRNO_INVAL, 0, 0}, {1, 0xffffffff, WASI_ERRNO_INVAL, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        net_double_begin();
        net_double.new_fd = 7;
        fixture_put_u32(fixture, VALUE, 99);
        CHECK_EQUAL(wasmc_wasmedge_sock_open(&fixture->ctx, rows[i].family, rows[i].type, VALUE), rows[i].error,
                    "open");
        CHECK_EQUAL(fixture_u32(fixture, VALUE), rows[i].error ? 99 : 7, "the descriptor");
        CHECK_EQUAL(net_double.call != NULL, rows[i].error == 0, "asked");
        CHECK_EQUAL(net_double.family, rows[i].host_family, "family");
        CHECK_EQUAL(net_double.type, rows[i].host_type, "type");
    }
    net_double_begin();
    net_double.error = WASI_ERRNO_MFILE;
    CHECK(wasmc_wasmedge_sock_open(&fixture->ctx, 1, 1, VALUE) == WASI_ERRNO_MFILE);
}

static void test_bind(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    char path[126];
    net_double_begin();
    put_address(fixture, v4, 4);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 65535) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("bind", AF_INET, "192.0.2.7", 65535) && net_double.fd == 5);
    put_address(fixture, v6, 16);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 0) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("bind", AF_INET6, "2001:db8::9", 0));
    put_storage(fixture, 1, v4, 4);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 80) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("bind", AF_INET, "192.0.2.7", 80));
    put_storage(fixture, 2, v6, 16);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 80) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("bind", AF_INET6, "2001:db8::9", 80));
    put_storage(fixture, 3, "run/socket", 11);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 80) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("bind", AF_UNIX, "run/socket", 0));
    memset(path, 'x', sizeof path);
    path[125] = '\0';
    put_storage(fixture, 3, path, sizeof path);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 0) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("bind", AF_UNIX, path, 0));

    net_double_begin();
    path[125] = 'x';
    put_storage(fixture, 3, path, sizeof path);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 0) == WASI_ERRNO_INVAL);
    put_storage(fixture, 3, "\0abstract", 10);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 0) == WASI_ERRNO_INVAL);
    put_address(fixture, v4, 4);
    CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 65536) == WASI_ERRNO_INVAL);
    for (uint32_t family = 0; family < 300; family++) {
        put_storage(fixture, (uint16_t)family, v4, 4);
        if (family < 1 || family > 3)
            CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 80) == WASI_ERRNO_AFNOSUPPORT);
    }
    for (uint32_t count = 0; count < 140; count++) {
        put_address(fixture, NULL, count);
        if (count != 4 && count != 16 && count != 128)
            CHECK(wasmc_wasmedge_sock_bind(ctx, 5, ADDRESS, 80) == WASI_ERRNO_INVAL);
    }
    CHECK(net_double.call == NULL);
}

static void test_connect(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    put_address(fixture, v4, 4);
    net_double.error = WASI_ERRNO_INPROGRESS;
    CHECK(wasmc_wasmedge_sock_connect(ctx, 6, ADDRESS, 443) == WASI_ERRNO_INPROGRESS);
    CHECK(net_double_got("connect", AF_INET, "192.0.2.7", 443) && net_double.fd == 6);
    net_double_begin();
    put_address(fixture, v4, 3);
    CHECK(wasmc_wasmedge_sock_connect(ctx, 6, ADDRESS, 443) == WASI_ERRNO_INVAL);
    CHECK(net_double.call == NULL);
    net_double.new_fd = 12;
    CHECK(wasmc_wasmedge_sock_accept(ctx, 6, VALUE) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, VALUE) == 12 && net_double.fdflags == 0 && net_double.fd == 6);
    CHECK(wasmc_wasi_sock_listen(ctx, 6, 128) == WASI_ERRNO_SUCCESS && net_double.backlog == 128);
    CHECK(wasmc_wasi_sock_listen(ctx, 6, 0) == WASI_ERRNO_SUCCESS && net_double.backlog == 0);
    CHECK(wasmc_wasi_sock_listen(ctx, 6, 0xffffffff) == WASI_ERRNO_SUCCESS && net_double.backlog == 4096);
}

/* How an address lies in buffers of each length; which of them it does not fit. */
static void test_places(struct fixture *fixture)
{
    static const struct {
        int family;
        const char *text;
        uint32_t room;
        wasi_errno error;
        uint32_t at, count, guest_family; /* what is written, and 128 bytes say */
    } rows[] = {
        {AF_INET, "192.0.2.7", 4, 0, 0, 4, 4},    {AF_INET, "192.0.2.7", 16, 0, 0, 4, 4},
        {AF_INET, "192.0.2.7", 128, 0, 2, 4, 1},  {AF_INET6, "2001:db8::9", 4, WASI_ERRNO_NOMEM, 0, 0, 0},
        {AF_INET6, "2001:db8::9", 16, 0, 0, 16, 6}, {AF_INET6, "2001:db8::9", 128, 0, 2, 16, 2},
        {AF_UNIX, "run/s", 4, WASI_ERRNO_NOMEM, 0, 0, 0}, {AF_UNIX, "run/s", 16, WASI_ERRNO_NOMEM, 0, 0, 0},
        {AF_UNIX, "run/s", 128, 0, 2, 6, 3},      {AF_UNIX, "", 128, 0, 2, 1, 3},
        {AF_INET, "192.0.2.7", 3, WASI_ERRNO_INVAL, 0, 0, 0}, {AF_INET, "192.0.2.7", 0, WASI_ERRNO_INVAL, 0, 0, 0},
    };
    struct wasmc_ctx *ctx = &fixture->ctx;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int version = 1; version <= 2; version++) {
            net_double_begin();
            net_double.answer = net_double_endpoint(rows[i].family, rows[i].text, 8080);
            put_address(fixture, NULL, rows[i].room);
            memset(fixture->bytes + PORT, 0xee, 8);
            wasi_errno error = version == 1 ? wasmc_wasmedge_sock_getlocaladdr(ctx, 3, ADDRESS, FAMILY, PORT)
                                            : wasmc_wasmedge2_sock_getlocaladdr(ctx, 3, ADDRESS, PORT);
            CHECK_EQUAL(error, rows[i].error, rows[i].text);
            const uint8_t *written = fixture->bytes + BUFFER;
            const void *wanted = rows[i].family == AF_UNIX ? (const void *)rows[i].text : net_double.answer.address;
            CHECK(memcmp(written + rows[i].at, wanted, rows[i].count) == 0);
            CHECK_EQUAL(written[rows[i].at + rows[i].count], 0xee, "what lies behind");
            uint32_t port = rows[i].family == AF_UNIX ? 0 : 8080;
            CHECK_EQUAL(fixture_u32(fixture, PORT), error ? 0xeeeeeeee : port, "port");
            if (rows[i].room == 128)
                CHECK_EQUAL(written[0] | written[1] << 8, rows[i].guest_family, "family");
            uint32_t family = rows[i].family == AF_INET ? 4 : rows[i].family == AF_INET6 ? 6 : 3;
            CHECK_EQUAL(fixture_u32(fixture, FAMILY), error || version == 2 ? 0xeeeeeeee : family, "version 1");
        }
    }
    net_double_begin();
    net_double.answer = net_double_endpoint(AF_UNIX, "x", 0);
    net_double.answer.path_bytes = 126;
    put_address(fixture, NULL, 128);
    CHECK(wasmc_wasmedge2_sock_getlocaladdr(ctx, 3, ADDRESS, PORT) == WASI_ERRNO_NOMEM);
    net_double_begin();
    net_double.error = WASI_ERRNO_NOTCONN;
    CHECK(wasmc_wasmedge2_sock_getpeeraddr(ctx, 3, ADDRESS, PORT) == WASI_ERRNO_NOTCONN);
    CHECK(wasmc_wasmedge_sock_getpeeraddr(ctx, 3, ADDRESS, FAMILY, PORT) == WASI_ERRNO_NOTCONN);
    CHECK(strcmp(net_double.call, "remote") == 0);
    net_double.error = 0;
    net_double.answer = net_double_endpoint(AF_INET6, "::1", 9);
    CHECK(wasmc_wasmedge_sock_getpeeraddr(ctx, 3, ADDRESS, FAMILY, PORT) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, FAMILY) == 6 && fixture_u32(fixture, PORT) == 9);
}

static void put_vectors(struct fixture *fixture)
{
    memset(fixture->bytes + DATA, '-', 30);
    for (uint32_t i = 0; i < 2; i++) {
        fixture_put_u32(fixture, VECTORS + 8 * i, DATA + 10 * i);
        fixture_put_u32(fixture, VECTORS + 8 * i + 4, 3);
    }
    memset(fixture->bytes + PORT, 0xee, 20);
}

static void test_receive(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    net_double.data = "abcde";
    net_double.is_truncated = true;
    net_double.answer = net_double_endpoint(AF_INET, "192.0.2.7", 0x1234);
    put_vectors(fixture);
    put_address(fixture, NULL, 128);
    CHECK(wasmc_wasmedge2_sock_recv_from(ctx, 4, VECTORS, 2, ADDRESS, 3, PORT, BYTES, FLAGS) == WASI_ERRNO_SUCCESS);
    CHECK(net_double.flags == (MSG_PEEK | MSG_WAITALL) && net_double.fd == 4);
    CHECK(memcmp(fixture->bytes + DATA, "abc-------de-", 13) == 0);
    CHECK(memcmp(fixture->bytes + BUFFER, "\1\0\300\0\2\7\356", 7) == 0);
    CHECK_EQUAL(fixture_u32(fixture, PORT), 0xeeee1234, "a u16");
    CHECK_EQUAL(fixture_u32(fixture, BYTES), 5, "bytes");
    CHECK_EQUAL(fixture_u32(fixture, FLAGS), 0xeeee0001, "a u16 of flags");

    put_vectors(fixture);
    put_address(fixture, NULL, 16);
    net_double.is_truncated = false;
    CHECK(wasmc_wasmedge_sock_recv_from(ctx, 4, VECTORS, 2, ADDRESS, 0, BYTES, FLAGS) == WASI_ERRNO_SUCCESS);
    CHECK(net_double.flags == 0 && fixture_u32(fixture, BYTES) == 5 && fixture_u32(fixture, PORT) == 0xeeeeeeee);
    CHECK(memcmp(fixture->bytes + BUFFER, "\300\0\2\7\356", 5) == 0);
    CHECK_EQUAL(fixture_u32(fixture, FLAGS), 0xeeee0000, "not cut off");

    /* A sender that does not fit, and a stream, which has none. */
    net_double.answer = net_double_endpoint(AF_INET6, "::1", 5);
    put_address(fixture, NULL, 4);
    CHECK(wasmc_wasmedge_sock_recv_from(ctx, 4, VECTORS, 2, ADDRESS, 0, BYTES, FLAGS) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture->bytes[BUFFER], 0xee, "untouched");
    net_double.answer = net_double_endpoint(AF_UNSPEC, "", 0);
    put_address(fixture, NULL, 128);
    CHECK(wasmc_wasmedge2_sock_recv_from(ctx, 4, VECTORS, 2, ADDRESS, 0, PORT, BYTES, FLAGS) == WASI_ERRNO_SUCCESS);
    CHECK(memcmp(fixture->bytes + BUFFER, "\0\0\356", 3) == 0);
    CHECK_EQUAL(fixture_u32(fixture, PORT), 0xeeee0000, "no port");

    net_double_begin();
    CHECK(wasmc_wasmedge_sock_recv_from(ctx, 4, VECTORS, 2, ADDRESS, 4, BYTES, FLAGS) == WASI_ERRNO_INVAL);
    put_address(fixture, NULL, 5);
    CHECK(wasmc_wasmedge2_sock_recv_from(ctx, 4, VECTORS, 2, ADDRESS, 0, PORT, BYTES, FLAGS) == WASI_ERRNO_INVAL);
    CHECK(net_double.call == NULL);
    net_double.error = WASI_ERRNO_AGAIN;
    put_vectors(fixture);
    put_address(fixture, NULL, 128);
    CHECK(wasmc_wasmedge2_sock_recv_from(ctx, 4, VECTORS, 2, ADDRESS, 0, PORT, BYTES, FLAGS) == WASI_ERRNO_AGAIN);
    CHECK(fixture_u32(fixture, BYTES) == 0xeeeeeeee && fixture->bytes[BUFFER] == 0xee);
}

static void test_send(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    put_vectors(fixture);
    memcpy(fixture->bytes + DATA, "abc-------def", 13);
    put_storage(fixture, 2, v6, 16);
    CHECK(wasmc_wasmedge_sock_send_to(ctx, 4, VECTORS, 2, ADDRESS, 53, 0, BYTES) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("send_to", AF_INET6, "2001:db8::9", 53) && net_double.sent_bytes == 6);
    CHECK(memcmp(net_double.sent, "abcdef", 6) == 0 && fixture_u32(fixture, BYTES) == 6);
    net_double_begin();
    CHECK(wasmc_wasmedge_sock_send_to(ctx, 4, VECTORS, 2, ADDRESS, 53, 1, BYTES) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasmedge_sock_send_to(ctx, 4, VECTORS, 2, ADDRESS, 70000, 0, BYTES) == WASI_ERRNO_INVAL);
    CHECK(net_double.call == NULL);
    net_double.error = WASI_ERRNO_ACCES;
    CHECK(wasmc_wasmedge_sock_send_to(ctx, 4, VECTORS, 2, ADDRESS, 53, 0, BYTES) == WASI_ERRNO_ACCES);
}

static const uint8_t options_of[] = {
    WASMC_NET_REUSE_ADDRESS, WASMC_NET_TYPE, WASMC_NET_ERROR, WASMC_NET_DONT_ROUTE, WASMC_NET_BROADCAST,
    WASMC_NET_SEND_BUFFER, WASMC_NET_RECEIVE_BUFFER, WASMC_NET_KEEP_ALIVE, WASMC_NET_OOB_INLINE, WASMC_NET_LINGER,
    WASMC_NET_RECEIVE_LOW_WATER, WASMC_NET_RECEIVE_TIMEOUT, WASMC_NET_SEND_TIMEOUT, WASMC_NET_ACCEPTING,
};

static void test_get_option(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    static const struct {
        uint32_t name;
        uint64_t value;
        uint32_t bytes;
        uint64_t low, high;
    } rows[] = {
        {0, 1, 4, 1, 0}, {1, SOCK_STREAM, 4, 2, 0}, {1, SOCK_DGRAM, 4, 1, 0}, {2, WASI_ERRNO_CONNREFUSED, 4, 14, 0},
        {3, 1, 4, 1, 0}, {4, 1, 4, 1, 0}, {5, 4608, 4, 4608, 0}, {6, 4608, 4, 4608, 0}, {7, 0, 4, 0, 0},
        {8, 1, 4, 1, 0}, {9, 0, 8, 0, 0}, {9, 1, 8, 1, 0}, {9, 6, 8, UINT64_C(5) << 32 | 1, 0}, {10, 1, 4, 1, 0},
        {11, 0, 16, 0, 0}, {11, 2500001, 16, 2, 500001}, {12, 999999, 16, 0, 999999}, {13, 1, 4, 1, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (uint32_t room = 0; room < 20; room++) {
            net_double_begin();
            net_double.answer_value = rows[i].value;
            memset(fixture->bytes + VALUE, 0xee, 24);
            fixture_put_u32(fixture, LENGTH, room);
            bool fits = room >= rows[i].bytes;
            CHECK_EQUAL(wasmc_wasmedge_sock_getsockopt(ctx, 3, 0, rows[i].name, VALUE, LENGTH),
                        fits ? 0 : WASI_ERRNO_INVAL, "by address");
            CHECK_EQUAL(fixture_u32(fixture, LENGTH), fits ? rows[i].bytes : room, "length");
            uint64_t wanted[2] = {rows[i].low, rows[i].high};
            CHECK(!fits || memcmp(fixture->bytes + VALUE, wanted, rows[i].bytes) == 0);
            CHECK_EQUAL(fixture->bytes[VALUE + (fits ? rows[i].bytes : 0)], 0xee, "what lies behind");
            CHECK(!fits || net_double.option == options_of[rows[i].name]);
            memset(fixture->bytes + VALUE, 0xee, 24);
            CHECK_EQUAL(wasmc_wasmedge_sock_getsockopt(ctx, 3, 0, rows[i].name, VALUE, room),
                        fits ? 0 : WASI_ERRNO_INVAL, "by value");
            CHECK(!fits || memcmp(fixture->bytes + VALUE, wanted, rows[i].bytes) == 0);
        }
    }
    net_double_begin();
    fixture_put_u32(fixture, LENGTH, 16);
    CHECK(wasmc_wasmedge_sock_getsockopt(ctx, 3, 1, 0, VALUE, LENGTH) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasmedge_sock_getsockopt(ctx, 3, 0, 15, VALUE, LENGTH) == WASI_ERRNO_INVAL);
    CHECK(net_double.call == NULL);
    CHECK(wasmc_wasmedge_sock_getsockopt(ctx, 3, 0, 14, VALUE, LENGTH) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, LENGTH), 0, "no device");
    net_double.error = WASI_ERRNO_NOTSOCK;
    CHECK(wasmc_wasmedge_sock_getsockopt(ctx, 3, 0, 14, VALUE, 16) == WASI_ERRNO_NOTSOCK);
}

static void test_set_option(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    static const struct {
        uint32_t name, bytes;
        uint64_t low, high;
        wasi_errno error;
        uint64_t value;
    } rows[] = {
        {0, 4, 5, 0, 0, 1}, {4, 4, 0, 0, 0, 0}, {5, 4, 8192, 0, 0, 8192}, {5, 4, 0xffffffff, 0, WASI_ERRNO_INVAL, 0},
        {6, 4, 8192, 0, 0, 8192}, {7, 4, 0xffffffff, 0, 0, 1}, {9, 8, 1, 0, 0, 1},
        {9, 8, UINT64_C(7) << 32 | 1, 0, 0, 8}, {9, 8, UINT64_C(7) << 32, 0, 0, 0},
        {9, 8, UINT64_C(0xffffffff) << 32 | 1, 0, WASI_ERRNO_INVAL, 0}, {10, 4, 16, 0, 0, 16},
        {11, 16, 2, 500001, 0, 2500001}, {12, 16, 0, 0, 0, 0}, {11, 16, 0, 1000000, WASI_ERRNO_DOM, 0},
        {11, 16, (uint64_t)-1, 0, WASI_ERRNO_DOM, 0}, {12, 16, 0, (uint64_t)-1, WASI_ERRNO_DOM, 0},
        {12, 16, INT64_MAX, 0, WASI_ERRNO_DOM, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        net_double_begin();
        fixture_put_u64(fixture, VALUE, rows[i].low);
        fixture_put_u64(fixture, VALUE + 8, rows[i].high);
        CHECK_EQUAL(wasmc_wasmedge_sock_setsockopt(ctx, 3, 0, rows[i].name, VALUE, rows[i].bytes), rows[i].error,
                    "set");
        CHECK_EQUAL(net_double.call != NULL, rows[i].error == 0, "asked");
        CHECK(rows[i].error != 0 ||
              (net_double.option == options_of[rows[i].name] && net_double.value == rows[i].value));
        net_double_begin();
        CHECK(wasmc_wasmedge_sock_setsockopt(ctx, 3, 0, rows[i].name, VALUE, rows[i].bytes - 1) == WASI_ERRNO_INVAL);
        CHECK(net_double.call == NULL);
    }
    CHECK(wasmc_wasmedge_sock_setsockopt(ctx, 3, 1, 0, VALUE, 4) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasmedge_sock_setsockopt(ctx, 3, 0, 15, VALUE, 4) == WASI_ERRNO_INVAL);
    memcpy(fixture->bytes + VALUE, "lo", 3);
    CHECK(wasmc_wasmedge_sock_setsockopt(ctx, 3, 0, 14, VALUE, 2) == WASI_ERRNO_NOPROTOOPT);
    CHECK(wasmc_wasmedge_sock_setsockopt(ctx, 3, 0, 14, 0, 0) == WASI_ERRNO_SUCCESS);
}

TRAPS(open_outside, wasmc_wasmedge_sock_open(ctx, 1, 1, LAST - 2))
TRAPS(open_wrong_outside, wasmc_wasmedge_sock_open(ctx, 9, 9, LAST - 2))
TRAPS(bind_outside, wasmc_wasmedge_sock_bind(ctx, 3, LAST - 6, 0))
TRAPS(bind_buffer_outside, wasmc_wasmedge_sock_bind(ctx, 3, ADDRESS, 70000))
TRAPS(connect_buffer_outside, wasmc_wasmedge_sock_connect(ctx, 3, ADDRESS, 0))
TRAPS(accept_outside, wasmc_wasmedge_sock_accept(ctx, 3, LAST - 2))
TRAPS(receive_buffer_outside, wasmc_wasmedge_sock_recv_from(ctx, 3, VECTORS, 0, ADDRESS, 9, BYTES, FLAGS))
TRAPS(receive_port_outside, wasmc_wasmedge2_sock_recv_from(ctx, 3, VECTORS, 0, VALUE, 9, LAST, BYTES, FLAGS))
TRAPS(receive_flags_outside, wasmc_wasmedge_sock_recv_from(ctx, 3, VECTORS, 0, VALUE, 9, BYTES, LAST))
TRAPS(send_bytes_outside, wasmc_wasmedge_sock_send_to(ctx, 3, VECTORS, 0, VALUE, 0, 0, LAST - 2))
TRAPS(local_family_outside, wasmc_wasmedge_sock_getlocaladdr(ctx, 3, VALUE, LAST - 2, PORT))
TRAPS(local_port_outside, wasmc_wasmedge2_sock_getlocaladdr(ctx, 3, VALUE, LAST - 2))
TRAPS(get_value_outside, wasmc_wasmedge_sock_getsockopt(ctx, 3, 0, 0, LAST - 2, 4))
TRAPS(get_length_outside, wasmc_wasmedge_sock_getsockopt(ctx, 3, 0, 0, VALUE, LAST - 2))
TRAPS(set_value_outside, wasmc_wasmedge_sock_setsockopt(ctx, 3, 0, 0, LAST - 2, 4))

static void test_traps(struct fixture *fixture)
{
    static void (*const calls[])(struct fixture *) = {
        open_outside, open_wrong_outside, bind_outside, bind_buffer_outside, connect_buffer_outside, accept_outside,
        receive_buffer_outside, receive_port_outside, receive_flags_outside, send_bytes_outside,
        local_family_outside, local_port_outside, get_value_outside, get_length_outside, set_value_outside,
    };
    net_double_begin();
    fixture_put_u32(fixture, ADDRESS, LAST - 126);
    fixture_put_u32(fixture, ADDRESS + 4, 128);
    memset(fixture->bytes + VALUE, 0, 8);
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        CHECK_EQUAL(fixture_trap_of(calls[i], fixture), WASMC_TRAP_GUEST_POINTER, "trap");
    CHECK(net_double.call == NULL);
}

void test_wasmedge(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_open(&fixture);
    test_bind(&fixture);
    test_connect(&fixture);
    test_places(&fixture);
    test_receive(&fixture);
    test_send(&fixture);
    test_get_option(&fixture);
    test_set_option(&fixture);
    test_traps(&fixture);
    net_double_end();
    fixture_end(&fixture);
}
