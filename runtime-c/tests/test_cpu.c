/* test_cpu.c - which feature a CPU lacks for a level, for CPUs made up here. */
#include "check.h"

#include "cpu.c" /* of the architecture */

#ifdef __x86_64__

static void check_missing(uint32_t level, const struct cpu_leaves *leaves, const char *expected)
{
    const char *missing = find_missing(level, leaves);
    CHECK_TEXT(missing != NULL ? missing : "nothing", expected);
}

static void test_levels(void)
{
    static const struct cpu_leaves everything = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
    static const struct cpu_leaves nothing = {0};
    check_missing(WASMC_CPU_X86_64_V4, &everything, "nothing");
    check_missing(WASMC_CPU_X86_64_V2, &nothing, "sse3");

    struct cpu_leaves leaves = everything;
    leaves.ecx1 &= ~(1u << 23);
    check_missing(WASMC_CPU_X86_64_V2, &leaves, "popcnt");
    leaves = everything;
    leaves.ebx7 &= ~(1u << 5);
    check_missing(WASMC_CPU_X86_64_V2, &leaves, "nothing");
    check_missing(WASMC_CPU_X86_64_V3, &leaves, "avx2");
    /* The CPU has AVX, but the operating system does not save its registers. */
    leaves = everything;
    leaves.xcr0 = 1;
    check_missing(WASMC_CPU_X86_64_V2, &leaves, "nothing");
    check_missing(WASMC_CPU_X86_64_V3, &leaves, "avx (os)");
    leaves.xcr0 = 7;
    check_missing(WASMC_CPU_X86_64_V3, &leaves, "nothing");
    check_missing(WASMC_CPU_X86_64_V4, &leaves, "avx512 (os)");
}

/* Every feature of a level matters for it and the ones above, and for none below. */
static void test_each_feature(void)
{
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        struct cpu_leaves leaves = {UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX};
        uint32_t *const registers[] = {&leaves.ecx1, &leaves.ecx_extended, &leaves.ebx7, &leaves.xcr0};
        *registers[features[i].reg] &= ~features[i].bits;
        for (uint32_t level = 2; level <= 4; level++)
            CHECK_EQUAL(find_missing(level, &leaves) != NULL, level >= features[i].level, features[i].name);
    }
}

void test_cpu(void)
{
    CHECK(wasmc_cpu_missing(WASMC_CPU_BASELINE) == NULL);
    test_levels();
    test_each_feature();
}

#else

void test_cpu(void)
{
}

#endif
