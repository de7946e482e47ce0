/* test_ceiling.c - sections of linked modules, and programs whose baked grants are a ceiling. */
#include "check.h"
#include "grants.h"

static char *environment[] = {"HOME=/root", NULL, NULL};

/* Adds WASMC_GRANTS to baked words; the word that is refused, or null. */
static const char *narrow(struct wasmc_grants *grants, const char *baked, const char *words)
{
    struct wasmc_grant_error error;
    *grants = (struct wasmc_grants){.is_ceiling = true, .envp = environment};
    CHECK(wasmc_grants_add(grants, WASMC_GRANTS_BAKED, wasmc_words_of(baked), &error));
    bool is_taken = wasmc_grants_add(grants, WASMC_GRANTS_ENVIRONMENT, wasmc_words_of(words), &error);
    return is_taken ? NULL : error.word;
}

static void check_narrow(const char *baked, const char *words, bool is_allowed)
{
    struct wasmc_grants grants;
    CHECK_EQUAL(narrow(&grants, baked, words) == NULL, is_allowed, words);
}

static void test_directories(void)
{
    static const char baked[] = "--dir=data::/data\0--dir=/srv/ro::/ro::ro\0--dir=.::/here::ro\0";
    static const char *const allowed[] = {
        "--dir=data::/data\0", "--dir=data::/data::ro\0",     "--dir=data/sub::/x\0",  "--dir=data//a/./b::/x\0",
        "--dir=data/\0",       "--dir=/srv/ro/a::/b::ro\0",   "--dir=.::/y::ro\0",     "--dir=./a::/y::ro\0",
        "--dir=data/..x::/x\0", "--dir=data/x..::/x\0",
    };
    static const char *const refused[] = {
        "--dir=/srv/ro::/ro\0",    "--dir=/srv/ro/a::/b\0",  "--dir=/srv::/ro::ro\0",       "--dir=/\0",
        "--dir=database::/data\0", "--dir=dat::/data\0",     "--dir=data/..::/x\0",         "--dir=data/../etc::/x\0",
        "--dir=data/a/../../b\0",  "--dir=/srv/rota::/b::ro\0", "--dir=etc::/data::ro\0", "--dir=.::/here\0",
        "--dir=data/a/..::/x\0",   "--dir=/data::/data\0",   "--dir=./data::/data\0",
    };
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
        check_narrow(baked, allowed[i], true);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        check_narrow(baked, refused[i], false);
    check_narrow("--dir=/::/\0", "--dir=/etc::/etc\0", true);
    check_narrow("", "--dir=data\0", false);
}

static void test_others(void)
{
    check_narrow("--env=A\0--env=B=1\0", "--env=A\0", true);
    check_narrow("--env=A\0--env=B=1\0", "--env=A=mine\0--env=B=1\0", true);
    check_narrow("--env=A\0--env=B=1\0", "--env=B=2\0", false);
    check_narrow("--env=A\0--env=B=1\0", "--env=B\0", false);
    check_narrow("--env=A\0", "--env=AB\0", false);
    check_narrow("--env=AB\0", "--env=A\0", false);
    check_narrow("--env=A\0", "--inherit-env\0", false);
    check_narrow("--inherit-env\0", "--inherit-env\0--env=X=1\0", true);
    check_narrow("--max-memory=4MiB\0", "--max-memory=4MiB\0", true);
    check_narrow("--max-memory=4MiB\0", "--max-memory=4194305\0", false);
    check_narrow("", "--max-memory=4MiB\0--max-stack=64KiB\0--timeout=1s\0--max-files=10\0", true);
    check_narrow("--max-stack=64KiB\0", "--max-stack=65KiB\0", false);
    check_narrow("--timeout=1s\0", "--timeout=1001ms\0", false);
    check_narrow("--timeout=1s\0", "--timeout=999ms\0", true);
    check_narrow("--coredump=/a\0", "--coredump=/a\0", true);
    check_narrow("--coredump=/a\0", "--coredump=/b\0", false);
    check_narrow("--timeout=1s\0", "--coredump=/b\0", false);
    check_narrow("--timeout=1s\0", "--abort\0", true);
    check_narrow("--max-files=10\0", "--max-files=11\0", false);
    check_narrow("--max-threads=10\0", "--max-threads=11\0", false);
    check_narrow("--max-threads=10\0", "--max-threads=0\0", true);
    check_narrow("--max-files=10\0", "--max-files=9\0", true);
    check_narrow("", "--seal=require\0", true);
    check_narrow("", "--seal=off\0", false);
    check_narrow("", "--seal=log\0", false);
    check_narrow("--seal=require\0", "--seal=auto\0", false);
    check_narrow("--seal=off\0", "--seal=auto\0", true);
    check_narrow("--tcplisten=127.0.0.1:80\0", "--tcplisten=127.0.0.1:80\0", true);
    check_narrow("--tcplisten=127.0.0.1:80\0", "--tcplisten=0.0.0.0:80\0", false);
    check_narrow("", "--listenfd\0", false);
    check_narrow("--listenfd\0", "--listenfd\0", true);
    check_narrow("--accept-from=a\0", "--accept-from=a\0", true);
    check_narrow("--accept-from=a\0", "--accept-from=b\0", false);
    check_narrow("--invoke=f\0", "--invoke=g\0", false);
    check_narrow("", "--argv0=x\0--trace-wasi\0", true);
}

