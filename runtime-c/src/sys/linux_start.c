/* linux_start.c - start.h on Linux. */
#include "start.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "linux.h"

int wasmc_sys_start_make_accessible(void *base, size_t bytes)
{
    return make_accessible(base, bytes);
}

void *wasmc_sys_start_map(size_t bytes)
{
    return map_zeroed(bytes);
}

int wasmc_sys_start_close(int fd)
{
    return (int)result_of(close(fd));
}

int wasmc_sys_start_stat(int fd, struct stat *stat)
{
    return stat_of(fd, stat);
}

off_t wasmc_sys_start_seek(int fd, off_t offset, int whence)
{
    return result_of(lseek(fd, offset, whence));
}

int wasmc_sys_start_is_procfs(int fd)
{
    return is_procfs(fd);
}

uint64_t wasmc_sys_start_stack_limit(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_STACK, &limit) == 0 ? limit.rlim_cur : 0;
}

int wasmc_sys_open_ambient(const char *path, int flags)
{
    long fd;
    RETRY(fd, open(path, flags | O_CLOEXEC));
    return start_above_standard_streams(fd);
}

int wasmc_sys_open_dir_ambient_at(int dir, const char *name, int flags)
{
    long fd;
    RETRY(fd, openat(dir, name, flags | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    return start_above_standard_streams(fd);
}
