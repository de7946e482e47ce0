/* test_net_policy.c - the rules of the network: a table of calls, the limits, and words that somebody hostile wrote. */
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "net/policy.h"
#include "net/resolver.h"
#include "net_ask.h"

static void check_call(const char *rules, const char *call, const char *expected)
{
    char verdict[300];
    char context[1200];
    net_ask(rules, call, verdict, sizeof verdict);
    if (strcmp(verdict, expected) != 0) {
        snprintf(context, sizeof context, "%.500s / %.400s: %s, expected %s", rules, call, verdict, expected);
        check_failed("net_calls.def", 0, context);
        return;
    }
    checks_passed++;
}

static void test_calls(void)
{
#define CALL(rules, call, verdict) check_call(rules, call, verdict);
#include "net_calls.def"
#undef CALL
}

/* A module with room for some of each. */
struct small {
    struct wasmc_net_rule rules[2];
    struct wasmc_net_pattern names[1];
    struct wasmc_net_answer answers[2];
    struct wasmc_net_policy policy;
};

static void start_small(struct small *small)
{
    *small = (struct small){.policy = {.rule_capacity = 2, .name_capacity = 1, .answer_capacity = 2}};
    small->policy.rules = small->rules;
    small->policy.names = small->names;
    small->policy.answers = small->answers;
}

static bool answer(struct small *small, const char *text, uint32_t v4, uint64_t now_ns, uint64_t expires_ns)
{
    struct wasmc_net_name name;
    CHECK(wasmc_net_name_parse(text, strlen(text), &name, NULL));
    return wasmc_net_add_answer(&small->policy, name, WASMC_NET_V4_FIRST | v4, now_ns, expires_ns);
}

static int decide(struct small *small, uint32_t v4, uint64_t now_ns)
{
    struct wasmc_net_call call = {WASMC_NET_OUTBOUND, WASMC_NET_TCP, WASMC_NET_V4_FIRST | v4, 80, now_ns};
    return wasmc_net_decide(&small->policy, &call);
}

