/* coredump.c - core dumps of interpreted programs, and ends by a signal. */
#include <signal.h>
#include <unistd.h>

#include "../coredump_file.h"
#include "attempt.h"
#include "host.h"

static void open_file(void *argument)
{
    const struct wasmc_host *main = argument;
    wasmc_coredump_open(&main->grants);
}

void wasmc_host_open_coredump(struct wasmc_host *main, struct wasmc_host_outcome *outcome)
{
    wasmc_host_attempt(open_file, main, outcome);
}

struct frames {
    const struct wasmc_coredump_frame *first;
    size_t count;
};

static void put_frames(void *context, struct wasmc_coredump_frames *output)
{
    const struct frames *frames = context;
    for (size_t i = 0; i < frames->count; i++)
        wasmc_coredump_add_frame(output, &frames->first[i]);
}

void wasmc_host_write_coredump(const void *program, const void *frames, size_t frame_count)
{
    struct frames context = {frames, frame_count};
    wasmc_coredump_put(program, put_frames, &context);
}

void wasmc_host_abort(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigaction(SIGABRT, &action, NULL);
    sigset_t abort_only;
    sigemptyset(&abort_only);
    sigaddset(&abort_only, SIGABRT);
    sigprocmask(SIG_UNBLOCK, &abort_only, NULL);
    kill(getpid(), SIGABRT);
}
