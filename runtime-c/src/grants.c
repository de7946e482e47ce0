#include "grants.h"

#include <limits.h>
#include <string.h>

#include "runtime.h"
#include "sys/sys.h"
#include "text.h"

/* More sockets than that nobody passes. */
#define LISTEN_FDS_LIMIT 512

struct option {
    char name[20];
    uint8_t kind; /* enum wasmc_grant_kind */
    bool takes_value;
};

static const struct option options[] = {
    {"--dir", WASMC_GRANT_DIR, true},
    {"--env", WASMC_GRANT_ENV, true},
    {"--inherit-env", WASMC_GRANT_INHERIT_ENV, false},
    {"--argv0", WASMC_GRANT_ARGV0, true},
    {"--invoke", WASMC_GRANT_INVOKE, true},
    {"--max-memory", WASMC_GRANT_MAX_MEMORY, true},
    {"--max-stack", WASMC_GRANT_MAX_STACK, true},
    {"--timeout", WASMC_GRANT_TIMEOUT, true},
    {"--trace-wasi", WASMC_GRANT_TRACE_WASI, false},
    {"--seal", WASMC_GRANT_SEAL, true},
    {"--tcplisten", WASMC_GRANT_TCP_LISTEN, true},
    {"--listenfd", WASMC_GRANT_LISTEN_FD, false},
    {"--allow-outbound", WASMC_GRANT_NOT_BUILT, true},
    {"--allow-inbound", WASMC_GRANT_NOT_BUILT, true},
    {"--allow-resolve", WASMC_GRANT_NOT_BUILT, true},
    {"--isolate-network", WASMC_GRANT_NOT_BUILT, false},
    {"--forward", WASMC_GRANT_NOT_BUILT, true},
    {"--resolv-conf", WASMC_GRANT_NOT_BUILT, true},
    {"--fuel", WASMC_GRANT_NOT_BUILT, true},
    {"--coredump", WASMC_GRANT_NOT_BUILT, true},
};

static bool refuse(struct wasmc_grant_error *error, const char *before, const char *word, const char *after)
{
    *error = (struct wasmc_grant_error){before, word, after};
    return false;
}

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
        refuse(error, "unknown option ", word, "");
        return STEP_REFUSED;
    }
    if (!option->takes_value && value != NULL) {
        refuse(error, "option takes no value: ", word, "");
        return STEP_REFUSED;
    }
    if (option->takes_value && value == NULL) {
        value = next_word(words, cursor);
        if (value == NULL) {
            refuse(error, "option needs a value: ", word, "");
            return STEP_REFUSED;
        }
    }
    grant->kind = option->kind;
    grant->value = value != NULL ? value : "";
    if (option->kind == WASMC_GRANT_NOT_BUILT) {
        refuse(error, "option ", option->name, " is not supported by this version");
        return STEP_REFUSED;
    }
    return STEP_GRANT;
}

bool wasmc_grants_next(const struct wasmc_grants *grants, struct wasmc_grant_cursor *cursor, struct wasmc_grant *grant)
{
    struct wasmc_grant_error error;
    while (cursor->source < WASMC_GRANT_SOURCE_COUNT) {
        if (next_in_source(&grants->sources[cursor->source], cursor, grant, &error) == STEP_GRANT)
            return true;
        cursor->source++;
        cursor->index = 0;
    }
    return false;
}

/* Digits, then one of the units; the value is digits * unit. */
struct unit {
    char name[4];
    uint64_t factor;
};

static bool parse_quantity(const char *word, const struct unit *units, size_t unit_count, uint64_t *result)
{
    uint64_t value = 0;
    const char *at = word;
    for (; *at >= '0' && *at <= '9'; at++) {
        if (__builtin_mul_overflow(value, UINT64_C(10), &value) ||
            __builtin_add_overflow(value, (uint64_t)(*at - '0'), &value))
            return false;
    }
    if (at == word)
        return false;
    for (size_t i = 0; i < unit_count; i++) {
        if (strcmp(at, units[i].name) == 0)
            return !__builtin_mul_overflow(value, units[i].factor, result);
    }
    return false;
}

bool wasmc_grants_parse_size(const char *word, uint64_t *bytes)
{
    static const struct unit units[] = {
        {"", 1},
        {"B", 1},
        {"KiB", UINT64_C(1) << 10},
        {"MiB", UINT64_C(1) << 20},
        {"GiB", UINT64_C(1) << 30},
        {"TiB", UINT64_C(1) << 40},
    };
    return parse_quantity(word, units, sizeof units / sizeof units[0], bytes);
}

