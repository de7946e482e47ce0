/* frames.h - the frames of guest code on a stack, innermost first. Async-signal-safe; a stack of any contents ends the
 * walk and is never left. */
#ifndef WASMC_FRAMES_H
#define WASMC_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

/* Where a walk begins, on the stack of the thread that asks: one of the three. */
struct wasmc_frames_start {
    const ucontext_t *context; /* of the signal that interrupted the guest */
    const void *frame;         /* of a function of the runtime's: its __builtin_frame_address(0) */
    uintptr_t return_address;  /* of a call in guest code */
    uintptr_t stack_pointer;   /* behind it */
};

/* What was found about one program counter. */
struct wasmc_frames_entry {
    uintptr_t pc;
    uint32_t instance;
    uint32_t func;          /* 1 + its index, or 0 */
    uint32_t module_offset; /* or WASMC_MODULE_OFFSET_UNKNOWN */
    uint32_t inlined;
    uint32_t popped_bytes;
    uint32_t cfa_words;
    bool is_probe;
};

#define WASMC_FRAMES_KNOWN 32

struct wasmc_frames {
    uintptr_t bottom;
    uintptr_t top;
    uintptr_t pc; /* in the instruction that runs, or in the call that has not returned */
    uintptr_t sp; /* behind the return address of what was called */
    uintptr_t end; /* where the frame before ends: each one ends behind it, so that there are not more than words */
    uintptr_t probe;
    uint64_t patience; /* bytes of tables that may still be read */
    struct wasmc_frames_entry known[WASMC_FRAMES_KNOWN];
};

/* Finds the innermost frame of guest code. False: there is none, or it cannot be found. */
bool wasmc_frames_begin(struct wasmc_frames *frames, const struct wasmc_frames_start *start);

/* The frame that the walk is at. Null when the tables have been searched for too long. */
const struct wasmc_frames_entry *wasmc_frames_entry(struct wasmc_frames *frames);

/* Goes to the caller. False: it is no guest code, or cannot be found. */
bool wasmc_frames_next(struct wasmc_frames *frames);

#endif
