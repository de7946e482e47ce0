/* pwd.h - the user database, which WASI does not have: nobody is ever found. */
#ifndef CORPUS_SHIM_PWD_H
#define CORPUS_SHIM_PWD_H

#include <stddef.h>
#include <sys/types.h>

struct passwd {
    char *pw_name;
    char *pw_dir;
};

static inline uid_t getuid(void)
{
    return 0;
}

static inline struct passwd *getpwuid(uid_t uid)
{
    (void)uid;
    return NULL;
}

static inline struct passwd *getpwnam(const char *name)
{
    (void)name;
    return NULL;
}

#endif
