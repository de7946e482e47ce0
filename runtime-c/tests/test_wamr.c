#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "net_double.h"
#include "wasmc/wasi.h"

/* Where things are in the guest's memory. */
enum { ADDRESS = 1000, BYTES = 1100, VECTORS = 1200, DATA = 1300, VALUE = 1400, HINTS = 1500, TEXTS = 1600,
       INFOS = 2000 };

/* {u32 kind, ...}, numbers in the guest's order; behind it are sentinels. */
static const uint8_t v4_bytes[24] = {0, 0, 0, 0, 192, 0, 2, 7, 0x90, 0x1f};
static const uint8_t v6_bytes[24] = {1, 0, 0, 0, 0x01, 0x20, 0xb8, 0x0d, [18] = 9, 0, 0x90, 0x1f};

static void put_address(struct fixture *fixture, const uint8_t *bytes)
{
    memset(fixture->bytes + ADDRESS, 0xee, 40);
    if (bytes != NULL)
        memcpy(fixture->bytes + ADDRESS, bytes, 24);
}

static void test_open(struct fixture *fixture)
{
    static const struct {
        uint32_t family, type;
        wasi_errno error;
        int host_family, host_type;
    } rows[] = {
        {0, 0, 0, AF_INET, SOCK_DGRAM}, {0, 1, 0, AF_INET, SOCK_STREAM}, {1, 0, 0, AF_INET6, SOCK_DGRAM},
        {1, 1, 0, AF_INET6, SOCK_STREAM}, {2, 1, WASI_ERRNO_AFNOSUPPORT, 0, 0}, {3, 1, WASI_ERRNO_AFNOSUPPORT, 0, 0},
        {0, 2, WASI_ERRNO_PROTOTYPE, 0, 0}, {0, 0xffffffff, WASI_ERRNO_PROTOTYPE, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        net_double_begin();
        net_double.new_fd = 7;
        fixture_put_u32(fixture, VALUE, 99);
        CHECK_EQUAL(wasmc_wamr_sock_open(&fixture->ctx, 0xffffffff, rows[i].family, rows[i].type, VALUE),
                    rows[i].error, "open");
        CHECK_EQUAL(fixture_u32(fixture, VALUE), rows[i].error ? 99 : 7, "the descriptor");
        CHECK(net_double.family == rows[i].host_family && net_double.type == rows[i].host_type);
    }
    net_double.error = WASI_ERRNO_ACCES;
    CHECK(wasmc_wamr_sock_open(&fixture->ctx, 0, 0, 0, VALUE) == WASI_ERRNO_ACCES);
}

static void test_addresses(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    put_address(fixture, v4_bytes);
    CHECK(wasmc_wamr_sock_bind(ctx, 5, ADDRESS) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("bind", AF_INET, "192.0.2.7", 8080) && net_double.fd == 5);
    put_address(fixture, v6_bytes);
    CHECK(wasmc_wamr_sock_connect(ctx, 6, ADDRESS) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("connect", AF_INET6, "2001:db8::9", 8080) && net_double.fd == 6);
    net_double.error = WASI_ERRNO_CONNREFUSED;
    CHECK(wasmc_wamr_sock_connect(ctx, 6, ADDRESS) == WASI_ERRNO_CONNREFUSED);
    net_double_begin();
    fixture_put_u32(fixture, ADDRESS, 2);
    CHECK(wasmc_wamr_sock_bind(ctx, 5, ADDRESS) == WASI_ERRNO_PROTONOSUPPORT);
    fixture_put_u32(fixture, ADDRESS, 256);
    CHECK(wasmc_wamr_sock_connect(ctx, 5, ADDRESS) == WASI_ERRNO_PROTONOSUPPORT);
    CHECK(net_double.call == NULL);

    put_address(fixture, NULL);
    net_double.answer = net_double_endpoint(AF_INET6, "2001:db8::9", 8080);
    CHECK(wasmc_wamr_sock_addr_local(ctx, 5, ADDRESS) == WASI_ERRNO_SUCCESS);
    CHECK(memcmp(fixture->bytes + ADDRESS, v6_bytes, 24) == 0 && fixture->bytes[ADDRESS + 24] == 0xee);
    net_double.answer = net_double_endpoint(AF_INET, "192.0.2.7", 8080);
    CHECK(wasmc_wamr_sock_addr_remote(ctx, 5, ADDRESS) == WASI_ERRNO_SUCCESS);
    CHECK(memcmp(fixture->bytes + ADDRESS, v4_bytes, 24) == 0 && strcmp(net_double.call, "remote") == 0);
    put_address(fixture, NULL);
    net_double.answer = net_double_endpoint(AF_UNIX, "x", 0);
    CHECK(wasmc_wamr_sock_addr_local(ctx, 5, ADDRESS) == WASI_ERRNO_AFNOSUPPORT);
    net_double.error = WASI_ERRNO_NOTCONN;
    CHECK(wasmc_wamr_sock_addr_remote(ctx, 5, ADDRESS) == WASI_ERRNO_NOTCONN);
    CHECK_EQUAL(fixture->bytes[ADDRESS], 0xee, "nothing is written");
}

static void test_transfer(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    memcpy(fixture->bytes + DATA, "abcdef", 6);
    fixture_put_u32(fixture, VECTORS, DATA);
    fixture_put_u32(fixture, VECTORS + 4, 6);
    put_address(fixture, v4_bytes);
    CHECK(wasmc_wamr_sock_send_to(ctx, 4, VECTORS, 1, 0, ADDRESS, BYTES) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("send_to", AF_INET, "192.0.2.7", 8080) && memcmp(net_double.sent, "abcdef", 6) == 0);
    CHECK_EQUAL(fixture_u32(fixture, BYTES), 6, "bytes sent");
    net_double_begin();
    CHECK(wasmc_wamr_sock_send_to(ctx, 4, VECTORS, 1, 1, ADDRESS, BYTES) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wamr_sock_recv_from(ctx, 4, VECTORS, 1, 4, ADDRESS, BYTES) == WASI_ERRNO_INVAL);
    fixture_put_u32(fixture, ADDRESS, 7);
    CHECK(wasmc_wamr_sock_send_to(ctx, 4, VECTORS, 1, 0, ADDRESS, BYTES) == WASI_ERRNO_PROTONOSUPPORT);
    CHECK(net_double.call == NULL);

    net_double.data = "xyz";
    net_double.answer = net_double_endpoint(AF_INET6, "2001:db8::9", 8080);
    put_address(fixture, NULL);
    CHECK(wasmc_wamr_sock_recv_from(ctx, 4, VECTORS, 1, 1, ADDRESS, BYTES) == WASI_ERRNO_SUCCESS);
    CHECK(memcmp(fixture->bytes + DATA, "xyzdef", 6) == 0 && net_double.flags == MSG_PEEK);
    CHECK(memcmp(fixture->bytes + ADDRESS, v6_bytes, 24) == 0 && fixture_u32(fixture, BYTES) == 3);
    net_double.answer = net_double_endpoint(AF_UNSPEC, "", 0);
    CHECK(wasmc_wamr_sock_recv_from(ctx, 4, VECTORS, 1, 0, ADDRESS, BYTES) == WASI_ERRNO_SUCCESS);
    CHECK(memcmp(fixture->bytes + ADDRESS, (uint8_t[24]){0}, 24) == 0);
    net_double.answer = net_double_endpoint(AF_UNIX, "x", 0);
    put_address(fixture, NULL);
    CHECK(wasmc_wamr_sock_recv_from(ctx, 4, VECTORS, 1, 0, ADDRESS, BYTES) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture->bytes[ADDRESS], 0xee, "a sender that has no such address");
    net_double.error = WASI_ERRNO_AGAIN;
    CHECK(wasmc_wamr_sock_recv_from(ctx, 4, VECTORS, 1, 0, ADDRESS, BYTES) == WASI_ERRNO_AGAIN);
}

/* What each pair of calls sets and gets. */
typedef uint32_t set_u32(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value);
typedef uint32_t set_u64(struct wasmc_ctx *ctx, uint32_t fd, uint64_t value);
typedef uint32_t get_value(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value_addr);

static const struct {
    set_u32 *set;
    get_value *get;
    enum wasmc_net_option option;
    uint32_t bytes;    /* of what is got */
    uint32_t largest;  /* that can be set; 1: a flag, of which everything else is on, too */
} numbers[] = {
    {wasmc_wamr_sock_set_broadcast, wasmc_wamr_sock_get_broadcast, WASMC_NET_BROADCAST, 1, 1},
    {wasmc_wamr_sock_set_keep_alive, wasmc_wamr_sock_get_keep_alive, WASMC_NET_KEEP_ALIVE, 1, 1},
    {wasmc_wamr_sock_set_reuse_addr, wasmc_wamr_sock_get_reuse_addr, WASMC_NET_REUSE_ADDRESS, 1, 1},
    {wasmc_wamr_sock_set_reuse_port, wasmc_wamr_sock_get_reuse_port, WASMC_NET_REUSE_PORT, 1, 1},
    {wasmc_wamr_sock_set_recv_buf_size, wasmc_wamr_sock_get_recv_buf_size, WASMC_NET_RECEIVE_BUFFER, 4, INT32_MAX},
    {wasmc_wamr_sock_set_send_buf_size, wasmc_wamr_sock_get_send_buf_size, WASMC_NET_SEND_BUFFER, 4, INT32_MAX},
    {wasmc_wamr_sock_set_tcp_no_delay, wasmc_wamr_sock_get_tcp_no_delay, WASMC_NET_NO_DELAY, 1, 1},
    {wasmc_wamr_sock_set_tcp_quick_ack, wasmc_wamr_sock_get_tcp_quick_ack, WASMC_NET_QUICK_ACK, 1, 1},
    {wasmc_wamr_sock_set_tcp_fastopen_connect, wasmc_wamr_sock_get_tcp_fastopen_connect,
     WASMC_NET_FASTOPEN_CONNECT, 1, 1},
    {wasmc_wamr_sock_set_tcp_keep_idle, wasmc_wamr_sock_get_tcp_keep_idle, WASMC_NET_KEEP_IDLE, 4, INT32_MAX},
    {wasmc_wamr_sock_set_tcp_keep_intvl, wasmc_wamr_sock_get_tcp_keep_intvl, WASMC_NET_KEEP_INTERVAL, 4, INT32_MAX},
    {wasmc_wamr_sock_set_ip_ttl, wasmc_wamr_sock_get_ip_ttl, WASMC_NET_TTL, 1, 255},
    {wasmc_wamr_sock_set_ip_multicast_ttl, wasmc_wamr_sock_get_ip_multicast_ttl, WASMC_NET_MULTICAST_TTL, 1, 255},
    {wasmc_wamr_sock_set_ipv6_only, wasmc_wamr_sock_get_ipv6_only, WASMC_NET_V6ONLY, 1, 1},
};

static void test_numbers(struct fixture *fixture)
{
    static const uint32_t values[] = {0, 1, 2, 255, 256, 0x12345678, 0x7fffffff, 0x80000000, 0xffffffff};
    struct wasmc_ctx *ctx = &fixture->ctx;
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        for (size_t j = 0; j < sizeof values / sizeof values[0]; j++) {
            bool is_flag = numbers[i].largest == 1;
            bool is_possible = is_flag || values[j] <= numbers[i].largest;
            net_double_begin();
            CHECK_EQUAL(numbers[i].set(ctx, 3, values[j]), is_possible ? 0 : WASI_ERRNO_INVAL, "set");
            CHECK_EQUAL(net_double.call != NULL, is_possible, "asked");
            CHECK(!is_possible || (net_double.option == numbers[i].option && net_double.fd == 3));
            CHECK(!is_possible || net_double.value == (is_flag ? values[j] != 0 : values[j]));
        }
        net_double_begin();
        net_double.answer_value = numbers[i].largest;
        fixture_put_u64(fixture, VALUE, UINT64_MAX);
        CHECK_EQUAL(numbers[i].get(ctx, 4, VALUE), 0, "get");
        CHECK(net_double.option == numbers[i].option && net_double.fd == 4);
        uint64_t mask = ~(uint64_t)0 << 8 * numbers[i].bytes;
        CHECK_EQUAL(fixture_u64(fixture, VALUE), mask | numbers[i].largest, "what was got");
        net_double.error = WASI_ERRNO_NOPROTOOPT;
        fixture_put_u64(fixture, VALUE, 5);
        CHECK_EQUAL(numbers[i].get(ctx, 4, VALUE), WASI_ERRNO_NOPROTOOPT, "get");
        CHECK_EQUAL(numbers[i].set(ctx, 4, 1), WASI_ERRNO_NOPROTOOPT, "set");
        CHECK_EQUAL(fixture_u64(fixture, VALUE), 5, "nothing is written");
    }
}

