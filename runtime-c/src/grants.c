#include "grants.h"

#include <limits.h>
#include <string.h>

#include "runtime.h"
#include "sys/sys.h"
#include "text.h"

/* More sockets than that nobody passes. */
#define LISTEN_FDS_LIMIT 512

/* Whose an option can be. */
enum scope {
    OF_PROGRAM = 1, /* the main module's: it holds for the process */
    OF_MODULE = 2,  /* a linked module's: the main module has it without being asked */
    OF_ANY = OF_PROGRAM | OF_MODULE,
};

struct option {
    char name[20];
    uint8_t kind;  /* enum wasmc_grant_kind */
    uint8_t scope; /* enum scope */
    bool takes_value;
};

static const struct option options[] = {
    {"--module", WASMC_GRANT_MODULE, OF_ANY, true},
    {"--dir", WASMC_GRANT_DIR, OF_ANY, true},
    {"--env", WASMC_GRANT_ENV, OF_ANY, true},
    {"--inherit-env", WASMC_GRANT_INHERIT_ENV, OF_ANY, false},
    {"--inherit-stdio", WASMC_GRANT_INHERIT_STDIO, OF_MODULE, true},
    {"--arg", WASMC_GRANT_ARG, OF_MODULE, true},
    {"--accept-from", WASMC_GRANT_ACCEPT_FROM, OF_ANY, true},
    {"--argv0", WASMC_GRANT_ARGV0, OF_PROGRAM, true},
    {"--invoke", WASMC_GRANT_INVOKE, OF_PROGRAM, true},
    {"--max-memory", WASMC_GRANT_MAX_MEMORY, OF_ANY, true},
    {"--max-files", WASMC_GRANT_MAX_FILES, OF_ANY, true},
    {"--max-stack", WASMC_GRANT_MAX_STACK, OF_PROGRAM, true},
    {"--timeout", WASMC_GRANT_TIMEOUT, OF_PROGRAM, true},
    {"--trace-wasi", WASMC_GRANT_TRACE_WASI, OF_PROGRAM, false},
    {"--json", WASMC_GRANT_JSON, OF_PROGRAM, false},
    {"--seal", WASMC_GRANT_SEAL, OF_PROGRAM, true},
    {"--tcplisten", WASMC_GRANT_TCP_LISTEN, OF_ANY, true},
    {"--listenfd", WASMC_GRANT_LISTEN_FD, OF_PROGRAM, false},
    {"--allow-outbound", WASMC_GRANT_NOT_BUILT, OF_ANY, true},
    {"--allow-inbound", WASMC_GRANT_NOT_BUILT, OF_ANY, true},
    {"--allow-resolve", WASMC_GRANT_NOT_BUILT, OF_ANY, true},
    {"--isolate-network", WASMC_GRANT_NOT_BUILT, OF_ANY, false},
    {"--forward", WASMC_GRANT_NOT_BUILT, OF_ANY, true},
    {"--resolv-conf", WASMC_GRANT_NOT_BUILT, OF_ANY, true},
    {"--fuel", WASMC_GRANT_NOT_BUILT, OF_ANY, true},
    {"--coredump", WASMC_GRANT_NOT_BUILT, OF_ANY, true},
};

/* The option that a word names, alone or as NAME=VALUE; *value then points behind the '='. */
static const struct option *find_option(const char *word, const char **value)
{
    size_t name_bytes = strcspn(word, "=");
    *value = word[name_bytes] == '=' ? word + name_bytes + 1 : NULL;
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (strlen(options[i].name) == name_bytes && memcmp(options[i].name, word, name_bytes) == 0)
            return &options[i];
    }
    return NULL;
}

static const char *next_word(const struct wasmc_words *words, struct wasmc_grant_cursor *cursor)
{
    if (cursor->index == words->count)
        return NULL;
    cursor->word = cursor->index == 0 ? words->first : cursor->word + strlen(cursor->word) + 1;
    cursor->index++;
    return cursor->word;
}

enum step { STEP_GRANT, STEP_END, STEP_REFUSED };

static enum step next_in_source(const struct wasmc_words *words, struct wasmc_grant_cursor *cursor,
                                struct wasmc_grant *grant, struct wasmc_grant_error *error)
{
    const char *word = next_word(words, cursor);
    if (word == NULL)
        return STEP_END;
    const char *value;
    const struct option *option = find_option(word, &value);
    if (option == NULL) {
        wasmc_grants_refuse(error, "unknown option ", word, "");
        return STEP_REFUSED;
    }
    if (!option->takes_value && value != NULL) {
        wasmc_grants_refuse(error, "option takes no value: ", word, "");
        return STEP_REFUSED;
    }
    if (option->takes_value && value == NULL) {
        value = next_word(words, cursor);
        if (value == NULL) {
            wasmc_grants_refuse(error, "option needs a value: ", word, "");
            return STEP_REFUSED;
        }
    }
    grant->kind = option->kind;
    grant->scope = option->scope;
    grant->option = option->name;
    grant->value = value != NULL ? value : "";
    if (option->kind == WASMC_GRANT_NOT_BUILT) {
        wasmc_grants_refuse(error, "option ", option->name, " is not supported by this version");
        return STEP_REFUSED;
    }
    return STEP_GRANT;
}

