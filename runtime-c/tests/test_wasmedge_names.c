#include <netdb.h>
#include <sys/socket.h>

#include "check.h"
#include "fixture.h"
#include "net_double.h"
#include "wasi/wasmedge/errno.h"
#include "wasmc/wasi.h"

/* Where things are in the guest's memory. */
enum { HINTS = 2000, LIST = 2040, COUNT = 2044, INFOS = 2100, ADDRESSES = 2400, DATAS = 2600, NAMES = 2900,
       TEXTS = 3200 };

/* A list of places, as guests make them. */
static void put_places(struct fixture *fixture, uint32_t count, uint32_t data_bytes, uint32_t name_bytes)
{
    memset(fixture->bytes + INFOS, 0xee, NAMES + 200 - INFOS);
    fixture_put_u32(fixture, LIST, count > 0 ? INFOS : 0);
    fixture_put_u32(fixture, COUNT, 99);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t info = INFOS + 28 * i, address = ADDRESSES + 12 * i;
        fixture_put_u32(fixture, info + 12, address);
        fixture_put_u32(fixture, info + 16, NAMES + 40 * i);
        fixture_put_u32(fixture, info + 20, name_bytes);
        fixture_put_u32(fixture, info + 24, i + 1 < count ? info + 28 : 0);
        fixture_put_u32(fixture, address + 4, data_bytes);
        fixture_put_u32(fixture, address + 8, DATAS + 40 * i);
    }
}

static void put_hints(struct fixture *fixture, uint32_t flags, uint32_t family, uint32_t type, uint32_t protocol)
{
    fixture_put_u32(fixture, HINTS, flags | family << 16 | type << 24);
    fixture_put_u32(fixture, HINTS + 4, protocol);
}

/* Without and with the NUL that guests pass along. */
static uint32_t ask(struct fixture *fixture, const char *host, const char *service, uint32_t more, uint32_t capacity)
{
    strcpy((char *)fixture->bytes + TEXTS, host);
    strcpy((char *)fixture->bytes + TEXTS + 64, service);
    return wasmc_wasmedge_sock_getaddrinfo(&fixture->ctx, TEXTS, (uint32_t)strlen(host) + more, TEXTS + 64,
                                           (uint32_t)strlen(service) + more, HINTS, LIST, capacity, COUNT);
}

static void add_found(int family, int type, const char *text, uint16_t port)
{
    struct wasmc_endpoint endpoint = net_double_endpoint(family, text, port);
    uint16_t i = net_double.found.count++;
    net_double.found.items[i].family = (uint16_t)family;
    net_double.found.items[i].type = (uint8_t)type;
    net_double.found.items[i].port = port;
    net_double.found.items[i].scope_id = family == AF_INET6 ? 3 : 0;
    memcpy(net_double.found.items[i].address, endpoint.address, 16);
}