static void test_limits(void)
{
    struct small small;
    struct wasmc_net_error error;
    start_small(&small);
    CHECK(wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://a.example:80", &error));
    CHECK(!wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://b.example", &error));
    CHECK(wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://b.example:80", &error));
    CHECK(!wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://c.example:80", &error));
    CHECK_TEXT(error.expected, "fewer rules of one module");
    CHECK(wasmc_net_policy_add_name(&small.policy, "a.example", &error));
    CHECK(!wasmc_net_policy_add_name(&small.policy, "b.example", &error));
    CHECK(small.policy.rule_count == 2 && small.policy.name_count == 1);
}

/* Bounded: what has ended gives way, then what ends first; the same answer takes no second place. */
static void test_answers(void)
{
    struct small small;
    struct wasmc_net_error error;
    start_small(&small);
    CHECK(!answer(&small, "a.example", 0x0a000001, 0, 10)); /* no rule has the name */
    CHECK(wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://*.example:80", &error));
    CHECK(!answer(&small, "a.example", 0x7f000001, 0, 10));
    CHECK(answer(&small, "a.example", 0x0a000001, 0, 10));
    CHECK(answer(&small, "b.example", 0x0a000001, 0, 20));
    CHECK_EQUAL(small.policy.answer_count, 1, "one address and one rule");
    CHECK(answer(&small, "a.example", 0x0a000002, 0, 30));
    CHECK(decide(&small, 0x0a000001, 19) == 0 && decide(&small, 0x0a000002, 29) == 0);
    CHECK(answer(&small, "c.example", 0x0a000003, 5, 40)); /* in the place of what ends at 20 */
    CHECK(decide(&small, 0x0a000001, 6) == WASMC_NET_DENIED && decide(&small, 0x0a000002, 6) == 0);
    CHECK(answer(&small, "c.example", 0x0a000004, 35, 36)); /* of what ended at 30 */
    CHECK(decide(&small, 0x0a000003, 35) == 0 && decide(&small, 0x0a000004, 35) == 0);
    start_small(&small);
    CHECK(wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://*.example:80", &error));
    CHECK(answer(&small, "a.example", 0x0a000001, 0, 10) && answer(&small, "a.example", 0x0a000002, 10, 20));
    CHECK_EQUAL(small.policy.answer_count, 1, "what has ended has no place");
    small.policy.answer_capacity = small.policy.answer_count = 0;
    CHECK(!answer(&small, "a.example", 0x0a000001, 0, 10));
}

/* What a lookup found; for how long. */
static void learn(struct small *small, const char *host, uint8_t last, bool is_from_network, uint32_t ttl_s,
                  uint64_t now_ns)
{
    struct wasmc_net_answered answered = {.ttl_s = ttl_s, .is_from_network = is_from_network, .found.count = 1};
    answered.found.items[0].family = AF_INET;
    memcpy(answered.found.items[0].address, (const uint8_t[]){10, 0, 0, last}, 4);
    wasmc_net_learn(&small->policy, host, &answered, now_ns);
}

static void test_learning(void)
{
    const uint64_t second_ns = 1000000000;
    struct small small;
    struct wasmc_net_error error;
    start_small(&small);
    CHECK(wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://*.example:80", &error));
    learn(&small, "a.example", 1, true, 20, 5 * second_ns);
    CHECK(decide(&small, 0x0a000001, 25 * second_ns - 1) == 0);
    CHECK(decide(&small, 0x0a000001, 25 * second_ns) == WASMC_NET_DENIED);
    learn(&small, "b.example.", 2, true, 0, 5 * second_ns);
    CHECK(decide(&small, 0x0a000002, 6 * second_ns - 1) == 0);
    CHECK(decide(&small, 0x0a000002, 6 * second_ns) == WASMC_NET_DENIED);
    start_small(&small);
    CHECK(wasmc_net_policy_add(&small.policy, WASMC_NET_OUTBOUND, "tcp://*.example:80", &error));
    learn(&small, "c.example", 3, false, 0, 5 * second_ns);
    CHECK(decide(&small, 0x0a000003, UINT64_MAX / 4) == 0);
    learn(&small, "127.0.0.1", 4, false, 0, 5 * second_ns);
    learn(&small, "other.test", 4, false, 0, 5 * second_ns);
    CHECK(decide(&small, 0x0a000004, 5 * second_ns) == WASMC_NET_DENIED);
}

/* Names that lead somewhere for one module lead nowhere for another, which has the same rule. */
static void test_modules_apart(void)
{
    static struct small one;
    static struct small other;
    struct wasmc_net_error error;
    start_small(&one);
    start_small(&other);
    CHECK(wasmc_net_policy_add(&one.policy, WASMC_NET_OUTBOUND, "tcp://a.example:80", &error));
    CHECK(wasmc_net_policy_add(&other.policy, WASMC_NET_OUTBOUND, "tcp://a.example:80", &error));
    CHECK(answer(&one, "a.example", 0x0a000001, 0, 10) && answer(&other, "a.example", 0x0a000002, 0, 10));
    CHECK(decide(&one, 0x0a000001, 1) == 0 && decide(&one, 0x0a000002, 1) == WASMC_NET_DENIED);
    CHECK(decide(&other, 0x0a000002, 1) == 0 && decide(&other, 0x0a000001, 1) == WASMC_NET_DENIED);
}

static void check_message(const char *word, const char *expected)
{
    int ends[2];
    char message[1000] = {0};
    struct wasmc_net_rule rule;
    struct wasmc_net_error error;
    struct wasmc_text text;
    CHECK(pipe(ends) == 0);
    CHECK(!wasmc_net_rule_parse(WASMC_NET_OUTBOUND, word, &rule, &error));
    wasmc_text_begin(&text, ends[1]);
    wasmc_net_error_print(&text, word, &error);
    wasmc_text_flush(&text);
    CHECK(read(ends[0], message, sizeof message - 1) > 0);
    CHECK_TEXT(message, expected);
    close(ends[0]);
    close(ends[1]);
}

static void test_messages(void)
{
    check_message("tcp://10.0.0.1:70000",
                  "tcp://10.0.0.1:70000: expected a port from 1 to 65535, found '70000' at byte 16");
    check_message("tcp://a.example",
                  "tcp://a.example: expected ':' and ports behind the host (* for all), found the end");
    check_message("tcp://a..b:80", "tcp://a..b:80: expected a label between dots, found nothing at byte 9");
    check_message("tcp://a\x1b.b:80",
                  "tcp://a\\x1b.b:80: expected letters, digits, '-' and '_' in a name, found '\\x1b' at byte 8");
}

static uint64_t state = 1;

static uint32_t random_below(uint32_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % limit;
}

/* Changes, takes away or doubles some bytes. */
static size_t mutate(char *word, size_t bytes, size_t room)
{
    static const char alphabet[] = "tcpud:/[]*.-,_0123456789abfxXA%\x80\xff ";
    for (uint32_t i = random_below(4); i-- > 0 && bytes > 0;) {
        size_t at = random_below((uint32_t)bytes);
        size_t count = 1 + random_below((uint32_t)(bytes - at));
        switch (random_below(3)) {
        case 0: word[at] = alphabet[random_below(sizeof alphabet - 1)]; break;
        case 1:
            memmove(word + at, word + at + count, bytes - at - count);
            bytes -= count;
            break;
        default:
            if (bytes + count <= room) {
                memmove(word + at + count, word + at, bytes - at);
                bytes += count;
            }
        }
    }
    return bytes;
}

/* A rule or what is wrong with it: within the word, and what was read is in order. */
static bool holds_together(const char *word, size_t bytes)
{
    struct wasmc_net_rule rule;
    struct wasmc_net_error error;
    if (!wasmc_net_rule_parse(random_below(2) ? WASMC_NET_INBOUND : WASMC_NET_OUTBOUND, word, &rule, &error))
        return error.expected != NULL && error.at + error.bytes <= bytes;
    bool is_ordered = rule.ports.count > 0;
    for (size_t i = 0; i < rule.ports.count; i++)
        is_ordered = is_ordered && rule.ports.ranges[i].first <= rule.ports.ranges[i].last &&
                     (i == 0 || rule.ports.ranges[i - 1].last + 1 < rule.ports.ranges[i].first);
    return is_ordered && rule.prefix.bits <= 128 && rule.pattern.name.bytes <= WASMC_NET_NAME_BYTES;
}

static void test_hostile_words(void)
{
    static const char *const words[] = {
        "tcp://10.1.0.0/16:5432", "udp://[fd00::]/8:53,80,8000-8010", "tcp://*.example.com:443",
        "tcp://[::ffff:1.2.3.4]:*", "tcp://api.example.com.:1-65535",
        "udp://[1:2:3:4:5:6:1.2.3.4]/128:1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
    };
    int failures = 0;
    for (int i = 0; i < 200000; i++) {
        char word[700];
        const char *seed = words[random_below(sizeof words / sizeof words[0])];
        size_t bytes = mutate(memcpy(word, seed, strlen(seed)), strlen(seed), sizeof word);
        char *exact = malloc(bytes + 1);
        memcpy(exact, word, bytes);
        exact[bytes] = '\0';
        failures += !holds_together(exact, strlen(exact));
        free(exact);
    }
    CHECK_EQUAL(failures, 0, "hostile words");
}

void test_net_policy(void)
{
    test_calls();
    test_limits();
    test_answers();
    test_learning();
    test_modules_apart();
    test_messages();
    test_hostile_words();
}
