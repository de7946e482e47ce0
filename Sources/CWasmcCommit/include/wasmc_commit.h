/* wasmc_commit.h - which commit of its sources the compiler was built from. */
#ifndef WASMC_COMMIT_H
#define WASMC_COMMIT_H

/* An abbreviated hash, with "-dirty" behind it when something had been changed; empty when nobody said (`swift build`
 * alone, sources without a repository). */
const char *wasmc_commit(void);

#endif
