/* code_offsets.h - frames of a program that does not know where in its modules its code comes from (--strip): a message says
 * where in the guest's code they are, and `wasmc explain-trap` says the rest.
 *
 *     wasmc: trap: out of bounds memory access
 *         at (code 0x1c)
 *         at (code 0x2b0)
 *
 * As JSON, "code" in place of "offset". What is counted are bytes from the start of WASMC_TEXT_SECTION: that is where it is
 * in any executable that is made of the same modules with the same options.
 *
 * The linker puts these functions in the place of those they are named after (--wrap), in programs that are made for it:
 * no other contains a byte of it.
 */
#ifndef WASMC_CODE_OFFSETS_H
#define WASMC_CODE_OFFSETS_H

#include "frames.h"
#include "trap_place.h"

const struct wasmc_frames_entry *__real_wasmc_frames_entry(struct wasmc_frames *frames);
const struct wasmc_frames_entry *__wrap_wasmc_frames_entry(struct wasmc_frames *frames);
void __real_wasmc_trap_put_frame(struct wasmc_trap_frames *frames, const struct wasmc_trap_place *place);
void __wrap_wasmc_trap_put_frame(struct wasmc_trap_frames *frames, const struct wasmc_trap_place *place);

#endif
