#include <stdio.h>
#include <unistd.h>

#include "check.h"
#include "grants.h"

static void check_unquote(const char *line, const char *const *expected, size_t count)
{
    char buffer[200];
    struct wasmc_words words;
    strcpy(buffer, line);
    CHECK_EQUAL(wasmc_words_unquote(buffer, &words), 1, line);
    CHECK_EQUAL(words.count, count, line);
    const char *word = words.first;
    for (size_t i = 0; i < words.count && i < count; i++) {
        CHECK_TEXT(word, expected[i]);
        word += strlen(word) + 1;
    }
}

static void test_unquote(void)
{
    check_unquote("", NULL, 0);
    check_unquote(" \t\n", NULL, 0);
    check_unquote("a b", (const char *[]){"a", "b"}, 2);
    check_unquote("  a\t\tb  ", (const char *[]){"a", "b"}, 2);
    check_unquote("'a b' \"c d\" e\\ f", (const char *[]){"a b", "c d", "e f"}, 3);
    check_unquote("'' \"\"", (const char *[]){"", ""}, 2);
    check_unquote("a'b'c\"d\"e", (const char *[]){"abcde"}, 1);
    check_unquote("'it'\\''s'", (const char *[]){"it's"}, 1);
    check_unquote("\"\\\\ \\\" \\$ \\n\"", (const char *[]){"\\ \" $ \\n"}, 1);
    check_unquote("'\\n'", (const char *[]){"\\n"}, 1);
    check_unquote("$HOME `x` #", (const char *[]){"$HOME", "`x`", "#"}, 3);

    static const char *const broken[] = {"'a", "\"a", "a\\", "a 'b c", "\"\\\""};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        char buffer[50];
        struct wasmc_words words;
        strcpy(buffer, broken[i]);
        CHECK_EQUAL(wasmc_words_unquote(buffer, &words), 0, broken[i]);
    }
}

/* Adds a NUL-separated list and says which word was refused; null: none. */
static const char *add(struct wasmc_grants *grants, const char *words)
{
    struct wasmc_grant_error error;
    *grants = (struct wasmc_grants){0};
    return wasmc_grants_add(grants, WASMC_GRANTS_BAKED, wasmc_words_of(words), &error) ? NULL : error.word;
}

static void test_scalars(void)
{
    struct wasmc_grants grants;
    CHECK(add(&grants, "--max-memory\0" "256MiB\0--max-stack=1MiB\0--timeout\0" "1s\0--argv0=\0--invoke\0f\0"
                       "--inherit-env\0--trace-wasi\0") == NULL);
    CHECK(wasmc_grants_memory_bytes(&grants) == 256u << 20);
    CHECK(wasmc_grants_number(&grants, WASMC_GRANT_MAX_STACK, 0) == 1u << 20);
    CHECK(wasmc_grants_number(&grants, WASMC_GRANT_TIMEOUT, 0) == 1000000000);
    CHECK_TEXT(wasmc_grants_word(&grants, WASMC_GRANT_ARGV0), "");
    CHECK_TEXT(wasmc_grants_word(&grants, WASMC_GRANT_INVOKE), "f");
    CHECK(wasmc_grants_have(&grants, WASMC_GRANT_INHERIT_ENV) && wasmc_grants_have(&grants, WASMC_GRANT_TRACE_WASI));
    CHECK(add(&grants, "--timeout=1s\0--timeout=2s\0") == NULL && wasmc_grants_number(&grants, WASMC_GRANT_TIMEOUT, 0) == 2000000000);
    CHECK(wasmc_words_of(NULL).count == 0 && wasmc_words_of("").count == 0);
}

static void test_seal(void)
{
    struct wasmc_grants grants;
    struct wasmc_grant_error error;
    CHECK(add(&grants, "") == NULL && wasmc_grants_seal(&grants) == WASMC_SEAL_AUTO);
    CHECK(add(&grants, "--seal\0off\0") == NULL && wasmc_grants_seal(&grants) == WASMC_SEAL_OFF);
    CHECK(add(&grants, "--seal=log\0") == NULL && wasmc_grants_seal(&grants) == WASMC_SEAL_LOG);
    CHECK(add(&grants, "--seal=off\0--seal=require\0") == NULL && wasmc_grants_seal(&grants) == WASMC_SEAL_REQUIRE);
    /* The starter has the last word. */
    struct wasmc_words words = wasmc_words_of("--seal=auto\0");
    CHECK(wasmc_grants_add(&grants, WASMC_GRANTS_ENVIRONMENT, words, &error) && wasmc_grants_seal(&grants) == WASMC_SEAL_AUTO);
}

