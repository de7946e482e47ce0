#include "dir_overlap.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "../ctx.h"
#include "../grants.h"
#include "../sys/start.h"
#include "../sys/sys.h"
#include "../text.h"
#include "mounts.h"

/* No path has more directories. */
#define DEPTH_LIMIT (PATH_MAX / 2)

/* What the search needs; too much for a small stack. */
struct search {
    const struct wasmc_ctx *ctx;
    struct wasmc_mounts mounts;
    char read_only_path[PATH_MAX];     /* of the host */
    char writable_path[PATH_MAX];
    char inner_path[2 * PATH_MAX];     /* in the file system, whatever mount shows it */
    char device[WASMC_MOUNT_DEVICE_BYTES];
};

/* The context's directory `fd` when it may be written or may not; else null. */
static const struct wasmc_desc *directory(const struct wasmc_ctx *ctx, uint32_t fd, bool read_only)
{
    const struct wasmc_desc *desc = ctx->fds.slots[fd];
    bool is_meant = desc != NULL && desc->kind == WASMC_DESC_DIRECTORY && desc->read_only == read_only;
    return is_meant ? desc : NULL;
}

static const struct wasmc_desc *find_writable(const struct wasmc_ctx *ctx,
                                              bool (*is_it)(const struct wasmc_desc *, void *), void *context)
{
    for (uint32_t fd = 0; fd < ctx->fds.slot_count; fd++) {
        const struct wasmc_desc *writable = directory(ctx, fd, false);
        if (writable != NULL && is_it(writable, context))
            return writable;
    }
    return NULL;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_directory(const struct wasmc_desc *writable, void *stat)
{
    struct stat own;
    return wasmc_sys_stat(writable->host, &own) == 0 && is_same(&own, stat);
}

/* The writable directory that is `read_only`, or one above it. What cannot be searched the guest cannot pass. */
static const struct wasmc_desc *find_above(const struct wasmc_ctx *ctx, const struct wasmc_desc *read_only)
{
    const struct wasmc_desc *found = NULL;
    struct stat stat;
    int dir = wasmc_sys_open_dir_ambient_at(read_only->host, ".", O_PATH);
    int result = dir < 0 ? dir : wasmc_sys_stat(dir, &stat);
    for (int depth = 0; result == 0 && depth < DEPTH_LIMIT; depth++) {
        found = find_writable(ctx, is_directory, &stat);
        if (found != NULL)
            break;
        struct stat below = stat;
        int above = wasmc_sys_open_dir_ambient_at(dir, "..", O_PATH);
        (void)wasmc_sys_close(dir);
        dir = above;
        result = dir < 0 ? dir : wasmc_sys_stat(dir, &stat);
        if (result == 0 && is_same(&stat, &below))
            break;
    }
    if (dir >= 0)
        (void)wasmc_sys_close(dir);
    return found;
}

/* Whether `path` is `dir` or lies in it. */
static bool lies_in(const char *path, const char *dir)
{
    size_t bytes = strlen(dir);
    if (bytes > 0 && dir[bytes - 1] == '/')
        bytes--;
    return strncmp(path, dir, bytes) == 0 && (path[bytes] == '\0' || path[bytes] == '/');
}

/* What of `path` is behind `dir`, which it lies in; starts with a slash or is empty. */
static const char *rest_behind(const char *path, const char *dir)
{
    size_t bytes = strlen(dir);
    return path + (bytes > 0 && dir[bytes - 1] == '/' ? bytes - 1 : bytes);
}

static void join(char *result, size_t room, const char *dir, const char *rest)
{
    size_t bytes = strlen(dir);
    if (bytes > 0 && dir[bytes - 1] == '/')
        bytes--;
    size_t rest_bytes = strlen(rest);
    result[0] = '\0';
    if (bytes + rest_bytes + 1 > room)
        return;
    memcpy(result, dir, bytes);
    memcpy(result + bytes, rest, rest_bytes + 1);
    if (result[0] == '\0')
        memcpy(result, "/", 2);
}

/* Where the read-only directory lies in its file system. */
static bool find_inner_path(struct search *search, const struct wasmc_desc *read_only)
{
    uint64_t id;
    if (!wasmc_mount_of(read_only->host, &id) ||
        !wasmc_mount_path(read_only->host, search->read_only_path, sizeof search->read_only_path) ||
        !wasmc_mounts_open(&search->mounts))
        return false;
    struct wasmc_mount mount;
    bool is_found = false;
    while (!is_found && wasmc_mounts_next(&search->mounts, &mount)) {
        if (mount.id != id || !lies_in(search->read_only_path, mount.point))
            continue;
        join(search->inner_path, sizeof search->inner_path, mount.root,
             rest_behind(search->read_only_path, mount.point));
        memcpy(search->device, mount.device, sizeof search->device);
        is_found = true;
    }
    wasmc_mounts_close(&search->mounts);
    return is_found;
}

/* Whether the path at which a mount shows the read-only directory lies in the writable one. */
static bool shows(const struct wasmc_desc *writable, void *context)
{
    struct search *search = context;
    return wasmc_mount_path(writable->host, search->writable_path, sizeof search->writable_path) &&
           lies_in(search->read_only_path, search->writable_path);
}

/* The writable directory in which a bind mount shows `read_only`, or something that holds it. */
static const struct wasmc_desc *find_mount(struct search *search, const struct wasmc_desc *read_only)
{
    if (!find_inner_path(search, read_only) || !wasmc_mounts_open(&search->mounts))
        return NULL;
    const struct wasmc_desc *found = NULL;
    struct wasmc_mount mount;
    while (found == NULL && wasmc_mounts_next(&search->mounts, &mount)) {
        if (strcmp(mount.device, search->device) != 0 || !lies_in(search->inner_path, mount.root))
            continue;
        join(search->read_only_path, sizeof search->read_only_path, mount.point,
             rest_behind(search->inner_path, mount.root));
        found = find_writable(search->ctx, shows, search);
    }
    wasmc_mounts_close(&search->mounts);
    return found;
}

/* The word that grants it. */
static const char *word_of(const struct wasmc_ctx *ctx, const struct wasmc_desc *desc)
{
    for (const struct wasmc_grant *grant = NULL;
         (grant = wasmc_grants_next(ctx->grants, WASMC_GRANT_DIR, grant)) != NULL;) {
        if (grant->dir.guest == desc->preopen_name)
            return grant->word;
    }
    return "";
}

static void put_word(struct wasmc_text *text, const char *before, const char *word)
{
    wasmc_text_string(text, before);
    wasmc_text_string(text, "'");
    wasmc_text_escaped(text, word, strlen(word), 400);
    wasmc_text_string(text, "'");
}

static _Noreturn void refuse(const struct wasmc_ctx *ctx, const struct wasmc_desc *read_only,
                             const struct wasmc_desc *writable)
{
    struct wasmc_text text;
    wasmc_text_begin_last(&text, WASMC_LAST_WORDS_MS);
    put_word(&text, "wasmc: --dir ", word_of(ctx, read_only));
    put_word(&text, " would not be read-only: --dir ", word_of(ctx, writable));
    wasmc_text_string(&text, " lets the program write there; give both ::ro, or grant directories beside each other\n");
    wasmc_text_flush(&text);
    wasmc_sys_exit(WASMC_EXIT_START);
}

static bool is_any(const struct wasmc_desc *writable, void *context)
{
    (void)writable;
    (void)context;
    return true;
}

void wasmc_dirs_start(const struct wasmc_ctx *ctx)
{
    struct search *search = NULL;
    for (uint32_t fd = 0; fd < ctx->fds.slot_count; fd++) {
        const struct wasmc_desc *read_only = directory(ctx, fd, true);
        if (read_only == NULL || find_writable(ctx, is_any, NULL) == NULL)
            continue;
        const struct wasmc_desc *writable = find_above(ctx, read_only);
        if (writable == NULL && search == NULL)
            search = wasmc_sys_map(sizeof *search);
        if (writable == NULL && search != NULL) {
            search->ctx = ctx;
            writable = find_mount(search, read_only);
        }
        if (writable != NULL)
            refuse(ctx, read_only, writable);
    }
    if (search != NULL)
        wasmc_sys_unmap(search, sizeof *search);
}
