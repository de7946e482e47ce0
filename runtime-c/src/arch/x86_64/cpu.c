/* cpu.c - the levels of the x86-64 psABI, and whether this CPU has one. */
#include <cpuid.h>
#include <sys/auxv.h>

#include "runtime.h"

/* Of the kernel's, from Linux 5.9 on: instructions for the bases of FS and GS, of Intel's CPUs since 2012 and AMD's since
 * 2015. */
#define HWCAP2_FSGSBASE 2u

struct cpu_leaves {
    uint32_t ecx1;
    uint32_t ecx_extended;
    uint32_t ebx7;
    uint32_t xcr0;
};

/* A feature of a level (x86-64 psABI): the register of struct cpu_leaves and the bits that must be set. */
struct cpu_feature {
    uint8_t level;
    uint8_t reg; /* index into struct cpu_leaves */
    uint32_t bits;
    char name[12];
};

static const struct cpu_feature features[] = {
    {2, 0, 1u << 0, "sse3"},      {2, 0, 1u << 9, "ssse3"},    {2, 0, 1u << 13, "cx16"},
    {2, 0, 1u << 19, "sse4.1"},   {2, 0, 1u << 20, "sse4.2"},  {2, 0, 1u << 23, "popcnt"},
    {3, 0, 1u << 12, "fma"},      {3, 0, 1u << 22, "movbe"},   {3, 0, 1u << 28, "avx"},
    {3, 0, 1u << 29, "f16c"},     {3, 1, 1u << 0, "lahf"},     {3, 1, 1u << 5, "lzcnt"},
    {3, 2, 1u << 3, "bmi1"},      {3, 2, 1u << 5, "avx2"},     {3, 2, 1u << 8, "bmi2"},
    {3, 3, 0x6, "avx (os)"},      {4, 2, 1u << 16, "avx512f"}, {4, 2, 1u << 17, "avx512dq"},
    {4, 2, 1u << 28, "avx512cd"}, {4, 2, 1u << 30, "avx512bw"}, {4, 2, 1u << 31, "avx512vl"},
    {4, 3, 0xe0, "avx512 (os)"},
};

static uint32_t read_xcr0(uint32_t ecx1)
{
    uint32_t low = 0;
    uint32_t high = 0;
    if (ecx1 & (1u << 27)) /* osxsave: the operating system switches extended state */
        __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

static struct cpu_leaves read_leaves(uint32_t level)
{
    struct cpu_leaves leaves = {0};
    uint32_t a;
    uint32_t b;
    uint32_t c;
    uint32_t d;
    /* Leaves 1 and 0x80000001 exist on every x86-64 CPU. Each cpuid costs five microseconds in a virtual machine, so
     * the others are read for the levels that need them only. `lahf`, of level 2, is not looked for there: every CPU
     * with SSE4.2 has it. */
    __cpuid(1, a, b, leaves.ecx1, d);
    if (level > WASMC_CPU_X86_64_V2) {
        __cpuid(0x80000001, a, b, leaves.ecx_extended, d);
        if (__get_cpuid_count(7, 0, &a, &b, &c, &d))
            leaves.ebx7 = b;
        leaves.xcr0 = read_xcr0(leaves.ecx1);
    }
    return leaves;
}

static const char *find_missing(uint32_t level, const struct cpu_leaves *leaves)
{
    const uint32_t registers[] = {leaves->ecx1, leaves->ecx_extended, leaves->ebx7, leaves->xcr0};
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        const struct cpu_feature *feature = &features[i];
        if (feature->level <= level && (registers[feature->reg] & feature->bits) != feature->bits)
            return feature->name;
    }
    return NULL;
}

const char *wasmc_cpu_missing(uint32_t level)
{
    if (level == WASMC_CPU_BASELINE)
        return NULL;
    if (level == WASMC_CPU_NATIVE)
        level = WASMC_CPU_X86_64_V3;
    /* No CPU has that without level 2, and to ask for it costs nothing. */
    if (level == WASMC_CPU_X86_64_V2 && (getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE) != 0)
        return NULL;
    struct cpu_leaves leaves = read_leaves(level);
    return find_missing(level, &leaves);
}

const char *wasmc_cpu_level_name(uint32_t level)
{
    switch (level) {
    case WASMC_CPU_X86_64_V2: return "for x86-64-v2";
    case WASMC_CPU_X86_64_V3: return "for x86-64-v3";
    case WASMC_CPU_X86_64_V4: return "for x86-64-v4";
    default: return "for a newer CPU";
    }
}
