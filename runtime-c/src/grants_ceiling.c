/* grants_ceiling.c - programs that were built with --ceiling: what is baked in is the most they ever have.
 *
 * WASMC_GRANTS then selects and narrows. Of what comes in lists (directories, variables, sockets, ...) a program has
 * those that WASMC_GRANTS names when it names any, else all that are baked in; limits only shrink.
 */
#include "grants.h"

#include <string.h>

#include "sys/sys.h"

/* Grants of which a selection is made together, as a bit each. */
static uint32_t group_of(enum wasmc_grant_kind kind)
{
    switch (kind) {
    case WASMC_GRANT_DIR: return 1u << 0;
    case WASMC_GRANT_ENV:
    case WASMC_GRANT_INHERIT_ENV: return 1u << 1;
    case WASMC_GRANT_TCP_LISTEN:
    case WASMC_GRANT_LISTEN_FD: return 1u << 2;
    case WASMC_GRANT_ACCEPT_FROM: return 1u << 3;
    case WASMC_GRANT_INHERIT_STDIO: return 1u << 4;
    default: return 0;
    }
}

bool wasmc_ceiling_replaces(const struct wasmc_grants *grants, enum wasmc_grant_kind kind)
{
    return (grants->replaced & group_of(kind)) != 0;
}

void wasmc_ceiling_replace(struct wasmc_grants *grants, enum wasmc_grant_kind kind)
{
    uint32_t group = group_of(kind) & ~grants->replaced;
    if (group & group_of(WASMC_GRANT_INHERIT_ENV))
        grants->inherit_env = false;
    if (group & group_of(WASMC_GRANT_LISTEN_FD))
        grants->listen_fd = false;
    if (group & group_of(WASMC_GRANT_INHERIT_STDIO))
        grants->streams = 0;
    grants->replaced |= group;
}

static bool has_baked(const struct wasmc_grants *grants, enum wasmc_grant_kind kind, const char *value)
{
    struct wasmc_grant_cursor cursor = {0};
    struct wasmc_grant grant;
    while (wasmc_grants_next_of(grants, WASMC_GRANTS_BAKED, &cursor, &grant)) {
        if (grant.kind == kind && strcmp(grant.value, value) == 0)
            return true;
    }
    return false;
}

/* Whether a path has a component "..", which could lead out of what comes before it. */
static bool climbs(const char *path, size_t bytes)
{
    for (size_t at = 0; at < bytes;) {
        const char *slash = memchr(path + at, '/', bytes - at);
        size_t length = slash != NULL ? (size_t)(slash - path) - at : bytes - at;
        if (length == 2 && path[at] == '.' && path[at + 1] == '.')
            return true;
        at += length + 1;
    }
    return false;
}

/* The bytes of `path` that are `baked`, when the rest lies below it; else 0. Only the spelling counts, so that what
 * a link leads to later changes nothing. */
static size_t shared_bytes(const struct wasmc_dir_grant *baked, const struct wasmc_dir_grant *path)
{
    size_t bytes = baked->host_bytes;
    if (path->host_bytes < bytes || memcmp(path->host, baked->host, bytes) != 0)
        return 0;
    if (path->host_bytes > bytes && baked->host[bytes - 1] != '/' && path->host[bytes] != '/')
        return 0;
    return climbs(path->host + bytes, path->host_bytes - bytes) ? 0 : bytes;
}

size_t wasmc_ceiling_dir_bytes(const struct wasmc_grants *grants, const struct wasmc_dir_grant *dir)
{
    struct wasmc_grant_cursor cursor = {0};
    struct wasmc_grant grant;
    while (wasmc_grants_next_of(grants, WASMC_GRANTS_BAKED, &cursor, &grant)) {
        struct wasmc_dir_grant baked;
        struct wasmc_grant_error error;
        if (grant.kind != WASMC_GRANT_DIR || !wasmc_grants_parse_dir(grant.value, &baked, &error) ||
            (baked.read_only && !dir->read_only))
            continue;
        size_t bytes = shared_bytes(&baked, dir);
        if (bytes > 0)
            return bytes;
    }
    return 0;
}

static bool allows_dir(const struct wasmc_grants *baked, const char *word)
{
    struct wasmc_dir_grant dir;
    struct wasmc_grant_error error;
    return wasmc_grants_parse_dir(word, &dir, &error) && wasmc_ceiling_dir_bytes(baked, &dir) > 0;
}

/* A variable that is the starter's may have any value: the starter sets it. */
static bool allows_env(const struct wasmc_grants *baked, const char *word)
{
    if (baked->inherit_env || has_baked(baked, WASMC_GRANT_ENV, word))
        return true;
    size_t name_bytes = strcspn(word, "=");
    struct wasmc_grant_cursor cursor = {0};
    struct wasmc_grant grant;
    while (wasmc_grants_next_of(baked, WASMC_GRANTS_BAKED, &cursor, &grant)) {
        if (grant.kind == WASMC_GRANT_ENV && strlen(grant.value) == name_bytes &&
            memcmp(grant.value, word, name_bytes) == 0)
            return true;
    }
    return false;
}

/* 0 stands for the default, which is the program's own. */
static bool is_within(uint64_t value, uint64_t limit)
{
    return limit == 0 || value <= limit;
}

/* How much a mode of sealing enforces. */
static unsigned strictness(uint8_t seal)
{
    static const uint8_t order[] = {
        [WASMC_SEAL_OFF] = 0,
        [WASMC_SEAL_LOG] = 1,
        [WASMC_SEAL_AUTO] = 2,
        [WASMC_SEAL_REQUIRE] = 3,
    };
    return order[seal];
}

bool wasmc_ceiling_allows(const struct wasmc_grants *baked, const struct wasmc_grants *grants,
                          const struct wasmc_grant *grant)
{
    switch (grant->kind) {
    case WASMC_GRANT_DIR: return allows_dir(baked, grant->value);
    case WASMC_GRANT_ENV: return allows_env(baked, grant->value);
    case WASMC_GRANT_INHERIT_ENV: return baked->inherit_env;
    case WASMC_GRANT_LISTEN_FD: return baked->listen_fd;
    case WASMC_GRANT_INHERIT_STDIO: return (grants->streams & ~baked->streams) == 0;
    case WASMC_GRANT_TCP_LISTEN:
    case WASMC_GRANT_ACCEPT_FROM:
    case WASMC_GRANT_INVOKE: return has_baked(baked, grant->kind, grant->value);
    case WASMC_GRANT_MAX_MEMORY: return grants->max_memory_bytes <= baked->max_memory_bytes;
    case WASMC_GRANT_MAX_STACK: return is_within(grants->max_stack_bytes, baked->max_stack_bytes);
    case WASMC_GRANT_TIMEOUT: return is_within(grants->timeout_ns, baked->timeout_ns);
    case WASMC_GRANT_MAX_FILES: return is_within(grants->max_files, baked->max_files);
    case WASMC_GRANT_SEAL: return strictness(grants->seal) >= strictness(baked->seal);
    case WASMC_GRANT_ARGV0: /* whoever starts a program names it as he likes */
    case WASMC_GRANT_JSON: return true;
    case WASMC_GRANT_TRACE_WASI: return !wasmc_sys_is_privileged(); /* what such a program does is not the starter's */
    case WASMC_GRANT_ARG: /* those that are baked in stay as they are */
    case WASMC_GRANT_MODULE:
    case WASMC_GRANT_NOT_BUILT: break;
    }
    return false;
}
