/* linux_beside.c - namespace.h on Linux: processes beside the program's. */
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>

#include "linux.h"
#include "namespace.h"
#include "sandbox.h"

/* Handlers are the program's: its traps and its end. */
static void reset_signals(void)
{
    static const int ignored[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2};
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++)
        (void)sigaction(number, &action, NULL);
    action.sa_handler = SIG_IGN;
    for (unsigned i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        (void)sigaction(ignored[i], &action, NULL);
}

/* Not libc's, whose sets are large. Returns what was blocked before. */
static uint64_t set_blocked(uint64_t signals)
{
    uint64_t before = 0;
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &signals, &before, sizeof before);
    return before;
}

/* Ends above the standard streams, which the program may have closed. */
static int make_pipe(int ends[2])
{
    int error = (int)result_of(pipe2(ends, O_CLOEXEC));
    if (error < 0)
        return error;
    ends[0] = above_standard_streams(ends[0]);
    ends[1] = above_standard_streams(ends[1]);
    return ends[0] < 0 || ends[1] < 0 ? -EMFILE : 0;
}

/* What the new process has open: its life as 0 to 2, then `kept`, then `answer` unless it is negative. False: not
 * enough descriptors, or more are open than can be closed. */
static bool keep_descriptors(int life, const int *kept, size_t count, int *answer)
{
    int end = 3 + (int)count + (*answer >= 0);
    /* Above all numbers that they get, so that none takes another's place. */
    int moved[WASMC_BESIDE_LIMIT + 1];
    for (int i = 3; i < end; i++) {
        int fd = i < 3 + (int)count ? kept[i - 3] : *answer;
        moved[i - 3] = fcntl(fd, F_DUPFD_CLOEXEC, end);
        if (moved[i - 3] < 0)
            return false;
    }
    for (int stream = 0; stream < 3; stream++)
        (void)dup2(life, stream);
    for (int i = 3; i < end; i++)
        (void)dup2(moved[i - 3], i);
    if (*answer >= 0)
        *answer = end - 1;
    return wasmc_sys_close_from(end) == 0;
}

int wasmc_sys_start_beside(const char *name, const int *kept, size_t count, int *answer)
{
    int life[2];
    int answers[2] = {-1, -1};
    if (count > WASMC_BESIDE_LIMIT)
        return -EMFILE;
    int error = make_pipe(life);
    if (error == 0 && answer != NULL)
        error = make_pipe(answers);
    if (error < 0)
        return error;
    /* Nobody waits for its end. */
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    (void)sigaction(SIGCHLD, &ignore, NULL);
    /* What comes before the new process ignores it must not end it either. */
    uint64_t blocked = set_blocked(UINT64_MAX);
    int process = (int)result_of(_Fork());
    if (process == 0)
        reset_signals();
    (void)set_blocked(process == 0 ? 0 : blocked);
    if (process == 0) {
        (void)prctl(PR_SET_NAME, name);
        (void)prctl(PR_SET_DUMPABLE, 0);
        if (!keep_descriptors(life[0], kept, count, &answers[1]))
            _exit(1);
    } else {
        /* The other end of its life is closed by the end of this process, and by nothing else. */
        close(life[0]);
        if (answer != NULL)
            close(answers[1]);
    }
    if (answer != NULL)
        *answer = answers[process == 0];
    return process;
}

void wasmc_sys_answer_beside(int answer, int result)
{
    WASMC_SYSCALL_OF(KEEPER, write, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(KEEPER, close, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    long written;
    RETRY(written, write(answer, &result, sizeof result));
    close(answer);
}

int wasmc_sys_await_beside(int answer)
{
    int result = 0;
    long bytes;
    RETRY(bytes, read(answer, &result, sizeof result));
    close(answer);
    return bytes == sizeof result ? result : -ECHILD;
}

void wasmc_sys_await_end(void)
{
    WASMC_SYSCALL_OF(KEEPER, ppoll, WASMC_NULL(2) | WASMC_NULL(3), WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(KEEPER, rt_sigreturn, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(KEEPER, restart_syscall, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(KEEPER, exit_group, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    struct pollfd waiting = {.fd = WASMC_LIFE, .events = POLLIN};
    while (syscall(SYS_ppoll, &waiting, 1L, NULL, NULL, 8L) <= 0)
        ;
}
