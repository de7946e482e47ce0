/* coredump.h - what a core dump of the guest says of a program (--coredump), and who writes it: the same for compiled and
 * interpreted programs.
 *
 * The file has the format of https://github.com/WebAssembly/tool-conventions/blob/main/Coredump.md, with the instances of
 * several modules: a module with the custom sections `core`, `coremodules`, `coreinstances` and `corestack`, and with
 * memories, globals and data segments as they were at the trap.
 */
#ifndef WASMC_COREDUMP_H
#define WASMC_COREDUMP_H

#include "abi.h"

/* A memory of the program. */
struct wasmc_coredump_memory {
    const struct wasmc_memory *memory;
    uint64_t max_pages; /* that it declares */
    uint32_t has_max;   /* whether it does */
    uint32_t reserved;
};

/* A global of the program. */
struct wasmc_coredump_global {
    uint8_t type; /* as in the binary format; of a reference the top of its hierarchy, as it is written as null */
    uint8_t is_mutable;
};

/* A module instance. Lists are indices of the program's memories and globals, in the order of the module's own. */
struct wasmc_coredump_instance {
    const char *name;
    const uint32_t *memories;
    const uint32_t *globals;
    const uint32_t *local_counts; /* by function: how many locals it has, with parameters; 0 for imported ones */
    uint32_t memory_count;
    uint32_t global_count;
    uint32_t func_count;
    uint32_t reserved;
};

struct wasmc_coredump_program {
    const struct wasmc_coredump_instance *instances; /* the last is the main module's */
    const struct wasmc_coredump_memory *memories;
    const struct wasmc_coredump_global *globals;
    uint64_t *slots;              /* the globals' values, WASMC_SLOTS_PER_VALUE each */
    void (*read_globals)(uint64_t *slots); /* writes those of the thread that calls it; or null */
    uint32_t instance_count;
    uint32_t memory_count;
    uint32_t global_count;
    uint32_t reserved;
};

/* Defined by the compiler in a program that is made with --coredump. */
extern const struct wasmc_coredump_program wasmc_coredump_program;

/* As many frames as a core dump has at most: the innermost ones. Those behind so many bytes are without locals. */
#define WASMC_COREDUMP_FRAMES 65536
#define WASMC_COREDUMP_LOCALS_BYTES (UINT64_C(1) << 21)

/* What a local holds. */
struct wasmc_coredump_value {
    uint64_t bits;
    uint8_t type; /* as in the binary format; what is no number is missing in the dump */
};

/* A call in guest code. */
struct wasmc_coredump_frame {
    uint32_t instance;
    uint32_t func;        /* index in its module */
    uint32_t code_offset; /* of the instruction, from the function's start; or 0 */
    uint32_t local_count; /* parameters, too */
    const struct wasmc_coredump_value *locals; /* or null: compiled code has them where it likes, and all are missing */
};

struct wasmc_coredump_frames;

/* Adds a frame, the innermost first. */
void wasmc_coredump_add_frame(struct wasmc_coredump_frames *frames, const struct wasmc_coredump_frame *frame);

/* Writes a core dump into an empty file. Async-signal-safe.
 *
 *   fd           of a regular file
 *   put_frames   adds the frames
 *
 * Returns 0, or a negative errno. A dump has the first 4 GiB of what is not zero in memories at most. */
int wasmc_coredump_write(int fd, const struct wasmc_coredump_program *program,
                         void (*put_frames)(void *context, struct wasmc_coredump_frames *frames), void *context);

#endif
