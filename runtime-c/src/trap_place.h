/* trap_place.h - where a trap happened, as its message says it: the same for compiled and interpreted programs. */
#ifndef WASMC_TRAP_PLACE_H
#define WASMC_TRAP_PLACE_H

#include <stdint.h>

#include "text.h"

struct wasmc_trap_place {
    uint32_t module_offset;
    uint32_t func_index;
    const char *func_name; /* UTF-8, or "" for a function without a name; null: do not name the function */
};

/* Fields of a message. */
void wasmc_trap_put_place(struct wasmc_text *text, const struct wasmc_trap_place *place);
void wasmc_trap_put_call(struct wasmc_text *text, const char *call);

#endif
