/* syscalls.h - the system calls that a program, and each process that it has beside it, may make once it is sealed.
 *
 * Every function that makes one says so with WASMC_SYSCALL beside the call. The entry lies in a section that the
 * linker ties to the section of that function (SHF_LINK_ORDER): what is not linked is not allowed, and the list
 * of a program follows from its imports. Calls of start-up, before the guest, have no entry.
 */
#ifndef WASMC_SYS_SYSCALLS_H
#define WASMC_SYS_SYSCALLS_H

#include <stdint.h>
#include <sys/syscall.h>

#define WASMC_SYSCALL_CHECKS 3

/* Whose call it is: each process has a filter of its own. */
enum wasmc_role {
    WASMC_ROLE_GUEST,     /* where the guest runs */
    WASMC_ROLE_BROKER,    /* net/broker.h */
    WASMC_ROLE_FORWARDER, /* net/forward.h */
    WASMC_ROLE_KEEPER,    /* net/keeper.h */
};

/* What stands before a call's name in the section of names. */
#define WASMC_ROLE_PREFIX_GUEST ""
#define WASMC_ROLE_PREFIX_BROKER "broker:"
#define WASMC_ROLE_PREFIX_FORWARDER "forwarder:"
#define WASMC_ROLE_PREFIX_KEEPER "keeper:"

/* A call, and what must hold of its arguments. A filter sees numbers, not what lies behind a pointer: whatever names
 * an address, a process or a descriptor's peer is allowed as null only. */
struct wasmc_syscall {
    uint16_t number;
    uint16_t zeros; /* bit 2 i: the low 32 bits of argument i are 0; bit 2 i + 1: its high 32 bits */
    uint8_t arguments[WASMC_SYSCALL_CHECKS]; /* (low 32 bits of this argument & mask) == value; */
    uint8_t role; /* enum wasmc_role */
    uint32_t masks[WASMC_SYSCALL_CHECKS];    /* a mask of 0 always holds */
    uint32_t values[WASMC_SYSCALL_CHECKS];
};

extern const struct wasmc_syscall __start_wasmc_syscalls[] __attribute__((visibility("hidden")));
extern const struct wasmc_syscall __stop_wasmc_syscalls[] __attribute__((visibility("hidden")));

/* Inside a function. Where the compiler inlines it, the entry belongs to the function that it ends up in. `call` is the
 * name behind SYS_; `wasmc inspect` finds the names in a section of their own. */
#define WASMC_SYSCALL_ENTRY(whose, call, zeros, argument0, mask0, value0, argument1, mask1, value1, argument2, mask2, value2) \
    __asm__ volatile(".Lwasmc_syscall%=:\n\t"                                                       \
                     ".pushsection wasmc_syscalls,\"ao\",@progbits,.Lwasmc_syscall%=\n\t"           \
                     ".balign 4\n\t"                                                                \
                     ".short %c0, %c1\n\t"                                                          \
                     ".byte %c2, %c3, %c4, %c11\n\t"                                                \
                     ".long %c5, %c6, %c7, %c8, %c9, %c10\n\t"                                      \
                     ".popsection\n\t"                                                              \
                     ".pushsection wasmc_syscall_names,\"ao\",@progbits,.Lwasmc_syscall%=\n\t"      \
                     ".asciz \"" WASMC_ROLE_PREFIX_##whose #call "\"\n\t"                           \
                     ".popsection"                                                                  \
                     :                                                                              \
                     : "i"(SYS_##call), "i"(zeros), "i"(argument0), "i"(argument1), "i"(argument2), "i"(mask0), \
                       "i"(mask1), "i"(mask2), "i"(value0), "i"(value1), "i"(value2), "i"(WASMC_ROLE_##whose))

/* What `zeros` is made of: a pointer or a long, and an int. */
#define WASMC_NULL(argument) (3 << 2 * (argument))
#define WASMC_ZERO(argument) (1 << 2 * (argument))
#define WASMC_HIGH_ZERO(argument) (2 << 2 * (argument))

/* A check of an int argument: that it is `value`; that it has the bits `required`, and else none but `optional`; that it
 * is `value` under a mask; that it is a descriptor, not AT_FDCWD. */
#define WASMC_VALUE(argument, value) argument, 0xffffffffu, value
#define WASMC_FLAGS(argument, required, optional) argument, ~(uint32_t)(optional), required
#define WASMC_MASKED(argument, mask, value) argument, mask, value
#define WASMC_DESCRIPTOR(argument) argument, 0x80000000u, 0
#define WASMC_ANY 0, 0, 0

/* The call with no argument that matters, and with these only. */
#define WASMC_SYSCALL(call) WASMC_SYSCALL_ONLY(call, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY)
#define WASMC_SYSCALL_ONLY(call, zeros, ...) WASMC_SYSCALL_OF(GUEST, call, zeros, __VA_ARGS__)

/* The same of another process than the guest's. */
#define WASMC_SYSCALL_OF(whose, call, zeros, ...) WASMC_SYSCALL_ENTRY(whose, call, zeros, __VA_ARGS__)

#endif
