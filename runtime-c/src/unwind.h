/* unwind.h - where an exception goes: the tables of frames and handlers that LLVM and the linker make of guest code.
 *
 * The guest has no cleanups that must run before a handler is chosen, so one walk is enough: the first frame whose
 * handlers name the tag is entered at once, and up to then the stack is as it was thrown on. No allocation, no state, no
 * system call. What the tables say is the compiler's; what of it is not known here is an internal error, never a guess.
 *
 * DWARF 5, 6.4 "Call Frame Information"; Linux Standard Base, ".eh_frame"; Itanium C++ ABI, "Exception Handling Tables".
 */
#ifndef WASMC_UNWIND_H
#define WASMC_UNWIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frames.h"
#include "unwind_registers.h"
#include "wasmc/abi.h"

/* The image of the program, and in it the table that finds frames (.eh_frame_hdr). All that is read lies in the image. */
struct wasmc_unwind_tables {
    const uint8_t *begin;
    const uint8_t *end;
    const uint8_t *header;
};

/* What the tables say of a place in the code. */
struct wasmc_unwind_frame {
    uintptr_t start;         /* of the function */
    const uint8_t *handlers; /* its table of handlers, or null */
    int64_t cfa_offset;      /* the canonical frame address: a register and this */
    uint64_t cfa_register;   /* by DWARF's number */
    uint64_t argument_bytes; /* pushed for the call at this place, which a handler does not expect on the stack */
    int64_t saved[WASMC_REGISTERS]; /* where the caller's registers lie, from the frame address; 0: in the register */
};

enum wasmc_unwind_result {
    WASMC_UNWIND_FOUND,
    WASMC_UNWIND_NONE,   /* no frame that may be unwound; no handler for the tag */
    WASMC_UNWIND_BROKEN, /* the tables say what is not known here */
};

/* --- unwind_frame.c: the frame of the function that `pc` lies in */
enum wasmc_unwind_result wasmc_unwind_find_frame(const struct wasmc_unwind_tables *tables, uintptr_t pc,
                                                 struct wasmc_unwind_frame *frame);

/* --- unwind_handler.c: the landing pad of the innermost handler at `pc` that catches the tag */
enum wasmc_unwind_result wasmc_unwind_find_handler(const struct wasmc_unwind_tables *tables,
                                                   const struct wasmc_unwind_frame *frame, uintptr_t pc,
                                                   const struct wasmc_tag *tag, uintptr_t *landing_pad);

/* --- unwind.c */

/* The walk, from the registers that the caller of wasmc_throw had. Called by wasmc_throw, of arch/ARCHITECTURE. */
_Noreturn void wasmc_unwind(struct wasmc_exception *exception, struct wasmc_registers *registers);

/* --- exception.c: the end of an exception that nothing catches, and where it was thrown */
_Noreturn void wasmc_exception_unhandled(const struct wasmc_exception *exception,
                                         const struct wasmc_frames_start *thrown);

/* --- arch/ARCHITECTURE/landing.c: goes on at registers->pc, a landing pad */
_Noreturn void wasmc_registers_enter(const struct wasmc_registers *registers, struct wasmc_exception *exception);

#endif
