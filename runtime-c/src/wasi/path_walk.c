#include "path_walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>

#include "../sys/sys.h"

/* Linux's own limit on links in one path. */
#define LINK_LIMIT 40

/* A link's text is shorter: Linux's PATH_MAX. */
#define LINK_BYTES 4096

/* What is left to walk, after links were put in front of it: in the walk itself, and as long as it can become. */
#define REST_BYTES 8192
#define LONG_REST_BYTES ((LINK_LIMIT + 2) * LINK_BYTES)

/* Directories from `dir` down; ".." goes back to one that is open, and never asks the kernel for
 * "..", which a concurrent rename could make lead outside. */
#define DEPTH_LIMIT 512

/* How often a last component is looked at again when it turns into a link under us. */
#define RACE_TRIES 16

struct walk {
    bool has_openat2;
    int fds[DEPTH_LIMIT]; /* fds[0] is the caller's */
    int depth;            /* index of the directory we are in */
    int links;
    char *rest;           /* in buffer; starts with a component or is empty */
    char *buffer;         /* of buffer_bytes: short_buffer, or mapped */
    size_t buffer_bytes;
    char short_buffer[REST_BYTES];
};

static int current(const struct walk *walk)
{
    return walk->fds[walk->depth];
}

static int push(struct walk *walk, int fd)
{
    if (walk->depth + 1 == DEPTH_LIMIT) {
        wasmc_sys_close(fd);
        return -ENAMETOOLONG;
    }
    walk->fds[++walk->depth] = fd;
    return 0;
}

static int pop(struct walk *walk)
{
    if (walk->depth == 0)
        return -EXDEV;
    wasmc_sys_close(walk->fds[walk->depth--]);
    return 0;
}

/* Moves the rest to where every rest fits. */
static int lengthen(struct walk *walk)
{
    char *buffer = wasmc_sys_map(LONG_REST_BYTES);
    if (buffer == NULL)
        return -ENOMEM;
    memcpy(buffer, walk->rest, strlen(walk->rest) + 1);
    walk->rest = buffer;
    walk->buffer = buffer;
    walk->buffer_bytes = LONG_REST_BYTES;
    return 0;
}

/* Puts the text of a link in front of the rest. bytes is its length, or what reading it said. */
static int expand(struct walk *walk, const char *content, ssize_t bytes)
{
    if (bytes < 0)
        return (int)bytes;
    if (bytes == 0)
        return -ENOENT;
    if (++walk->links > LINK_LIMIT)
        return -ELOOP;
    if (content[0] == '/')
        return -EXDEV;
    size_t rest_bytes = strlen(walk->rest);
    if ((size_t)bytes + 1 + rest_bytes + 1 > walk->buffer_bytes) {
        int result = walk->buffer == walk->short_buffer ? lengthen(walk) : -ENAMETOOLONG;
        if (result < 0)
            return result;
    }
    bool has_rest = rest_bytes > 0;
    memmove(walk->buffer + bytes + (has_rest ? 1 : 0), walk->rest, rest_bytes + 1);
    memcpy(walk->buffer, content, (size_t)bytes);
    if (has_rest)
        walk->buffer[bytes] = '/';
    walk->rest = walk->buffer;
    return 0;
}

/* The next component, cut out of the rest. */
struct component {
    char name[LINK_BYTES]; /* how long a name may be, the host knows */
    bool is_last;   /* nothing but slashes follows */
    bool has_slash; /* a slash follows */
};

static int take_component(struct walk *walk, struct component *component)
{
    size_t bytes = strcspn(walk->rest, "/");
    if (bytes >= sizeof component->name)
        return -ENAMETOOLONG;
    memcpy(component->name, walk->rest, bytes);
    component->name[bytes] = '\0';
    walk->rest += bytes;
    component->has_slash = *walk->rest == '/';
    walk->rest += strspn(walk->rest, "/");
    component->is_last = *walk->rest == '\0';
    return 0;
}

static ssize_t read_link(int dir, const char *name, char *content)
{
    ssize_t bytes = wasmc_sys_read_link_at(dir, name, content, LINK_BYTES);
    return bytes == LINK_BYTES ? -ENAMETOOLONG : bytes;
}

/* Opens one component, never through a link. */
static int open_name(const struct walk *walk, const char *name, int flags, mode_t mode)
{
    flags |= O_NOFOLLOW;
    if (!walk->has_openat2)
        return wasmc_sys_openat(current(walk), name, flags, mode);
    return wasmc_sys_openat2(current(walk), name, (uint64_t)flags, flags & O_CREAT ? mode : 0,
                             WASMC_RESOLVE_BENEATH | WASMC_RESOLVE_NO_MAGICLINKS);
}

