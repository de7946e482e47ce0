/* report.c - messages and process state of a process that runs one program. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../alarm.h"
#include "../exception_text.h"
#include "../gc/report.h"
#include "../import_text.h"
#include "../runtime.h"
#include "../text.h"
#include "../trap_place.h"
#include "host.h"
#include "wasmc/host.h"
#include "wasmc_host.h"

/* A trap's message is being written. */
static volatile sig_atomic_t is_reported;

static void put_frames(struct wasmc_text *text, const struct wasmc_host_frame *frames, size_t frame_count)
{
    struct wasmc_trap_frames output;
    wasmc_trap_frames_begin(&output, text);
    for (size_t i = 0; i < frame_count; i++) {
        const struct wasmc_host_frame *frame = &frames[i];
        if (frame->omitted != 0)
            wasmc_trap_put_omitted(&output, frame->omitted);
        const struct wasmc_trap_source source = {frame->file, frame->line, frame->column, frame->is_inlined};
        wasmc_trap_put_frame(&output, &(struct wasmc_trap_place){.module = frame->module,
                                                                 .module_offset = frame->module_offset,
                                                                 .func_index = frame->func_index,
                                                                 .func_name = frame->func_name,
                                                                 .source = frame->has_source ? &source : NULL});
        wasmc_trap_put_repeated(&output, frame->repeated);
    }
    wasmc_trap_frames_end(&output);
}

static void end_message(struct wasmc_text *text, const char *call, const struct wasmc_host_frame *frames,
                        size_t frame_count)
{
    wasmc_message_fields(text);
    if (call != NULL)
        wasmc_trap_put_call(text, call);
    put_frames(text, frames, frame_count);
    wasmc_message_end(text);
}

static void print_trap(int patience_ms, const char *message, const char *call, const struct wasmc_host_frame *frames,
                       size_t frame_count)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, patience_ms, "trap");
    if (!text.in_json)
        wasmc_text_string(&text, "trap: ");
    wasmc_text_string(&text, message);
    end_message(&text, call, frames, frame_count);
}

void wasmc_host_print_trap(const char *message, const char *call, const struct wasmc_host_frame *frames,
                           size_t frame_count)
{
    is_reported = 1;
    print_trap(WASMC_LAST_WORDS_MS, message, call, frames, frame_count);
    is_reported = 0;
}

void wasmc_host_print_exception(const char *tag, const char *signature, const uint64_t *slots,
                                const struct wasmc_host_frame *frames, size_t frame_count)
{
    is_reported = 1;
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "trap");
    wasmc_exception_put(&text, tag, signature, slots);
    end_message(&text, NULL, frames, frame_count);
    is_reported = 0;
}

void wasmc_host_report_collection(uint64_t number, uint64_t before_bytes, uint64_t alive_bytes, uint64_t heap_bytes,
                                  uint64_t time_us)
{
    const struct wasmc_gc_report report = {number, before_bytes, alive_bytes, heap_bytes, time_us};
    wasmc_gc_print_report(&report);
}

void wasmc_host_print_misfit(const char *import)
{
    wasmc_import_report(import);
}

void wasmc_host_print_refusal(const char *reason)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, reason);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
}

/* Set when the time is up. */
static volatile uint64_t interruption;

/* Whether a trap is followed by SIGABRT. */
static bool is_aborting;

uint64_t *wasmc_host_interruption(void)
{
    return (uint64_t *)(uintptr_t)&interruption;
}

/* As in signals.c, but that the interpreter has half a second to stop by itself: it knows where it is. */
static void handle_timeout(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    (void)context;
    static volatile sig_atomic_t is_after_trap;
    bool is_last = wasmc_alarm_is_last();
    if (is_last && (is_reported || is_after_trap))
        _exit(is_after_trap ? WASMC_EXIT_TRAP : WASMC_EXIT_TIMEOUT);
    if (is_reported) {
        is_after_trap = 1;
        return;
    }
    if (!is_last && !wasmc_host_is_calling()) {
        interruption = 1;
        return;
    }
    print_trap(WASMC_TIMEOUT_MESSAGE_MS, wasmc_trap_phrase(WASMC_TRAP_TIMEOUT), NULL, NULL, 0);
    if (is_aborting)
        wasmc_host_abort();
    /* The process's end, whatever attempt was going on. */
    _exit(WASMC_EXIT_TIMEOUT);
}

void wasmc_host_start_process(uint64_t timeout_ns, bool aborts)
{
    is_aborting = aborts;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
    if (timeout_ns != 0 && !wasmc_alarm_start(timeout_ns, handle_timeout)) {
        wasmc_host_print_refusal("the host refuses the timer of --timeout");
        _exit(WASMC_EXIT_START);
    }
}
