/* linux_filter.c - the filter of a sealed process, made of the entries of syscalls.h at its start. */
#include "linux_filter.h"

#include <string.h>

#include "kernel.h"

/* A conditional jump reaches so many instructions, and forward only. */
enum { JUMP_LIMIT = 255 };

/* Where a jump may lead: an answer, the next entry of a number, or the checks of the number with the index that is added. */
enum { TO_DENIED, TO_ALLOWED, TO_NEXT, TO_CHECKS };

/* Index in `skipped`. */
enum branch { IF_TRUE, IF_FALSE };

/* An instruction takes as long to translate as a hundred steps take when the kernel runs the filter for numbers: up to so many
 * compares one after the other are less work than a search. */
enum { CHAIN_LIMIT = 4 };

/* What the kernel may ask about when it installs a filter. */
#define NUMBERS_END 470u

static __attribute__((noinline)) uint32_t emit(struct wasmc_filter *filter, uint16_t code, uint32_t k)
{
    filter->code[filter->length] = (struct wasmc_bpf){code, {0, 0}, k};
    return filter->length++;
}

static __attribute__((noinline)) void jump_to(struct wasmc_filter *filter, uint32_t at, enum branch branch, uint32_t to)
{
    filter->jumps[filter->jump_count++] = (struct wasmc_filter_jump){(uint16_t)at, (uint8_t)branch, (uint8_t)to};
}

/* Jumps there lead to what comes next. */
static __attribute__((noinline)) void place(struct wasmc_filter *filter, uint32_t to)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < filter->jump_count; i++) {
        struct wasmc_filter_jump jump = filter->jumps[i];
        if (jump.to != to) {
            filter->jumps[left++] = jump;
            continue;
        }
        uint32_t skipped = filter->length - jump.at - 1;
        filter->is_far |= skipped > JUMP_LIMIT;
        filter->code[jump.at].skipped[jump.branch] = (uint8_t)skipped;
    }
    filter->jump_count = left;
}

/* In this order the kernel takes least time to translate it. */
static __attribute__((noinline)) void place_answers(struct wasmc_filter *filter)
{
    place(filter, TO_ALLOWED);
    (void)emit(filter, WASMC_BPF_RETURN, WASMC_RET_ALLOW);
    place(filter, TO_DENIED);
    (void)emit(filter, WASMC_BPF_RETURN, filter->denied);
}

static __attribute__((noinline)) uint32_t count_checks(const struct wasmc_syscall *call)
{
    uint32_t count = (uint32_t)__builtin_popcount(call->zeros);
    for (unsigned i = 0; i < WASMC_SYSCALL_CHECKS; i++)
        count += call->masks[i] != 0;
    return count;
}

/* Of one number those without checks come first. */
static bool is_before(const struct wasmc_syscall *a, const struct wasmc_syscall *b)
{
    return a->number != b->number ? a->number < b->number : count_checks(a) == 0;
}

struct wasmc_filter_size wasmc_filter_measure(const struct wasmc_filter_entries *entries)
{
    struct wasmc_filter_size size = {0, 0};
    for (const struct wasmc_syscall *call = entries->first; call < entries->end; call++) {
        if (call->role != entries->role)
            continue;
        size.entries++;
        size.checks += count_checks(call);
    }
    return size;
}

static void collect(struct wasmc_filter *filter, const struct wasmc_filter_entries *entries)
{
    for (const struct wasmc_syscall *call = entries->first; call < entries->end; call++) {
        bool is_left_out = call->role != entries->role || (call->number == SYS_openat && entries->without_openat);
        for (uint32_t i = 0; i < filter->entry_count && !is_left_out; i++)
            is_left_out = memcmp(filter->entries[i], call, sizeof *call) == 0;
        if (is_left_out)
            continue;
        uint32_t at = filter->entry_count++;
        for (; at > 0 && is_before(call, filter->entries[at - 1]); at--)
            filter->entries[at] = filter->entries[at - 1];
        filter->entries[at] = call;
    }
}