static void test_names(struct fixture *fixture)
{
    net_double_begin();
    add_found(AF_INET6, SOCK_STREAM, "2001:db8::9", 443);
    add_found(AF_INET, SOCK_STREAM, "192.0.2.7", 443);
    add_found(AF_INET, SOCK_DGRAM, "192.0.2.8", 443);
    strcpy(net_double.found.canonical, "www.example.com");
    put_hints(fixture, 2, 0, 0, 0);
    put_places(fixture, 3, 26, 40);
    CHECK(ask(fixture, "example.com", "https", 1, 3) == WASI_ERRNO_SUCCESS);
    CHECK_TEXT(net_double.host, "example.com");
    CHECK_TEXT(net_double.service, "https");
    CHECK(net_double.question.wants_canonical && net_double.question.family == AF_UNSPEC);
    CHECK(net_double.question.type == 0 && !net_double.question.is_passive);
    CHECK_EQUAL(fixture_u32(fixture, COUNT), 2, "addresses of IPv4");
    CHECK_EQUAL(fixture_u32(fixture, INFOS), 0x02010002, "flags, family, stream");
    CHECK_EQUAL(fixture->bytes[INFOS + 4], 1, "TCP");
    CHECK_EQUAL(fixture_u32(fixture, INFOS + 8), 16, "bytes of the address");
    CHECK_EQUAL(fixture_u32(fixture, INFOS + 12), ADDRESSES, "its place");
    CHECK_EQUAL(fixture_u32(fixture, INFOS + 20), 15, "bytes of the name");
    CHECK_EQUAL(fixture_u32(fixture, INFOS + 24), INFOS + 28, "the next");
    CHECK_TEXT((char *)fixture->bytes + NAMES, "www.example.com");
    CHECK_EQUAL(fixture->bytes[ADDRESSES], 1, "family");
    CHECK_EQUAL(fixture_u32(fixture, ADDRESSES + 4), 14, "bytes of the data");
    CHECK(memcmp(fixture->bytes + DATAS, "\1\273\300\0\2\7\0\0\0\0\0\0\0\0\356", 15) == 0);
    CHECK_EQUAL(fixture->bytes[INFOS + 28 + 3], 1, "datagrams");
    CHECK_EQUAL(fixture->bytes[INFOS + 28 + 4], 2, "UDP");
    CHECK_EQUAL(fixture_u32(fixture, INFOS + 28 + 20), 0, "one name for all");
    CHECK_EQUAL(fixture->bytes[NAMES + 40], 0xee, "one name for all");
    CHECK_EQUAL(fixture->bytes[INFOS + 56 + 3], 0xee, "the third place");

    /* Fewer places, by their number and by the end of the list. */
    put_places(fixture, 3, 26, 40);
    CHECK(ask(fixture, "example.com", "https", 0, 1) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, COUNT) == 1);
    CHECK_TEXT(net_double.host, "example.com");
    put_places(fixture, 1, 26, 40);
    CHECK(ask(fixture, "example.com", "https", 0, 1000000) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, COUNT) == 1);

    /* A list that is a circle, and one without room for names. */
    put_places(fixture, 2, 14, 0);
    fixture_put_u32(fixture, INFOS + 28 + 24, INFOS);
    CHECK(ask(fixture, "example.com", "", 1, 0xffffffff) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, COUNT) == 2);
    CHECK_EQUAL(fixture->bytes[NAMES], 0xee, "no room, no name");
    CHECK_TEXT(net_double.service, "(null)");

    /* IPv6, when it is asked for; guests say 14 and have 26. */
    net_double.found.items[1].family = net_double.found.items[2].family = AF_INET6;
    put_hints(fixture, 0, 2, 2, 1);
    put_places(fixture, 3, 14, 0);
    CHECK(ask(fixture, "example.com", "443", 1, 1) == WASI_ERRNO_SUCCESS);
    CHECK(net_double.question.family == AF_INET6 && net_double.question.type == SOCK_STREAM);
    CHECK_EQUAL(fixture_u32(fixture, INFOS + 8), 28, "bytes of the address");
    CHECK_EQUAL(fixture_u32(fixture, ADDRESSES + 4), 26, "bytes of the data");
    CHECK_EQUAL(fixture->bytes[ADDRESSES], 2, "family");
    CHECK(memcmp(fixture->bytes + DATAS,
                 "\1\273\0\0\0\0\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x09\3\0\0\0\356", 27) == 0);
}

