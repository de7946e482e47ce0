/* Questions and answers of DNS; network/fuzz_dns.c makes more of them. */
#include <stdlib.h>

#include "check.h"
#include "net/dns_message.h"

#define BYTES(text) (const uint8_t *)(text), sizeof(text) - 1
/* A header with an id of 0x1234, flags and how many records; the question for an address of a.test. */
#define HEADER(flags, records) "\x12\x34" flags "\0\1\0" records "\0\0\0\0"
#define ASKED "\1a\4test\0\0\1\0\1"
#define GOOD HEADER("\x81\x80", "\1") ASKED
/* 0xc00c is the name of the question, 12 + 12 where the first record begins. */
#define ADDRESS "\0\1\0\1\0\0\0\7\0\4\xc0\0\2\1"
#define ALIAS(bytes) "\0\5\0\1\0\0\0\5\0" bytes

static const struct wasmc_dns_question question = {.name = {"\1a\4test", 8}, .type = WASMC_DNS_A};

static const struct {
    const char *what;
    const uint8_t *bytes;
    size_t count;
    enum wasmc_dns_verdict verdict;
    unsigned code, addresses, ttl_s;
} answers[] = {
    {"an address", BYTES(GOOD "\xc0\x0c" ADDRESS), WASMC_DNS_ANSWERS, 0, 1, 7},
    {"uncompressed", BYTES(GOOD "\1A\4TesT\0" ADDRESS), WASMC_DNS_ANSWERS, 0, 1, 7},
    {"no record", BYTES(HEADER("\x81\x80", "\0") ASKED), WASMC_DNS_ANSWERS, 0, 0, 0},
    {"no name", BYTES(HEADER("\x81\x83", "\0") ASKED), WASMC_DNS_ANSWERS, 3, 0, 0},
    {"records of no name", BYTES(HEADER("\x81\x83", "\1") ASKED "\xc0\x0c" ADDRESS), WASMC_DNS_ANSWERS, 3, 0, 0},
    {"a failure", BYTES(HEADER("\x81\x82", "\0") ASKED), WASMC_DNS_ANSWERS, 2, 0, 0},
    {"an error without a question", BYTES("\x12\x34\x81\x81\0\0\0\0\0\0\0\0"), WASMC_DNS_ANSWERS, 1, 0, 0},
    {"an alias", BYTES(HEADER("\x81\x80", "\2") ASKED "\xc0\x0c" ALIAS("\2") "\xc0\x0e\xc0\x0e" ADDRESS),
     WASMC_DNS_ANSWERS, 0, 1, 5},
    {"backwards", BYTES(HEADER("\x81\x80", "\2") ASKED "\xc0\x0e" ADDRESS "\xc0\x0c" ALIAS("\2") "\xc0\x0e"),
     WASMC_DNS_ANSWERS, 0, 1, 5},
    {"cut off within a record", BYTES(HEADER("\x83\x80", "\2") ASKED "\xc0\x0c" ADDRESS "\xc0\x0c\0\1"),
     WASMC_DNS_ANSWERS, 0, 1, 7},
    {"another name's", BYTES(GOOD "\1b\0" ADDRESS), WASMC_DNS_ANSWERS, 0, 0, 0},
    {"another class", BYTES(GOOD "\xc0\x0c\0\1\0\3\0\0\0\7\0\4\xc0\0\2\1"), WASMC_DNS_ANSWERS, 0, 0, 0},
    {"a time of more than 31 bits", BYTES(GOOD "\xc0\x0c\0\1\0\1\x80\0\0\0\0\4\xc0\0\2\1"), WASMC_DNS_ANSWERS, 0, 1, 0},

    {"nothing", BYTES(""), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"half a header", BYTES("\x12\x34\x81\x80\0\1"), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"another id", BYTES("\x12\x35\x81\x80\0\1\0\1\0\0\0\0" ASKED "\xc0\x0c" ADDRESS), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"a query", BYTES(HEADER("\1\0", "\0") ASKED), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"another kind", BYTES(HEADER("\xa1\x80", "\1") ASKED "\xc0\x0c" ADDRESS), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"another question", BYTES(HEADER("\x81\x80", "\1") "\1b\4test\0\0\1\0\1" "\xc0\x0c" ADDRESS),
     WASMC_DNS_FOREIGN, 0, 0, 0},
    {"a longer question", BYTES(HEADER("\x81\x80", "\0") "\1a\4test\1a\0\0\1\0\1"), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"another type", BYTES(HEADER("\x81\x80", "\0") "\1a\4test\0\0\x1c\0\1"), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"another class of question", BYTES(HEADER("\x81\x80", "\0") "\1a\4test\0\0\1\0\3"), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"no question", BYTES("\x12\x34\x81\x80\0\0\0\1\0\0\0\0\1a\4test\0" ADDRESS), WASMC_DNS_FOREIGN, 0, 0, 0},
    {"two questions", BYTES("\x12\x34\x81\x80\0\2\0\0\0\0\0\0" ASKED ASKED), WASMC_DNS_FOREIGN, 0, 0, 0},

    {"a missing record", BYTES(HEADER("\x81\x80", "\2") ASKED "\xc0\x0c" ADDRESS), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"a pointer to itself", BYTES(GOOD "\xc0\x18" ADDRESS), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"a pointer forward", BYTES(GOOD "\xc0\x1a" ADDRESS), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"a pointer to its own label", BYTES(GOOD "\1a\xc0\x18" ADDRESS), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"half a pointer", BYTES(GOOD "\xc0"), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"a label of another kind", BYTES(GOOD "\x41" "a\0" ADDRESS), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"an address of 3 bytes", BYTES(GOOD "\xc0\x0c\0\1\0\1\0\0\0\7\0\3\xc0\0\2"), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"data that is missing", BYTES(GOOD "\xc0\x0c\0\1\0\1\0\0\0\7\0\5\xc0\0\2\1"), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"an alias with a rest", BYTES(GOOD "\xc0\x0c" ALIAS("\3") "\xc0\x0e\0"), WASMC_DNS_MALFORMED, 0, 0, 0},
    {"an alias of itself", BYTES(GOOD "\xc0\x0c" ALIAS("\2") "\xc0\x0c"), WASMC_DNS_MALFORMED, 0, 0, 0},
};