static void test_times(struct fixture *fixture)
{
    static const struct {
        set_u64 *set;
        get_value *get;
        enum wasmc_net_option option;
    } rows[] = {
        {wasmc_wamr_sock_set_recv_timeout, wasmc_wamr_sock_get_recv_timeout,
         WASMC_NET_RECEIVE_TIMEOUT},
        {wasmc_wamr_sock_set_send_timeout, wasmc_wamr_sock_get_send_timeout,
         WASMC_NET_SEND_TIMEOUT},
    };
    struct wasmc_ctx *ctx = &fixture->ctx;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        net_double_begin();
        CHECK_EQUAL(rows[i].set(ctx, 3, UINT64_C(0x123456789a)), 0, "set");
        CHECK(net_double.option == rows[i].option && net_double.value == UINT64_C(0x123456789a));
        net_double.answer_value = UINT64_C(0xabcdef0123);
        CHECK_EQUAL(rows[i].get(ctx, 3, VALUE), 0, "get");
        CHECK(net_double.option == rows[i].option && fixture_u64(fixture, VALUE) == UINT64_C(0xabcdef0123));
        net_double.error = WASI_ERRNO_BADF;
        CHECK_EQUAL(rows[i].set(ctx, 3, 0), WASI_ERRNO_BADF, "set");
        CHECK_EQUAL(rows[i].get(ctx, 3, VALUE), WASI_ERRNO_BADF, "get");
    }
}

