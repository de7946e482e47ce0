/* spin.h - looking again before waiting: what comes soon is there before this process would have been put to sleep and
 * woken, which takes tens of microseconds where a processor without work is given back to a host. Where it was in vain, as
 * when somebody else needs the processor, it is tried less and less often. */
#ifndef WASMC_NET_SPIN_H
#define WASMC_NET_SPIN_H

#include <stdbool.h>
#include <stdint.h>

/* Each look is a system call, of some tenths of a microsecond. */
#define WASMC_SPIN_LOOKS 100

struct wasmc_spin {
    uint32_t skipped; /* waits without looking that are left */
    uint32_t vain;    /* of the next that is in vain, so many are skipped */
};

/* Nobody looks while a program starts. */
#define WASMC_SPIN_FIRST {8, 1}
#define WASMC_SPIN_MOST 1024u

static inline bool wasmc_spin_is_worth(struct wasmc_spin *spin)
{
    if (spin->skipped == 0)
        return true;
    spin->skipped--;
    return false;
}

static inline void wasmc_spin_learn(struct wasmc_spin *spin, bool is_found)
{
    if (is_found) {
        spin->vain = 1;
        return;
    }
    spin->skipped = spin->vain;
    if (spin->vain < WASMC_SPIN_MOST)
        spin->vain *= 2;
}

#endif