bool wasmc_grants_parse_duration(const char *word, uint64_t *duration_ns)
{
    static const struct unit units[] = {
        {"ns", 1},
        {"us", 1000},
        {"ms", 1000000},
        {"s", 1000000000},
        {"m", UINT64_C(60) * 1000000000},
        {"h", UINT64_C(3600) * 1000000000},
    };
    return parse_quantity(word, units, sizeof units / sizeof units[0], duration_ns);
}

/* The first "::" in from..end, or null. */
static const char *find_separator(const char *from, const char *end)
{
    for (; end - from >= 2; from++) {
        if (from[0] == ':' && from[1] == ':')
            return from;
    }
    return NULL;
}

bool wasmc_grants_parse_dir(const char *word, struct wasmc_dir_grant *dir, struct wasmc_grant_error *error)
{
    size_t bytes = strlen(word);
    const char *separator = find_separator(word, word + bytes);
    dir->read_only = false;
    if (separator == NULL && strchr(word, ':') != NULL) {
        return refuse(error, "--dir ", word,
                      ": a single ':' could mean either order; write HOST::GUEST, the host's directory first "
                      "(GUEST:HOST of other runtimes becomes HOST::GUEST)");
    }
    /* "data::ro" is read-only data, not a guest directory named ro: of the two readings the one that
     * grants less. */
    if (bytes >= 4 && separator != NULL && strcmp(word + bytes - 4, "::ro") == 0) {
        dir->read_only = true;
        bytes -= 4;
        if (separator == word + bytes)
            separator = NULL;
    }
    dir->host = word;
    dir->host_bytes = separator != NULL ? (size_t)(separator - word) : bytes;
    dir->guest = separator != NULL ? separator + 2 : word;
    dir->guest_bytes = bytes - (size_t)(dir->guest - word);
    if (separator != NULL && find_separator(dir->guest, word + bytes) != NULL)
        return refuse(error, "--dir ", word, ": expected HOST[::GUEST][::ro]");
    if (dir->host_bytes == 0 || dir->guest_bytes == 0)
        return refuse(error, "--dir ", word, ": neither HOST nor GUEST may be empty");
    return true;
}

static bool check_env(const char *value, struct wasmc_grant_error *error)
{
    if (value[0] == '\0' || value[0] == '=')
        return refuse(error, "--env ", value, ": expected NAME or NAME=VALUE");
    return true;
}

static bool take_seal(struct wasmc_grants *grants, const char *value, struct wasmc_grant_error *error)
{
    static const char modes[][8] = {
        [WASMC_SEAL_AUTO] = "auto",
        [WASMC_SEAL_REQUIRE] = "require",
        [WASMC_SEAL_LOG] = "log",
        [WASMC_SEAL_OFF] = "off",
    };
    for (uint8_t mode = 0; mode < sizeof modes / sizeof modes[0]; mode++) {
        if (strcmp(value, modes[mode]) == 0) {
            grants->seal = mode;
            return true;
        }
    }
    return refuse(error, "--seal ", value, ": expected auto, require, log or off");
}

static bool take_grant(struct wasmc_grants *grants, const struct wasmc_grant *grant, struct wasmc_grant_error *error)
{
    struct wasmc_dir_grant dir;
    switch (grant->kind) {
    case WASMC_GRANT_DIR: return wasmc_grants_parse_dir(grant->value, &dir, error);
    case WASMC_GRANT_ENV: return check_env(grant->value, error);
    case WASMC_GRANT_INHERIT_ENV: grants->inherit_env = true; return true;
    case WASMC_GRANT_ARGV0: grants->argv0 = grant->value; return true;
    case WASMC_GRANT_INVOKE: grants->invoke = grant->value; return true;
    case WASMC_GRANT_TRACE_WASI: grants->trace_wasi = true; return true;
    case WASMC_GRANT_SEAL: return take_seal(grants, grant->value, error);
    case WASMC_GRANT_TCP_LISTEN: return true; /* checked where it is bound (wasi/sock_listen.c) */
    case WASMC_GRANT_LISTEN_FD: grants->listen_fd = true; return true;
    case WASMC_GRANT_MAX_MEMORY:
        if (!wasmc_grants_parse_size(grant->value, &grants->max_memory_bytes))
            return refuse(error, "--max-memory ", grant->value, ": expected a size such as 256MiB");
        return true;
    case WASMC_GRANT_MAX_STACK:
        if (!wasmc_grants_parse_size(grant->value, &grants->max_stack_bytes) || grants->max_stack_bytes == 0)
            return refuse(error, "--max-stack ", grant->value, ": expected a size such as 1MiB");
        return true;
    case WASMC_GRANT_TIMEOUT:
        if (!wasmc_grants_parse_duration(grant->value, &grants->timeout_ns) || grants->timeout_ns == 0)
            return refuse(error, "--timeout ", grant->value, ": expected a duration such as 1s or 500ms");
        return true;
    case WASMC_GRANT_NOT_BUILT: break; /* refused by name already */
    }
    return false;
}

