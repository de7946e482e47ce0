/* linux_coredump.c - what a core dump of the guest needs of the host. */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "linux.h"
#include "sys.h"

int wasmc_sys_create_ambient(const char *path)
{
    long fd;
    /* A pipe would wait for a reader. What a guest has in memory is for the user's eyes, as in core files of the system's. */
    RETRY(fd, open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600));
    if (fd == -ENXIO)
        return -EINVAL;
    /* The filter needs none of this. */
    int file = (int)fd;
    if (file >= 0 && file <= 2) {
        file = (int)result_of(fcntl((int)fd, F_DUPFD_CLOEXEC, 3));
        close((int)fd);
    }
    struct stat status;
    if (file < 0 || (fstat(file, &status) == 0 && S_ISREG(status.st_mode)))
        return file;
    close(file);
    return -EINVAL;
}

void wasmc_sys_stop_timer(void)
{
    WASMC_SYSCALL_ONLY(setitimer, WASMC_NULL(2), WASMC_VALUE(0, ITIMER_REAL), WASMC_ANY, WASMC_ANY);
    const struct itimerval never = {0};
    setitimer(ITIMER_REAL, &never, NULL);
}
