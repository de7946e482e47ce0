/* test_filter.c - what a filter answers is what the entries say, for every number and for arguments around what they name: of
 * all that is linked here, which is more than any program has, and of a few. */
#include "check.h"
#include "kernel.h"
#include "sys/linux_filter.h"

struct question {
    uint32_t number;
    uint32_t arch;
    uint64_t arguments[6];
};

static uint32_t load(const struct question *question, uint32_t offset)
{
    if (offset == WASMC_BPF_NUMBER || offset == WASMC_BPF_ARCH)
        return offset == WASMC_BPF_NUMBER ? question->number : question->arch;
    uint32_t half = (offset - WASMC_BPF_ARGUMENTS) / 4;
    CHECK(offset % 4 == 0 && half < 12);
    return (uint32_t)(question->arguments[half / 2] >> 32 * (half % 2));
}

/* As the kernel runs it. 0: it went astray. */
static uint32_t answer(const struct wasmc_filter *filter, const struct question *question)
{
    uint32_t accumulator = 0;
    for (uint32_t at = 0; at < filter->length; at++) {
        const struct wasmc_bpf *instruction = &filter->code[at];
        switch (instruction->code) {
        case WASMC_BPF_LOAD: accumulator = load(question, instruction->k); break;
        case WASMC_BPF_AND: accumulator &= instruction->k; break;
        case WASMC_BPF_JUMP: at += instruction->k; break;
        case WASMC_BPF_JUMP_IF_EQUAL: at += instruction->skipped[accumulator != instruction->k]; break;
        case WASMC_BPF_JUMP_IF_AT_LEAST: at += instruction->skipped[accumulator < instruction->k]; break;
        case WASMC_BPF_RETURN: return instruction->k;
        default: return 0;
        }
    }
    return 0;
}

static bool holds(const struct wasmc_syscall *entry, const struct question *question)
{
    for (unsigned half = 0; half < 12; half++) {
        if ((entry->zeros >> half & 1) && (uint32_t)(question->arguments[half / 2] >> 32 * (half % 2)) != 0)
            return false;
    }
    for (unsigned i = 0; i < WASMC_SYSCALL_CHECKS; i++) {
        if (((uint32_t)question->arguments[entry->arguments[i]] & entry->masks[i]) != entry->values[i])
            return false;
    }
    return true;
}

static bool is_allowed(const struct wasmc_filter_entries *entries, const struct question *question)
{
    for (const struct wasmc_syscall *entry = entries->first; entry < entries->end; entry++) {
        if (entry->number == question->number && entry->role == entries->role && question->arch == WASMC_ARCH_AUDIT &&
            !(entry->number == SYS_openat && entries->without_openat) && holds(entry, question))
            return true;
    }
    return false;
}

static void ask(const struct wasmc_filter *filter, const struct wasmc_filter_entries *entries, const struct question *question)
{
    uint32_t expected = is_allowed(entries, question) ? WASMC_RET_ALLOW : WASMC_RET_LOG;
    uint32_t found = answer(filter, question);
    CHECK(found == expected);
}

/* What an entry allows, and the same with one bit of one argument changed. */
static void ask_around(const struct wasmc_filter *filter, const struct wasmc_filter_entries *entries,
                       const struct wasmc_syscall *entry)
{
    struct question question = {entry->number, WASMC_ARCH_AUDIT, {0}};
    for (unsigned i = 0; i < WASMC_SYSCALL_CHECKS; i++)
        question.arguments[entry->arguments[i]] |= entry->values[i];
    if (entry->role == entries->role && !(entry->number == SYS_openat && entries->without_openat))
        CHECK(answer(filter, &question) == WASMC_RET_ALLOW);
    for (unsigned bit = 0; bit < 6 * 64; bit++) {
        question.arguments[bit / 64] ^= UINT64_C(1) << bit % 64;
        ask(filter, entries, &question);
        question.arguments[bit / 64] ^= UINT64_C(1) << bit % 64;
    }
    for (unsigned i = 0; i < 6; i++)
        question.arguments[i] = UINT64_MAX;
    ask(filter, entries, &question);
}

static void check_filter(const struct wasmc_filter_entries *all, bool is_long)
{
    static const struct wasmc_syscall *entries[1000];
    static struct wasmc_filter_range ranges[2100];
    static struct wasmc_filter_jump jumps[8000];
    static struct wasmc_bpf code[16000];
    struct wasmc_filter filter = {.denied = WASMC_RET_LOG, .is_long = is_long, .entries = entries, .ranges = ranges,
                                  .jumps = jumps, .code = code};
    struct wasmc_filter_size size = wasmc_filter_measure(all);
    CHECK(size.entries <= WASMC_FILTER_ENTRIES);
    wasmc_filter_make(&filter, all);
    CHECK(!filter.is_far && filter.length <= WASMC_FILTER_INSTRUCTIONS(size));
    CHECK(filter.range_count < WASMC_FILTER_RANGES(size) && filter.entry_count <= size.entries);
    for (uint32_t number = 0; number < 700; number++) {
        struct question question = {number, WASMC_ARCH_AUDIT, {0}};
        ask(&filter, all, &question);
        question.arch++;
        ask(&filter, all, &question);
    }
    struct question unknown = {UINT32_MAX, WASMC_ARCH_AUDIT, {0}};
    ask(&filter, all, &unknown);
    for (const struct wasmc_syscall *entry = all->first; entry < all->end; entry++)
        ask_around(&filter, all, entry);
}

void test_filter(void)
{
    for (enum wasmc_role role = WASMC_ROLE_GUEST; role <= WASMC_ROLE_FORWARDER; role++) {
        struct wasmc_filter_entries all = {__start_wasmc_syscalls, __stop_wasmc_syscalls, role, false};
        check_filter(&all, true);
        all.without_openat = true;
        check_filter(&all, true);
    }
    /* Few enough that the answers are reached from everywhere. */
    for (const struct wasmc_syscall *first = __start_wasmc_syscalls; first < __stop_wasmc_syscalls; first++) {
        const struct wasmc_syscall *end = first + 12 < __stop_wasmc_syscalls ? first + 12 : __stop_wasmc_syscalls;
        struct wasmc_filter_entries few = {first, end, first->role, false};
        check_filter(&few, false);
        check_filter(&few, true);
    }
}
