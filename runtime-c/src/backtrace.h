/* backtrace.h - the calls of guest code that led to a trap, as its message shows them. */
#ifndef WASMC_BACKTRACE_H
#define WASMC_BACKTRACE_H

#include "frames.h"
#include "runtime.h"
#include "text.h"

/* Writes the frames of a stack as fields of a message. Async-signal-safe.
 *
 *   start           where the walk begins
 *   module_offset   of the innermost one, as compiled code knows it, or WASMC_MODULE_OFFSET_UNKNOWN
 */
void wasmc_backtrace_put(struct wasmc_text *text, const struct wasmc_program *program,
                         const struct wasmc_frames_start *start, uint32_t module_offset);

#endif