/* Memory of that size, so that the sanitizer sees what is read behind it. */
static enum wasmc_dns_verdict read_answer(const uint8_t *bytes, size_t count, struct wasmc_dns_answer *answer)
{
    uint8_t *copy = malloc(count + 1);
    memcpy(copy + 1, bytes, count);
    enum wasmc_dns_verdict verdict = wasmc_dns_read_answer(&question, 0x1234, copy + 1, count, answer);
    free(copy);
    return verdict;
}

static void test_answers(void)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        struct wasmc_dns_answer answer = {0};
        CHECK_EQUAL(read_answer(answers[i].bytes, answers[i].count, &answer), answers[i].verdict, answers[i].what);
        if (answers[i].verdict != WASMC_DNS_ANSWERS)
            continue;
        CHECK_EQUAL(answer.code, answers[i].code, answers[i].what);
        CHECK_EQUAL(answer.count, answers[i].addresses, answers[i].what);
        CHECK_EQUAL(answer.ttl_s, answers[i].ttl_s, answers[i].what);
        /* Of what is cut off nothing is taken, but where it says so itself. */
        for (size_t count = 0; count < answers[i].count && answer.code == 0 && !answer.is_truncated; count++)
            CHECK(read_answer(answers[i].bytes, count, &answer) != WASMC_DNS_ANSWERS);
    }
}

