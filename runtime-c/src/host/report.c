/* report.c - messages and process state of a process that runs one program. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../alarm.h"
#include "../runtime.h"
#include "../text.h"
#include "wasmc/host.h"
#include "wasmc_host.h"

/* As in trap.c. */
#define NAME_LIMIT_BYTES 200

static void put_place(struct wasmc_text *text, const struct wasmc_host_place *place)
{
    wasmc_text_string(text, "    at ");
    if (place->func_name == NULL) {
        /* Of several modules' functions: not told, as in trap.c. */
    } else if (place->func_name[0] != '\0') {
        wasmc_text_escaped(text, place->func_name, strlen(place->func_name), NAME_LIMIT_BYTES);
        wasmc_text_string(text, " ");
    } else {
        wasmc_text_string(text, "func[");
        wasmc_text_decimal(text, place->func_index);
        wasmc_text_string(text, "] ");
    }
    wasmc_text_string(text, "(module offset ");
    wasmc_text_hex(text, place->module_offset);
    wasmc_text_string(text, ")\n");
}

/* A trap's message is being written. */
static volatile sig_atomic_t is_reported;

static void print_trap(int patience_ms, const char *message, const char *call, const struct wasmc_host_place *place)
{
    struct wasmc_text text;
    wasmc_text_begin_last(&text, patience_ms);
    wasmc_text_string(&text, "wasmc: trap: ");
    wasmc_text_string(&text, message);
    wasmc_text_string(&text, "\n");
    if (call != NULL) {
        wasmc_text_string(&text, "    in ");
        wasmc_text_string(&text, call);
        wasmc_text_string(&text, "\n");
    }
    if (place != NULL)
        put_place(&text, place);
    wasmc_text_flush(&text);
}

void wasmc_host_print_trap(const char *message, const char *call, const struct wasmc_host_place *place)
{
    is_reported = 1;
    print_trap(WASMC_LAST_WORDS_MS, message, call, place);
    is_reported = 0;
}

void wasmc_host_print_refusal(const char *reason)
{
    struct wasmc_text text;
    wasmc_text_begin_last(&text, WASMC_LAST_WORDS_MS);
    wasmc_text_string(&text, "wasmc: ");
    wasmc_text_string(&text, reason);
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}

/* As in signals.c. */
static void handle_timeout(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    (void)context;
    static volatile sig_atomic_t is_after_trap;
    if (wasmc_alarm_is_last())
        _exit(is_after_trap ? WASMC_EXIT_TRAP : WASMC_EXIT_TIMEOUT);
    if (is_reported) {
        is_after_trap = 1;
        return;
    }
    print_trap(WASMC_TIMEOUT_MESSAGE_MS, wasmc_trap_phrase(WASMC_TRAP_TIMEOUT), NULL, NULL);
    /* The process's end, whatever attempt was going on. */
    _exit(WASMC_EXIT_TIMEOUT);
}

void wasmc_host_start_process(uint64_t timeout_ns)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
    if (timeout_ns != 0 && !wasmc_alarm_start(timeout_ns, handle_timeout)) {
        wasmc_host_print_refusal("the host refuses the timer of --timeout");
        _exit(WASMC_EXIT_START);
    }
}
