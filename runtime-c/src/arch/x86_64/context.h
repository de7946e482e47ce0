/* context.h - what a signal handler reads of the interrupted registers. */
#ifndef WASMC_ARCH_CONTEXT_H
#define WASMC_ARCH_CONTEXT_H

#include <stdint.h>
#include <ucontext.h>

/* Where it was interrupted. */
static inline uintptr_t wasmc_context_pc(const ucontext_t *context)
{
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
}

/* Where a function that keeps no frame returns to: that of string.S that was interrupted. */
static inline uintptr_t wasmc_context_return_address(const ucontext_t *context)
{
    return *(const uintptr_t *)context->uc_mcontext.gregs[REG_RSP];
}

#endif
