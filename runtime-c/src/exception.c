#include <string.h>

#include "backtrace.h"
#include "exception_text.h"
#include "runtime.h"
#include "sys/sys.h"
#include "text.h"
#include "unwind.h"
#include "wasmc/host.h"

_Noreturn void wasmc_exception_unhandled(const struct wasmc_exception *exception,
                                         const struct wasmc_frames_start *thrown)
{
    if (wasmc_trap_hook != NULL)
        wasmc_trap_hook(WASMC_TRAP_UNHANDLED_EXCEPTION, exception->module_offset, WASMC_NO_ELEMENT);
    wasmc_trap_is_reported = 1;
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "trap");
    wasmc_exception_put(&text, exception->tag->name, exception->tag->signature, (const uint64_t *)(exception + 1));
    wasmc_message_fields(&text);
    wasmc_backtrace_put(&text, wasmc_running, thrown, exception->module_offset);
    wasmc_message_end(&text);
    wasmc_sys_exit(WASMC_EXIT_TRAP);
}
