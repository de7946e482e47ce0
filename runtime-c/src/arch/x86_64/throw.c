/* throw.c - wasmc_throw: the way to wasmc_unwind. */
#include <stddef.h>

#include "unwind.h"

static_assert(sizeof(struct wasmc_registers) == 64, "wasmc_throw pushes the registers in their order");

/* Saves what a function preserves, as struct wasmc_registers: the way from here is not back. LLVM's `resume` calls it by
 * another name, when a handler turns out not to be meant. */
__asm__(".pushsection .text.wasmc_throw,\"ax\",@progbits\n"
        ".hidden wasmc_throw\n"
        ".globl wasmc_throw\n"
        ".type wasmc_throw, @function\n"
        ".hidden _Unwind_Resume\n"
        ".globl _Unwind_Resume\n"
        ".type _Unwind_Resume, @function\n"
        "_Unwind_Resume:\n"
        "wasmc_throw:\n"
        "    movq (%rsp), %rax\n"
        "    leaq 8(%rsp), %rcx\n"
        "    pushq %rax\n"
        "    pushq %rcx\n"
        "    pushq %r15\n"
        "    pushq %r14\n"
        "    pushq %r13\n"
        "    pushq %r12\n"
        "    pushq %rbp\n"
        "    pushq %rbx\n"
        "    movq %rsp, %rsi\n"
        "    andq $-16, %rsp\n"
        "    callq wasmc_unwind\n"
        "    ud2\n"
        ".size wasmc_throw, .-wasmc_throw\n"
        ".size _Unwind_Resume, .-_Unwind_Resume\n"
        ".popsection\n");

/* The personality that LLVM wants functions with handlers to have. Nobody calls it: there is one, and it is
 * unwind_handler.c. */
void wasmc_personality(void)
{
    __builtin_trap();
}
