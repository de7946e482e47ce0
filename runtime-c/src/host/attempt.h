/* attempt.h - code of the runtime that would end a compiled program ends an attempt here. */
#ifndef WASMC_HOST_ATTEMPT_H
#define WASMC_HOST_ATTEMPT_H

#include "wasmc_host.h"

/* Calls function(argument) and comes back from traps and from the end of the process it asks for. Between
 * this call and whatever ends it there must be C frames only: they are left by longjmp. */
void wasmc_host_attempt(void (*function)(void *), void *argument, struct wasmc_host_outcome *outcome);

#endif
