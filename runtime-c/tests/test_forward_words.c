/* The words of --forward, and what is wrong with others. */
#include <arpa/inet.h>
#include <stdlib.h>

#include "check.h"
#include "net/forward.h"

/* ADDRESS PORT GUEST PROTOCOL, or how the message ends. */
static void describe(const char *word, char *text, size_t bytes)
{
    struct wasmc_forward forward;
    struct wasmc_net_error error = {0};
    char address[INET6_ADDRSTRLEN] = "";
    if (!wasmc_forward_parse(word, &forward, &error)) {
        snprintf(text, bytes, "%s at %zu of %zu", error.expected, error.at, error.bytes);
        return;
    }
    bool is_v6 = forward.host.any.sa_family == AF_INET6;
    const void *host = is_v6 ? (void *)&forward.host.v6.sin6_addr : (void *)&forward.host.v4.sin_addr;
    inet_ntop(forward.host.any.sa_family, host, address, sizeof address);
    snprintf(text, bytes, "%.*s>%s %d %d %s", (int)forward.address_bytes, word, address,
             ntohs(forward.host.v4.sin_port), forward.guest_port, forward.is_udp ? "udp" : "tcp");
}

#define HOST_PORT "a port of the host from 1 to 65535, or 0 for a free one"
#define GUEST_PORT "a port of the program from 1 to 65535"
#define ADDRESS "an address such as 127.0.0.1 or [::1] before the ports; names are not looked up"
#define PORTS "a port of the host, ':' and a port of the program, such as 8080:3000"
#define PROTOCOL "udp or tcp behind '/'"

static const struct {
    const char *word;
    const char *result;
} rows[] = {
    {"8080:3000", ">127.0.0.1 8080 3000 tcp"},
    {"0:1", ">127.0.0.1 0 1 tcp"},
    {"65535:65535/tcp", ">127.0.0.1 65535 65535 tcp"},
    {"5353:53/udp", ">127.0.0.1 5353 53 udp"},
    {"0.0.0.0:80:80", "0.0.0.0>0.0.0.0 80 80 tcp"},
    {"192.168.1.2:0:9/udp", "192.168.1.2>192.168.1.2 0 9 udp"},
    {"[::1]:8080:3000", "[::1]>::1 8080 3000 tcp"},
    {"[::]:8080:3000/udp", "[::]>:: 8080 3000 udp"},
    {"[2001:db8::9]:1:2", "[2001:db8::9]>2001:db8::9 1 2 tcp"},
    {"[::ffff:10.0.0.1]:1:2", "[::ffff:10.0.0.1]>10.0.0.1 1 2 tcp"},
    {"", PORTS " at 0 of 0"},
    {"3000", PORTS " at 0 of 4"},
    {"/udp", PORTS " at 0 of 0"},
    {":", GUEST_PORT " at 1 of 0"},
    {":3000", HOST_PORT " at 0 of 0"},
    {"8080:", GUEST_PORT " at 5 of 0"},
    {"8080:0", GUEST_PORT " at 5 of 1"},
    {"8080:65536", GUEST_PORT " at 5 of 5"},
    {"8080:99999999999999999999", GUEST_PORT " at 5 of 20"},
    {"8080:03", GUEST_PORT " at 5 of 2"},
    {"8080:+3", GUEST_PORT " at 5 of 2"},
    {"8080:3000 ", GUEST_PORT " at 5 of 5"},
    {"00:3000", HOST_PORT " at 0 of 2"},
    {"080:3000", HOST_PORT " at 0 of 3"},
    {"65536:3000", HOST_PORT " at 0 of 5"},
    {"localhost:3000", HOST_PORT " at 0 of 9"},
    {"localhost:8080:3000", ADDRESS " at 0 of 9"},
    {":8080:3000", ADDRESS " at 0 of 0"},
    {"*:8080:3000", ADDRESS " at 0 of 1"},
    {"::1:8080:3000", ADDRESS " at 0 of 3"},
    {"[::1:8080:3000", ADDRESS " at 0 of 4"},
    {"[]:8080:3000", ADDRESS " at 0 of 2"},
    {"[127.0.0.1]:8080:3000", ADDRESS " at 0 of 11"},
    {"127.0.0.1.:8080:3000", ADDRESS " at 0 of 10"},
    {"127.1:8080:3000", ADDRESS " at 0 of 5"},
    {"[fe80::1%eth0]:8080:3000", ADDRESS " at 0 of 14"},
    {"8080:3000/sctp", PROTOCOL " at 10 of 4"},
    {"8080:3000/", PROTOCOL " at 10 of 0"},
    {"8080:3000/UDP", PROTOCOL " at 10 of 3"},
    {"8080:3000/udp/udp", PROTOCOL " at 10 of 7"},
    {"10.0.0.0/8:1:2", PROTOCOL " at 9 of 5"},
    {"tcp://127.0.0.1:80", PROTOCOL " at 5 of 13"},
};

/* Nothing is read behind a word: it ends where memory does (ASan). */
static void test_ends(void)
{
    static const char word[] = "[2001:db8::9]:8080:3000/udp";
    for (size_t bytes = 0; bytes < sizeof word; bytes++) {
        char *copy = malloc(bytes + 1);
        struct wasmc_forward forward;
        struct wasmc_net_error error;
        memcpy(copy, word, bytes);
        copy[bytes] = '\0';
        if (!wasmc_forward_parse(copy, &forward, &error))
            CHECK(error.at + error.bytes <= bytes);
        free(copy);
    }
}

void test_forward_words(void)
{
    char text[300];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        describe(rows[i].word, text, sizeof text);
        if (strcmp(text, rows[i].result) == 0) {
            checks_passed++;
        } else {
            char message[700];
            snprintf(message, sizeof message, "%s: %s, expected %s", rows[i].word, text, rows[i].result);
            check_failed(__FILE__, __LINE__, message);
        }
    }
    test_ends();
}
