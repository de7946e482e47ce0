#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

static void test_arguments(struct fixture *fixture)
{
    static char *arguments[] = {"program", "", "a b", NULL};
    struct wasmc_ctx *ctx = &fixture->ctx;
    fixture->grants.argc = 3;
    fixture->grants.argv = arguments;
    CHECK(wasmc_wasi_args_sizes_get(ctx, 100, 104) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, 100), 3, "arguments");
    CHECK_EQUAL(fixture_u32(fixture, 104), 13, "their bytes");
    memset(fixture->bytes + 200, '#', 100);
    CHECK(wasmc_wasi_args_get(ctx, 200, 240) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 200) == 240 && fixture_u32(fixture, 204) == 248 && fixture_u32(fixture, 208) == 249);
    CHECK(memcmp(fixture->bytes + 240, "program\0\0a b\0#", 14) == 0);
    CHECK(fixture->bytes[212] == '#');

    ctx->is_main = false; /* another module of the program was not called with arguments */
    CHECK(wasmc_wasi_args_sizes_get(ctx, 100, 104) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 100) == 0 && fixture_u32(fixture, 104) == 0);
    ctx->is_main = true;
}

static void check_environment(struct fixture *fixture, const char *words, bool inherit, const char *expected,
                              size_t expected_bytes, uint32_t expected_count)
{
    static char *host[] = {"HOME=/root", "WASMC_GRANTS=--env A", "A=host", "EMPTY=", "BROKEN", NULL};
    struct wasmc_grant_error error;
    fixture->grants.envp = host;
    fixture->grants.first = fixture->grants.last = NULL;
    fixture->grants.given = inherit ? 1u << WASMC_GRANT_INHERIT_ENV : 0;
    CHECK(wasmc_grants_add(&fixture->grants, WASMC_GRANTS_ENVIRONMENT, wasmc_words_of(words), &error));
    fixture->ctx.environment_built = false;
    CHECK(wasmc_wasi_environ_sizes_get(&fixture->ctx, 100, 104) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(fixture, 100), expected_count, words);
    CHECK_EQUAL(fixture_u32(fixture, 104), expected_bytes, words);
    CHECK(wasmc_wasi_environ_get(&fixture->ctx, 200, 300) == WASI_ERRNO_SUCCESS);
    CHECK(memcmp(fixture->bytes + 300, expected, expected_bytes) == 0);
}

#define EXPECT(text) text, sizeof text - 1

static void test_environment(struct fixture *fixture)
{
    check_environment(fixture, "", false, EXPECT(""), 0);
    check_environment(fixture, "--env=B=1\0--env=C=\0", false, EXPECT("B=1\0C=\0"), 2);
    check_environment(fixture, "--env=A\0--env=MISSING\0", false, EXPECT("A=host\0"), 1);
    check_environment(fixture, "--env=B=1\0--env=AA=x\0--env=B=2=3\0", false, EXPECT("B=2=3\0AA=x\0"), 2);
    check_environment(fixture, "--env=A=mine\0--env=Z=9\0", true, EXPECT("HOME=/root\0A=mine\0EMPTY=\0Z=9\0"), 4);
}

void test_strings(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_arguments(&fixture);
    test_environment(&fixture);
    fixture_end(&fixture);
}