static int listen_fds(bool granted, const char *count, const char *pid)
{
    char variables[2][40];
    char *envp[] = {variables[0], variables[1], NULL};
    snprintf(variables[0], sizeof variables[0], "LISTEN_FDS=%s", count);
    snprintf(variables[1], sizeof variables[1], "LISTEN_PID=%s", pid);
    struct wasmc_grants grants = {.given = granted ? 1u << WASMC_GRANT_LISTEN_FD : 0, .envp = envp};
    return wasmc_grants_listen_fds(&grants);
}

static void test_listen_fds(void)
{
    char pid[20];
    char other[20];
    snprintf(pid, sizeof pid, "%d", getpid());
    snprintf(other, sizeof other, "%d", getppid());
    CHECK_EQUAL(listen_fds(true, "2", pid), 2, "granted");
    CHECK_EQUAL(listen_fds(false, "2", pid), 0, "not granted");
    CHECK_EQUAL(listen_fds(true, "2", other), 0, "for another process");
    CHECK_EQUAL(listen_fds(true, "2", ""), 0, "for nobody");
    static const char *const counts[] = {"", "-1", "0", "x", "2x", "513", "4294967298", "99999999999999999999"};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        CHECK_EQUAL(listen_fds(true, counts[i], pid), 0, counts[i]);
}

static void test_refusals(void)
{
    struct wasmc_grants grants;
    static const char *const lists[][2] = {
        {"--bogus\0", "--bogus"},
        {"app.wasm\0", "app.wasm"},
        {"--di\0r\0", "--di"},
        {"--dir\0", "--dir"},
        {"--dir\0a:b\0", "a:b"},
        {"--dir\0a::b::c\0", "a::b::c"},
        {"--dir\0::b\0", "::b"},
        {"--dir\0a::\0", "a::"},
        {"--dir=\0", ""},
        {"--env\0=x\0", "=x"},
        {"--env=\0", ""},
        {"--inherit-env=1\0", "--inherit-env=1"},
        {"--max-memory\0" "12XB\0", "12XB"},
        {"--max-memory\0-1\0", "-1"},
        {"--max-stack\0" "0\0", "0"},
        {"--timeout\0" "1min\0", "1min"},
        {"--timeout\0" "0s\0", "0s"},
        {"--fuel\0" "3\0", "--fuel"},
        {"--tcplisten\0", "--tcplisten"},
        {"--listenfd=3\0", "--listenfd=3"},
        {"--isolate-network=1\0", "--isolate-network=1"},
        {"--seal\0enforce\0", "enforce"},
        {"--seal=\0", ""},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const char *word = add(&grants, lists[i][0]);
        CHECK(word != NULL);
        if (word != NULL)
            CHECK_TEXT(word, lists[i][1]);
    }
}

/* Of lists, in the order of the words, the starter's last. */
static void test_lists(void)
{
    struct wasmc_grants grants;
    struct wasmc_grant_error error;
    CHECK(add(&grants, "--dir\0a::/x::ro\0--env=X=1\0--accept-from=m\0--dir=c\0") == NULL);
    struct wasmc_words words = wasmc_words_of("--dir=b\0--trace-wasi\0");
    CHECK(wasmc_grants_add(&grants, WASMC_GRANTS_ENVIRONMENT, words, &error));
    static const char *const dirs[] = {"a::/x::ro", "c", "b"};
    const struct wasmc_grant *grant = NULL;
    for (size_t i = 0; i < 3; i++) {
        grant = wasmc_grants_next(&grants, WASMC_GRANT_DIR, grant);
        CHECK(grant != NULL);
        if (grant != NULL)
            CHECK_TEXT(grant->word, dirs[i]);
    }
    CHECK(grant != NULL && wasmc_grants_next(&grants, WASMC_GRANT_DIR, grant) == NULL);
    grant = wasmc_grants_next(&grants, WASMC_GRANT_DIR, NULL);
    CHECK(grant != NULL && grant->dir.read_only && grant->dir.host_bytes == 1 && grant->dir.guest_bytes == 2);
    grant = wasmc_grants_next(&grants, WASMC_GRANT_ENV, NULL);
    CHECK(grant != NULL && strcmp(grant->word, "X=1") == 0);
    CHECK(wasmc_grants_next(&grants, WASMC_GRANT_TCP_LISTEN, NULL) == NULL);
}

void test_grants(void)
{
    test_unquote();
    test_scalars();
    test_seal();
    test_listen_fds();
    test_refusals();
    test_lists();
}
