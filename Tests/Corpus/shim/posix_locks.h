/* posix_locks.h - advisory record locks, which WASI does not have, for SQLite's Unix VFS.
 *
 * A program of the corpus is alone with its database, so a lock is always granted and a query always finds the
 * file unlocked.
 */
#ifndef CORPUS_SHIM_POSIX_LOCKS_H
#define CORPUS_SHIM_POSIX_LOCKS_H

#include <fcntl.h>
#include <stdarg.h>
#include <sys/types.h>
#include <unistd.h>

#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2
#define F_GETLK 5
#define F_SETLK 6
#define F_SETLKW 7

static inline int corpus_fcntl(int fd, int command, ...)
{
    va_list arguments;
    int result = 0;

    va_start(arguments, command);
    switch (command) {
    case F_GETLK:
        va_arg(arguments, struct flock *)->l_type = F_UNLCK;
        break;
    case F_SETLK:
    case F_SETLKW:
        break;
    default:
        result = fcntl(fd, command, va_arg(arguments, int));
        break;
    }
    va_end(arguments);
    return result;
}

static inline uid_t corpus_geteuid(void)
{
    return 0;
}

#define fcntl corpus_fcntl
#define geteuid corpus_geteuid

#endif
