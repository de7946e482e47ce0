/* fuzz_dns.c MESSAGES SEED - answers of DNS and texts of resolv.conf, made at random: good ones, which must be read as
 * they were made, and damaged ones, of which something must hold whatever they say. Inputs have the size of their memory,
 * so that the sanitizer sees each byte that is read behind them.
 *
 * With -DLIBFUZZER and -fsanitize=fuzzer the damage is the fuzzer's instead.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/dns_message.h"
#include "net/resolv_conf.h"

static uint64_t state;

static uint32_t pick(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % below);
}

#define REQUIRE(condition) ((condition) ? (void)0 : fail(#condition, __LINE__))

static _Noreturn void fail(const char *what, int line)
{
    printf("fuzz_dns.c:%d: failed: %s\n", line, what);
    fflush(stdout);
    abort();
}

/* --- what holds of every input ---------------------------------------------------------------- */

static void require_name(const struct wasmc_dns_name *name)
{
    size_t at = 0;
    char text[WASMC_DNS_NAME_BYTES];
    while (at < name->count && name->bytes[at] != 0) {
        REQUIRE(name->bytes[at] <= 63);
        at += 1u + name->bytes[at];
    }
    REQUIRE(at + 1 == name->count);
    REQUIRE(!wasmc_dns_name_text(name, text) || strlen(text) == (name->count > 1 ? name->count - 2u : 0));
}

/* It is answered with the id it has, so that more is read than a header. */
static enum wasmc_dns_verdict read_answer(const struct wasmc_dns_question *question, const uint8_t *bytes, size_t count,
                                          struct wasmc_dns_answer *answer)
{
    uint8_t *message = malloc(count + 1); /* not null when it is empty */
    memcpy(message + 1, bytes, count);
    uint16_t id = count < 2 ? 0 : (uint16_t)(message[1] << 8 | message[2]);
    enum wasmc_dns_verdict verdict = wasmc_dns_read_answer(question, id, message + 1, count, answer);
    if (count >= 2)
        REQUIRE(wasmc_dns_read_answer(question, id ^ 1, message + 1, count, &(struct wasmc_dns_answer){0}) ==
                WASMC_DNS_FOREIGN);
    free(message);
    if (verdict != WASMC_DNS_ANSWERS)
        return verdict;
    require_name(&answer->canonical);
    REQUIRE(answer->code <= 15 && answer->count <= WASMC_NET_ADDRESSES && answer->ttl_s <= INT32_MAX);
    REQUIRE(answer->code == 0 || (answer->count == 0 && wasmc_dns_is_same_name(&answer->canonical, &question->name)));
    return verdict;
}

static void read_conf(const uint8_t *bytes, size_t count)
{
    struct wasmc_resolv_conf conf;
    char *text = malloc(count + 1);
    memcpy(text + 1, bytes, count);
    wasmc_resolv_conf_parse(text + 1, count, &conf);
    free(text);
    REQUIRE(conf.server_count >= 1 && conf.server_count <= WASMC_RESOLV_SERVERS && conf.ndots <= 15);
    REQUIRE(conf.timeout_s >= 1 && conf.timeout_s <= 30 && conf.attempts >= 1 && conf.attempts <= 5);
    REQUIRE(memchr(conf.search, '\0', sizeof conf.search) != NULL && strpbrk(conf.search, "\t\n\r#;") == NULL);
    for (unsigned i = 0; i < conf.server_count; i++)
        REQUIRE(conf.servers[i].port != 0 && memchr(conf.servers[i].scope, '\0', WASMC_RESOLV_SCOPE_BYTES) != NULL);
}

/* --- good answers ----------------------------------------------------------------------------- */

struct writer {
    uint8_t bytes[WASMC_DNS_MESSAGE_BYTES];
    size_t count;
    size_t places[64]; /* of names, to which others may point */
    size_t place_count;
};

static void put(struct writer *writer, uint32_t value, unsigned bytes)
{
    while (bytes-- > 0)
        writer->bytes[writer->count++] = (uint8_t)(value >> 8 * bytes);
}

static struct wasmc_dns_name make_name(uint32_t number)
{
    struct wasmc_dns_name name = {.count = 0};
    for (uint32_t label = 0, labels = 1 + pick(4); label < labels; label++) {
        uint8_t length = (uint8_t)(4 + pick(pick(8) == 0 ? 50 : 4));
        name.bytes[name.count++] = length;
        for (uint8_t i = 0; i < length; i++)
            name.bytes[name.count++] = (uint8_t)("abcXYZ-0"[pick(8)]);
    }
    memcpy(name.bytes + 1, (const uint8_t[]){(uint8_t)('a' + number % 26), (uint8_t)('0' + number / 26)}, 2);
    name.bytes[name.count++] = 0;
    return name;
}

/* The offset of a place where the end of a name stands, from `from` on; 0: there is none. */
static size_t find_place(const struct writer *writer, const struct wasmc_dns_name *name, size_t from)
{
    for (size_t i = 0; i < writer->place_count; i++) {
        struct wasmc_dns_name other;
        size_t at = writer->places[i];
        if (wasmc_dns_read_name(writer->bytes, writer->count, &at, &other) && other.count == name->count - from &&
            memcmp(other.bytes, name->bytes + from, other.count) == 0)
            return writer->places[i];
    }
    return 0;
}

