/* linux_seccomp.c - the filter of system calls: classic BPF, made at start from the linked entries. */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "kernel.h"
#include "sandbox.h"
#include "syscalls.h"

/* linux/filter.h, linux/seccomp.h and linux/audit.h, which musl does not bring. */
struct instruction {
    uint16_t code;
    uint8_t if_true;
    uint8_t if_false;
    uint32_t k;
};

struct program {
    uint16_t length;
    const struct instruction *instructions;
};

enum {
    LOAD = 0x20,            /* BPF_LD | BPF_W | BPF_ABS */
    JUMP = 0x05,            /* BPF_JMP | BPF_JA */
    JUMP_IF_EQUAL = 0x15,   /* BPF_JMP | BPF_JEQ | BPF_K */
    JUMP_IF_AT_LEAST = 0x35, /* BPF_JMP | BPF_JGE | BPF_K */
    AND = 0x54,             /* BPF_ALU | BPF_AND | BPF_K */
    RETURN = 0x06,          /* BPF_RET | BPF_K */
};

/* struct seccomp_data. */
enum { OFFSET_NUMBER = 0, OFFSET_ARCH = 4, OFFSET_ARGUMENTS = 16 };

#define RET_KILL_PROCESS 0x80000000u
#define RET_LOG 0x7ffc0000u
#define RET_ALLOW 0x7fff0000u

#define SET_MODE_FILTER 1
#define GET_ACTION_AVAIL 2
#define FLAG_SPEC_ALLOW 4u

/* Entries, of which the runtime has fewer than 100, and instructions, of which the kernel takes 4096. Within the tree a
 * jump reaches 255 instructions. */
enum { ENTRY_LIMIT = 120, INSTRUCTION_LIMIT = 1536, JUMP_LIMIT = 255 };

struct builder {
    uint32_t denied; /* what the filter returns */
    enum wasmc_role role;
    /* What is allowed, by number. Entries that say the same are there once. */
    const struct wasmc_syscall *entries[ENTRY_LIMIT];
    uint32_t entry_count;
    /* For each number, in order: the first of its entries, and of its instructions in the tree. */
    struct {
        uint32_t entry;
        uint32_t leaf;
    } numbers[ENTRY_LIMIT + 1];
    uint32_t number_count;
    bool is_full;
    uint32_t length;
    struct instruction code[INSTRUCTION_LIMIT]; /* last: of most of it the pages are never touched */
};

static __attribute__((noinline)) uint32_t emit(struct builder *builder, uint16_t code, uint32_t k)
{
    if (builder->length == INSTRUCTION_LIMIT) {
        builder->is_full = true;
        return 0;
    }
    builder->code[builder->length] = (struct instruction){code, 0, 0, k};
    return builder->length++;
}

static bool has_checks(const struct wasmc_syscall *call)
{
    uint32_t masks = 0;
    for (unsigned i = 0; i < WASMC_SYSCALL_CHECKS; i++)
        masks |= call->masks[i];
    return call->zeros != 0 || masks != 0;
}

/* Of one number those without checks come first. */
static bool is_before(const struct wasmc_syscall *a, const struct wasmc_syscall *b)
{
    return a->number != b->number ? a->number < b->number : has_checks(a) < has_checks(b);
}

static bool collect(struct builder *builder, bool without_openat)
{
    for (const struct wasmc_syscall *call = __start_wasmc_syscalls; call < __stop_wasmc_syscalls; call++) {
        bool is_left_out = call->role != builder->role || (call->number == SYS_openat && without_openat);
        for (uint32_t i = 0; i < builder->entry_count && !is_left_out; i++)
            is_left_out = memcmp(builder->entries[i], call, sizeof *call) == 0;
        if (is_left_out)
            continue;
        if (builder->entry_count == ENTRY_LIMIT)
            return false;
        uint32_t at = builder->entry_count++;
        for (; at > 0 && is_before(call, builder->entries[at - 1]); at--)
            builder->entries[at] = builder->entries[at - 1];
        builder->entries[at] = call;
    }
    for (uint32_t i = 0; i < builder->entry_count; i++) {
        if (i == 0 || builder->entries[i]->number != builder->entries[i - 1]->number)
            builder->numbers[builder->number_count++].entry = i;
    }
    builder->numbers[builder->number_count].entry = builder->entry_count;
    return true;
}

static bool is_checked(const struct builder *builder, uint32_t number)
{
    return has_checks(builder->entries[builder->numbers[number].entry]);
}

/* The numbers from `first`, fewer than `end`: a search in their order, with the number in the accumulator. */
static bool emit_tree(struct builder *builder, uint32_t first, uint32_t end)
{
    if (end - first == 1) {
        uint32_t number = builder->entries[builder->numbers[first].entry]->number;
        builder->numbers[first].leaf = emit(builder, JUMP_IF_EQUAL, number);
        if (is_checked(builder, first))
            (void)emit(builder, JUMP, 0);
        return true;
    }
    uint32_t middle = first + (end - first) / 2;
    uint32_t at = emit(builder, JUMP_IF_AT_LEAST, builder->entries[builder->numbers[middle].entry]->number);
    if (!emit_tree(builder, first, middle))
        return false;
    uint32_t skipped = builder->length - at - 1;
    builder->code[at].if_true = (uint8_t)skipped;
    return skipped <= JUMP_LIMIT && emit_tree(builder, middle, end);
}

