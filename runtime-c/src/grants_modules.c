/* grants_modules.c - the grants of linked modules. Linked with -u wasmc_grants_start_module when there are any. */
#include "grants.h"

#include <string.h>

bool wasmc_grants_check_modules(const struct wasmc_grants *grants, bool (*is_module)(void *context, const char *name),
                                void *context, struct wasmc_grant_error *error)
{
    for (unsigned source = 0; source < WASMC_GRANT_SOURCE_COUNT; source++) {
        const struct wasmc_words *words = &grants->all[source];
        const struct wasmc_grants all = {.sources = {[0] = *words}};
        struct wasmc_grant_cursor cursor = {0};
        struct wasmc_grant grant;
        while (wasmc_grants_next_of(&all, 0, &cursor, &grant)) {
            if (grant.kind != WASMC_GRANT_MODULE)
                continue;
            if (!is_module(context, grant.value))
                return wasmc_grants_refuse(error, "--module ", grant.value, ": no linked module has this name");
            const char *begin = cursor.word + strlen(cursor.word) + 1;
            if (wasmc_grants_section(words, grant.value).first != begin)
                return wasmc_grants_refuse(error, "--module ", grant.value, " comes twice");
        }
    }
    return true;
}

bool wasmc_grants_accept_from(const struct wasmc_grants *grants, const char *name)
{
    struct wasmc_grant_cursor cursor = {0};
    struct wasmc_grant grant;
    while (wasmc_grants_next(grants, &cursor, &grant)) {
        if (grant.kind == WASMC_GRANT_ACCEPT_FROM && strcmp(grant.value, name) == 0)
            return true;
    }
    return false;
}

void wasmc_grants_start_module(struct wasmc_grants *grants, const struct wasmc_grants *program, const char *name)
{
    *grants = (struct wasmc_grants){
        .module = name,
        .max_memory_bytes = program->max_memory_bytes,
        .max_files = program->max_files,
        .is_ceiling = program->is_ceiling,
        .envp = program->envp,
    };
    for (unsigned source = 0; source < WASMC_GRANT_SOURCE_COUNT; source++)
        wasmc_grants_add_section(grants, source, &program->all[source]);
}
