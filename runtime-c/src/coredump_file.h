/* coredump_file.h - the file of --coredump. */
#ifndef WASMC_COREDUMP_FILE_H
#define WASMC_COREDUMP_FILE_H

#include "grants.h"
#include "wasmc/coredump.h"

/* Before the program is sealed: makes the file, which is empty when there is no trap. Ends the process with one clear
 * line when it cannot. */
void wasmc_coredump_open(const struct wasmc_grants *grants);

/* Writes the file, if there is one, as wasmc_coredump_write does; says so when it cannot. */
void wasmc_coredump_put(const struct wasmc_coredump_program *program,
                        void (*put_frames)(void *context, struct wasmc_coredump_frames *frames), void *context);

#endif