static void test_name_errors(struct fixture *fixture)
{
    static const struct {
        const char *host, *service;
        uint32_t flags, family, type, protocol;
        wasi_errno error;
    } rows[] = {
        {"", "", 0, 0, 0, 0, WASMEDGE_ERRNO_AINONAME}, {"a", "", 128, 0, 0, 0, WASMEDGE_ERRNO_AIBADFLAG},
        {"", "80", 2, 0, 0, 0, WASMEDGE_ERRNO_AIBADFLAG}, {"a", "", 0, 3, 0, 0, WASMEDGE_ERRNO_AIFAMILY},
        {"a", "", 0, 4, 0, 0, WASMEDGE_ERRNO_AIFAMILY}, {"a", "", 0, 0, 3, 0, WASI_ERRNO_NOSYS},
        {"a", "", 0, 0, 0, 3, WASI_ERRNO_NOSYS}, {"a", "", 0, 0, 1, 1, WASMEDGE_ERRNO_AISERVICE},
        {"a", "", 0, 0, 2, 2, WASMEDGE_ERRNO_AISERVICE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        net_double_begin();
        put_hints(fixture, rows[i].flags, rows[i].family, rows[i].type, rows[i].protocol);
        put_places(fixture, 1, 26, 0);
        CHECK_EQUAL(ask(fixture, rows[i].host, rows[i].service, 1, 1), rows[i].error, "error of a question");
        CHECK(net_double.call == NULL && fixture_u32(fixture, COUNT) == 99);
    }
    static const struct {
        int name_error;
        wasi_errno error;
    } answers[] = {
        {WASMC_NET_EAI_DENIED, WASI_ERRNO_ACCES}, {EAI_AGAIN, 78}, {EAI_BADFLAGS, 79}, {EAI_FAIL, 80},
        {EAI_FAMILY, 81}, {EAI_MEMORY, 82}, {EAI_NODATA, 83}, {EAI_NONAME, 84}, {EAI_SERVICE, 85},
        {EAI_SOCKTYPE, 86}, {EAI_SYSTEM, 87}, {EAI_OVERFLOW, 82}, {-1000, 87},
    };
    put_hints(fixture, 0, 0, 0, 0);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        net_double_begin();
        net_double.name_error = answers[i].name_error;
        put_places(fixture, 1, 26, 0);
        CHECK_EQUAL(ask(fixture, "a", "", 0, 1), answers[i].error, "error of a name");
        CHECK(fixture_u32(fixture, COUNT) == 99);
    }
    net_double_begin();
    put_places(fixture, 1, 26, 0);
    CHECK_EQUAL(ask(fixture, "a", "", 0, 1), WASMEDGE_ERRNO_AINODATA, "nothing found");
    CHECK_EQUAL(ask(fixture, "a", "", 0, 0), WASMEDGE_ERRNO_AIMEMORY, "no capacity");
    put_places(fixture, 0, 26, 0);
    CHECK_EQUAL(ask(fixture, "a", "", 0, 1), WASMEDGE_ERRNO_AIMEMORY, "no place");
    add_found(AF_INET, SOCK_STREAM, "192.0.2.7", 0);
    strcpy(net_double.found.canonical, "www.example.com");
    put_places(fixture, 1, 13, 0);
    CHECK_EQUAL(ask(fixture, "a", "", 0, 1), WASMEDGE_ERRNO_AIMEMORY, "a place that is too small");
    put_places(fixture, 1, 14, 15);
    CHECK_EQUAL(ask(fixture, "a", "", 0, 1), WASMEDGE_ERRNO_AIMEMORY, "no room for the name");
    CHECK_EQUAL(fixture->bytes[DATAS], 0xee, "nothing is written");
    net_double.call = NULL;
    memset(fixture->bytes + 8192, 'a', 2000);
    struct wasmc_ctx *ctx = &fixture->ctx;
    put_places(fixture, 1, 14, 0);
    CHECK_EQUAL(wasmc_wasmedge_sock_getaddrinfo(ctx, 8192, 1024, 0, 0, HINTS, LIST, 1, COUNT),
                WASMEDGE_ERRNO_AINONAME, "a long name");
    CHECK_EQUAL(wasmc_wasmedge_sock_getaddrinfo(ctx, 8192, 1, 8192, 256, HINTS, LIST, 1, COUNT),
                WASMEDGE_ERRNO_AISERVICE, "a long service");
    CHECK(net_double.call == NULL);
}