/* Rules narrow by inclusion; net_calls.def has what includes what. */
static void test_network(void)
{
    static const char baked[] = "--allow-outbound=tcp://10.0.0.0/9:80-443\0--allow-outbound=tcp://10.128.0.0/9:80-443\0"
                                "--allow-inbound=udp://127.0.0.1:53\0--allow-resolve=*.example\0"
                                "--forward=8080:80\0--resolv-conf=a\0--namespace-prefix=a\0";
    check_narrow(baked, "--allow-outbound=tcp://10.0.0.0/8:100-200,443\0", true);
    check_narrow(baked, "--allow-outbound=tcp://10.1.2.3:80\0--allow-outbound=tcp://10.200.2.3:80\0", true);
    check_narrow(baked, "--allow-outbound=tcp://10.1.2.3:80\0--allow-outbound=tcp://11.1.2.3:80\0", false);
    check_narrow(baked, "--allow-outbound=udp://10.1.2.3:80\0", false);
    check_narrow(baked, "--allow-outbound=tcp://10.1.2.3:79-80\0", false);
    check_narrow(baked, "--allow-outbound=udp://127.0.0.1:53\0", false);
    check_narrow(baked, "--allow-inbound=udp://127.0.0.1:53\0", true);
    check_narrow(baked, "--allow-inbound=udp://0.0.0.0:53\0", false);
    check_narrow(baked, "--allow-inbound=tcp://10.0.0.1:80\0", false);
    check_narrow(baked, "--allow-resolve=a.example\0--allow-resolve=*.b.example\0", true);
    check_narrow(baked, "--allow-resolve=example\0", false);
    check_narrow(baked, "--allow-resolve=*\0", false);
    check_narrow("", "--allow-outbound=tcp://127.0.0.1:1\0", false);
    check_narrow("", "--allow-resolve=a\0", false);
    /* What is baked in and no rule gives nothing; who makes the policy refuses what is none. */
    check_narrow("--allow-outbound=any\0", "--allow-outbound=tcp://127.0.0.1:1\0", false);
    check_narrow(baked, "--allow-outbound=nonsense\0", true);
    check_narrow(baked, "--forward=8080:80\0--resolv-conf=a\0--namespace-prefix=a\0--isolate-network\0", true);
    check_narrow(baked, "--forward=8081:80\0", false);
    check_narrow(baked, "--resolv-conf=b\0", false);
    check_narrow(baked, "--namespace-prefix=b\0", false);
}

static size_t count(const struct wasmc_grants *grants, enum wasmc_grant_id id)
{
    size_t result = 0;
    for (const struct wasmc_grant *grant = NULL; (grant = wasmc_grants_next(grants, id, grant)) != NULL;)
        result++;
    return result;
}

/* What is named replaces what is baked in, of its own kind only. */
static void test_selection(void)
{
    static const char baked[] = "--dir=a\0--dir=b\0--env=A\0--env=B\0--tcplisten=127.0.0.1:1\0--inherit-env\0";
    struct wasmc_grants grants;
    CHECK(narrow(&grants, baked, "--trace-wasi\0") == NULL);
    CHECK(count(&grants, WASMC_GRANT_DIR) == 2 && count(&grants, WASMC_GRANT_ENV) == 2 && wasmc_grants_have(&grants, WASMC_GRANT_INHERIT_ENV));
    CHECK(narrow(&grants, baked, "--dir=b\0") == NULL);
    CHECK(count(&grants, WASMC_GRANT_DIR) == 1 && count(&grants, WASMC_GRANT_ENV) == 2 && wasmc_grants_have(&grants, WASMC_GRANT_INHERIT_ENV));
    CHECK(narrow(&grants, baked, "--env=A\0") == NULL);
    CHECK(count(&grants, WASMC_GRANT_DIR) == 2 && count(&grants, WASMC_GRANT_ENV) == 1 && !wasmc_grants_have(&grants, WASMC_GRANT_INHERIT_ENV));
    CHECK(count(&grants, WASMC_GRANT_TCP_LISTEN) == 1);
    /* Without a ceiling, words only add. */
    struct wasmc_grant_error error;
    grants = (struct wasmc_grants){0};
    CHECK(wasmc_grants_add(&grants, WASMC_GRANTS_BAKED, wasmc_words_of(baked), &error));
    CHECK(wasmc_grants_add(&grants, WASMC_GRANTS_ENVIRONMENT, wasmc_words_of("--dir=/etc\0--seal=off\0"), &error));
    CHECK(count(&grants, WASMC_GRANT_DIR) == 3 && wasmc_grants_seal(&grants) == WASMC_SEAL_OFF);
}

