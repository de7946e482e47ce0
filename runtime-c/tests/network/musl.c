/* musl.c RESOLV_CONF - whether musl's getaddrinfo, as it is linked here, is one that net/resolver_musl.h knows. Building
 * the runtime runs it; nothing is asked of a network, as the exchange with servers is the one below.
 */
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "net/resolver.h"
#include "net/resolver_musl.h"

static int failures;

static void check(bool holds, const char *what)
{
    if (holds)
        return;
    failures++;
    printf("musl %s: %s\n", __libc_version, what);
}

static char asked[1000];

static bool ends_with(const char *text, const char *end)
{
    return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

/* many.test has 60 addresses of each family and is an alias of end.test; other names there have none, and the rest is
 * no name. */
static void answer(const struct wasmc_dns_question *question, struct wasmc_dns_answer *answered)
{
    char name[WASMC_DNS_NAME_BYTES];
    static const struct wasmc_dns_name end = {"\3end\4test", 10};
    (void)wasmc_dns_name_text(&question->name, name);
    snprintf(asked + strlen(asked), sizeof asked - strlen(asked), "%s/%u ", name, question->type);
    *answered = (struct wasmc_dns_answer){.canonical = question->name, .ttl_s = 7};
    if (!ends_with(name, ".test") || ends_with(name, ".a.test"))
        answered->code = WASMC_DNS_NO_NAME;
    if (strcmp(name, "many.test") != 0)
        return;
    answered->canonical = end;
    for (; answered->count < 60; answered->count++) {
        uint8_t *address = answered->addresses[answered->count];
        memcpy(address, question->type == WASMC_DNS_A ? "\xc0\0\2\0" : "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\0", 16);
        address[question->type == WASMC_DNS_A ? 3 : 15] = (uint8_t)answered->count;
    }
}

void wasmc_dns_exchange(const struct wasmc_resolv_conf *conf, const struct wasmc_dns_question *questions,
                        unsigned count, struct wasmc_dns_answer *answers)
{
    check(conf->server_count == 1 && conf->servers[0].port == 5353, "the servers are not those of resolv.conf");
    for (unsigned i = 0; i < count; i++)
        answer(&questions[i], &answers[i]);
}

static struct wasmc_net_answered look_up(const char *host, int family)
{
    static struct wasmc_net_answered answered;
    asked[0] = '\0';
    wasmc_resolver_lookup(&(struct wasmc_net_question){.host = host, .service = "80", .family = family,
                                                       .type = SOCK_STREAM, .wants_canonical = true},
                          &answered);
    return answered;
}

/* Each address once. */
static void check_addresses(const struct wasmc_net_found *found, unsigned v4, unsigned v6)
{
    bool seen[2][60] = {{false}};
    unsigned counts[2] = {0, 0};
    for (unsigned i = 0; i < found->count; i++) {
        bool is_v6 = found->items[i].family == AF_INET6;
        uint8_t number = found->items[i].address[is_v6 ? 15 : 3];
        check(number < 60 && !seen[is_v6][number], "an address is there twice, or is another");
        seen[is_v6][number % 60] = true;
        counts[is_v6]++;
    }
    check(counts[0] == v4 && counts[1] == v6, "addresses are missing");
}

int main(int argc, char **argv)
{
    static const char *const known[] = {WASMC_MUSL_VERSIONS};
    bool is_known = false;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        is_known = is_known || strcmp(__libc_version, known[i]) == 0;
    check(is_known, "runtime-c/src/net/resolver_musl.h does not know this version: compare its lookup.h, then add it");
    if (!is_known || argc != 2)
        return 1;
    wasmc_resolver_start(argv[1]);
    struct wasmc_net_answered answered = look_up("many.test.", AF_UNSPEC);
    check(answered.error == 0 && answered.ttl_s == 7 && answered.is_from_network, "a name is not found");
    check(strcmp(answered.found.canonical, "end.test") == 0, "the canonical name is another");
    check_addresses(&answered.found, 32, 32);
    answered = look_up("many.test.", AF_INET);
    check_addresses(&answered.found, 60, 0);
    check(strcmp(asked, "many.test/1 ") == 0, "what is asked is another");
    answered = look_up("many.test.", AF_INET6);
    check_addresses(&answered.found, 0, 60);
    answered = look_up("x.test", AF_INET);
    check(answered.error == EAI_NODATA, "a name without addresses is another error");
    check(strcmp(asked, "x.test.a.test/1 x.test.b/1 x.test/1 ") == 0, "the list of domains, or ndots, is not kept");
    answered = look_up("x.y.test", AF_INET);
    check(strcmp(asked, "x.y.test/1 ") == 0, "ndots is not kept");
    answered = look_up("nothing.a.test", AF_INET);
    check(answered.error == EAI_NONAME, "a name that is not there is another error");
    return failures != 0;
}
