/* proc.c - the end of the process. */
#include <signal.h>

#include "../sys/sys.h"
#include "../text.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* A status of which the host would see nothing but success. */
static void report_status(uint32_t status)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: status ");
    wasmc_text_decimal(&text, status);
    wasmc_text_string(&text, " does not fit: the process ends with 1\n");
    wasmc_text_flush(&text);
}

/* proc_exit - ends the process; never returns.
 *
 *   status   exit status; its lowest 8 bits count, as with exit(3), except that what is not 0 does not become 0 but 1,
 *            which is a line of --trace-wasi
 *
 * Rights: none.   witx: proc_exit
 */
_Noreturn void wasmc_wasi_proc_exit(struct wasmc_ctx *ctx, uint32_t status)
{
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "proc_exit"}, WASI_ERRNO_SUCCESS, "status:u", status);
    uint32_t host_status = status & 0xff;
    if (status != 0 && host_status == 0) {
        host_status = 1;
        if (ctx->trace)
            report_status(status);
    }
    wasmc_sys_exit((int)host_status);
}

enum effect { EFFECT_NONE, EFFECT_END, EFFECT_UNSUPPORTED };

/* Preview1's signals in their order, with Linux's number and the default action. */
struct signal_row {
    uint8_t number;
    uint8_t effect;
};

static const struct signal_row rows[] = {
    {0, EFFECT_NONE},        {SIGHUP, EFFECT_END},    {SIGINT, EFFECT_END},           {SIGQUIT, EFFECT_END},
    {SIGILL, EFFECT_END},    {SIGTRAP, EFFECT_END},   {SIGABRT, EFFECT_END},          {SIGBUS, EFFECT_END},
    {SIGFPE, EFFECT_END},    {SIGKILL, EFFECT_END},   {SIGUSR1, EFFECT_END},          {SIGSEGV, EFFECT_END},
    {SIGUSR2, EFFECT_END},   {SIGPIPE, EFFECT_END},   {SIGALRM, EFFECT_END},          {SIGTERM, EFFECT_END},
    {SIGCHLD, EFFECT_NONE},  {SIGCONT, EFFECT_NONE},  {SIGSTOP, EFFECT_UNSUPPORTED},  {SIGTSTP, EFFECT_UNSUPPORTED},
    {SIGTTIN, EFFECT_UNSUPPORTED}, {SIGTTOU, EFFECT_UNSUPPORTED}, {SIGURG, EFFECT_NONE}, {SIGXCPU, EFFECT_END},
    {SIGXFSZ, EFFECT_END},   {SIGVTALRM, EFFECT_END}, {SIGPROF, EFFECT_END},          {SIGWINCH, EFFECT_NONE},
    {SIGPOLL, EFFECT_END},   {SIGPWR, EFFECT_END},    {SIGSYS, EFFECT_END},
};

static wasi_errno proc_raise(uint32_t signal)
{
    if (signal >= sizeof rows / sizeof rows[0])
        return WASI_ERRNO_INVAL;
    switch (rows[signal].effect) {
    case EFFECT_NONE: return WASI_ERRNO_SUCCESS;
    /* The status a shell shows for that signal; a real one could leave a core dump of the guest's data. */
    case EFFECT_END: wasmc_sys_exit(128 + rows[signal].number);
    default: return WASI_ERRNO_NOTSUP;
    }
}

/* proc_raise - does what the signal does by default to a process that raises it.
 *
 *   signal   preview1's number (signal): the ones that end a process end it with status 128 + the
 *            host's number; the ones that are ignored do nothing
 *
 * Rights: none.   Errors: INVAL unknown signal; NOTSUP one that would stop the process.
 * witx: proc_raise     POSIX: raise(3)
 */
uint32_t wasmc_wasi_proc_raise(struct wasmc_ctx *ctx, uint32_t signal)
{
    wasi_errno error = proc_raise(signal);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "proc_raise"}, error, "signal:u", signal);
    return error;
}
