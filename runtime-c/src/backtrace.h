/* backtrace.h - the calls of guest code that led to a trap, as its message shows them. */
#ifndef WASMC_BACKTRACE_H
#define WASMC_BACKTRACE_H

#include "frames.h"
#include "runtime.h"
#include "text.h"

/* A call of the module's: what compilation has inlined is one, too. */
struct wasmc_call {
    uint32_t instance;
    uint32_t func; /* 1 + its index, or 0 when only the offset says */
    uint32_t module_offset;
};

/* Calls visit for each call on a stack, the innermost first. Async-signal-safe.
 *
 *   module_offset   of the innermost one, as compiled code knows it, or WASMC_MODULE_OFFSET_UNKNOWN
 */
void wasmc_backtrace_walk(const struct wasmc_frames_start *start, uint32_t module_offset,
                          void (*visit)(void *context, const struct wasmc_call *call), void *context);

/* What the program knows of a call's function; or null. */
const struct wasmc_func_info *wasmc_backtrace_func(const struct wasmc_instance *instance,
                                                   const struct wasmc_call *call);

/* Writes the frames of a stack as fields of a message. As above. */
void wasmc_backtrace_put(struct wasmc_text *text, const struct wasmc_program *program,
                         const struct wasmc_frames_start *start, uint32_t module_offset);

#endif
