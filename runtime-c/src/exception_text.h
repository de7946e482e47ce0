/* exception_text.h - an exception that nothing has caught, as the message of its trap says it: the same for compiled and
 * interpreted programs. */
#ifndef WASMC_EXCEPTION_TEXT_H
#define WASMC_EXCEPTION_TEXT_H

#include <stdint.h>

#include "text.h"

/* The message, without a place: the phrase, the tag's name and, in parentheses, the values.
 *
 *   signature   letters of the values, as in wasmc_tag
 *   slots       WASMC_SLOTS_PER_VALUE for each
 */
void wasmc_exception_put(struct wasmc_text *text, const char *name, const char *signature, const uint64_t *slots);

#endif
