/* linux_filter.h - classic BPF as seccomp(2) takes it: linux_filter.c makes it, linux_seccomp.c installs it. */
#ifndef WASMC_SYS_LINUX_FILTER_H
#define WASMC_SYS_LINUX_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "syscalls.h"

/* linux/filter.h, linux/seccomp.h and linux/audit.h, which musl does not bring. */
struct wasmc_bpf {
    uint16_t code;
    uint8_t skipped[2]; /* of a conditional jump: how many instructions, when the condition holds and when not */
    uint32_t k;
};

enum {
    WASMC_BPF_LOAD = 0x20,             /* BPF_LD | BPF_W | BPF_ABS */
    WASMC_BPF_JUMP = 0x05,             /* BPF_JMP | BPF_JA */
    WASMC_BPF_JUMP_IF_EQUAL = 0x15,    /* BPF_JMP | BPF_JEQ | BPF_K */
    WASMC_BPF_JUMP_IF_AT_LEAST = 0x35, /* BPF_JMP | BPF_JGE | BPF_K */
    WASMC_BPF_AND = 0x54,              /* BPF_ALU | BPF_AND | BPF_K */
    WASMC_BPF_RETURN = 0x06,           /* BPF_RET | BPF_K */
};

/* struct seccomp_data. */
enum { WASMC_BPF_NUMBER = 0, WASMC_BPF_ARCH = 4, WASMC_BPF_ARGUMENTS = 16 };

#define WASMC_RET_KILL_PROCESS 0x80000000u
#define WASMC_RET_LOG 0x7ffc0000u
#define WASMC_RET_ALLOW 0x7fff0000u

/* Entries, of which some are left out: those of other roles, and those for openat when that is to be without. */
struct wasmc_filter_entries {
    const struct wasmc_syscall *first;
    const struct wasmc_syscall *end;
    enum wasmc_role role;
    bool without_openat;
};

/* What a filter of so many entries, with so many checks of arguments, takes at most. */
struct wasmc_filter_size {
    uint32_t entries;
    uint32_t checks;
};
#define WASMC_FILTER_ENTRIES 250u /* an index and what is added to it are a byte */
#define WASMC_FILTER_RANGES(size) (2 * (size).entries + 2)
#define WASMC_FILTER_JUMPS(size) (8 + 4 * (size).entries + 2 * (size).checks)
#define WASMC_FILTER_INSTRUCTIONS(size) (16 + 5 * (size).entries + 3 * (size).checks)

struct wasmc_filter_size wasmc_filter_measure(const struct wasmc_filter_entries *entries);

/* Numbers from `first` on, up to those of the next one, that have one answer. */
struct wasmc_filter_range {
    uint16_t first;
    uint16_t to;
};

/* A jump of which it is not known yet how far it goes. */
struct wasmc_filter_jump {
    uint16_t at;
    uint8_t branch; /* index in `skipped` */
    uint8_t to;
};

/* Makes a filter in memory of the caller's, as much as the macros say; what is not zero besides is said. */
struct wasmc_filter {
    uint32_t denied; /* said: what it returns for all that no entry allows */
    bool is_far;     /* a jump went too far: this is no filter */
    bool is_long;    /* said: the answers are not reached from everywhere, which is so for more than 255 instructions */
    const struct wasmc_syscall **entries; /* said; by number. Entries that say the same are there once */
    uint32_t entry_count;
    uint32_t number_count; /* how many calls are allowed */
    struct wasmc_filter_range *ranges; /* said */
    uint32_t range_count;
    struct wasmc_filter_jump *jumps; /* said */
    uint32_t jump_count;
    struct wasmc_bpf *code; /* said */
    uint32_t length;
};
void wasmc_filter_make(struct wasmc_filter *filter, const struct wasmc_filter_entries *entries);

#endif
