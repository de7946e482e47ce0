/* guest.h - what the hostile guests share: raw calls of WASI preview1 and a line for each case. Nothing of libc that
 * resolves paths itself: what the runtime gets is what stands here. */
#ifndef HOSTILE_GUEST_H
#define HOSTILE_GUEST_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wasi/api.h>

/* The granted directories, in the order of the grants. */
enum { GRANTED = 3, READ_ONLY = 4 };

#define ALL_RIGHTS (~UINT64_C(0))
#define READS __WASI_RIGHTS_FD_READ
#define WRITES (__WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_WRITE)
#define FOLLOW __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW

#define ERRNO(name) __WASI_ERRNO_##name

static inline void report(const char *group, const char *what, const char *how, int is_right, unsigned got,
                          unsigned expected)
{
    printf("%s %s/%s%s%s", is_right ? "ok" : "FAIL", group, what, how[0] != '\0' ? " " : "", how);
    if (!is_right)
        printf(": %u, expected %u", got, expected);
    printf("\n");
}

/* A case: an errno that must be this one. */
static inline void expect(const char *group, const char *what, const char *how, unsigned got, unsigned expected)
{
    report(group, what, how, got == expected, got, expected);
}

/* A case: something that must hold. */
static inline void hold(const char *group, const char *what, int condition)
{
    report(group, what, "", condition, 0, 1);
}

/* Opens a path and closes what was opened: the errno. */
static inline unsigned try_open(__wasi_fd_t dir, unsigned lookup, const char *path, unsigned oflags, uint64_t rights)
{
    __wasi_fd_t fd;
    unsigned error = __wasi_path_open(dir, lookup, path, (__wasi_oflags_t)oflags, rights, ALL_RIGHTS, 0, &fd);
    if (error == 0)
        (void)__wasi_fd_close(fd);
    return error;
}

static inline __wasi_fd_t must_open(__wasi_fd_t dir, const char *path, unsigned oflags, uint64_t rights)
{
    __wasi_fd_t fd = UINT32_MAX;
    unsigned error = __wasi_path_open(dir, FOLLOW, path, (__wasi_oflags_t)oflags, rights, ALL_RIGHTS, 0, &fd);
    if (error != 0)
        printf("FAIL opening %s: %u\n", path, error);
    return fd;
}

#endif
