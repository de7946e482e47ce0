/* path.h - the only place where a guest's path reaches the kernel.
 *
 * A guest path is resolved beneath a granted directory and never leaves it: not by "..", not by an
 * absolute path, not by a symbolic link, not by a race with a rename. openat2(2) does that in the
 * kernel (RESOLVE_BENEATH, RESOLVE_NO_MAGICLINKS); where it is missing (before Linux 5.6, some
 * seccomp profiles) a walk over one component at a time does, with the same results.
 *
 * Results follow sys.h: a descriptor or 0, or a negative errno. A path that would leave the
 * directory is -EPERM, and so is one that leads to a procfs or through it: procfs holds this process's own memory, code
 * included, and the host's environment, and tells of every other process. Whoever granted / did not mean that.
 */
#ifndef WASMC_WASI_PATH_H
#define WASMC_WASI_PATH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/* Opens a path beneath dir.
 *
 *   flags   open(2)'s; O_NOFOLLOW: a link at the end is not followed (but one before a trailing
 *           slash is, as everywhere in POSIX); O_CLOEXEC is implied
 *   mode    for O_CREAT
 */
int wasmc_path_open(int dir, const char *path, int flags, mode_t mode);

/* Finds out, once and before the guest runs, whether the kernel has openat2; a sealed program for which it is true may
 * not call openat. Weak: absent in a program without paths. */
bool wasmc_path_start(void) __attribute__((weak));

/* For calls that act on a name itself: 0 unless it is where a procfs is mounted (-EPERM), or is not there. A name that is a
 * mount of something else, or a link, is the host's to refuse. */
int wasmc_path_check_name(int dir, const char *name);

/* A path cut at its last component, for calls that act on a name in a directory. */
struct wasmc_path_parent {
    int dir;           /* the directory that holds the name */
    bool owns_dir;     /* wasmc_path_close_parent closes it */
    bool wants_dir;    /* the path ended with a slash */
    bool is_dots;      /* the name is "." or ".."; dir is not open then */
    const char *name;  /* without slashes; points into the path */
};

/* Cuts path (in place) and opens the directory that holds its last component. A path that ends with
 * "." or ".." is resolved as a whole, so that escapes are found, and is_dots is set.
 * Errors: -ENOENT the empty path; what resolving says. */
int wasmc_path_open_parent(int dir, char *path, struct wasmc_path_parent *parent);
void wasmc_path_close_parent(struct wasmc_path_parent *parent);

/* Metadata of a path; follow: of what a link at its end points to.
 *
 *   device   the number of dir's filesystem, or 0: it is filled in when it is needed; null: nobody keeps it */
int wasmc_path_stat(int dir, _Atomic uint64_t *device, const char *path, bool follow, struct stat *stat);

#endif
