/* landing.c - the way into a handler. */
#include <stddef.h>

#include "unwind.h"

#define FIELD(number) (offsetof(struct wasmc_registers, values) + 8 * (number))

_Noreturn void wasmc_registers_enter(const struct wasmc_registers *registers, struct wasmc_exception *exception)
{
    __asm__ volatile("movq %c[rbx](%[from]), %%rbx\n\t"
                     "movq %c[rbp](%[from]), %%rbp\n\t"
                     "movq %c[r12](%[from]), %%r12\n\t"
                     "movq %c[r13](%[from]), %%r13\n\t"
                     "movq %c[r14](%[from]), %%r14\n\t"
                     "movq %c[r15](%[from]), %%r15\n\t"
                     "movq %c[sp](%[from]), %%rsp\n\t"
                     "jmpq *%c[pc](%[from])"
                     :
                     : [from] "D"(registers), "a"(exception), "d"(UINT64_C(0)),
                       [rbx] "i"(FIELD(WASMC_REGISTER_RBX)), [rbp] "i"(FIELD(WASMC_REGISTER_RBP)),
                       [r12] "i"(FIELD(WASMC_REGISTER_R12)), [r13] "i"(FIELD(WASMC_REGISTER_R13)),
                       [r14] "i"(FIELD(WASMC_REGISTER_R14)), [r15] "i"(FIELD(WASMC_REGISTER_R15)),
                       [sp] "i"(FIELD(WASMC_REGISTER_SP)), [pc] "i"(FIELD(WASMC_REGISTER_PC))
                     : "memory");
    __builtin_unreachable();
}