/* Compressed, or not, at some label. */
static void put_name(struct writer *writer, const struct wasmc_dns_name *name)
{
    for (size_t at = 0;;) {
        size_t place = name->bytes[at] == 0 || pick(4) == 0 ? 0 : find_place(writer, name, at);
        if (place != 0) {
            put(writer, 0xc000 | (uint32_t)place, 2);
            return;
        }
        size_t length = 1u + name->bytes[at];
        if (writer->place_count < 64 && writer->count < 0x3fff && length > 1)
            writer->places[writer->place_count++] = writer->count;
        memcpy(writer->bytes + writer->count, name->bytes + at, length);
        writer->count += length;
        at += length;
        if (length == 1)
            return;
    }
}

static void put_record(struct writer *writer, const struct wasmc_dns_name *owner, uint32_t type, uint32_t class,
                       uint32_t ttl_s, const void *data, size_t bytes)
{
    put_name(writer, owner);
    put(writer, type, 2);
    put(writer, class, 2);
    put(writer, ttl_s, 4);
    put(writer, 0, 2);
    size_t start = writer->count;
    if (type == WASMC_DNS_CNAME) {
        put_name(writer, data);
    } else {
        memcpy(writer->bytes + writer->count, data, bytes);
        writer->count += bytes;
    }
    writer->bytes[start - 2] = (uint8_t)((writer->count - start) >> 8);
    writer->bytes[start - 1] = (uint8_t)(writer->count - start);
}

enum { LINKS = 16 };

struct made {
    struct wasmc_dns_question question;
    struct wasmc_dns_answer expected;
    struct wasmc_dns_name names[LINKS + 2];
    uint32_t links;
    uint32_t records;
};

static void note_ttl(struct made *made, uint32_t ttl_s)
{
    ttl_s = ttl_s > INT32_MAX ? 0 : ttl_s;
    if (made->records == 0 || ttl_s < made->expected.ttl_s)
        made->expected.ttl_s = ttl_s;
    made->records++;
}

/* What says nothing about the question. */
static uint32_t put_noise(struct writer *writer, const struct made *made)
{
    uint32_t count = pick(3);
    for (uint32_t i = 0; i < count; i++) {
        struct wasmc_dns_name other = make_name(60 + pick(100));
        const struct wasmc_dns_name *owner = pick(2) == 0 ? &other : &made->names[pick(made->links + 1)];
        bool is_other = owner == &other;
        uint32_t type = is_other && pick(2) == 0 ? made->question.type : 16;
        put_record(writer, owner, type, is_other ? 1 : 1 + pick(2), pick(9), "sixteen bytes...",
                   made->question.type == WASMC_DNS_A ? 4 : 16);
    }
    return count;
}

static uint32_t pick_ttl(void)
{
    static const uint32_t special[] = {0, 1, INT32_MAX, (uint32_t)INT32_MAX + 1, UINT32_MAX};
    return pick(4) == 0 ? special[pick(5)] : pick(100000);
}

static uint32_t put_addresses(struct writer *writer, struct made *made, const struct wasmc_dns_name *owner)
{
    size_t bytes = made->question.type == WASMC_DNS_A ? 4 : 16;
    uint32_t count = pick(8) == 0 ? pick(100) : pick(5);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t address[16];
        uint32_t ttl_s = pick_ttl();
        for (size_t byte = 0; byte < bytes; byte++)
            address[byte] = (uint8_t)pick(256);
        put_record(writer, owner, made->question.type, 1, ttl_s, address, bytes);
        note_ttl(made, ttl_s);
        if (i < WASMC_NET_ADDRESSES)
            memcpy(made->expected.addresses[made->expected.count++], address, bytes);
    }
    return count;
}

/* The links of a chain in order or backwards, with what does not belong there in between. */
static void make(struct writer *writer, struct made *made)
{
    *made = (struct made){.links = pick(3) == 0 ? pick(LINKS + 1) : pick(3)};
    made->question.type = pick(2) == 0 ? WASMC_DNS_A : WASMC_DNS_AAAA;
    for (uint32_t i = 0; i <= made->links; i++)
        made->names[i] = make_name(i);
    made->question.name = made->names[0];
    made->expected.canonical = made->names[made->links];
    writer->count = writer->place_count = 0;
    put(writer, pick(65536), 2);
    put(writer, 0x8180, 2);
    put(writer, 1, 2);
    put(writer, 0, 4); /* the count of records is known later */
    put(writer, 0, 2);
    put_name(writer, &made->question.name);
    put(writer, made->question.type << 16 | 1, 4);
    uint32_t count = 0;
    bool is_backwards = pick(4) == 0;
    if (is_backwards)
        count += put_addresses(writer, made, &made->names[made->links]);
    for (uint32_t i = 0; i < made->links; i++) {
        uint32_t link = is_backwards ? made->links - 1 - i : i;
        uint32_t ttl_s = pick_ttl();
        count += put_noise(writer, made);
        put_record(writer, &made->names[link], WASMC_DNS_CNAME, 1, ttl_s, &made->names[link + 1], 0);
        note_ttl(made, ttl_s);
        count++;
    }
    if (!is_backwards)
        count += put_addresses(writer, made, &made->names[made->links]);
    count += put_noise(writer, made);
    writer->bytes[6] = (uint8_t)(count >> 8);
    writer->bytes[7] = (uint8_t)count;
}

