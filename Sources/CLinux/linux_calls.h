/* linux_calls.h - calls that the C library declares for _GNU_SOURCE only, which Swift does not define. */
#ifndef WASMC_LINUX_CALLS_H
#define WASMC_LINUX_CALLS_H

extern int pipe2(int descriptors[2], int flags);
extern int sched_getaffinity(int pid, unsigned long mask_bytes, void *mask);
extern int memfd_create(const char *name, unsigned flags);

/* Where the code at an address comes from; the first member of what dladdr(3) writes. */
struct wasmc_code_origin {
    const char *file;
    const void *words[3];
};
extern int wasmc_code_origin(const void *address, struct wasmc_code_origin *origin) __asm__("dladdr");

/* MFD_CLOEXEC of memfd_create(2). */
#define WASMC_MFD_CLOEXEC 1u

#endif