static void test_names(void)
{
    struct wasmc_dns_name name;
    char text[WASMC_DNS_NAME_BYTES];
    uint8_t bytes[600];
    size_t at = 0;
    /* 255 bytes are a name, 256 are none. */
    for (size_t i = 0; i < 4; i++) {
        bytes[64 * i] = 63;
        memset(bytes + 64 * i + 1, 'a', 63);
    }
    bytes[192] = 61;
    bytes[254] = 0;
    CHECK(wasmc_dns_read_name(bytes, 255, &at, &name) && name.count == 255 && at == 255);
    CHECK(wasmc_dns_name_text(&name, text) && strlen(text) == 253);
    bytes[192] = 62;
    bytes[255] = 0;
    at = 0;
    CHECK(!wasmc_dns_read_name(bytes, 256, &at, &name));
    /* Pointers to pointers, each to the one before: 127 are followed. */
    memset(bytes, 0, 2);
    for (size_t i = 1; i < 200; i++) {
        bytes[2 * i] = (uint8_t)(0xc0 | (i - 1) >> 7);
        bytes[2 * i + 1] = (uint8_t)(2 * (i - 1));
    }
    at = 2 * 127;
    CHECK(wasmc_dns_read_name(bytes, 400, &at, &name) && name.count == 1 && at == 2 * 128);
    at = 2 * 128;
    CHECK(!wasmc_dns_read_name(bytes, 400, &at, &name));
    CHECK(!wasmc_dns_name_text(&(struct wasmc_dns_name){"\3a.b\0", 5}, text));
    CHECK(!wasmc_dns_name_text(&(struct wasmc_dns_name){"\3a\0b\0", 5}, text));
    CHECK(wasmc_dns_name_text(&(struct wasmc_dns_name){"\0", 1}, text) && text[0] == '\0');
    CHECK(!wasmc_dns_is_same_name(&(struct wasmc_dns_name){"\1[\0", 3}, &(struct wasmc_dns_name){"\1{\0", 3}));
}

static void test_queries(void)
{
    uint8_t query[WASMC_DNS_QUERY_BYTES];
    struct wasmc_dns_question read;
    static const char plain[] = "\x12\x34\1\0\0\1\0\0\0\0\0\0" ASKED;
    static const char with_edns[] = "\x12\x34\1\0\0\1\0\0\0\0\0\1" ASKED "\0\0\x29\4\xd0\0\0\0\0\0\0";
    CHECK_EQUAL(wasmc_dns_write_query(&question, 0x1234, false, query), sizeof plain - 1, "plain");
    CHECK(memcmp(query, plain, sizeof plain - 1) == 0);
    CHECK_EQUAL(wasmc_dns_write_query(&question, 0x1234, true, query), sizeof with_edns - 1, "EDNS0");
    CHECK(memcmp(query, with_edns, sizeof with_edns - 1) == 0);
    CHECK(wasmc_dns_read_query(query, sizeof with_edns - 1, &read) && read.type == WASMC_DNS_A);
    CHECK(wasmc_dns_is_same_name(&read.name, &question.name));
    CHECK(!wasmc_dns_read_query(query, 12, &read));
    query[21] = 16; /* another type */
    CHECK(!wasmc_dns_read_query(query, sizeof plain - 1, &read));
}

/* More addresses than there is room for; those that come first are kept. */
static void test_many(void)
{
    static uint8_t message[24 + 16 * 100];
    struct wasmc_dns_answer answer;
    memcpy(message, HEADER("\x81\x80", "\x64") ASKED, 24);
    for (size_t i = 0; i < 100; i++) {
        memcpy(message + 24 + 16 * i, "\xc0\x0c" ADDRESS, 16);
        message[24 + 16 * i + 15] = (uint8_t)i;
    }
    CHECK_EQUAL(read_answer(message, sizeof message, &answer), WASMC_DNS_ANSWERS, "many");
    CHECK_EQUAL(answer.count, WASMC_NET_ADDRESSES, "many");
    CHECK_EQUAL(answer.addresses[0][3], 0, "the first");
    CHECK_EQUAL(answer.addresses[WASMC_NET_ADDRESSES - 1][3], WASMC_NET_ADDRESSES - 1, "the last");
}

void test_dns(void)
{
    test_answers();
    test_names();
    test_queries();
    test_many();
}
