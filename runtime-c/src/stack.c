#include "runtime.h"

#include <sys/auxv.h>

#include "sys/start.h"
#include "sys/sys.h"

/* Compiled code probes every page of a frame; the runtime's own frames are smaller than this. */
#define GUARD_BYTES ((size_t)1 << 20)
#define SIGNAL_STACK_BYTES ((size_t)64 * 1024)
#define STACK_LIMIT_BYTES (UINT64_C(1) << 40)

/* Host calls run on this stack too, and some need tens of kilobytes. */
#define STACK_MIN_BYTES (UINT64_C(64) * 1024)

/* Of the kernel's stack: what a process must be allowed to have, of which arguments and variables take a quarter at most, for
 * a signal stack in it, and what lies above that for who calls the guest. */
#define FIRST_STACK_BYTES ((uint64_t)1 << 20)
#define FIRST_STACK_OWN_BYTES ((size_t)256 * 1024)

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

struct wasmc_stack wasmc_stack;

static uint64_t round_up(uint64_t bytes, uint64_t unit)
{
    return (bytes + unit - 1) & ~(unit - 1);
}

/* The kernel saves the vector state there too: AVX-512 and AMX need more than the constant. */
static size_t signal_stack_bytes(void)
{
    return (size_t)round_up(SIGNAL_STACK_BYTES + getauxval(AT_MINSIGSTKSZ), wasmc_sys_page_bytes());
}

/* Of the guest's stack; 0: too many. */
static size_t usable_bytes(uint64_t stack_bytes)
{
    if (stack_bytes > STACK_LIMIT_BYTES)
        return 0;
    return (size_t)round_up(stack_bytes < STACK_MIN_BYTES ? STACK_MIN_BYTES : stack_bytes, wasmc_sys_page_bytes());
}

bool wasmc_stack_make(struct wasmc_stack *stack, uint64_t stack_bytes)
{
    size_t usable = usable_bytes(stack_bytes), signal_bytes = signal_stack_bytes();
    if (usable == 0)
        return false;
    /* One reservation, from low to high: guard, guest stack, guard, signal stack. */
    size_t total = 2 * GUARD_BYTES + usable + signal_bytes;
    uint8_t *base = wasmc_sys_reserve(total);
    if (base == NULL)
        return false;
    stack->guard = base;
    stack->bottom = base + GUARD_BYTES;
    stack->top = stack->bottom + usable;
    stack->signal_stack = stack->top + GUARD_BYTES;
    stack->signal_stack_bytes = signal_bytes;
    return wasmc_sys_start_make_accessible(stack->bottom, usable) == 0 &&
           wasmc_sys_start_make_accessible(stack->signal_stack, signal_bytes) == 0;
}

bool wasmc_stack_make_first(struct wasmc_stack *stack, uint64_t stack_bytes)
{
    /* Most of the kernel's stack is free once the guest has its own, below which the kernel lets nothing lie. */
    size_t usable = usable_bytes(stack_bytes), signal_bytes = signal_stack_bytes();
    if (usable == 0 || wasmc_sys_start_stack_limit() < FIRST_STACK_BYTES + signal_bytes)
        return wasmc_stack_make(stack, stack_bytes);
    uint8_t *base = wasmc_sys_reserve(GUARD_BYTES + usable);
    if (base == NULL)
        return false;
    stack->guard = base;
    stack->bottom = base + GUARD_BYTES;
    stack->top = stack->bottom + usable;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    stack->signal_stack = (uint8_t *)((here - FIRST_STACK_OWN_BYTES - signal_bytes) & ~(uintptr_t)63);
    stack->signal_stack_bytes = signal_bytes;
    return wasmc_sys_start_make_accessible(stack->bottom, usable) == 0;
}

void wasmc_stack_unmake(const struct wasmc_stack *stack)
{
    wasmc_sys_unmap(stack->guard, (size_t)(stack->signal_stack + stack->signal_stack_bytes - stack->guard));
}
