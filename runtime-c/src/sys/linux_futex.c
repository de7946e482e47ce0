/* linux_futex.c - waiting for a word of memory. */
#include <time.h>

#include "linux.h"
#include "sys.h"

/* Of linux/futex.h, which musl does not bring. */
#define FUTEX_WAKE 1
#define FUTEX_WAIT_BITSET 9
#define FUTEX_PRIVATE_FLAG 128
#define FUTEX_BITSET_MATCH_ANY UINT32_C(0xffffffff)

int wasmc_sys_futex_wait(uint32_t *word, uint32_t value, const struct timespec *deadline)
{
    /* Of the operations only this one takes a deadline, and not a duration that a signal would begin anew. */
    WASMC_SYSCALL_ONLY(futex, 0, WASMC_VALUE(1, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG), WASMC_ANY, WASMC_ANY);
    return (int)result_of(syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, value, deadline, NULL,
                                  FUTEX_BITSET_MATCH_ANY));
}

void wasmc_sys_futex_wake(uint32_t *word)
{
    WASMC_SYSCALL_ONLY(futex, 0, WASMC_VALUE(1, FUTEX_WAKE | FUTEX_PRIVATE_FLAG), WASMC_VALUE(2, 1), WASMC_ANY);
    syscall(SYS_futex, word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
}
