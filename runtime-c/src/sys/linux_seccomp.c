/* linux_seccomp.c - installs the filter of system calls. */
#include <errno.h>
#include <unistd.h>

#include "linux_filter.h"
#include "sandbox.h"

struct program {
    uint16_t length;
    const struct wasmc_bpf *instructions;
};

#define SET_MODE_FILTER 1
#define GET_ACTION_AVAIL 2
#define FLAG_SPEC_ALLOW 4u

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
    uint32_t denied = WASMC_RET_KILL_PROCESS;
    if (action == WASMC_SECCOMP_LOG) {
        denied = WASMC_RET_LOG; /* a kernel that does not know it kills */
        if (syscall(SYS_seccomp, GET_ACTION_AVAIL, 0, &denied) < 0)
            return -errno;
    }
    const struct wasmc_filter_entries all = {__start_wasmc_syscalls, __stop_wasmc_syscalls, role, without_openat};
    struct wasmc_filter_size size = wasmc_filter_measure(&all);
    if (size.entries == 0 || size.entries > WASMC_FILTER_ENTRIES)
        return -E2BIG;
    /* As much of the stack as this program needs: no page is touched for what it does not have. */
    const struct wasmc_syscall *entries[size.entries];
    struct wasmc_filter_range ranges[WASMC_FILTER_RANGES(size)];
    struct wasmc_filter_jump jumps[WASMC_FILTER_JUMPS(size)];
    struct wasmc_bpf code[WASMC_FILTER_INSTRUCTIONS(size)];
    struct wasmc_filter filter = {.denied = denied, .is_long = WASMC_FILTER_INSTRUCTIONS(size) > UINT8_MAX,
                                  .entries = entries, .ranges = ranges, .jumps = jumps, .code = code};
    wasmc_filter_make(&filter, &all);
    if (filter.is_far)
        return -E2BIG;
    long result = install(&(struct program){(uint16_t)filter.length, filter.code});
    return result < 0 ? (int)result : (int)filter.number_count;
}
