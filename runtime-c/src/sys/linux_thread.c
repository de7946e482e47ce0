/* linux_thread.c - threads of the process, by libc's means: what else of it knows threads must know these. */
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>

#include "linux.h"
#include "sys.h"

/* Of linux/futex.h, which musl does not bring. */
#define FUTEX_WAIT 0
#define FUTEX_WAKE 1
#define FUTEX_PRIVATE_FLAG 128

/* VM FS FILES SIGHAND THREAD SYSVSEM SETTLS PARENT_SETTID CHILD_CLEARTID DETACHED: a thread of this process that shares
 * all with it, and nothing else, as musl makes it. */
#define CLONE_FLAGS 0x7d0f00

/* Thread-local storage and libc's own come on top; the guest has another one. */
#define STACK_BYTES ((size_t)16384)

int wasmc_sys_thread_create(void *(*run)(void *), void *argument)
{
    WASMC_SYSCALL_ONLY(clone, WASMC_HIGH_ZERO(0), WASMC_VALUE(0, CLONE_FLAGS), WASMC_ANY, WASMC_ANY);
    /* Its memory, and that of the guest's stack (wasmc_sys_reserve). */
    WASMC_SYSCALL_ONLY(mmap, WASMC_NULL(0) | WASMC_HIGH_ZERO(2) | WASMC_HIGH_ZERO(3), WASMC_VALUE(2, PROT_NONE),
                       WASMC_FLAGS(3, MAP_PRIVATE | MAP_ANONYMOUS, MAP_NORESERVE), WASMC_VALUE(4, -1));
    WASMC_SYSCALL_ONLY(mprotect, WASMC_HIGH_ZERO(2), WASMC_VALUE(2, PROT_READ | PROT_WRITE), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL(munmap);
    /* Of its locks. That of the list of threads is not private: the kernel itself gives it back for a thread that ends. */
    WASMC_SYSCALL_ONLY(futex, 0, WASMC_FLAGS(1, FUTEX_WAIT, FUTEX_PRIVATE_FLAG), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_ONLY(futex, 0, WASMC_FLAGS(1, FUTEX_WAKE, FUTEX_PRIVATE_FLAG), WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL(rt_sigprocmask);
    WASMC_SYSCALL(exit);
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    int error = pthread_create(&thread, &attributes, run, argument);
    pthread_attr_destroy(&attributes);
    return -error;
}

void wasmc_sys_signal_stack(void *base, size_t bytes)
{
    WASMC_SYSCALL(sigaltstack);
    stack_t stack = {.ss_sp = base, .ss_size = bytes, .ss_flags = bytes == 0 ? SS_DISABLE : 0};
    sigaltstack(&stack, NULL);
}
