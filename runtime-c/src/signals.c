#include "runtime.h"

#include <signal.h>
#include <stdint.h>

#include "alarm.h"
#include "context.h"
#include "guest_text.h"
#include "string_text.h"
#include "sys/sys.h"
#include "text.h"

/* The place in guest code that a fault at pc belongs to, or 0.
 *
 * Guest code calls memmove, memset and memcpy for memory.copy, memory.fill and memory.init (its loops stay loops, see
 * "no-builtins" in the lowering). It has checked the ranges before; what faults in them nevertheless is the guest's
 * access, and a trap. */
static uintptr_t guest_place(uintptr_t pc, const ucontext_t *context)
{
    if (wasmc_in_guest_text(pc))
        return pc;
    if (!wasmc_in_string_text(pc))
        return 0;
    uintptr_t caller = wasmc_context_return_address(context);
    return wasmc_in_guest_text(caller) ? caller - 1 : 0;
}

/* Absent in a program of one thread. */
extern __typeof__(wasmc_thread_stack) wasmc_thread_stack __attribute__((weak));

static bool in_stack_guard(uintptr_t address)
{
    const struct wasmc_stack *stack = wasmc_thread_stack != NULL ? wasmc_thread_stack() : &wasmc_stack;
    return address >= (uintptr_t)stack->guard && address < (uintptr_t)stack->bottom;
}

/* Not the guest's doing: says so and lets the kernel's default action end the process when the
 * faulting instruction runs again: for a fault whose signal is blocked nobody is asked. */
static void report_internal_error(int number, const siginfo_t *info, ucontext_t *context)
{
    uintptr_t pc = wasmc_context_pc(context);
    uintptr_t address = (uintptr_t)info->si_addr;
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "internal");
    wasmc_text_string(&text, "internal error: signal ");
    wasmc_text_decimal(&text, (uint64_t)number);
    wasmc_text_string(&text, ", fault at ");
    wasmc_text_hex(&text, address);
    wasmc_text_string(&text, ", pc ");
    wasmc_text_hex(&text, pc);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    /* Sent by a process: nothing will run into it again. */
    if (info->si_code <= 0)
        wasmc_sys_exit(128 + number);
    sigaddset(&context->uc_sigmask, number);
}

static void handle_fault(int number, siginfo_t *info, void *argument)
{
    ucontext_t *context = argument;
    uintptr_t pc = wasmc_context_pc(context);
    uintptr_t address = (uintptr_t)info->si_addr;
    bool is_access = (number == SIGSEGV || number == SIGBUS) && info->si_code > 0;

    if (is_access && in_stack_guard(address))
        wasmc_trap_signal(WASMC_TRAP_CALL_STACK_EXHAUSTED,
                          wasmc_in_guest_text(pc) ? wasmc_pcmap_lookup(pc) : WASMC_MODULE_OFFSET_UNKNOWN, context);
    uintptr_t place = is_access ? guest_place(pc, context) : 0;
    if (place != 0 && wasmc_memory_contains(wasmc_running, address))
        wasmc_trap_signal(WASMC_TRAP_OUT_OF_BOUNDS_MEMORY, wasmc_pcmap_lookup(place), context);
    report_internal_error(number, info, context);
}

static void handle_timeout(int number, siginfo_t *info, void *argument)
{
    (void)number;
    (void)info;
    static volatile sig_atomic_t is_after_trap;
    /* A script's calls go on after a trap. */
    if (!wasmc_traps_come_back) {
        if (wasmc_alarm_is_last())
            wasmc_sys_exit(is_after_trap ? WASMC_EXIT_TRAP : WASMC_EXIT_TIMEOUT);
        if (wasmc_trap_is_reported) {
            is_after_trap = 1;
            return; /* what it says has half a second left */
        }
    }
    uintptr_t pc = wasmc_context_pc(argument);
    wasmc_trap_signal(WASMC_TRAP_TIMEOUT,
                      wasmc_in_guest_text(pc) ? wasmc_pcmap_lookup(pc) : WASMC_MODULE_OFFSET_UNKNOWN, argument);
}

static void handle_end(int number, siginfo_t *info, void *context)
{
    (void)info;
    (void)context;
    wasmc_sys_exit(128 + number);
}

/* For the first process of a container, the kernel leaves out what these signals do by default. */
static void start_ends(void)
{
    static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action;
        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler == SIG_DFL)
            wasmc_signals_install(&numbers[i], 1, handle_end);
    }
}

void wasmc_signals_start(void)
{
    stack_t stack = {.ss_sp = wasmc_stack.signal_stack, .ss_size = wasmc_stack.signal_stack_bytes};
    sigaltstack(&stack, NULL);
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    wasmc_signals_install(faults, sizeof faults / sizeof faults[0], handle_fault);
    /* Writing to a closed pipe, or beyond the largest file that is allowed, is an errno of the write. */
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
    if (wasmc_sys_process_id() == 1)
        start_ends();
}

void wasmc_signals_start_timeout(uint64_t timeout_ns)
{
    if (!wasmc_alarm_start(timeout_ns, handle_timeout))
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the timer of --timeout", NULL, "");
}
