/* thread.c - a thread with a guarded stack for the guest. It begins on a small one of libc's, from which it can give the
 * guest's back when that is done. */
#include "runtime.h"

#include "sys/sys.h"

/* The thread's own; null: the main one. */
static _Thread_local const struct wasmc_stack *own_stack;

const struct wasmc_stack *wasmc_thread_stack(void)
{
    return own_stack != NULL ? own_stack : &wasmc_stack;
}

static void run(void *argument)
{
    const struct wasmc_thread *thread = argument;
    thread->run(thread);
}

static void *begin(void *argument)
{
    struct wasmc_thread thread = *(const struct wasmc_thread *)argument;
    own_stack = &thread.stack;
    wasmc_sys_signal_stack(thread.stack.signal_stack, thread.stack.signal_stack_bytes);
    wasmc_stack_call(run, &thread, thread.stack.top);
    wasmc_sys_signal_stack(NULL, 0);
    wasmc_stack_unmake(&thread.stack);
    return NULL;
}

bool wasmc_thread_start(const struct wasmc_thread *thread, uint64_t stack_bytes)
{
    struct wasmc_stack stack;
    if (!wasmc_stack_make(&stack, stack_bytes))
        return false;
    /* The new thread reads it where its stack will lie. */
    struct wasmc_thread *copy = (struct wasmc_thread *)(void *)stack.bottom;
    *copy = *thread;
    copy->stack = stack;
    if (wasmc_sys_thread_create(begin, copy) == 0)
        return true;
    wasmc_stack_unmake(&stack);
    return false;
}
