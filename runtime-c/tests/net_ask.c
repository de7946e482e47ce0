/* net_ask.c - questions to the network's policy as text. Each word is a block of its own, so that ASan sees what is
 * read behind it. */
#include "net_ask.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/policy.h"

#define WORDS 2048

struct world {
    struct wasmc_net_policy policy;
    char *words[WORDS]; /* what lives as long as the policy */
    size_t word_count;
    char *verdict;
    size_t bytes;
};

static struct wasmc_net_rule rules[WASMC_NET_RULES];
static struct wasmc_net_pattern names[WASMC_NET_RULES];
static struct wasmc_net_answer answers[WASMC_NET_ANSWERS];

static const char *keep(struct world *world, const char *text, size_t bytes)
{
    if (world->word_count == WORDS)
        abort();
    char *word = malloc(bytes + 1);
    memcpy(word, text, bytes);
    word[bytes] = '\0';
    return world->words[world->word_count++] = word;
}

static void say(struct world *world, const char *verdict)
{
    snprintf(world->verdict, world->bytes, "%s", verdict);
}

static void say_error(struct world *world, const struct wasmc_net_error *error)
{
    snprintf(world->verdict, world->bytes, "expected %s at %zu+%zu", error->expected, error->at, error->bytes);
}

static void say_number(struct world *world, int number)
{
    if (number == WASMC_NET_DENIED)
        say(world, "denied");
    else
        snprintf(world->verdict, world->bytes, "%d", number);
}

/* The first word, when it is this one; then *text is what follows the blank. */
static bool take(const char **text, const char *word)
{
    size_t bytes = strlen(word);
    if (strncmp(*text, word, bytes) != 0 || (*text)[bytes] != ' ')
        return false;
    *text += bytes + 1;
    return true;
}

static bool take_direction(const char **text, enum wasmc_net_direction *direction)
{
    *direction = take(text, "in") ? WASMC_NET_INBOUND : WASMC_NET_OUTBOUND;
    return *direction == WASMC_NET_INBOUND || take(text, "out");
}

static bool read_address(enum wasmc_net_direction direction, const char *text, wasmc_net_address *address)
{
    uint8_t bytes[16];
    size_t count = strchr(text, ':') != NULL ? 16 : 4;
    if (inet_pton(count == 16 ? AF_INET6 : AF_INET, text, bytes) != 1)
        return false;
    *address = wasmc_net_canonical(direction, wasmc_net_from_bytes(bytes, count));
    return true;
}

/* A name as a guest gives it: no byte behind it may be looked at. */
static char *bare_copy(const char *text, size_t *bytes)
{
    *bytes = strlen(text);
    char *copy = malloc(*bytes + (*bytes == 0));
    memcpy(copy, text, *bytes);
    return copy;
}

static bool follow_answer(struct world *world, const char *line)
{
    char name_text[600];
    char address_text[64];
    unsigned long long now_ns;
    unsigned long long expires_ns;
    wasmc_net_address address;
    struct wasmc_net_name name;
    if (sscanf(line, "%599s %63s %llu %llu", name_text, address_text, &now_ns, &expires_ns) != 4 ||
        !read_address(WASMC_NET_OUTBOUND, address_text, &address))
        return false;
    size_t bytes;
    char *copy = bare_copy(name_text, &bytes);
    if (wasmc_net_name_parse(copy, bytes, &name, NULL))
        wasmc_net_add_answer(&world->policy, name, address, now_ns, expires_ns);
    free(copy);
    return true;
}

static bool follow(struct world *world, const char *line)
{
    enum wasmc_net_direction direction;
    struct wasmc_net_error error;
    if (take(&line, "answer"))
        return follow_answer(world, line);
    if (take(&line, "resolve"))
        return wasmc_net_policy_add_name(&world->policy, line, &error);
    return take_direction(&line, &direction) && wasmc_net_policy_add(&world->policy, direction, line, &error);
}

static bool follow_all(struct world *world, const char *text)
{
    while (*text != '\0') {
        size_t bytes = strcspn(text, ";");
        if (!follow(world, keep(world, text, bytes)))
            return false;
        text += bytes + (text[bytes] == ';');
        while (*text == ' ')
            text++;
    }
    return true;
}

static void ask_parse(struct world *world, const char *word)
{
    struct wasmc_net_error error;
    enum wasmc_net_direction direction;
    struct wasmc_net_rule rule;
    struct wasmc_net_pattern pattern;
    if (take(&word, "resolve") ? wasmc_net_resolve_parse(keep(world, word, strlen(word)), &pattern, &error)
                               : take_direction(&word, &direction) &&
                                     wasmc_net_rule_parse(direction, keep(world, word, strlen(word)), &rule, &error))
        say(world, "yes");
    else
        say_error(world, &error);
}

static void ask_includes(struct world *world, const char *word)
{
    struct wasmc_net_error error;
    enum wasmc_net_direction direction;
    struct wasmc_net_rule rule;
    struct wasmc_net_pattern pattern;
    if (take(&word, "resolve")) {
        if (wasmc_net_resolve_parse(word, &pattern, &error))
            say(world, wasmc_net_policy_includes_name(&world->policy, &pattern) ? "yes" : "no");
        else
            say_error(world, &error);
    } else if (take_direction(&word, &direction)) {
        if (wasmc_net_rule_parse(direction, word, &rule, &error))
            say(world, wasmc_net_policy_includes(&world->policy, &rule) ? "yes" : "no");
        else
            say_error(world, &error);
    }
}

static void ask_name(struct world *world, const char *text)
{
    size_t bytes;
    char *copy = bare_copy(text, &bytes);
    say_number(world, wasmc_net_decide_name(&world->policy, copy, bytes));
    free(copy);
}

static void ask_call(struct world *world, const char *text)
{
    struct wasmc_net_call call;
    char address[64];
    char protocol[8];
    unsigned long long now_ns;
    if (!take_direction(&text, &call.direction) ||
        sscanf(text, "%7s %63s %u %llu", protocol, address, &call.port, &now_ns) != 4 ||
        !read_address(call.direction, address, &call.address))
        return;
    call.protocol = strcmp(protocol, "udp") == 0 ? WASMC_NET_UDP : WASMC_NET_TCP;
    call.now_ns = now_ns;
    say_number(world, wasmc_net_decide(&world->policy, &call));
}

void net_ask(const char *lines, const char *call, char *verdict, size_t bytes)
{
    struct world world = {
        .policy = {.rules = rules, .names = names, .answers = answers, .rule_capacity = WASMC_NET_RULES,
                   .name_capacity = WASMC_NET_RULES, .answer_capacity = WASMC_NET_ANSWERS},
        .verdict = verdict,
        .bytes = bytes,
    };
    say(&world, "not a question");
    if (!follow_all(&world, lines))
        say(&world, "not rules");
    else if (take(&call, "parse"))
        ask_parse(&world, call);
    else if (take(&call, "includes"))
        ask_includes(&world, call);
    else if (take(&call, "resolve"))
        ask_name(&world, call);
    else
        ask_call(&world, call);
    while (world.word_count > 0)
        free(world.words[--world.word_count]);
}