static bool is_known(void *context, const char *name)
{
    (void)context;
    return strcmp(name, "a") == 0 || strcmp(name, "--dir") == 0;
}

static void test_sections(void)
{
    static const char baked[] =
        "--env=M=1\0--max-memory=8MiB\0--module=a\0--dir\0--module\0--max-files=7\0--module\0--dir\0--arg=x\0";
    static char *arguments[] = {"program", NULL};
    struct wasmc_grants program;
    struct wasmc_grants a;
    struct wasmc_grants dir;
    struct wasmc_grants other;
    struct wasmc_grant_error error;
    wasmc_grants_start(&program, baked, false, 1, arguments, environment);
    wasmc_grants_start_module(&a, &program, "a");
    wasmc_grants_start_module(&dir, &program, "--dir");
    wasmc_grants_start_module(&other, &program, "other");
    CHECK(count(&program, WASMC_GRANT_ENV) == 1 && count(&program, WASMC_GRANT_DIR) == 0);
    CHECK(count(&a, WASMC_GRANT_DIR) == 1 && wasmc_grants_number(&a, WASMC_GRANT_MAX_FILES, 0) == 7 && count(&a, WASMC_GRANT_ARG) == 0 && count(&a, WASMC_GRANT_ENV) == 0);
    CHECK(count(&dir, WASMC_GRANT_ARG) == 1 && count(&dir, WASMC_GRANT_DIR) == 0 && wasmc_grants_number(&dir, WASMC_GRANT_MAX_FILES, 0) == 0);
    CHECK(other.first == NULL && wasmc_grants_memory_bytes(&other) == 8 << 20 && wasmc_grants_memory_bytes(&a) == 8 << 20);
    CHECK(wasmc_grants_check_modules(&program, is_known, NULL, &error));
    program.all[0] = wasmc_words_of("--module=a\0--module=b\0");
    CHECK(!wasmc_grants_check_modules(&program, is_known, NULL, &error));
    CHECK_TEXT(error.word, "b");
    program.all[0] = wasmc_words_of("--module=a\0--arg=1\0--module=a\0");
    CHECK(!wasmc_grants_check_modules(&program, is_known, NULL, &error));
    CHECK_TEXT(error.after, " comes twice");
}

static void check_scope(const char *module, const char *words, bool is_allowed)
{
    struct wasmc_grants grants = {.module = module};
    struct wasmc_grant_error error;
    CHECK_EQUAL(wasmc_grants_add(&grants, WASMC_GRANTS_BAKED, wasmc_words_of(words), &error), is_allowed, words);
}

static void test_scopes(void)
{
    static const char *const of_program[] = {
        "--argv0=x\0", "--invoke=f\0", "--max-stack=1MiB\0", "--timeout=1s\0", "--trace-wasi\0", "--seal=off\0",
        "--listenfd\0",
    };
    static const char *const of_modules[] = {"--arg=x\0", "--inherit-stdio=stdout\0"};
    for (size_t i = 0; i < sizeof of_program / sizeof of_program[0]; i++) {
        check_scope("a", of_program[i], false);
        check_scope(NULL, of_program[i], true);
    }
    for (size_t i = 0; i < sizeof of_modules / sizeof of_modules[0]; i++) {
        check_scope("a", of_modules[i], true);
        check_scope(NULL, of_modules[i], false);
    }
    check_scope("a", "--inherit-stdio=out\0", false);
    check_scope("a", "--module=b\0", false);
    check_scope(NULL, "--max-files=0\0", false);
    check_scope(NULL, "--max-threads=0\0", true);
    check_scope(NULL, "--max-files=1048577\0", false);
    check_scope(NULL, "--max-files=1048576\0", true);
    check_scope(NULL, "--ceiling\0", false);
}

void test_ceiling(void)
{
    test_directories();
    test_network();
    test_others();
    test_selection();
    test_sections();
    test_scopes();
}
