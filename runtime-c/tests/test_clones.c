/* test_clones.c - the version that start-up chooses, for CPUs made up here. */
#include "check.h"

#define wasmc_cpu_missing made_up_missing
#include "clones.c"

static uint32_t highest_level;
static bool is_protected;

const char *made_up_missing(uint32_t level) { return level > highest_level ? "something" : NULL; }

int __real_wasmc_sys_protect_constants(void)
{
    is_protected = true;
    return -7;
}

static const uint32_t levels[] = {WASMC_CPU_X86_64_V2, WASMC_CPU_X86_64_V3, WASMC_CPU_X86_64_V4};
static const char functions[6];
static const void *versions[6];
const struct wasmc_clones wasmc_clones = {
    .level_count = 3, .function_count = 2, .levels = levels, .code = versions};

static void check_choice(uint32_t level, size_t expected)
{
    for (size_t i = 0; i < 6; i++)
        versions[i] = &functions[i];
    highest_level = level;
    is_protected = false;
    /* What protecting says comes back. */
    CHECK(__wrap_wasmc_sys_protect_constants() == -7);
    CHECK(is_protected);
    CHECK(versions[0] == &functions[expected]);
    CHECK(versions[3] == &functions[3 + expected]);
    CHECK(versions[1] == &functions[1] && versions[2] == &functions[2]);
}

void test_clones(void)
{
    check_choice(WASMC_CPU_X86_64_V2, 0);
    check_choice(WASMC_CPU_X86_64_V3, 1);
    check_choice(WASMC_CPU_X86_64_V4, 2);
}
