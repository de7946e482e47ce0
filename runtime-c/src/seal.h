/* seal.h - --seal: before the guest's first instruction, the kernel is told what the program may do at most. */
#ifndef WASMC_SEAL_H
#define WASMC_SEAL_H

struct wasmc_grants;
struct wasmc_program;

/* First, before anything is opened: closes what the starter left open. Ends the process when that is required and the
 * kernel cannot. */
void wasmc_seal_descriptors(const struct wasmc_grants *grants);

/* Last, when every granted thing is open and every memory is reserved. */
void wasmc_seal(const struct wasmc_program *program, const struct wasmc_grants *grants);

#endif
