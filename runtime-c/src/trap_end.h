/* trap_end.h - what a program does at a trap besides its message: a core dump of the guest (--coredump), or an end by a
 * signal (--abort).
 *
 * The linker puts these functions in the place of those they are named after (--wrap), in programs that are made for it:
 * no other contains a byte of it.
 */
#ifndef WASMC_TRAP_END_H
#define WASMC_TRAP_END_H

#include "backtrace.h"
#include "grants.h"

/* coredump_save.c, in a program that is made with --coredump. */
void wasmc_coredump_save(const struct wasmc_frames_start *start, uint32_t module_offset);

/* abort.c, in a program that is made with --abort: before the program is sealed; the end, from which it comes back only
 * where the kernel does not let a signal end the process. */
void wasmc_abort_prepare(const struct wasmc_grants *grants);
void wasmc_abort(void);

void __real_wasmc_seal(const struct wasmc_program *program, const struct wasmc_grants *grants);
void __wrap_wasmc_seal(const struct wasmc_program *program, const struct wasmc_grants *grants);
void __real_wasmc_backtrace_put(struct wasmc_text *text, const struct wasmc_program *program,
                                const struct wasmc_frames_start *start, uint32_t module_offset);
void __wrap_wasmc_backtrace_put(struct wasmc_text *text, const struct wasmc_program *program,
                                const struct wasmc_frames_start *start, uint32_t module_offset);
_Noreturn void __real_wasmc_sys_exit(int status);
_Noreturn void __wrap_wasmc_sys_exit(int status);

#endif
