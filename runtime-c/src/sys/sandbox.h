/* sandbox.h - what the kernel can be told to enforce. Convention of sys.h: 0 or a negative errno. */
#ifndef WASMC_SYS_SANDBOX_H
#define WASMC_SYS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "syscalls.h"

/* Closes every descriptor from `first` on. -ENOSYS: a kernel before 5.9, and too many could be open. */
int wasmc_sys_close_from(int first);

/* No program started from here gains privileges; a condition of the others. */
int wasmc_sys_no_new_privileges(void);

/* From here on no memory that can be or could be written becomes executable, whatever the filter of system calls lets
 * through.
 *
 *   only_ask   whether the kernel could
 *
 * -EINVAL: a kernel before 6.3. */
int wasmc_sys_deny_write_execute(bool only_ask);

/* The kernel's version of Landlock, at least 1, or a negative errno. */
int wasmc_sys_landlock_version(void);

/* Versions that what a sealed program does depends on. */
#define WASMC_LANDLOCK_RENAMES 2 /* before, renaming into another directory cannot be allowed */

/* A directory that stays reachable. */
struct wasmc_landlock_dir {
    int fd;
    bool read_only;
};

/* From here on, only what lies below these directories can be opened, made, renamed or removed, TCP can neither bind
 * nor connect, and abstract sockets and signals reach this process only: as far as `version` has that. */
int wasmc_sys_landlock(int version, const struct wasmc_landlock_dir *dirs, size_t count);

/* The same, but for TCP. */
int wasmc_sys_landlock_files(int version, const struct wasmc_landlock_dir *dirs, size_t count);

/* The same with no directory, and TCP may connect to these ports. */
int wasmc_sys_landlock_ports(int version, const uint16_t *ports, size_t count);

/* What happens at a system call that the program has no entry for (syscalls.h). */
enum wasmc_seccomp_action { WASMC_SECCOMP_KILL, WASMC_SECCOMP_LOG };

/* Installs the filter of the linked system calls of a role.
 *
 *   without_openat   leaves openat out: the kernel has openat2
 *
 * Returns how many different calls the filter lets through, or a negative errno.
 */
int wasmc_sys_seccomp(enum wasmc_seccomp_action action, enum wasmc_role role, bool without_openat);

#endif
