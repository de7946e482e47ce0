/* path_walk.h - path resolution without openat2: one component at a time, on O_PATH descriptors. */
#ifndef WASMC_WASI_PATH_WALK_H
#define WASMC_WASI_PATH_WALK_H

#include <sys/types.h>

/* As wasmc_path_open, but a path that would leave dir is -EXDEV, as the kernel says it. */
int wasmc_path_walk(int dir, const char *path, int flags, mode_t mode);

#endif
