#include "grants.h"

#include <limits.h>
#include <string.h>

#include "runtime.h"
#include "sys/sys.h"
#include "text.h"

/* More sockets than that nobody passes. */
#define LISTEN_FDS_LIMIT 512

const struct wasmc_grant *wasmc_grants_next(const struct wasmc_grants *grants, enum wasmc_grant_id id,
                                            const struct wasmc_grant *previous)
{
    const struct wasmc_grant *grant = previous != NULL ? previous->next : grants->first;
    while (grant != NULL && (grant->id != id || grant->is_replaced))
        grant = grant->next;
    return grant;
}

/* A grant's words, and what is wrong with them if anything is. */
struct taking {
    struct wasmc_grants *grants;
    const struct wasmc_option *option;
    const char *value;
    struct wasmc_grant_error *error;
};

static bool refuse_value(const struct taking *taking, const char *after)
{
    return wasmc_grants_refuse(taking->error, taking->option->name, taking->value, after);
}

static bool take_number(const struct taking *taking, bool is_number, uint64_t number)
{
    if (!is_number || number < taking->option->least)
        return refuse_value(taking, wasmc_option_form(taking->option));
    enum wasmc_grant_id id = wasmc_option_id(taking->option);
    taking->grants->values[id].number = number;
    taking->grants->given |= UINT64_C(1) << id;
    return true;
}

static bool take_word(const struct taking *taking)
{
    enum wasmc_grant_id id = wasmc_option_id(taking->option);
    taking->grants->values[id].word = taking->value;
    taking->grants->given |= UINT64_C(1) << id;
    return true;
}

static bool take_stream(const struct taking *taking)
{
    uint64_t streams = wasmc_grants_number(taking->grants, wasmc_option_id(taking->option), 0);
    int stream = wasmc_grants_parse_stream(taking->value);
    return take_number(taking, stream >= 0, streams | UINT64_C(1) << (stream & 63));
}

/* Adds a grant of a list. */
static bool take_one(const struct taking *taking, enum wasmc_grant_source source)
{
    struct wasmc_grants *grants = taking->grants;
    struct wasmc_grant grant = {
        .word = taking->value,
        .id = (uint8_t)wasmc_option_id(taking->option),
        .source = (uint8_t)source,
    };
    const char *wrong = NULL;
    if (taking->option->value == WASMC_VALUE_DIRECTORY)
        wrong = wasmc_grants_parse_dir(taking->value, &grant.dir);
    else if (taking->option->value == WASMC_VALUE_VARIABLE && !wasmc_grants_is_variable(taking->value))
        wrong = wasmc_option_form(taking->option);
    if (wrong != NULL)
        return refuse_value(taking, wrong);
    struct wasmc_grant *added = wasmc_arena_start_allocate(sizeof *added);
    if (added == NULL)
        return refuse_value(taking, ": the host refuses the memory for it");
    *added = grant;
    if (grants->last != NULL)
        grants->last->next = added;
    else
        grants->first = added;
    grants->last = added;
    return true;
}

static bool take(const struct taking *taking, enum wasmc_grant_source source)
{
    uint64_t number = 0;
    int small;
    switch ((enum wasmc_grant_value)taking->option->value) {
    case WASMC_VALUE_FLAG:
        /* Also for what is wrong with the words behind it. */
        if (wasmc_option_id(taking->option) == WASMC_GRANT_JSON)
            wasmc_messages_are_json = 1;
        return take_number(taking, true, 1);
    case WASMC_VALUE_WORD:
    case WASMC_VALUE_PREFIX: return take_word(taking);
    case WASMC_VALUE_SIZE: return take_number(taking, wasmc_grants_parse_size(taking->value, &number), number);
    case WASMC_VALUE_DURATION: return take_number(taking, wasmc_grants_parse_duration(taking->value, &number), number);
    case WASMC_VALUE_COUNT:
        small = wasmc_grants_parse_count(taking->value, taking->option->most);
        return take_number(taking, small >= 0, (uint64_t)small);
    case WASMC_VALUE_MODE:
        small = wasmc_grants_parse_seal(taking->value);
        return take_number(taking, small >= 0, (uint64_t)small);
    case WASMC_VALUE_STREAM: return take_stream(taking);
    case WASMC_VALUE_WORDS:
    case WASMC_VALUE_DIRECTORY:
    case WASMC_VALUE_VARIABLE:
    /* Whoever asks for these checks them (wasi/sock_listen.c, net): programs without sockets have no grammar for them. */
    case WASMC_VALUE_ADDRESS:
    case WASMC_VALUE_OUTBOUND:
    case WASMC_VALUE_INBOUND:
    case WASMC_VALUE_PATTERN:
    case WASMC_VALUE_FORWARD:
        return take_one(taking, source);
    case WASMC_VALUE_SECTION: /* begins a section, see wasmc_words_section */
    case WASMC_VALUE_REFUSED: /* by name already */
    case WASMC_VALUE_REFUSED_FLAG: break;
    }
    return wasmc_grants_refuse(taking->error, "unexpected option ", taking->option->name, "");
}

