/* module_number.c - the number of a module in a compiled program. */
#include "../runtime.h"
#include "channel.h"

uint32_t wasmc_net_module_number(const struct wasmc_ctx *ctx)
{
    uint32_t number = 0;
    while (number + 1 < wasmc_running->instance_count && wasmc_running->instances[number].ctx != ctx)
        number++;
    return number;
}
