/* dir_overlap.h - grants of directories that contradict each other. */
#ifndef WASMC_WASI_DIR_OVERLAP_H
#define WASMC_WASI_DIR_OVERLAP_H

struct wasmc_ctx;

/* Start-up: ends the process with one clear line when a context's read-only directory is, or lies in, one that it may
 * write. Found by device and number of the directories above it, and, where /proc tells, in other places where what holds
 * it is mounted. The other way round both grants hold: a directory to be written in one that is otherwise read-only. Weak:
 * absent in a program without paths, which can do nothing with directories. */
void wasmc_dirs_start(const struct wasmc_ctx *ctx) __attribute__((weak));

#endif
