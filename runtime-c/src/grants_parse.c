/* grants_parse.c - the value of one grant. */
#include "grants.h"

#include <string.h>
#include <strings.h>

bool wasmc_grants_refuse(struct wasmc_grant_error *error, const char *before, const char *word, const char *after)
{
    *error = (struct wasmc_grant_error){before, word, after};
    return false;
}

/* Digits, then one of the units; the value is digits * unit. */
struct unit {
    char name[4];
    uint64_t factor;
};

static bool parse_quantity(const char *word, const struct unit *units, size_t unit_count,
                           int (*compare)(const char *, const char *), uint64_t *result)
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
        if (compare(at, units[i].name) == 0)
            return !__builtin_mul_overflow(value, units[i].factor, result);
    }
    return false;
}

/* As in the GNU tools: k and KiB are 1024, KB is 1000; upper and lower case are the same. */
bool wasmc_grants_parse_size(const char *word, uint64_t *bytes)
{
    static const struct unit units[] = {
        {"", 1},
        {"B", 1},
        {"K", UINT64_C(1) << 10},
        {"KiB", UINT64_C(1) << 10},
        {"KB", 1000},
        {"M", UINT64_C(1) << 20},
        {"MiB", UINT64_C(1) << 20},
        {"MB", 1000000},
        {"G", UINT64_C(1) << 30},
        {"GiB", UINT64_C(1) << 30},
        {"GB", 1000000000},
        {"T", UINT64_C(1) << 40},
        {"TiB", UINT64_C(1) << 40},
        {"TB", UINT64_C(1000000000000)},
    };
    return parse_quantity(word, units, sizeof units / sizeof units[0], strcasecmp, bytes);
}

/* A number alone is seconds, as timeout(1) has it. */
bool wasmc_grants_parse_duration(const char *word, uint64_t *duration_ns)
{
    static const struct unit units[] = {
        {"", 1000000000},
        {"ns", 1},
        {"us", 1000},
        {"ms", 1000000},
        {"s", 1000000000},
        {"m", UINT64_C(60) * 1000000000},
        {"h", UINT64_C(3600) * 1000000000},
    };
    return parse_quantity(word, units, sizeof units / sizeof units[0], strcmp, duration_ns);
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

const char *wasmc_grants_parse_dir(const char *word, struct wasmc_dir_grant *dir)
{
    size_t bytes = strlen(word);
    const char *separator = find_separator(word, word + bytes);
    dir->read_only = false;
    if (separator == NULL && strchr(word, ':') != NULL)
        return ": a single ':' could mean either order; write HOST::GUEST, the host's directory first (GUEST:HOST of "
               "other runtimes becomes HOST::GUEST)";
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
        return ": expected HOST[::GUEST][::ro]";
    if (dir->host_bytes == 0 || dir->guest_bytes == 0)
        return ": neither HOST nor GUEST may be empty";
    dir->below_bytes = 0;
    return NULL;
}

bool wasmc_grants_is_variable(const char *word)
{
    return word[0] != '\0' && word[0] != '=';
}

/* The place of a word in a list of names that ends with an empty one, or -1. */
static int index_of(const char *word, const char (*names)[8])
{
    for (int i = 0; names[i][0] != '\0'; i++) {
        if (strcmp(word, names[i]) == 0)
            return i;
    }
    return -1;
}

int wasmc_grants_parse_seal(const char *word)
{
    static const char modes[][8] = {
        [WASMC_SEAL_AUTO] = "auto",
        [WASMC_SEAL_REQUIRE] = "require",
        [WASMC_SEAL_LOG] = "log",
        [WASMC_SEAL_OFF] = "off",
        "",
    };
    return index_of(word, modes);
}

int wasmc_grants_parse_stream(const char *word)
{
    static const char streams[][8] = {"stdin", "stdout", "stderr", ""};
    return index_of(word, streams);
}

int wasmc_grants_parse_count(const char *word, int limit)
{
    static const struct unit none[] = {{"", 1}};
    uint64_t value;
    return word != NULL && parse_quantity(word, none, 1, strcmp, &value) && value <= (uint64_t)limit ? (int)value : -1;
}
