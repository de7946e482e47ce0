/* path_walk.h - path resolution one component at a time, on O_PATH descriptors: where openat2 is missing, and across
 * mounts, as each that is entered is asked whether it is a procfs. */
#ifndef WASMC_WASI_PATH_WALK_H
#define WASMC_WASI_PATH_WALK_H

#include <stdbool.h>
#include <sys/types.h>

/* As wasmc_path_open, but a path that would leave dir is -EXDEV, as the kernel says it. dir is not on a procfs.
 *
 *   has_openat2   the kernel has it, and a sealed program may not call openat
 */
int wasmc_path_walk(int dir, const char *path, int flags, mode_t mode, bool has_openat2);

#endif
