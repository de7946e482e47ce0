/* linux_exit.c - the end of the process. A file of its own: an embedder of the host functions, whose process
 * goes on, has another definition (host/attempt.c). */
#include <unistd.h>

#include "sys.h"
#include "syscalls.h"

_Noreturn void wasmc_sys_exit(int status)
{
    WASMC_SYSCALL(exit_group);
    _exit(status);
}