/* The descriptor, or -EPERM when it is on a procfs: it is closed then. */
static int refuse_procfs(int fd)
{
    int result = wasmc_sys_is_procfs(fd);
    if (result == 0)
        return fd;
    wasmc_sys_close(fd);
    return result == 1 ? -EPERM : result;
}

/* Walks into a component that something follows and that is no directory: a link, at best. */
static int enter_link(struct walk *walk, const char *name)
{
    int fd = open_name(walk, name, O_PATH, 0);
    if (fd < 0)
        return fd;
    struct stat stat;
    int result = wasmc_sys_stat(fd, &stat);
    if (result == 0 && S_ISLNK(stat.st_mode)) {
        char content[LINK_BYTES];
        result = expand(walk, content, read_link(fd, "", content));
    } else if (result == 0) {
        result = -ENOTDIR;
    }
    wasmc_sys_close(fd);
    return result;
}

/* Walks into a component that something follows: a directory, or a link to one. */
static int enter(struct walk *walk, const char *name)
{
    /* A directory that is mounted when somebody comes is mounted by this. */
    int fd = open_name(walk, name, O_PATH | O_DIRECTORY, 0);
    if (fd == -ENOTDIR)
        return enter_link(walk, name);
    if (fd >= 0)
        fd = refuse_procfs(fd);
    return fd < 0 ? fd : push(walk, fd);
}

enum { WALK_ON = -1000000 }; /* not an errno: the last component was a link, now expanded */

/* Opens the last component. */
static int open_last(struct walk *walk, const char *name, int flags, mode_t mode)
{
    bool exclusive = (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL);
    bool follows = !(flags & O_NOFOLLOW) && !exclusive;
    for (int i = 0; i < RACE_TRIES; i++) {
        struct stat stat;
        if (follows && wasmc_sys_stat_at(current(walk), name, &stat) == 0 && S_ISLNK(stat.st_mode)) {
            char content[LINK_BYTES];
            int result = expand(walk, content, read_link(current(walk), name, content));
            return result == 0 ? WALK_ON : result;
        }
        int fd = open_name(walk, name, flags, mode);
        if (!follows)
            return fd;
        if (fd >= 0) {
            /* O_PATH opens a link itself; one that came just now is looked at again. */
            if (!(flags & O_PATH) || wasmc_sys_stat(fd, &stat) < 0 || !S_ISLNK(stat.st_mode))
                return fd;
            wasmc_sys_close(fd);
        } else if (fd != -ELOOP && !(fd == -ENOTDIR && (flags & O_DIRECTORY))) {
            return fd;
        } else if (wasmc_sys_stat_at(current(walk), name, &stat) < 0 || !S_ISLNK(stat.st_mode)) {
            return fd;
        }
    }
    return -EAGAIN;
}

/* One component. WALK_ON: there is more to do. */
static int step(struct walk *walk, int flags, mode_t mode)
{
    struct component component;
    int result = take_component(walk, &component);
    if (result < 0)
        return result;
    if (strcmp(component.name, ".") == 0) {
        result = 0;
    } else if (strcmp(component.name, "..") == 0) {
        result = pop(walk);
    } else if (component.is_last && !component.has_slash) {
        return open_last(walk, component.name, flags, mode);
    } else if (component.is_last && (flags & O_CREAT)) {
        return -EISDIR; /* as the kernel: a name with a slash behind it cannot be created as a file */
    } else {
        if (component.is_last)
            walk->rest--; /* the slash stays: what a link here points to must be a directory, too */
        result = enter(walk, component.name);
        walk->rest += strspn(walk->rest, "/");
    }
    if (result < 0)
        return result;
    /* The path ends with a directory that we are in. */
    return *walk->rest == '\0' ? open_name(walk, ".", flags, mode) : WALK_ON;
}

int wasmc_path_walk(int dir, const char *path, int flags, mode_t mode, bool has_openat2)
{
    struct walk walk;
    size_t bytes = strlen(path);
    if (bytes == 0)
        return -ENOENT;
    if (path[0] == '/')
        return -EXDEV;
    if (bytes >= REST_BYTES)
        return -ENAMETOOLONG;
    walk.has_openat2 = has_openat2;
    walk.fds[0] = dir;
    walk.depth = 0;
    walk.links = 0;
    walk.buffer = walk.short_buffer;
    walk.buffer_bytes = sizeof walk.short_buffer;
    memcpy(walk.buffer, path, bytes + 1);
    walk.rest = walk.buffer;
    int result;
    do {
        result = step(&walk, flags, mode);
    } while (result == WALK_ON);
    while (walk.depth > 0)
        (void)pop(&walk);
    if (walk.buffer != walk.short_buffer)
        wasmc_sys_unmap(walk.buffer, walk.buffer_bytes);
    return result >= 0 ? refuse_procfs(result) : result;
}
