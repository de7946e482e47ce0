/* syscalls.h - the system calls that a program may make once it is sealed.
 *
 * Every function that makes one says so with WASMC_SYSCALL beside the call. The entry lies in a section that the
 * linker ties to the section of that function (SHF_LINK_ORDER): what is not linked is not allowed, and the list
 * of a program follows from its imports. Calls of start-up, before the guest, have no entry.
 */
#ifndef WASMC_SYS_SYSCALLS_H
#define WASMC_SYS_SYSCALLS_H

#include <stdint.h>
#include <sys/syscall.h>

/* (low 32 bits of the argument & mask) == value; a mask of 0 always holds. */
struct wasmc_syscall_check {
    uint32_t argument; /* 0 to 5 */
    uint32_t mask;
    uint32_t value;
};

struct wasmc_syscall {
    uint32_t number;
    struct wasmc_syscall_check checks[2]; /* both must hold */
};

extern const struct wasmc_syscall __start_wasmc_syscalls[] __attribute__((visibility("hidden")));
extern const struct wasmc_syscall __stop_wasmc_syscalls[] __attribute__((visibility("hidden")));

/* Inside a function. Where the compiler inlines it, the entry belongs to the function that it ends up in. `call` is the
 * name behind SYS_; `wasmc inspect` finds the names in a section of their own. */
#define WASMC_SYSCALL_IF2(call, argument0, mask0, value0, argument1, mask1, value1)                 \
    __asm__ volatile(".Lwasmc_syscall%=:\n\t"                                                       \
                     ".pushsection wasmc_syscalls,\"ao\",@progbits,.Lwasmc_syscall%=\n\t"           \
                     ".balign 4\n\t"                                                                \
                     ".long %c0, %c1, %c2, %c3, %c4, %c5, %c6\n\t"                                  \
                     ".popsection\n\t"                                                              \
                     ".pushsection wasmc_syscall_names,\"ao\",@progbits,.Lwasmc_syscall%=\n\t"      \
                     ".asciz \"" #call "\"\n\t"                                                     \
                     ".popsection"                                                                  \
                     :                                                                              \
                     : "i"(SYS_##call), "i"(argument0), "i"(mask0), "i"(value0), "i"(argument1), "i"(mask1), \
                       "i"(value1))

#define WASMC_SYSCALL_IF(call, argument, mask, value) WASMC_SYSCALL_IF2(call, argument, mask, value, 0, 0, 0)
#define WASMC_SYSCALL(call) WASMC_SYSCALL_IF2(call, 0, 0, 0, 0, 0, 0)

/* An int argument with this value. */
#define WASMC_SYSCALL_IS(call, argument, value) WASMC_SYSCALL_IF(call, argument, 0xffffffffu, value)

#endif