static void test_questions(struct fixture *fixture)
{
    net_double_begin();
    net_double.name_error = EAI_NONAME;
    put_places(fixture, 1, 26, 0);
    for (uint32_t flags = 0; flags < 128; flags++) {
        put_hints(fixture, flags, 1, 1, 0);
        CHECK(ask(fixture, "a", "", 1, 1) == WASMEDGE_ERRNO_AINONAME);
        const struct wasmc_net_question *asked = &net_double.question;
        uint32_t got = asked->is_passive | asked->wants_canonical << 1 | asked->is_numeric_host << 2 |
                       asked->is_numeric_service << 3 | asked->is_v4_mapped << 4 | asked->wants_all << 5 |
                       asked->is_address_config << 6;
        CHECK_EQUAL(got, flags, "flags");
    }
    CHECK(net_double.question.family == AF_INET && net_double.question.type == SOCK_DGRAM);
    put_hints(fixture, 1, 0, 0, 2);
    CHECK(ask(fixture, "", "53", 1, 1) == WASMEDGE_ERRNO_AINONAME);
    CHECK_TEXT(net_double.host, "(null)");
    CHECK(net_double.question.type == SOCK_DGRAM);
}

TRAPS(name_outside, wasmc_wasmedge_sock_getaddrinfo(ctx, LAST, 2, 0, 0, HINTS, LIST, 1, COUNT))
TRAPS(name_hints_outside, wasmc_wasmedge_sock_getaddrinfo(ctx, 0, 0, 0, 0, LAST - 26, LIST, 1, COUNT))
TRAPS(name_list_outside, wasmc_wasmedge_sock_getaddrinfo(ctx, 0, 0, 0, 0, HINTS, LAST - 2, 1, COUNT))
TRAPS(name_count_outside, wasmc_wasmedge_sock_getaddrinfo(ctx, 0, 0, 0, 0, HINTS, LIST, 1, LAST - 2))
TRAPS(name_list, wasmc_wasmedge_sock_getaddrinfo(ctx, 0, 0, 0, 0, HINTS, LIST, 2, COUNT))

static void test_name_traps(struct fixture *fixture)
{
    static void (*const calls[])(struct fixture *) = {name_outside, name_hints_outside, name_list_outside,
                                                      name_count_outside};
    net_double_begin();
    put_hints(fixture, 0, 0, 0, 0);
    put_places(fixture, 2, 26, 0);
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        CHECK_EQUAL(fixture_trap_of(calls[i], fixture), WASMC_TRAP_GUEST_POINTER, "trap");
    /* Each address in the second place: of the address, of its data, of the name, of the place. */
    static const struct {
        uint32_t at, value;
    } rows[] = {{INFOS + 28 + 12, LAST - 10}, {ADDRESSES + 12 + 8, LAST - 24}, {ADDRESSES + 12 + 4, 0xffffffff},
                {INFOS + 28 + 20, 0xffffffff}, {INFOS + 24, LAST - 26}, {LIST, 0xffffffff}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        put_places(fixture, 2, 26, 0);
        fixture_put_u32(fixture, rows[i].at, rows[i].value);
        CHECK_EQUAL(fixture_trap_of(name_list, fixture), WASMC_TRAP_GUEST_POINTER, "trap in the list");
    }
    CHECK(net_double.call == NULL);
    /* What lies behind the capacity is not looked at. */
    put_places(fixture, 3, 26, 0);
    fixture_put_u32(fixture, INFOS + 28 + 24, 0xffffffff);
    CHECK_EQUAL(fixture_trap_of(name_list, fixture), WASMC_TRAP_NONE, "no trap");
}

void test_wasmedge_names(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_names(&fixture);
    test_name_errors(&fixture);
    test_questions(&fixture);
    test_name_traps(&fixture);
    net_double_end();
    fixture_end(&fixture);
}
