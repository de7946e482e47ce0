/* value_text.h - values of the guest's, as --invoke and messages print them. */
#ifndef WASMC_VALUE_TEXT_H
#define WASMC_VALUE_TEXT_H

#include <stdint.h>

#include "text.h"
#include "wasmc/abi.h"

/* `kind` is the value's letter in the signatures of wasmc_export; WASMC_SLOTS_PER_VALUE slots hold it. */
void wasmc_value_put(struct wasmc_text *text, char kind, const uint64_t *slots);

/* The same for 'f', 'd' and 'v', which takes as much code as a small program has: linked where something brings it. */
void wasmc_value_put_number(struct wasmc_text *text, char kind, const uint64_t *slots) __attribute__((weak));

#endif
