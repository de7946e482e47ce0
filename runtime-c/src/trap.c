#include "runtime.h"

#include "alarm.h"
#include "backtrace.h"
#include "sys/sys.h"
#include "text.h"
#include "trap_place.h"
#include "wasmc/host.h"

void (*wasmc_trap_hook)(uint32_t code, uint32_t module_offset, uint64_t element);
volatile sig_atomic_t wasmc_trap_is_reported;
bool wasmc_traps_come_back;

static void call_hook(uint32_t code, uint32_t module_offset, uint64_t element)
{
    if (wasmc_trap_hook != NULL)
        wasmc_trap_hook(code, module_offset, element);
}

static void begin_message(struct wasmc_text *text, uint32_t code, uint64_t element)
{
    const char *phrase = wasmc_trap_phrase(code);
    int patience_ms = code == WASMC_TRAP_TIMEOUT ? WASMC_TIMEOUT_MESSAGE_MS : WASMC_LAST_WORDS_MS;
    wasmc_trap_is_reported = 1;
    wasmc_message_begin(text, patience_ms, "trap");
    if (!text->in_json)
        wasmc_text_string(text, "trap: ");
    wasmc_text_string(text, phrase != NULL ? phrase : "unknown trap");
    if (element != WASMC_NO_ELEMENT) {
        wasmc_text_string(text, " ");
        wasmc_text_decimal(text, element);
    }
    wasmc_message_fields(text);
}

/* `start` is where the backtrace begins. */
static _Noreturn void end_by_trap(uint32_t code, uint64_t element, const char *call, uint32_t module_offset,
                                  const struct wasmc_frames_start *start)
{
    /* Compiled code has one cold path for a null entry and for one of another type; the phrase for the second ends there. */
    if (code == WASMC_TRAP_INDIRECT_CALL_TYPE_MISMATCH)
        element = WASMC_NO_ELEMENT;
    call_hook(code, module_offset, element);
    struct wasmc_text text;
    begin_message(&text, code, element);
    if (call != NULL)
        wasmc_trap_put_call(&text, call);
    wasmc_backtrace_put(&text, wasmc_running, start, module_offset);
    wasmc_message_end(&text);
    wasmc_sys_exit(code == WASMC_TRAP_TIMEOUT ? WASMC_EXIT_TIMEOUT : WASMC_EXIT_TRAP);
}

/* The stack above the frame of a function that guest code, or what it called, has called. */
#define STACK_FROM_HERE (&(struct wasmc_frames_start){.frame = __builtin_frame_address(0)})

_Noreturn void wasmc_trap_element(uint32_t code, uint32_t module_offset, uint64_t element)
{
    end_by_trap(code, element, NULL, module_offset, STACK_FROM_HERE);
}

_Noreturn void wasmc_trap(uint32_t code, uint32_t module_offset)
{
    end_by_trap(code, WASMC_NO_ELEMENT, NULL, module_offset, STACK_FROM_HERE);
}

_Noreturn void wasmc_trap_host_call(uint32_t code, const char *call)
{
    end_by_trap(code, WASMC_NO_ELEMENT, call, WASMC_MODULE_OFFSET_UNKNOWN, STACK_FROM_HERE);
}

_Noreturn void wasmc_trap_signal(uint32_t code, uint32_t module_offset, const ucontext_t *context)
{
    end_by_trap(code, WASMC_NO_ELEMENT, NULL, module_offset, &(struct wasmc_frames_start){.context = context});
}
