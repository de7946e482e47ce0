/* What is read of a resolv.conf. */
#include <arpa/inet.h>
#include <stdlib.h>

#include "check.h"
#include "net/resolv_conf.h"

/* Servers with their ports and links; ndots, timeout and attempts; whether it rotates; domains. */
static void describe(const struct wasmc_resolv_conf *conf, char *text, size_t room)
{
    size_t used = 0;
    for (unsigned i = 0; i < conf->server_count; i++) {
        char address[INET6_ADDRSTRLEN];
        inet_ntop(conf->servers[i].family, conf->servers[i].address, address, sizeof address);
        used += (size_t)snprintf(text + used, room - used, "%s%s%s#%u ", address, *conf->servers[i].scope ? "%" : "",
                                 conf->servers[i].scope, conf->servers[i].port);
    }
    snprintf(text + used, room - used, "%u/%u/%u%s (%s)", conf->ndots, conf->timeout_s, conf->attempts,
             conf->rotates ? " rotates" : "", conf->search);
}

#define DEFAULT "127.0.0.1#53 1/5/2 "

static const struct {
    const char *text;
    const char *expected;
} files[] = {
    {"", DEFAULT "()"},
    {"nameserver 192.0.2.1", "192.0.2.1#53 1/5/2 ()"},
    {"nameserver 192.0.2.1\nnameserver ::1\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
     "192.0.2.1#53 ::1#53 192.0.2.3#53 1/5/2 ()"},
    {"nameserver\t 192.0.2.1 \t\r\n", "192.0.2.1#53 1/5/2 ()"},
    {"nameserver 192.0.2.1 # the first\nnameserver 192.0.2.2;x\n", "192.0.2.1#53 1/5/2 ()"},
    {"#nameserver 192.0.2.1\n;nameserver 192.0.2.1\n nameserver 192.0.2.1\n", DEFAULT "()"},
    {"nameserverx 192.0.2.1\nNameserver 192.0.2.1\nnameserver192.0.2.1\n", DEFAULT "()"},
    {"nameserver # 192.0.2.1\nnameserver\n", DEFAULT "()"},
    {"nameserver 192.0.2\nnameserver 192.0.2.256\nnameserver localhost\n", DEFAULT "()"},
    {"nameserver fe80::1%eth0\nnameserver fe80::1%2\n", "fe80::1%eth0#53 fe80::1%2#53 1/5/2 ()"},
    {"nameserver fe80::1%\nnameserver fe80::1%a-name-of-15-by\nnameserver 192.0.2.1%eth0\n",
     "fe80::1%a-name-of-15-by#53 1/5/2 ()"},
    {"nameserver fe80::1%a-name-of-16-byt\n", DEFAULT "()"},
    {"nameserver [192.0.2.1]:5353\nnameserver [::1]:1\nnameserver [fe80::1%eth0]:65535\n",
     "192.0.2.1#5353 ::1#1 fe80::1%eth0#65535 1/5/2 ()"},
    {"nameserver [::1]:0\nnameserver [::1]:65536\nnameserver [::1]:\nnameserver [::1]\nnameserver [::1\n"
     "nameserver []:53\nnameserver [::1]53\nnameserver [::1]:5x\nnameserver [::1]:99999999999999\n", DEFAULT "()"},
    {"search a.test b.test\tc.test\n", DEFAULT "(a.test b.test c.test)"},
    {"search a.test # b.test\n", DEFAULT "(a.test)"},
    {"search a.test\nsearch b.test\n", DEFAULT "(b.test)"},
    {"search a.test\nsearch\n", DEFAULT "()"},
    {"domain a.test b.test\n", DEFAULT "(a.test)"},
    {"search a.test\ndomain b.test\n", DEFAULT "(b.test)"},
    {"search . a.test. .. b..c x.1 -a a_b\n", DEFAULT "(a.test a_b)"},
    {"options ndots:0\n", "127.0.0.1#53 0/5/2 ()"},
    {"options ndots:3 timeout:7 attempts:4 rotate\n", "127.0.0.1#53 3/7/4 rotates ()"},
    {"options ndots:16 timeout:31 attempts:6\n", "127.0.0.1#53 15/30/5 ()"},
    {"options ndots:4294967297 timeout:99999999999999999999 attempts:99999999999\n", "127.0.0.1#53 15/30/5 ()"},
    {"options timeout:0 attempts:0\n", "127.0.0.1#53 1/1/1 ()"},
    {"options ndots: timeout:x attempts:-1 ndots:1x edns0 rotates\n", DEFAULT "()"},
    {"options ndots:3\noptions rotate\n", "127.0.0.1#53 3/5/2 rotates ()"},
    {"sortlist 192.0.2.0\nlookup file bind\nfamily inet4\n", DEFAULT "()"},
    {"\n\n\r\n\t\nnameserver 192.0.2.1\n", "192.0.2.1#53 1/5/2 ()"},
};

/* In memory of its size. */
static void parse(const char *text, size_t bytes, struct wasmc_resolv_conf *conf)
{
    char *copy = malloc(bytes + 1);
    memcpy(copy + 1, text, bytes);
    wasmc_resolv_conf_parse(copy + 1, bytes, conf);
    free(copy);
}

/* As many domains as musl has room for; one that is too long makes room for the next. */
static void test_room(void)
{
    struct wasmc_resolv_conf conf;
    char text[1024] = "search";
    for (int i = 0; i < 10; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), " %d%s", i,
                 "123456789012345678901234567890123456789.test");
    strcat(text, " ab.test");
    parse(text, strlen(text), &conf);
    CHECK_EQUAL(strlen(conf.search), 5 * 46 - 1 + 8, "the list's length");
    CHECK(strcmp(conf.search + 5 * 46, "ab.test") == 0);
}

void test_resolv_conf(void)
{
    struct wasmc_resolv_conf conf;
    char text[512];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        parse(files[i].text, strlen(files[i].text), &conf);
        describe(&conf, text, sizeof text);
        CHECK_TEXT(text, files[i].expected);
    }
    static const char with_nul[] = "nameserver 192.0.2.1\0\nnameserver fe80::1%\0\nsearch a\0b c\n";
    parse(with_nul, sizeof with_nul - 1, &conf);
    describe(&conf, text, sizeof text);
    CHECK_TEXT(text, DEFAULT "(c)");
    test_room();
}