static void require_expected(const struct made *made, const struct writer *writer)
{
    struct wasmc_dns_answer answer;
    const struct wasmc_dns_answer *expected = &made->expected;
    size_t bytes = made->question.type == WASMC_DNS_A ? 4 : 16;
    REQUIRE(read_answer(&made->question, writer->bytes, writer->count, &answer) == WASMC_DNS_ANSWERS);
    REQUIRE(answer.code == 0 && answer.count == expected->count && answer.ttl_s == expected->ttl_s);
    REQUIRE(wasmc_dns_is_same_name(&answer.canonical, &expected->canonical));
    for (unsigned i = 0; i < answer.count; i++)
        REQUIRE(memcmp(answer.addresses[i], expected->addresses[i], bytes) == 0);
}

/* --- damage ----------------------------------------------------------------------------------- */

static void damage(struct writer *writer)
{
    static const uint8_t special[] = {0, 1, 63, 64, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xff, 12, 28, 5};
    for (uint32_t i = 0, count = 1 + pick(4); i < count && writer->count > 0; i++) {
        size_t at = pick((uint32_t)writer->count);
        switch (pick(5)) {
        case 0:
            writer->bytes[at] ^= (uint8_t)(1u << pick(8));
            break;
        case 1:
            writer->bytes[at] = special[pick(sizeof special)];
            break;
        case 2:
            writer->count = at;
            break;
        case 3: /* a pointer, to anywhere near */
            if (at + 2 <= writer->count) {
                uint32_t to = 0xc000 | (pick(2) == 0 ? (uint32_t)at : pick((uint32_t)writer->count));
                writer->bytes[at] = (uint8_t)(to >> 8);
                writer->bytes[at + 1] = (uint8_t)to;
            }
            break;
        default: { /* a piece once more */
            size_t size = pick((uint32_t)(writer->count - at) < 300 ? (uint32_t)(writer->count - at) + 1 : 300);
            if (writer->count + size <= sizeof writer->bytes) {
                memmove(writer->bytes + at + size, writer->bytes + at, writer->count - at);
                writer->count += size;
            }
        }
        }
    }
}

/* Words that mean something, and bytes that do not. */
static void make_conf(struct writer *writer)
{
    static const char *const words[] = {
        "nameserver", "search", "domain", "options", "ndots:", "timeout:", "attempts:", "rotate", "127.0.0.1", "[::1]:53",
        "fe80::1%eth0", "[127.0.0.1]:", "::ffff:1.2.3.4", "example.com", "a.b.", ".", "#", ";", "\n", "\n", "\n", "\r\n",
        " ", " ", "\t", "4294967296", "0", "7", "%", "]", "[", ":", "\0"};
    writer->count = 0;
    for (uint32_t i = 0, count = pick(60); i < count; i++) {
        const char *word = words[pick(sizeof words / sizeof words[0])];
        size_t bytes = pick(20) == 0 ? pick(300) : *word == '\0' ? 1 : strlen(word);
        for (size_t byte = 0; byte < bytes; byte++)
            writer->bytes[writer->count++] = (uint8_t)(byte < strlen(word) ? word[byte] : 'a' + (int)pick(26));
    }
}

#ifdef LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The question is that of the message, so that more than a header is read. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct wasmc_dns_question question;
    struct wasmc_dns_answer answer;
    if (!wasmc_dns_read_query(data, size, &question))
        question = (struct wasmc_dns_question){.name = {"\1a\0", 3}, .type = WASMC_DNS_A};
    (void)read_answer(&question, data, size, &answer);
    read_conf(data, size);
    return 0;
}
#else
int main(int argc, char **argv)
{
    static struct writer writer;
    static struct made made;
    unsigned long verdicts[3] = {0};
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 0) : 0;
    state = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
    for (unsigned long i = 0; i < count; i++) {
        struct wasmc_dns_answer answer;
        make(&writer, &made);
        require_expected(&made, &writer);
        damage(&writer);
        verdicts[read_answer(&made.question, writer.bytes, writer.count, &answer)]++;
        make_conf(&writer);
        read_conf(writer.bytes, writer.count);
    }
    printf("answers: %lu as they were made; damaged: %lu taken, %lu foreign, %lu malformed\n", count,
           verdicts[WASMC_DNS_ANSWERS], verdicts[WASMC_DNS_FOREIGN], verdicts[WASMC_DNS_MALFORMED]);
    printf("DNS: %lu passed, 0 failed\n", count);
    return count == 0;
}
#endif