static __attribute__((noinline)) void add_range(struct wasmc_filter *filter, uint32_t first, uint32_t to)
{
    struct wasmc_filter_range *last = &filter->ranges[filter->range_count];
    bool is_empty = filter->range_count > 0 && last[-1].first == first; /* the last one, of no number */
    last -= is_empty;
    *last = (struct wasmc_filter_range){(uint16_t)first, (uint16_t)to};
    filter->range_count += 1u - is_empty - (filter->range_count > is_empty && last[-1].to == to);
}

/* All numbers, in order; what is behind the last is denied. The checks of a number are those of its first entry and so on. */
static void make_ranges(struct wasmc_filter *filter)
{
    uint32_t last = UINT32_MAX;
    add_range(filter, 0, TO_DENIED);
    for (uint32_t i = 0; i < filter->entry_count; i++) {
        const struct wasmc_syscall *call = filter->entries[i];
        if (call->number == last)
            continue;
        last = call->number;
        filter->number_count++;
        add_range(filter, last, count_checks(call) != 0 ? TO_CHECKS + i : TO_ALLOWED);
        add_range(filter, last + 1, TO_DENIED);
    }
    filter->ranges[filter->range_count].first = NUMBERS_END; /* behind the last, for split */
}

/* Which range begins nearest to the middle: a filter is run once for each number when it is installed, and most are denied, so
 * that what counts is the way to them. */
static uint32_t split(const struct wasmc_filter *filter, uint32_t first, uint32_t end)
{
    const struct wasmc_filter_range *ranges = filter->ranges;
    int both = ranges[first].first + ranges[end].first;
    uint32_t at = first + 1;
    while (at + 1 < end && ranges[at].first + ranges[at + 1].first < both)
        at++;
    return at;
}

static uint32_t count_not_denied(const struct wasmc_filter_range *ranges, uint32_t first, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i++)
        count += ranges[i].to != TO_DENIED ? (uint32_t)(ranges[i + 1].first - ranges[i].first) : 0;
    return count;
}

/* One compare after the other for each number that is not denied. */
static void emit_chain(struct wasmc_filter *filter, uint32_t first, uint32_t end)
{
    uint32_t at = 0;
    for (uint32_t i = first; i < end; i++) {
        const struct wasmc_filter_range *range = &filter->ranges[i];
        for (uint32_t number = range->first; range->to != TO_DENIED && number < range[1].first; number++) {
            at = emit(filter, WASMC_BPF_JUMP_IF_EQUAL, number);
            jump_to(filter, at, IF_TRUE, range->to);
        }
    }
    jump_to(filter, at, IF_FALSE, TO_DENIED);
}

/* A search for the number in the accumulator in at least two ranges. */
static void emit_tree(struct wasmc_filter *filter, uint32_t first, uint32_t end)
{
    const struct wasmc_filter_range *ranges = filter->ranges;
    if (count_not_denied(ranges, first, end) <= CHAIN_LIMIT) {
        emit_chain(filter, first, end);
        return;
    }
    uint32_t middle = split(filter, first, end);
    uint32_t at = emit(filter, WASMC_BPF_JUMP_IF_AT_LEAST, ranges[middle].first);
    if (middle - first == 1)
        jump_to(filter, at, IF_FALSE, ranges[first].to);
    else
        emit_tree(filter, first, middle);
    if (end - middle == 1) {
        jump_to(filter, at, IF_TRUE, ranges[middle].to);
        return;
    }
    uint32_t skipped = filter->length - at - 1;
    filter->is_far |= skipped > JUMP_LIMIT;
    filter->code[at].skipped[IF_TRUE] = (uint8_t)skipped;
    emit_tree(filter, middle, end);
}

/* One after the other, which the last of them goes on from. */
struct checks {
    uint32_t loaded; /* which half of an argument is in the accumulator; NOTHING: none */
    uint32_t last;   /* the jump of the last one */
    uint32_t count;
};
#define NOTHING UINT32_MAX