bool wasmc_grants_next_of(const struct wasmc_grants *grants, enum wasmc_grant_source source,
                          struct wasmc_grant_cursor *cursor, struct wasmc_grant *grant)
{
    struct wasmc_grant_error error;
    return next_in_source(&grants->sources[source], cursor, grant, &error) == STEP_GRANT;
}

bool wasmc_grants_next(const struct wasmc_grants *grants, struct wasmc_grant_cursor *cursor, struct wasmc_grant *grant)
{
    while (cursor->source < WASMC_GRANT_SOURCE_COUNT) {
        if (!wasmc_grants_next_of(grants, cursor->source, cursor, grant)) {
            cursor->source++;
            cursor->index = 0;
        } else if (!grants->is_ceiling || cursor->source != WASMC_GRANTS_BAKED ||
                   !wasmc_ceiling_replaces(grants, grant->kind)) {
            return true;
        }
    }
    return false;
}

static bool take_limit(struct wasmc_grants *grants, const struct wasmc_grant *grant, struct wasmc_grant_error *error)
{
    switch (grant->kind) {
    case WASMC_GRANT_MAX_MEMORY:
        if (!wasmc_grants_parse_size(grant->value, &grants->max_memory_bytes))
            return wasmc_grants_refuse(error, "--max-memory ", grant->value, WASMC_SIZE_FORM);
        return true;
    case WASMC_GRANT_MAX_STACK:
        if (!wasmc_grants_parse_size(grant->value, &grants->max_stack_bytes) || grants->max_stack_bytes == 0)
            return wasmc_grants_refuse(error, "--max-stack ", grant->value, WASMC_SIZE_FORM);
        return true;
    case WASMC_GRANT_TIMEOUT:
        if (!wasmc_grants_parse_duration(grant->value, &grants->timeout_ns) || grants->timeout_ns == 0)
            return wasmc_grants_refuse(error, "--timeout ", grant->value, WASMC_DURATION_FORM);
        return true;
    case WASMC_GRANT_MAX_FILES: {
        int count = wasmc_grants_parse_count(grant->value, WASMC_FILES_LIMIT);
        if (count < 1)
            return wasmc_grants_refuse(error, "--max-files ", grant->value, ": expected a number from 1 to 1024");
        grants->max_files = (uint32_t)count;
        return true;
    }
    default: return false;
    }
}

static bool take_grant(struct wasmc_grants *grants, const struct wasmc_grant *grant, struct wasmc_grant_error *error)
{
    struct wasmc_dir_grant dir;
    int stream;
    switch (grant->kind) {
    case WASMC_GRANT_DIR: return wasmc_grants_parse_dir(grant->value, &dir, error);
    case WASMC_GRANT_ENV: return wasmc_grants_check_env(grant->value, error);
    case WASMC_GRANT_INHERIT_ENV: grants->inherit_env = true; return true;
    case WASMC_GRANT_INHERIT_STDIO:
        stream = wasmc_grants_parse_stream(grant->value);
        if (stream < 0)
            return wasmc_grants_refuse(error, "--inherit-stdio ", grant->value, ": expected stdin, stdout or stderr");
        grants->streams |= (uint8_t)(1u << stream);
        return true;
    case WASMC_GRANT_ARG: grants->arg_count++; return true;
    case WASMC_GRANT_ACCEPT_FROM: return true;
    case WASMC_GRANT_ARGV0: grants->argv0 = grant->value; return true;
    case WASMC_GRANT_INVOKE: grants->invoke = grant->value; return true;
    case WASMC_GRANT_TRACE_WASI: grants->trace_wasi = true; return true;
    case WASMC_GRANT_JSON: wasmc_messages_are_json = 1; return true;
    case WASMC_GRANT_SEAL: return wasmc_grants_parse_seal(grant->value, &grants->seal, error);
    case WASMC_GRANT_TCP_LISTEN: return true; /* checked where it is bound (wasi/sock_listen.c) */
    case WASMC_GRANT_LISTEN_FD: grants->listen_fd = true; return true;
    case WASMC_GRANT_MAX_MEMORY:
    case WASMC_GRANT_MAX_FILES:
    case WASMC_GRANT_MAX_STACK:
    case WASMC_GRANT_TIMEOUT: return take_limit(grants, grant, error);
    case WASMC_GRANT_MODULE:    /* begins a section, see wasmc_grants_section */
    case WASMC_GRANT_NOT_BUILT: /* refused by name already */
        break;
    }
    return wasmc_grants_refuse(error, "unexpected option ", grant->option, "");
}

