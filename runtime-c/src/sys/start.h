/* start.h - system calls of start-up that programs make behind the seal, too, when they import what needs them. These have no
 * entry (syscalls.h), so that a program that does not import it may not make them. Convention of sys.h. */
#ifndef WASMC_SYS_START_H
#define WASMC_SYS_START_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/* Like those of sys.h without `start`. */
int wasmc_sys_start_make_accessible(void *base, size_t bytes);
void *wasmc_sys_start_map(size_t bytes);
int wasmc_sys_start_close(int fd);
int wasmc_sys_start_stat(int fd, struct stat *stat);
off_t wasmc_sys_start_seek(int fd, off_t offset, int whence);
int wasmc_sys_start_is_procfs(int fd);

uint64_t wasmc_sys_start_stack_limit(void); /* how large the kernel's stack of this process may become; 0: nobody knows */

/* Of a path of the host's, for grants. */
int wasmc_sys_open_ambient(const char *path, int flags);
int wasmc_sys_open_dir_ambient_at(int dir, const char *name, int flags); /* never follows a link */

#endif
