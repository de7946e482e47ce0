/* context.h - what a signal handler reads of the interrupted registers, and how calls lie on the stack. */
#ifndef WASMC_ARCH_CONTEXT_H
#define WASMC_ARCH_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <ucontext.h>

/* Where it was interrupted. */
static inline uintptr_t wasmc_context_pc(const ucontext_t *context)
{
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
}

static inline uintptr_t wasmc_context_stack_pointer(const ucontext_t *context)
{
    return (uintptr_t)context->uc_mcontext.gregs[REG_RSP];
}

static inline uintptr_t wasmc_context_frame_pointer(const ucontext_t *context)
{
    return (uintptr_t)context->uc_mcontext.gregs[REG_RBP];
}

/* The register that LLVM counts with while it probes the pages of a large frame. */
static inline uintptr_t wasmc_context_probe(const ucontext_t *context)
{
    return (uintptr_t)context->uc_mcontext.gregs[REG_R11];
}

/* Where a function that keeps no frame returns to: that of string.S that was interrupted. */
static inline uintptr_t wasmc_context_return_address(const ucontext_t *context)
{
    return *(const uintptr_t *)context->uc_mcontext.gregs[REG_RSP];
}

/* The target of the call that returns to `return_address`, in code; 0 when the code does not say, or is no call. */
static inline uintptr_t wasmc_call_target(uintptr_t return_address)
{
    int32_t distance;
    const uint8_t *call = (const uint8_t *)(return_address - 5);
    if (*call != 0xe8)
        return 0;
    memcpy(&distance, call + 1, sizeof distance);
    return return_address + (uintptr_t)(intptr_t)distance;
}

#endif
