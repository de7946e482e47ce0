/* source.h - the calls of a backtrace with their places in the source, of the tables in wasmc/source.h. Async-signal-safe. */
#ifndef WASMC_SRC_SOURCE_H
#define WASMC_SRC_SOURCE_H

#include "trap_place.h"

/* Writes a frame: what the module's compiler has inlined there comes first. */
void wasmc_source_put(struct wasmc_trap_frames *output, const struct wasmc_trap_place *place, uint32_t instance);

#endif
