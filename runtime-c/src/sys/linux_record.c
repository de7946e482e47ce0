/* linux_record.c - the file of programs that are recorded. */
#include <sys/mman.h>
#include <unistd.h>

#include "sys.h"

uint8_t *wasmc_sys_map_record(int fd, uint64_t *bytes)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0 || stat.st_size <= 0)
        return NULL;
    *bytes = (uint64_t)stat.st_size;
    void *base = mmap(NULL, (size_t)stat.st_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, 0);
    close(fd);
    return base != MAP_FAILED ? base : NULL;
}

int wasmc_sys_parent_id(void)
{
    return getppid();
}
