#include "trap_end.h"

#include "coredump_file.h"

extern __typeof__(wasmc_coredump_open) wasmc_coredump_open __attribute__((weak));
extern __typeof__(wasmc_coredump_save) wasmc_coredump_save __attribute__((weak));
extern __typeof__(wasmc_abort_prepare) wasmc_abort_prepare __attribute__((weak));
extern __typeof__(wasmc_abort) wasmc_abort __attribute__((weak));

/* The trap whose message is being written. The stack that it speaks of is below those of the functions that end the
 * program. */
static struct {
    bool is_there;
    struct wasmc_frames_start start;
    uint32_t module_offset;
} trap;

void __wrap_wasmc_seal(const struct wasmc_program *program, const struct wasmc_grants *grants)
{
    if (wasmc_coredump_open != NULL)
        wasmc_coredump_open(grants);
    if (wasmc_abort_prepare != NULL)
        wasmc_abort_prepare(grants);
    __real_wasmc_seal(program, grants);
}

void __wrap_wasmc_backtrace_put(struct wasmc_text *text, const struct wasmc_program *program,
                                const struct wasmc_frames_start *start, uint32_t module_offset)
{
    __real_wasmc_backtrace_put(text, program, start, module_offset);
    trap.start = *start;
    trap.module_offset = module_offset;
    trap.is_there = true;
}

_Noreturn void __wrap_wasmc_sys_exit(int status)
{
    if (trap.is_there) {
        /* What goes wrong meanwhile ends the program. */
        trap.is_there = false;
        if (wasmc_coredump_save != NULL)
            wasmc_coredump_save(&trap.start, trap.module_offset);
        if (wasmc_abort != NULL)
            wasmc_abort();
    }
    __real_wasmc_sys_exit(status);
}
