/* clones.c - which version of a function this CPU gets. It stands in a table of constants, and is chosen before what
 * relocation has written becomes read-only: no pointer to code is ever in memory that can be written while a guest runs. */
#include "clones.h"

#include "runtime.h"

/* The highest level that this CPU has; that it has the first one was checked. */
static uint32_t best_level(const struct wasmc_clones *clones)
{
    uint32_t level = clones->level_count - 1;
    while (level > 0 && wasmc_cpu_missing(clones->levels[level]) != NULL)
        level--;
    return level;
}

int __wrap_wasmc_sys_protect_constants(void)
{
    const struct wasmc_clones *clones = &wasmc_clones;
    uint32_t level = best_level(clones);
    for (uint32_t i = 0; level > 0 && i < clones->function_count; i++) {
        const void **versions = clones->code + (size_t)i * clones->level_count;
        versions[0] = versions[level];
    }
    return __real_wasmc_sys_protect_constants();
}
