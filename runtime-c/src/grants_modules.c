/* grants_modules.c - the grants of linked modules. Linked with -u wasmc_grants_start_module when there are any. */
#include "grants.h"

#include <string.h>

bool wasmc_grants_check_modules(const struct wasmc_grants *grants, bool (*is_module)(void *context, const char *name),
                                void *context, struct wasmc_grant_error *error)
{
    for (unsigned source = 0; source < WASMC_GRANT_SOURCE_COUNT; source++) {
        const struct wasmc_words *words = &grants->all[source];
        struct wasmc_word_cursor cursor = {0};
        struct wasmc_option_word word;
        struct wasmc_grant_error unused;
        while (wasmc_words_next(words, &cursor, &word, &unused) == WASMC_WORDS_OPTION) {
            if (word.option->value != WASMC_VALUE_SECTION)
                continue;
            if (!is_module(context, word.value))
                return wasmc_grants_refuse(error, word.option->name, word.value, ": no linked module has this name");
            const char *begin = cursor.word + strlen(cursor.word) + 1;
            if (wasmc_words_section(words, word.value).first != begin)
                return wasmc_grants_refuse(error, word.option->name, word.value, " comes twice");
        }
    }
    return true;
}

bool wasmc_grants_accept_from(const struct wasmc_grants *grants, const char *name)
{
    for (const struct wasmc_grant *grant = NULL;
         (grant = wasmc_grants_next(grants, WASMC_GRANT_ACCEPT_FROM, grant)) != NULL;) {
        if (strcmp(grant->word, name) == 0)
            return true;
    }
    return false;
}

void wasmc_grants_start_module(struct wasmc_grants *grants, const struct wasmc_grants *program, const char *name)
{
    *grants = (struct wasmc_grants){.module = name, .is_ceiling = program->is_ceiling, .envp = program->envp};
    for (unsigned id = 0; id < WASMC_GRANT_COUNT; id++) {
        const struct wasmc_option *option = &wasmc_options[id];
        if (option->scope != WASMC_SCOPE_EACH || !wasmc_option_is_number(option) || !wasmc_grants_have(program, id))
            continue;
        grants->values[id] = program->values[id];
        grants->given |= UINT64_C(1) << id;
    }
    for (unsigned source = 0; source < WASMC_GRANT_SOURCE_COUNT; source++)
        wasmc_grants_add_section(grants, source, &program->all[source]);
}
