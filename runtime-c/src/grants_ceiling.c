/* grants_ceiling.c - programs that were built with --ceiling: what is baked in is the most they ever have.
 *
 * WASMC_GRANTS then selects and narrows. Of what comes in lists (directories, variables, sockets, ...) a program has
 * those that WASMC_GRANTS names when it names any, else all that are baked in; limits only shrink. How each grant is
 * narrowed is a column of grants.def.
 */
#include "grants.h"

#include <string.h>

#include "net/ceiling_words.h"
#include "sys/sys.h"

/* The next baked grant of a list, whether it is replaced or not. */
static struct wasmc_grant *next_baked(const struct wasmc_grants *grants, enum wasmc_grant_id id,
                                      const struct wasmc_grant *previous)
{
    struct wasmc_grant *grant = previous != NULL ? previous->next : grants->first;
    while (grant != NULL && (grant->id != id || grant->source != WASMC_GRANTS_BAKED))
        grant = grant->next;
    return grant;
}

void wasmc_ceiling_replace(struct wasmc_grants *grants, const struct wasmc_option *option)
{
    if (option->group == WASMC_GRANT_NONE || (grants->replaced >> option->group & 1))
        return;
    grants->replaced |= UINT64_C(1) << option->group;
    for (unsigned id = 0; id < WASMC_GRANT_COUNT; id++) {
        if (wasmc_options[id].group == option->group)
            grants->given &= ~(UINT64_C(1) << id);
    }
    for (struct wasmc_grant *grant = grants->first; grant != NULL; grant = grant->next)
        grant->is_replaced |= wasmc_options[grant->id].group == option->group;
}

static bool has_baked(const struct wasmc_grants *baked, enum wasmc_grant_id id, const char *word)
{
    for (const struct wasmc_grant *grant = NULL; (grant = next_baked(baked, id, grant)) != NULL;) {
        if (strcmp(grant->word, word) == 0)
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

static bool allows_dir(const struct wasmc_grants *baked, struct wasmc_grant *granted)
{
    struct wasmc_dir_grant *dir = &granted->dir;
    for (const struct wasmc_grant *grant = NULL; (grant = next_baked(baked, granted->id, grant)) != NULL;) {
        if (!grant->dir.read_only || dir->read_only)
            dir->below_bytes = shared_bytes(&grant->dir, dir);
        if (dir->below_bytes > 0)
            return true;
    }
    return false;
}

/* A variable that is the starter's may have any value: the starter sets it. */
static bool allows_variable(const struct wasmc_grants *baked, enum wasmc_grant_id id, const char *word)
{
    if (wasmc_grants_have(baked, WASMC_GRANT_INHERIT_ENV) || has_baked(baked, id, word))
        return true;
    size_t name_bytes = strcspn(word, "=");
    for (const struct wasmc_grant *grant = NULL; (grant = next_baked(baked, id, grant)) != NULL;) {
        if (strlen(grant->word) == name_bytes && memcmp(grant->word, word, name_bytes) == 0)
            return true;
    }
    return false;
}

static bool allows_same(const struct wasmc_grants *baked, const struct wasmc_grants *grants,
                        const struct wasmc_option *option, const char *value)
{
    enum wasmc_grant_id id = wasmc_option_id(option);
    switch (option->value) {
    case WASMC_VALUE_FLAG: return wasmc_grants_have(baked, id);
    case WASMC_VALUE_WORD:
    case WASMC_VALUE_PREFIX: return wasmc_grants_have(baked, id) && strcmp(baked->values[id].word, value) == 0;
    case WASMC_VALUE_STREAM: return (grants->values[id].number & ~wasmc_grants_number(baked, id, 0)) == 0;
    default: return has_baked(baked, id, value);
    }
}

/* How much a mode of sealing enforces. */
static unsigned strictness(const struct wasmc_grants *grants)
{
    static const uint8_t order[] = {
        [WASMC_SEAL_OFF] = 0,
        [WASMC_SEAL_LOG] = 1,
        [WASMC_SEAL_AUTO] = 2,
        [WASMC_SEAL_REQUIRE] = 3,
    };
    return order[wasmc_grants_seal(grants)];
}

bool wasmc_ceiling_allows(const struct wasmc_grants *baked, struct wasmc_grants *grants,
                          const struct wasmc_option *option, const char *value)
{
    enum wasmc_grant_id id = wasmc_option_id(option);
    switch ((enum wasmc_grant_narrowing)option->narrowing) {
    case WASMC_NARROW_ANYTHING: return true;
    case WASMC_NARROW_SAME: return allows_same(baked, grants, option, value);
    case WASMC_NARROW_BELOW: return allows_dir(baked, grants->last);
    case WASMC_NARROW_STARTER: return allows_variable(baked, id, value);
    /* Without a baked number, the default is the program's own. */
    case WASMC_NARROW_AT_MOST: return grants->values[id].number <= wasmc_grants_number(baked, id, UINT64_MAX);
    case WASMC_NARROW_AT_LEAST: return strictness(grants) >= strictness(baked);
    case WASMC_NARROW_INCLUDED: return wasmc_net_words_include == NULL || wasmc_net_words_include(baked, id, value);
    case WASMC_NARROW_UNPRIVILEGED: return !wasmc_sys_is_privileged(); /* what such a program does is not the starter's */
    case WASMC_NARROW_NOTHING: break;
    }
    return false;
}