bool wasmc_grants_add(struct wasmc_grants *grants, enum wasmc_grant_source source, struct wasmc_words words,
                      struct wasmc_grant_error *error)
{
    struct wasmc_grant_cursor cursor = {0};
    struct wasmc_grant grant;
    for (;;) {
        switch (next_in_source(&words, &cursor, &grant, error)) {
        case STEP_END: grants->sources[source] = words; return true;
        case STEP_REFUSED: return false;
        case STEP_GRANT: break;
        }
        if (!take_grant(grants, &grant, error))
            return false;
    }
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

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

/* Moves one word from *from to *to, which never overtakes it. False: a quote that does not end. */
static bool unquote_word(const char **from, char **to)
{
    char quote = '\0';
    const char *in = *from;
    char *out = *to;
    for (; *in != '\0' && (quote != '\0' || !is_blank(*in)); in++) {
        if (quote == '\0' && (*in == '\'' || *in == '"')) {
            quote = *in;
        } else if (quote != '\0' && *in == quote) {
            quote = '\0';
        } else if (*in == '\\' && quote != '\'') {
            if (in[1] == '\0')
                return false;
            /* Inside "..." only these are special, as in a shell. */
            if (quote == '"' && strchr("\\\"$`\n", in[1]) == NULL)
                *out++ = *in;
            *out++ = *++in;
        } else {
            *out++ = *in;
        }
    }
    if (quote != '\0')
        return false;
    *from = *in != '\0' ? in + 1 : in;
    *out++ = '\0';
    *to = out;
    return true;
}

bool wasmc_grants_unquote(char *line, struct wasmc_words *words)
{
    const char *from = line;
    char *to = line;
    *words = (struct wasmc_words){line, 0};
    for (;;) {
        while (is_blank(*from))
            from++;
        if (*from == '\0')
            return true;
        if (!unquote_word(&from, &to))
            return false;
        words->count++;
    }
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

/* A decimal number up to `limit`, or -1. */
static int parse_count(const char *word, int limit)
{
    uint64_t value;
    static const struct unit none[] = {{"", 1}};
    return word != NULL && parse_quantity(word, none, 1, &value) && value <= (uint64_t)limit ? (int)value : -1;
}

int wasmc_grants_listen_fds(const struct wasmc_grants *grants)
{
    if (!grants->listen_fd)
        return 0;
    int pid = parse_count(find_variable(grants->envp, "LISTEN_PID"), INT_MAX);
    int count = parse_count(find_variable(grants->envp, "LISTEN_FDS"), LISTEN_FDS_LIMIT);
    return count > 0 && pid == wasmc_sys_process_id() ? count : 0;
}

static void add_or_fail(struct wasmc_grants *grants, enum wasmc_grant_source source, struct wasmc_words words)
{
    static const char *const names[] = {"built-in grants: ", "WASMC_GRANTS: "};
    struct wasmc_grant_error error;
    if (!wasmc_grants_add(grants, source, words, &error))
        wasmc_fail(WASMC_EXIT_USAGE, names[source], error.before, error.word, error.after);
}

static void add_from_environment(struct wasmc_grants *grants, char **envp)
{
    if (find_variable(envp, "WASMC_CONFIG") != NULL)
        wasmc_fail(WASMC_EXIT_USAGE, "", "WASMC_CONFIG is not supported by this version; use WASMC_GRANTS", NULL, "");
    char *line = find_variable(envp, "WASMC_GRANTS");
    if (line == NULL)
        return;
    struct wasmc_words words;
    if (!wasmc_grants_unquote(line, &words))
        wasmc_fail(WASMC_EXIT_USAGE, "WASMC_GRANTS: ", "a quote or a backslash at the end is not complete", NULL, "");
    add_or_fail(grants, WASMC_GRANTS_ENVIRONMENT, words);
}

void wasmc_grants_start(struct wasmc_grants *grants, const char *baked, int argc, char **argv, char **envp)
{
    *grants = (struct wasmc_grants){.max_memory_bytes = UINT64_MAX, .argc = argc, .argv = argv, .envp = envp};
    add_or_fail(grants, WASMC_GRANTS_BAKED, wasmc_grants_baked(baked));
    add_from_environment(grants, envp);
    if (grants->argv0 != NULL && argc > 0)
        argv[0] = (char *)grants->argv0;
}
