#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>

#include "../sys/sys.h"
#include "path_walk.h"

/* How often a resolution that raced with a rename is tried again. */
#define RACE_TRIES 16

/* What is known about openat2 on this host. Benign races: every thread finds the same. */
enum { OPENAT2_UNTRIED, OPENAT2_WORKS, OPENAT2_MISSING };
static int openat2_state;

/* Within one mount: what it opens is not on a procfs, as dir is not. */
static int try_openat2(int dir, const char *path, int flags, mode_t mode)
{
    const uint64_t resolve = WASMC_RESOLVE_BENEATH | WASMC_RESOLVE_NO_MAGICLINKS | WASMC_RESOLVE_NO_XDEV;
    /* A mode without O_CREAT is an error for openat2. */
    uint64_t mode_bits = flags & O_CREAT ? mode : 0;
    int result;
    for (int i = 0; i < RACE_TRIES; i++) {
        result = wasmc_sys_openat2(dir, path, (uint64_t)flags, mode_bits, resolve);
        if (result != -EAGAIN)
            break;
    }
    return result;
}

static void set_state(int state)
{
    __atomic_store_n(&openat2_state, state, __ATOMIC_RELAXED);
}

/* A seccomp profile may answer EPERM instead of ENOSYS; opening "." tells that from a real EPERM. */
static bool is_missing(int dir, int result)
{
    if (result == -ENOSYS)
        return true;
    if (result != -EPERM || __atomic_load_n(&openat2_state, __ATOMIC_RELAXED) == OPENAT2_WORKS)
        return false;
    int probe = try_openat2(dir, ".", O_PATH | O_DIRECTORY, 0);
    if (probe >= 0) {
        wasmc_sys_close(probe);
        set_state(OPENAT2_WORKS);
    }
    return probe == -EPERM;
}

bool wasmc_path_start(void)
{
    int probe = wasmc_sys_openat2(AT_FDCWD, "/", O_PATH | O_DIRECTORY, 0, WASMC_RESOLVE_NO_MAGICLINKS);
    if (probe < 0)
        return false; /* missing, or not to be had here: the first path tells */
    wasmc_sys_close(probe);
    set_state(OPENAT2_WORKS);
    return true;
}

int wasmc_path_open(int dir, const char *path, int flags, mode_t mode)
{
    bool has_openat2 = __atomic_load_n(&openat2_state, __ATOMIC_RELAXED) != OPENAT2_MISSING;
    if (has_openat2) {
        int result = try_openat2(dir, path, flags, mode);
        has_openat2 = !is_missing(dir, result);
        set_state(has_openat2 ? OPENAT2_WORKS : OPENAT2_MISSING);
        /* Where it does not lead out, it crosses a mount. */
        if (has_openat2 && result != -EXDEV)
            return result;
    }
    int result = wasmc_path_walk(dir, path, flags, mode, has_openat2);
    return result == -EXDEV ? -EPERM : result;
}

int wasmc_path_check_name(int dir, const char *name)
{
    int fd = wasmc_path_open(dir, name, O_PATH | O_NOFOLLOW, 0);
    return fd < 0 ? fd : wasmc_sys_close(fd);
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

int wasmc_path_open_parent(int dir, char *path, struct wasmc_path_parent *parent)
{
    size_t bytes = strlen(path);
    if (bytes == 0)
        return -ENOENT;
    if (path[0] == '/')
        return -EPERM;
    *parent = (struct wasmc_path_parent){.dir = dir};
    while (path[bytes - 1] == '/') { /* ends: the path does not start with one */
        path[--bytes] = '\0';
        parent->wants_dir = true;
    }
    char *slash = strrchr(path, '/');
    parent->name = slash != NULL ? slash + 1 : path;
    parent->is_dots = is_dots(parent->name);
    if (!parent->is_dots && slash == NULL)
        return 0;

    if (!parent->is_dots)
        *slash = '\0';
    int opened = wasmc_path_open(dir, path, O_PATH | O_DIRECTORY, 0);
    if (opened < 0)
        return opened;
    parent->dir = opened;
    parent->owns_dir = true;
    if (parent->is_dots)
        wasmc_path_close_parent(parent);
    return 0;
}

void wasmc_path_close_parent(struct wasmc_path_parent *parent)
{
    if (parent->owns_dir)
        wasmc_sys_close(parent->dir);
    parent->owns_dir = false;
}

/* Whether something is on the filesystem that dir is on. No other has its number as long as somebody has dir open. */
static bool is_beside(int dir, _Atomic uint64_t *device, const struct stat *stat)
{
    struct stat stat_of_dir;
    if (device == NULL)
        return false;
    uint64_t number = atomic_load_explicit(device, memory_order_relaxed);
    if (number == 0 && wasmc_sys_stat(dir, &stat_of_dir) == 0) {
        number = stat_of_dir.st_dev;
        atomic_store_explicit(device, number, memory_order_relaxed);
    }
    return number != 0 && number == stat->st_dev;
}

int wasmc_path_stat(int dir, _Atomic uint64_t *device, const char *path, bool follow, struct stat *stat)
{
    /* A plain name cannot leave the directory, and needs no descriptor. */
    if (path[0] != '\0' && strchr(path, '/') == NULL && !is_dots(path)) {
        int result = wasmc_sys_stat_at(dir, path, stat);
        if (result < 0 || (S_ISLNK(stat->st_mode) && !follow))
            return result;
        /* What occupies space, or is on the filesystem of its directory, is not where a procfs is mounted. */
        if (!S_ISLNK(stat->st_mode) && (stat->st_blocks != 0 || is_beside(dir, device, stat)))
            return 0;
    }
    int fd = wasmc_path_open(dir, path, O_PATH | (follow ? 0 : O_NOFOLLOW), 0);
    if (fd < 0)
        return fd;
    int result = wasmc_sys_stat(fd, stat);
    wasmc_sys_close(fd);
    return result;
}
