/* absent_posix.h - POSIX calls that WASI has no counterpart of, for programs of the corpus.
 *
 * Forced into every file with -include. The programs use these calls to carry owner and mode from one file to
 * another, which WASI preview1 cannot express: the calls succeed and change nothing.
 */
#ifndef CORPUS_SHIM_ABSENT_POSIX_H
#define CORPUS_SHIM_ABSENT_POSIX_H

#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

static inline int corpus_chmod(const char *path, mode_t mode)
{
    (void)path, (void)mode;
    return 0;
}

static inline int corpus_fchmod(int fd, mode_t mode)
{
    (void)fd, (void)mode;
    return 0;
}

static inline int corpus_chown(const char *path, uid_t owner, gid_t group)
{
    (void)path, (void)owner, (void)group;
    return 0;
}

static inline int corpus_fchown(int fd, uid_t owner, gid_t group)
{
    (void)fd, (void)owner, (void)group;
    return 0;
}

static inline mode_t corpus_umask(mode_t mask)
{
    (void)mask;
    return 0;
}

static inline FILE *corpus_popen(const char *command, const char *mode)
{
    (void)command, (void)mode;
    return NULL;
}

static inline int corpus_pclose(FILE *stream)
{
    (void)stream;
    return -1;
}

static inline int corpus_system(const char *command)
{
    (void)command;
    return command == NULL ? 0 : -1;
}

static inline FILE *corpus_tmpfile(void)
{
    return NULL;
}

#define tmpfile corpus_tmpfile
#define chmod corpus_chmod
#define fchmod corpus_fchmod
#define chown corpus_chown
#define fchown corpus_fchown
#define umask corpus_umask
#define popen corpus_popen
#define pclose corpus_pclose
#define system corpus_system

#endif
