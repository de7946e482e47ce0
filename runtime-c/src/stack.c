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

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

struct wasmc_stack wasmc_stack;

static uint64_t round_up(uint64_t bytes, uint64_t unit)
{
    return (bytes + unit - 1) & ~(unit - 1);
}

bool wasmc_stack_make(struct wasmc_stack *stack, uint64_t stack_bytes)
{
    uint64_t page = wasmc_sys_page_bytes();
    if (stack_bytes > STACK_LIMIT_BYTES)
        return false;
    size_t usable = (size_t)round_up(stack_bytes < STACK_MIN_BYTES ? STACK_MIN_BYTES : stack_bytes, page);
    /* The kernel saves the vector state there too: AVX-512 and AMX need more than the constant. */
    size_t signal_bytes = (size_t)round_up(SIGNAL_STACK_BYTES + getauxval(AT_MINSIGSTKSZ), page);

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

void wasmc_stack_unmake(const struct wasmc_stack *stack)
{
    wasmc_sys_unmap(stack->guard, (size_t)(stack->signal_stack + stack->signal_stack_bytes - stack->guard));
}
