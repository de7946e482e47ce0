/* linux_seccomp.c - the filter of system calls: classic BPF, made at start from the linked entries. */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

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
    LOAD = 0x20,          /* BPF_LD | BPF_W | BPF_ABS */
    JUMP_IF_EQUAL = 0x15, /* BPF_JMP | BPF_JEQ | BPF_K */
    AND = 0x54,           /* BPF_ALU | BPF_AND | BPF_K */
    RETURN = 0x06,        /* BPF_RET | BPF_K */
};

/* struct seccomp_data. */
enum { OFFSET_NUMBER = 0, OFFSET_ARCH = 4, OFFSET_ARGUMENTS = 16 };

#define RET_KILL_PROCESS 0x80000000u
#define RET_LOG 0x7ffc0000u
#define RET_ALLOW 0x7fff0000u

#define SET_MODE_FILTER 1
#define GET_ACTION_AVAIL 2
#define FLAG_SPEC_ALLOW 4u

#if defined(__x86_64__)
#define ARCH 0xc000003eu
#else
#error "the filter is written for x86-64 only"
#endif

enum { INSTRUCTION_LIMIT = 640 };

struct builder {
    struct instruction code[INSTRUCTION_LIMIT];
    uint32_t length;
};

static void emit(struct builder *builder, uint16_t code, uint32_t k, uint8_t if_true, uint8_t if_false)
{
    if (builder->length < INSTRUCTION_LIMIT)
        builder->code[builder->length] = (struct instruction){code, if_true, if_false, k};
    builder->length++; /* too long is found at the end */
}

static unsigned check_count(const struct wasmc_syscall *call)
{
    return (call->checks[0].mask != 0) + (call->checks[1].mask != 0);
}

/* Expects the number in the accumulator; behind a call with checks it is no longer there. */
static void emit_call(struct builder *builder, const struct wasmc_syscall *call)
{
    unsigned count = check_count(call);
    emit(builder, JUMP_IF_EQUAL, call->number, 0, (uint8_t)(3 * count + 1));
    for (unsigned i = 0; i < count; i++) {
        const struct wasmc_syscall_check *check = &call->checks[i];
        emit(builder, LOAD, OFFSET_ARGUMENTS + 8 * check->argument, 0, 0); /* little-endian: the low half */
        emit(builder, AND, check->mask, 0, 0);
        emit(builder, JUMP_IF_EQUAL, check->value, 0, (uint8_t)(3 * (count - 1 - i) + 1));
    }
    emit(builder, RETURN, RET_ALLOW, 0, 0);
}

static bool same_number(const struct wasmc_syscall *a, const struct wasmc_syscall *b)
{
    return a->number == b->number;
}

static bool same_call(const struct wasmc_syscall *a, const struct wasmc_syscall *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* Whether an earlier entry says the same. */
static bool is_repeated(const struct wasmc_syscall *call,
                        bool (*same)(const struct wasmc_syscall *, const struct wasmc_syscall *))
{
    for (const struct wasmc_syscall *earlier = __start_wasmc_syscalls; earlier < call; earlier++) {
        if (same(earlier, call))
            return true;
    }
    return false;
}

/* Calls without checks come first: the kernel then answers them from its bitmap, without running the filter. */
static int build(struct builder *builder, uint32_t denied, bool without_openat)
{
    int numbers = 0;
    emit(builder, LOAD, OFFSET_ARCH, 0, 0);
    emit(builder, JUMP_IF_EQUAL, ARCH, 1, 0);
    emit(builder, RETURN, denied, 0, 0);
    emit(builder, LOAD, OFFSET_NUMBER, 0, 0); /* x32's numbers have bit 30 set and equal none of ours */
    for (int with_checks = 0; with_checks <= 1; with_checks++) {
        for (const struct wasmc_syscall *call = __start_wasmc_syscalls; call < __stop_wasmc_syscalls; call++) {
            if (call->number == SYS_openat && without_openat)
                continue;
            if (with_checks == 0 && !is_repeated(call, same_number))
                numbers++;
            if ((check_count(call) != 0) != with_checks || is_repeated(call, same_call))
                continue;
            if (with_checks)
                emit(builder, LOAD, OFFSET_NUMBER, 0, 0);
            emit_call(builder, call);
        }
    }
    emit(builder, RETURN, denied, 0, 0);
    return builder->length <= INSTRUCTION_LIMIT ? numbers : -E2BIG;
}

static long install(const struct program *program)
{
    /* Without this flag a kernel before 5.16 slows down every store and every indirect jump of the guest. */
    long result = syscall(SYS_seccomp, SET_MODE_FILTER, FLAG_SPEC_ALLOW, program);
    if (result < 0 && errno == EINVAL) /* before 4.17 */
        result = syscall(SYS_seccomp, SET_MODE_FILTER, 0, program);
    return result < 0 ? -errno : 0;
}

int wasmc_sys_seccomp(enum wasmc_seccomp_action action, bool without_openat)
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
    builder.length = 0;
    int numbers = build(&builder, denied, without_openat);
    if (numbers < 0)
        return numbers;
    long result = install(&(struct program){(uint16_t)builder.length, builder.code});
    return result < 0 ? (int)result : numbers;
}