/* The arguments lie there in halves, as the machine is little-endian. */
static __attribute__((noinline)) void emit_check(struct builder *builder, uint32_t half, uint32_t mask, uint32_t value)
{
    (void)emit(builder, LOAD, OFFSET_ARGUMENTS + 4 * half);
    if (mask != UINT32_MAX)
        (void)emit(builder, AND, mask);
    (void)emit(builder, JUMP_IF_EQUAL, value);
}

/* Allows what an entry allows; what it does not goes on behind it. */
static void emit_entry(struct builder *builder, const struct wasmc_syscall *call)
{
    uint32_t start = builder->length;
    for (uint32_t half = 0; half < 12; half++) {
        if (call->zeros & (1u << half))
            emit_check(builder, half, UINT32_MAX, 0);
    }
    for (unsigned i = 0; i < WASMC_SYSCALL_CHECKS; i++) {
        if (call->masks[i] != 0)
            emit_check(builder, 2u * call->arguments[i], call->masks[i], call->values[i]);
    }
    uint32_t end = emit(builder, RETURN, RET_ALLOW);
    for (uint32_t i = start; i < end; i++) {
        if (builder->code[i].code == JUMP_IF_EQUAL)
            builder->code[i].if_false = (uint8_t)(end - i);
    }
}

static void emit_checks(struct builder *builder, uint32_t number)
{
    for (uint32_t i = builder->numbers[number].entry; i < builder->numbers[number + 1].entry; i++)
        emit_entry(builder, builder->entries[i]);
    (void)emit(builder, RETURN, builder->denied);
}

/* Returns how many numbers are allowed, or a negative error. The kernel runs a filter once for each number there is when it
 * installs it, to know which it need not ask about; a list of compares instead of a tree takes it twice as long. */
static int build(struct builder *builder, bool without_openat)
{
    if (!collect(builder, without_openat) || builder->number_count == 0)
        return -E2BIG;
    (void)emit(builder, LOAD, OFFSET_ARCH);
    builder->code[emit(builder, JUMP_IF_EQUAL, WASMC_ARCH_AUDIT)].if_true = 1;
    (void)emit(builder, RETURN, builder->denied);
    (void)emit(builder, LOAD, OFFSET_NUMBER);
    if (!emit_tree(builder, 0, builder->number_count))
        return -E2BIG;
    uint32_t denies = emit(builder, RETURN, builder->denied);
    uint32_t allows = emit(builder, RETURN, RET_ALLOW);
    for (uint32_t i = 0; i < builder->number_count; i++) {
        uint32_t leaf = builder->numbers[i].leaf;
        if (allows - leaf - 1 > JUMP_LIMIT)
            return -E2BIG;
        builder->code[leaf].if_false = (uint8_t)(denies - leaf - 1);
        if (is_checked(builder, i)) {
            builder->code[leaf + 1].k = builder->length - leaf - 2;
            emit_checks(builder, i);
        } else {
            builder->code[leaf].if_true = (uint8_t)(allows - leaf - 1);
        }
    }
    return builder->is_full ? -E2BIG : (int)builder->number_count;
}

static long install(const struct program *program)
{
    /* Without this flag a kernel before 5.16 slows down every store and every indirect jump of the guest. */
    long result = syscall(SYS_seccomp, SET_MODE_FILTER, FLAG_SPEC_ALLOW, program);
    if (result < 0 && errno == EINVAL) /* before 4.17 */
        result = syscall(SYS_seccomp, SET_MODE_FILTER, 0, program);
    return result < 0 ? -errno : 0;
}

int wasmc_sys_seccomp(enum wasmc_seccomp_action action, enum wasmc_role role, bool without_openat)
{
    WASMC_SYSCALL(rt_sigreturn);
    WASMC_SYSCALL(restart_syscall); /* the kernel's own, after SIGSTOP and SIGCONT */
    uint32_t denied = RET_KILL_PROCESS;
    if (action == WASMC_SECCOMP_LOG) {
        denied = RET_LOG; /* a kernel that does not know it kills */
        if (syscall(SYS_seccomp, GET_ACTION_AVAIL, 0, &denied) < 0)
            return -errno;
    }
    struct builder builder;
    builder.length = builder.entry_count = builder.number_count = 0;
    builder.is_full = false;
    builder.role = role;
    builder.denied = denied;
    int numbers = build(&builder, without_openat);
    if (numbers < 0)
        return numbers;
    long result = install(&(struct program){(uint16_t)builder.length, builder.code});
    return result < 0 ? (int)result : numbers;
}