static void test_linger(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    CHECK(wasmc_wamr_sock_set_linger(ctx, 3, 1, 5) == WASI_ERRNO_SUCCESS && net_double.value == 6);
    CHECK(wasmc_wamr_sock_set_linger(ctx, 3, 1, 0) == WASI_ERRNO_SUCCESS && net_double.value == 1);
    CHECK(wasmc_wamr_sock_set_linger(ctx, 3, 0, 0xffffffff) == WASI_ERRNO_SUCCESS && net_double.value == 0);
    CHECK(wasmc_wamr_sock_set_linger(ctx, 3, 1, 0xffffffff) == WASI_ERRNO_INVAL);
    for (uint64_t value = 0; value < 3; value++) {
        net_double.answer_value = value;
        fixture_put_u64(fixture, VALUE, UINT64_MAX);
        CHECK(wasmc_wamr_sock_get_linger(ctx, 3, VALUE, VALUE + 4) == WASI_ERRNO_SUCCESS);
        CHECK_EQUAL(fixture_u32(fixture, VALUE), 0xffffff00 | (value != 0), "whether it waits");
        CHECK_EQUAL(fixture_u32(fixture, VALUE + 4), value > 0 ? value - 1 : 0, "seconds");
    }
}

static void test_groups(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    net_double.answer_value = AF_INET;
    CHECK(wasmc_wamr_sock_set_ip_multicast_loop(ctx, 3, 0, 7) == WASI_ERRNO_SUCCESS);
    CHECK(net_double.option == WASMC_NET_MULTICAST_LOOP && net_double.value == 1);
    CHECK(wasmc_wamr_sock_set_ip_multicast_loop(ctx, 3, 1, 0) == WASI_ERRNO_NOPROTOOPT);
    CHECK(wasmc_wamr_sock_get_ip_multicast_loop(ctx, 3, 1, VALUE) == WASI_ERRNO_NOPROTOOPT);
    fixture_put_u32(fixture, VALUE, 0xffffffff);
    CHECK(wasmc_wamr_sock_get_ip_multicast_loop(ctx, 3, 0, VALUE) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, VALUE), 0xffffff01, "a u8");
    net_double.answer_value = AF_INET6;
    CHECK(wasmc_wamr_sock_set_ip_multicast_loop(ctx, 3, 2, 0) == WASI_ERRNO_SUCCESS && net_double.value == 0);
    CHECK(wasmc_wamr_sock_get_ip_multicast_loop(ctx, 3, 0, VALUE) == WASI_ERRNO_NOPROTOOPT);

    put_address(fixture, v4_bytes);
    CHECK(wasmc_wamr_sock_set_ip_add_membership(ctx, 3, ADDRESS, 9) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("membership", AF_INET, "192.0.2.7", 0) && net_double.joins && net_double.interface == 9);
    put_address(fixture, v6_bytes);
    CHECK(wasmc_wamr_sock_set_ip_drop_membership(ctx, 3, ADDRESS, 0) == WASI_ERRNO_SUCCESS);
    CHECK(net_double_got("membership", AF_INET6, "2001:db8::9", 0) && !net_double.joins);
    fixture_put_u32(fixture, ADDRESS, 2);
    CHECK(wasmc_wamr_sock_set_ip_add_membership(ctx, 3, ADDRESS, 9) == WASI_ERRNO_PROTONOSUPPORT);
}