static bool check_scope(const struct wasmc_grants *grants, const struct wasmc_grant *grant,
                        struct wasmc_grant_error *error)
{
    if (grants->module != NULL && !(grant->scope & OF_MODULE))
        return wasmc_grants_refuse(error, "option ", grant->option, " is the program's, not a linked module's");
    if (grants->module == NULL && !(grant->scope & OF_PROGRAM))
        return wasmc_grants_refuse(error, "option ", grant->option, " is a linked module's, behind --module NAME");
    return true;
}

bool wasmc_grants_add(struct wasmc_grants *grants, enum wasmc_grant_source source, struct wasmc_words words,
                      struct wasmc_grant_error *error)
{
    const struct wasmc_grants baked = *grants;
    struct wasmc_grant_cursor cursor = {0};
    struct wasmc_grant grant;
    for (;;) {
        switch (next_in_source(&words, &cursor, &grant, error)) {
        case STEP_END: grants->sources[source] = words; return true;
        case STEP_REFUSED: return false;
        case STEP_GRANT: break;
        }
        if (!check_scope(grants, &grant, error))
            return false;
        bool is_bounded = grants->is_ceiling && source != WASMC_GRANTS_BAKED;
        if (is_bounded)
            wasmc_ceiling_replace(grants, grant.kind);
        if (!take_grant(grants, &grant, error))
            return false;
        if (is_bounded && !wasmc_ceiling_allows(&baked, grants, &grant)) {
            static const char after[] = " is more than this program's ceiling grants";
            return grant.value[0] != '\0' ? wasmc_grants_refuse(error, grant.option, grant.value, after)
                                          : wasmc_grants_refuse(error, "", grant.option, after);
        }
    }
}

struct wasmc_words wasmc_grants_section(const struct wasmc_words *words, const char *name)
{
    struct wasmc_words section = {words->first, 0};
    struct wasmc_grant_cursor cursor = {0};
    struct wasmc_grant grant;
    struct wasmc_grant_error error;
    size_t begin = 0;
    bool is_inside = name == NULL;
    enum step step;
    while ((step = next_in_source(words, &cursor, &grant, &error)) == STEP_GRANT) {
        if (is_inside && grant.kind == WASMC_GRANT_MODULE)
            return section;
        if (is_inside) {
            section.count = cursor.index - begin;
        } else if (grant.kind == WASMC_GRANT_MODULE && strcmp(grant.value, name) == 0) {
            is_inside = true;
            begin = cursor.index;
            section.first = cursor.word + strlen(cursor.word) + 1;
        }
    }
    /* Who reads the section says what is wrong in it. */
    if (is_inside && step == STEP_REFUSED)
        section.count = words->count - begin;
    return section;
}

struct wasmc_words wasmc_grants_baked(const char *words)
{
    struct wasmc_words result = {words, 0};
    if (words == NULL)
        return result;
    for (const char *at = words; *at != '\0'; at += strlen(at) + 1)
        result.count++;
    return result;
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
    if (!grants->listen_fd)
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
    if (!wasmc_grants_add(grants, source, wasmc_grants_section(all, grants->module), &error))
        wasmc_fail(WASMC_EXIT_START, names[source], error.before, error.word, error.after);
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
    if (line != NULL && !wasmc_grants_unquote(line, &words))
        wasmc_fail(WASMC_EXIT_START, "WASMC_GRANTS: ", "a quote or a backslash at the end is not complete", NULL, "");
    return words;
}

void wasmc_grants_start(struct wasmc_grants *grants, const char *baked, bool is_ceiling, int argc, char **argv,
                        char **envp)
{
    *grants = (struct wasmc_grants){
        .max_memory_bytes = UINT64_MAX,
        .is_ceiling = is_ceiling,
        .argc = argc,
        .argv = argv,
        .envp = envp,
    };
    grants->all[WASMC_GRANTS_BAKED] = wasmc_grants_baked(baked);
    wasmc_grants_add_section(grants, WASMC_GRANTS_BAKED, &grants->all[WASMC_GRANTS_BAKED]);
    grants->all[WASMC_GRANTS_ENVIRONMENT] = environment_words(envp, is_ceiling);
    wasmc_grants_add_section(grants, WASMC_GRANTS_ENVIRONMENT, &grants->all[WASMC_GRANTS_ENVIRONMENT]);
    if (grants->argv0 != NULL && argc > 0)
        argv[0] = (char *)grants->argv0;
}