/* The arguments lie there in halves, as the machine is little-endian. */
static __attribute__((noinline)) void emit_check(struct wasmc_filter *filter, struct checks *checks, uint32_t half,
                                                 uint32_t mask, uint32_t value, uint32_t otherwise)
{
    if (checks->loaded != half)
        (void)emit(filter, WASMC_BPF_LOAD, WASMC_BPF_ARGUMENTS + 4 * half);
    checks->loaded = half;
    if (mask != UINT32_MAX) {
        (void)emit(filter, WASMC_BPF_AND, mask);
        checks->loaded = NOTHING;
    }
    checks->last = emit(filter, WASMC_BPF_JUMP_IF_EQUAL, value);
    checks->count++;
    jump_to(filter, checks->last, IF_FALSE, otherwise);
}

/* Allows what an entry allows. */
static void emit_entry(struct wasmc_filter *filter, struct checks *checks, const struct wasmc_syscall *call, uint32_t otherwise)
{
    checks->count = 0;
    for (uint32_t half = 0; half < 12; half++) {
        if (call->zeros & (1u << half))
            emit_check(filter, checks, half, UINT32_MAX, 0, otherwise);
    }
    for (unsigned i = 0; i < WASMC_SYSCALL_CHECKS; i++) {
        if (call->masks[i] != 0)
            emit_check(filter, checks, 2u * call->arguments[i], call->masks[i], call->values[i], otherwise);
    }
    jump_to(filter, checks->last, IF_TRUE, TO_ALLOWED);
    if (checks->count > 1) /* it is not known which of them failed */
        checks->loaded = NOTHING;
}

/* The entries of one number, from the first on. */
static void emit_entries(struct wasmc_filter *filter, uint32_t first)
{
    struct checks checks = {.loaded = NOTHING};
    bool is_last = false;
    for (uint32_t i = first; !is_last; i++) {
        is_last = i + 1 == filter->entry_count || filter->entries[i + 1]->number != filter->entries[first]->number;
        emit_entry(filter, &checks, filter->entries[i], is_last ? TO_DENIED : TO_NEXT);
        place(filter, TO_NEXT);
    }
}

/* Jumps of the tree that would go too far go by these. */
static void emit_stations(struct wasmc_filter *filter)
{
    place_answers(filter);
    for (uint32_t i = 0; i < filter->range_count; i++) {
        if (filter->ranges[i].to < TO_CHECKS)
            continue;
        place(filter, filter->ranges[i].to);
        filter->ranges[i].first = (uint16_t)emit(filter, WASMC_BPF_JUMP, 0); /* the number is not needed any more */
    }
}

/* The kernel runs a filter once for each number there is when it installs it, to know which it need not ask about; and
 * translates it, which takes as long: so it is short, and the ways to most numbers are. */
void wasmc_filter_make(struct wasmc_filter *filter, const struct wasmc_filter_entries *entries)
{
    collect(filter, entries);
    make_ranges(filter);
    (void)emit(filter, WASMC_BPF_LOAD, WASMC_BPF_ARCH);
    jump_to(filter, emit(filter, WASMC_BPF_JUMP_IF_EQUAL, WASMC_ARCH_AUDIT), IF_FALSE, TO_DENIED);
    (void)emit(filter, WASMC_BPF_LOAD, WASMC_BPF_NUMBER);
    emit_tree(filter, 0, filter->range_count);
    if (filter->is_long)
        emit_stations(filter);
    for (uint32_t i = 0; i < filter->range_count; i++) {
        const struct wasmc_filter_range *range = &filter->ranges[i];
        if (range->to < TO_CHECKS)
            continue;
        if (filter->is_long)
            filter->code[range->first].k = filter->length - range->first - 1;
        else
            place(filter, range->to);
        emit_entries(filter, range->to - TO_CHECKS);
        if (filter->is_long)
            place_answers(filter);
    }
    if (!filter->is_long)
        place_answers(filter);
}