/* A real descriptor: closing is not the network's. */
static void test_close(struct fixture *fixture)
{
    uint32_t fd = 0;
    struct wasmc_desc desc = {.host = socket(AF_INET, SOCK_STREAM, 0), .kind = WASMC_DESC_SOCKET};
    CHECK(wasmc_fd_insert(&fixture->ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wamr_sock_close(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wamr_sock_close(&fixture->ctx, fd) == WASI_ERRNO_BADF);
    CHECK(close(desc.host) == -1);
    CHECK(wasmc_wamr_sock_close(&fixture->ctx, 3) == WASI_ERRNO_NOTSOCK);
}

static void put_question(struct fixture *fixture, const char *host, const char *service)
{
    strcpy((char *)fixture->bytes + TEXTS, host);
    strcpy((char *)fixture->bytes + TEXTS + 64, service);
    memset(fixture->bytes + INFOS, 0xee, 200);
    fixture_put_u32(fixture, VALUE, 99);
}

static void test_resolve(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    static const int families[] = {AF_INET, AF_INET6, AF_UNSPEC}, types[] = {0, SOCK_DGRAM, SOCK_STREAM};
    net_double_begin();
    net_double.name_error = EAI_NONAME;
    put_question(fixture, "example.com", "https");
    for (uint32_t i = 0; i < 9; i++) {
        fixture_put_u32(fixture, HINTS, i / 3 - 1);
        fixture_put_u32(fixture, HINTS + 4, i % 3);
        for (uint32_t enabled = 0; enabled < 2; enabled++) {
            fixture_put_u32(fixture, HINTS + 8, 0xffffff00 | enabled);
            CHECK(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, TEXTS + 64, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_INVAL);
            CHECK_EQUAL(net_double.question.family, enabled ? families[i % 3] : AF_UNSPEC, "family");
            CHECK_EQUAL(net_double.question.type, enabled ? types[i / 3] : 0, "type");
        }
    }
    CHECK_TEXT(net_double.host, "example.com");
    CHECK_TEXT(net_double.service, "https");
    CHECK(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, 0, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_INVAL);
    CHECK_TEXT(net_double.service, "(null)");
    put_question(fixture, "", "80");
    CHECK(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, TEXTS + 64, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_INVAL);
    CHECK_TEXT(net_double.host, "(null)");
    net_double.call = NULL;
    CHECK(wasmc_wamr_sock_addr_resolve(ctx, 0, 0, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_INVAL);
    fixture_put_u32(fixture, HINTS, 2);
    CHECK(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, TEXTS + 64, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_PROTOTYPE);
    fixture_put_u32(fixture, HINTS + 4, 3);
    CHECK(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, TEXTS + 64, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_AFNOSUPPORT);
    fixture_put_u32(fixture, HINTS + 8, 0);
    memset(fixture->bytes + 8192, 'a', 1025);
    CHECK(wasmc_wamr_sock_addr_resolve(ctx, 8192, 0, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, 8192, HINTS, INFOS, 1, VALUE) == WASI_ERRNO_INVAL);
    CHECK(net_double.call == NULL);

    static const struct {
        int name_error;
        wasi_errno error;
    } rows[] = {{WASMC_NET_EAI_DENIED, WASI_ERRNO_ACCES}, {EAI_AGAIN, WASI_ERRNO_AGAIN}, {EAI_FAIL, WASI_ERRNO_FAULT},
                {EAI_MEMORY, WASI_ERRNO_NOMEM}, {EAI_SYSTEM, WASI_ERRNO_IO}, {EAI_SERVICE, WASI_ERRNO_INVAL}};
    put_question(fixture, "example.com", "");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        net_double.name_error = rows[i].name_error;
        CHECK_EQUAL(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, TEXTS + 64, HINTS, INFOS, 1, VALUE), rows[i].error,
                    "error of a name");
    }
    CHECK_EQUAL(fixture_u32(fixture, VALUE), 99, "nothing is written");
}

static void test_found(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    net_double_begin();
    put_question(fixture, "example.com", "8080");
    for (int i = 0; i < 3; i++) {
        struct wasmc_endpoint endpoint = i == 1 ? net_double_endpoint(AF_INET6, "2001:db8::9", 8080)
                                                : net_double_endpoint(AF_INET, "192.0.2.7", 8080);
        net_double.found.items[i].family = endpoint.family;
        net_double.found.items[i].port = endpoint.port;
        net_double.found.items[i].type = i == 2 ? SOCK_DGRAM : SOCK_STREAM;
        memcpy(net_double.found.items[i].address, endpoint.address, 16);
    }
    net_double.found.count = 3;
    for (uint32_t capacity = 0; capacity < 5; capacity++) {
        put_question(fixture, "example.com", "8080");
        CHECK(wasmc_wamr_sock_addr_resolve(ctx, TEXTS, TEXTS + 64, HINTS, INFOS, capacity, VALUE) ==
              WASI_ERRNO_SUCCESS);
        CHECK_EQUAL(fixture_u32(fixture, VALUE), 3, "all that there are");
        for (uint32_t i = 0; i < 3; i++) {
            const uint8_t *info = fixture->bytes + INFOS + 28 * i;
            if (i >= capacity)
                CHECK_EQUAL(info[0], 0xee, "no room");
            else
                CHECK(memcmp(info, i == 1 ? v6_bytes : v4_bytes, 24) == 0 && info[24] == (i != 2) && info[25] == 0);
        }
        CHECK_EQUAL(fixture->bytes[INFOS + 84], 0xee, "what lies behind");
    }
}

TRAPS(open_outside, wasmc_wamr_sock_open(ctx, 0, 9, 9, LAST - 2))
TRAPS(bind_outside, wasmc_wamr_sock_bind(ctx, 3, LAST - 22))
TRAPS(connect_outside, wasmc_wamr_sock_connect(ctx, 3, LAST - 22))
TRAPS(local_outside, wasmc_wamr_sock_addr_local(ctx, 3, LAST - 22))
TRAPS(receive_address_outside, wasmc_wamr_sock_recv_from(ctx, 3, VECTORS, 0, 0, LAST - 22, BYTES))
TRAPS(receive_bytes_outside, wasmc_wamr_sock_recv_from(ctx, 3, VECTORS, 0, 9, ADDRESS, LAST - 2))
TRAPS(send_bytes_outside, wasmc_wamr_sock_send_to(ctx, 3, VECTORS, 0, 9, ADDRESS, LAST - 2))
TRAPS(flag_outside, wasmc_wamr_sock_get_ip_ttl(ctx, 3, LAST + 1))
TRAPS(number_outside, wasmc_wamr_sock_get_tcp_keep_idle(ctx, 3, LAST - 2))
TRAPS(time_outside, wasmc_wamr_sock_get_send_timeout(ctx, 3, LAST - 6))
TRAPS(linger_flag_outside, wasmc_wamr_sock_get_linger(ctx, 3, LAST + 1, VALUE))
TRAPS(linger_outside, wasmc_wamr_sock_get_linger(ctx, 3, VALUE, LAST - 2))
TRAPS(loop_outside, wasmc_wamr_sock_get_ip_multicast_loop(ctx, 3, 0, LAST + 1))
TRAPS(group_outside, wasmc_wamr_sock_set_ip_add_membership(ctx, 3, LAST - 18, 0))
TRAPS(name_outside, wasmc_wamr_sock_addr_resolve(ctx, LAST, 0, HINTS, INFOS, 1, VALUE))
TRAPS(service_outside, wasmc_wamr_sock_addr_resolve(ctx, TEXTS, 0xffffffff, HINTS, INFOS, 1, VALUE))
TRAPS(hints_outside, wasmc_wamr_sock_addr_resolve(ctx, TEXTS, 0, LAST - 10, INFOS, 1, VALUE))
TRAPS(infos_outside, wasmc_wamr_sock_addr_resolve(ctx, TEXTS, 0, HINTS, INFOS, 153391690, VALUE))
TRAPS(count_outside, wasmc_wamr_sock_addr_resolve(ctx, TEXTS, 0, HINTS, INFOS, 1, LAST - 2))

static void test_traps(struct fixture *fixture)
{
    static void (*const calls[])(struct fixture *) = {
        open_outside, bind_outside, connect_outside, local_outside, receive_address_outside, receive_bytes_outside,
        send_bytes_outside, flag_outside, number_outside, time_outside, linger_flag_outside, linger_outside,
        loop_outside, group_outside, name_outside, service_outside, hints_outside, infos_outside, count_outside,
    };
    net_double_begin();
    put_address(fixture, v4_bytes);
    put_question(fixture, "a", "");
    fixture->bytes[LAST] = 'a';
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        CHECK_EQUAL(fixture_trap_of(calls[i], fixture), WASMC_TRAP_GUEST_POINTER, "trap");
    CHECK(net_double.call == NULL);
}

void test_wamr(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_open(&fixture);
    test_addresses(&fixture);
    test_transfer(&fixture);
    test_numbers(&fixture);
    test_times(&fixture);
    test_linger(&fixture);
    test_groups(&fixture);
    test_close(&fixture);
    test_resolve(&fixture);
    test_found(&fixture);
    test_traps(&fixture);
    net_double_end();
    fixture_end(&fixture);
}
