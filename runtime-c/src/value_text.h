/* value_text.h - values of the guest's, as --invoke and messages print them. */
#ifndef WASMC_VALUE_TEXT_H
#define WASMC_VALUE_TEXT_H

#include <stdint.h>

#include "text.h"

/* `kind` is the value's letter in the signatures of wasmc_export; WASMC_SLOTS_PER_VALUE slots hold it. */
void wasmc_value_put(struct wasmc_text *text, char kind, const uint64_t *slots);

#endif
