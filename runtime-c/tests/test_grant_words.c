/* Every word of grant_words.def, which the compiler's tests read too. */
#include "check.h"
#include "grants.h"
#include "wasi/sock_listen.h"

static void check_size(const char *word, uint64_t expected)
{
    uint64_t bytes = 0;
    CHECK_EQUAL(wasmc_grants_parse_size(word, &bytes), 1, word);
    CHECK_EQUAL(bytes, expected, word);
}

static void check_duration(const char *word, uint64_t expected_ns)
{
    uint64_t duration_ns = 0;
    CHECK_EQUAL(wasmc_grants_parse_duration(word, &duration_ns), 1, word);
    CHECK_EQUAL(duration_ns, expected_ns, word);
}

static bool is_address(const char *word)
{
    union wasmc_sock_address address;
    return wasmc_sock_parse_address(word, &address);
}

static bool is_size(const char *word)
{
    uint64_t value;
    return wasmc_grants_parse_size(word, &value);
}

static bool is_duration(const char *word)
{
    uint64_t value;
    return wasmc_grants_parse_duration(word, &value);
}

static bool is_directory(const char *word)
{
    struct wasmc_dir_grant dir;
    return wasmc_grants_parse_dir(word, &dir) == NULL;
}

static bool is_variable(const char *word)
{
    return wasmc_grants_is_variable(word);
}

static void check_directory(const char *word, const char *host, const char *guest, bool read_only)
{
    struct wasmc_dir_grant dir = {0};
    CHECK_EQUAL(wasmc_grants_parse_dir(word, &dir) == NULL, 1, word);
    CHECK_EQUAL(dir.host_bytes, strlen(host), word);
    CHECK_EQUAL(dir.guest_bytes, strlen(guest), word);
    CHECK_EQUAL(memcmp(dir.host, host, strlen(host)), 0, word);
    CHECK_EQUAL(memcmp(dir.guest, guest, strlen(guest)), 0, word);
    CHECK_EQUAL(dir.read_only, read_only, word);
}

void test_grant_words(void)
{
#define SIZE(word, bytes) check_size(word, UINT64_C(bytes));
#define NO_SIZE(word) CHECK_EQUAL(is_size(word), 0, word);
#define DURATION(word, ns) check_duration(word, UINT64_C(ns));
#define NO_DURATION(word) CHECK_EQUAL(is_duration(word), 0, word);
#define ADDRESS(word) CHECK_EQUAL(is_address(word), 1, word);
#define NO_ADDRESS(word) CHECK_EQUAL(is_address(word), 0, word);
#define DIRECTORY(word, host, guest, is_read_only) check_directory(word, host, guest, is_read_only);
#define NO_DIRECTORY(word) CHECK_EQUAL(is_directory(word), 0, word);
#define VARIABLE(word) CHECK_EQUAL(is_variable(word), 1, word);
#define NO_VARIABLE(word) CHECK_EQUAL(is_variable(word), 0, word);
#include "grant_words.def"
}