static bool check_scope(const struct taking *taking)
{
    unsigned scope = taking->option->scope;
    const char *name = taking->option->name;
    if (taking->grants->module != NULL && !(scope & WASMC_SCOPE_LINKED))
        return wasmc_grants_refuse(taking->error, "option ", name, " is the program's, not a linked module's");
    if (taking->grants->module == NULL && !(scope & WASMC_SCOPE_PROGRAM))
        return wasmc_grants_refuse(taking->error, "option ", name, " is a linked module's, behind --module NAME");
    return true;
}

/* Takes over a grant of WASMC_GRANTS that what is baked in allows. */
static bool take_bounded(const struct taking *taking, const struct wasmc_grants *baked)
{
    wasmc_ceiling_replace(taking->grants, taking->option);
    if (!take(taking, WASMC_GRANTS_ENVIRONMENT))
        return false;
    if (wasmc_ceiling_allows(baked, taking->grants, taking->option, taking->value))
        return true;
    static const char after[] = " is more than this program's ceiling grants";
    return taking->value[0] != '\0' ? refuse_value(taking, after)
                                    : wasmc_grants_refuse(taking->error, "", taking->option->name, after);
}

bool wasmc_grants_add(struct wasmc_grants *grants, enum wasmc_grant_source source, struct wasmc_words words,
                      struct wasmc_grant_error *error)
{
    const struct wasmc_grants baked = *grants;
    bool is_bounded = grants->is_ceiling && source != WASMC_GRANTS_BAKED;
    struct wasmc_word_cursor cursor = {0};
    struct wasmc_option_word word;
    enum wasmc_words_step step;
    while ((step = wasmc_words_next(&words, &cursor, &word, error)) == WASMC_WORDS_OPTION) {
        const struct taking taking = {grants, word.option, word.value, error};
        if (!check_scope(&taking))
            return false;
        if (!(is_bounded ? take_bounded(&taking, &baked) : take(&taking, source)))
            return false;
    }
    return step == WASMC_WORDS_END;
}

const char *wasmc_grants_host_variable(char **envp, const char *name, size_t name_bytes)
{
    for (; *envp != NULL; envp++) {
        if (strncmp(*envp, name, name_bytes) == 0 && (*envp)[name_bytes] == '=')
            return *envp + name_bytes + 1;
    }
    return NULL;
}

static char *find_variable(char **envp, const char *name)
{
    return (char *)wasmc_grants_host_variable(envp, name, strlen(name));
}

int wasmc_grants_listen_fds(const struct wasmc_grants *grants)
{
    if (!wasmc_grants_have(grants, WASMC_GRANT_LISTEN_FD))
        return 0;
    int pid = wasmc_grants_parse_count(find_variable(grants->envp, "LISTEN_PID"), INT_MAX);
    int count = wasmc_grants_parse_count(find_variable(grants->envp, "LISTEN_FDS"), LISTEN_FDS_LIMIT);
    return count > 0 && pid == wasmc_sys_process_id() ? count : 0;
}

void wasmc_grants_add_section(struct wasmc_grants *grants, enum wasmc_grant_source source,
                              const struct wasmc_words *all)
{
    static const char *const names[] = {"built-in grants: ", "WASMC_GRANTS: "};
    struct wasmc_grant_error error;
    struct wasmc_words section = wasmc_words_section(all, grants->module);
    if (!wasmc_grants_add(grants, source, section, &error))
        wasmc_fail(WASMC_EXIT_START, names[source], error.before, error.word, error.after);
    grants->names_modules = section.count != all->count;
}

static struct wasmc_words environment_words(char **envp, bool is_ceiling)
{
    struct wasmc_words words = {NULL, 0};
    if (find_variable(envp, "WASMC_CONFIG") != NULL)
        wasmc_fail(WASMC_EXIT_START, "", "WASMC_CONFIG is not supported by this version; use WASMC_GRANTS", NULL, "");
    char *line = find_variable(envp, "WASMC_GRANTS");
    /* Whoever starts a program with another's privileges would grant himself what only the other may. */
    if (line != NULL && !is_ceiling && wasmc_sys_is_privileged())
        wasmc_fail(WASMC_EXIT_START, "", "WASMC_GRANTS is refused: this file is setuid, setgid or has capabilities, "
                   "and was built without --ceiling", NULL, "");
    if (line != NULL && !wasmc_words_unquote(line, &words))
        wasmc_fail(WASMC_EXIT_START, "WASMC_GRANTS: ", "a quote or a backslash at the end is not complete", NULL, "");
    return words;
}

void wasmc_grants_start(struct wasmc_grants *grants, const char *baked, bool is_ceiling, int argc, char **argv,
                        char **envp)
{
    *grants = (struct wasmc_grants){.is_ceiling = is_ceiling, .argc = argc, .argv = argv, .envp = envp};
    grants->all[WASMC_GRANTS_BAKED] = wasmc_words_of(baked);
    wasmc_grants_add_section(grants, WASMC_GRANTS_BAKED, &grants->all[WASMC_GRANTS_BAKED]);
    grants->all[WASMC_GRANTS_ENVIRONMENT] = environment_words(envp, is_ceiling);
    wasmc_grants_add_section(grants, WASMC_GRANTS_ENVIRONMENT, &grants->all[WASMC_GRANTS_ENVIRONMENT]);
    const char *argv0 = wasmc_grants_word(grants, WASMC_GRANT_ARGV0);
    if (argv0 != NULL && argc > 0)
        argv[0] = (char *)argv0;
}
