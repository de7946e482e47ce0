/* kernel.h - what Linux has otherwise on each architecture. */
#ifndef WASMC_ARCH_KERNEL_H
#define WASMC_ARCH_KERNEL_H

#include <stdint.h>

/* AUDIT_ARCH_X86_64 of linux/audit.h, for the filter of system calls. Numbers of x32, which has the same, have bit 30 set
 * and equal none of ours. */
#define WASMC_ARCH_AUDIT 0xc000003eu

/* The only size of a page; an architecture with several asks the kernel. */
#define WASMC_ARCH_PAGE_BYTES UINT64_C(4096)

/* The end of a process's addresses, as far as it does not ask for more. */
#define WASMC_ARCH_ADDRESS_END (UINT64_C(1) << 47)

/* struct stat as the kernel writes it, which is libc's. */
#define WASMC_ARCH_STAT_BYTES 144

#endif
