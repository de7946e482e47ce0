/* grants.h - grants.def as C data, for the compiler (which imports it as CWasmcABI), and its words as constants. */
#ifndef WASMC_GRANTS_TABLE_H
#define WASMC_GRANTS_TABLE_H

#include <stdint.h>

/* Whose a grant can be. */
enum wasmc_grant_scope {
    WASMC_SCOPE_BUILD = 0,
    WASMC_SCOPE_PROGRAM = 1 << 0,
    WASMC_SCOPE_LINKED = 1 << 1,
    WASMC_SCOPE_EACH = WASMC_SCOPE_PROGRAM | WASMC_SCOPE_LINKED,
};

/* What follows an option. */
enum wasmc_grant_value {
    WASMC_VALUE_FLAG,
    WASMC_VALUE_WORD,
    WASMC_VALUE_PREFIX,
    WASMC_VALUE_SIZE,
    WASMC_VALUE_DURATION,
    WASMC_VALUE_COUNT,
    WASMC_VALUE_MODE,
    WASMC_VALUE_STREAM,
    WASMC_VALUE_WORDS,
    WASMC_VALUE_DIRECTORY,
    WASMC_VALUE_VARIABLE,
    WASMC_VALUE_ADDRESS,
    WASMC_VALUE_OUTBOUND,
    WASMC_VALUE_INBOUND,
    WASMC_VALUE_PATTERN,
    WASMC_VALUE_FORWARD,
    WASMC_VALUE_SECTION,
    WASMC_VALUE_REFUSED,
    WASMC_VALUE_REFUSED_FLAG,
};

/* How a ceiling narrows it. */
enum wasmc_grant_narrowing {
    WASMC_NARROW_NOTHING,
    WASMC_NARROW_ANYTHING,
    WASMC_NARROW_SAME,
    WASMC_NARROW_BELOW,
    WASMC_NARROW_STARTER,
    WASMC_NARROW_AT_MOST,
    WASMC_NARROW_AT_LEAST,
    WASMC_NARROW_INCLUDED,
    WASMC_NARROW_UNPRIVILEGED,
};

enum wasmc_grant_id {
#define WASMC_GRANT(id, option, scope, value, narrowing, group, key, value_name, help) WASMC_GRANT_##id,
#define WASMC_GRANT_REFUSED(option, takes_value)
#include "grants.def"
#undef WASMC_GRANT
#undef WASMC_GRANT_REFUSED
    WASMC_GRANT_COUNT,
    WASMC_GRANT_NONE = WASMC_GRANT_COUNT,
};

/* A value of the table is its kind, the least and the most number; 0: 64 bits are the most. */
#define WASMC_LIMITS_FLAG WASMC_VALUE_FLAG, 0, 0
#define WASMC_LIMITS_WORD WASMC_VALUE_WORD, 0, 0
#define WASMC_LIMITS_PREFIX WASMC_VALUE_PREFIX, 0, 0
#define WASMC_LIMITS_SIZE(least) WASMC_VALUE_SIZE, least, 0
#define WASMC_LIMITS_DURATION(least) WASMC_VALUE_DURATION, least, 0
#define WASMC_LIMITS_COUNT(least, most) WASMC_VALUE_COUNT, least, most
#define WASMC_LIMITS_MODE WASMC_VALUE_MODE, 0, 0
#define WASMC_LIMITS_STREAM WASMC_VALUE_STREAM, 0, 0
#define WASMC_LIMITS_WORDS WASMC_VALUE_WORDS, 0, 0
#define WASMC_LIMITS_DIRECTORY WASMC_VALUE_DIRECTORY, 0, 0
#define WASMC_LIMITS_VARIABLE WASMC_VALUE_VARIABLE, 0, 0
#define WASMC_LIMITS_ADDRESS WASMC_VALUE_ADDRESS, 0, 0
#define WASMC_LIMITS_OUTBOUND WASMC_VALUE_OUTBOUND, 0, 0
#define WASMC_LIMITS_INBOUND WASMC_VALUE_INBOUND, 0, 0
#define WASMC_LIMITS_PATTERN WASMC_VALUE_PATTERN, 0, 0
#define WASMC_LIMITS_FORWARD WASMC_VALUE_FORWARD, 0, 0
#define WASMC_LIMITS_SECTION WASMC_VALUE_SECTION, 0, 0

/* A row as the compiler reads it. */
struct wasmc_grant_row {
    const char *option;
    const char *key;        /* in a manifest, or "" */
    const char *value_name;
    const char *help;       /* "": no option of the command line */
    uint32_t scope;
    uint32_t value;
    uint32_t least;
    uint32_t most;
};

/* Every row, those that are refused last; ended by one whose option is null. */
static const struct wasmc_grant_row wasmc_grant_rows[] = {
#define WASMC_GRANT(id, option, scope, value, narrowing, group, key, value_name, help) \
    {option, key, value_name, help, WASMC_SCOPE_##scope, WASMC_LIMITS_##value},
#define WASMC_GRANT_REFUSED(option, takes_value) \
    {option, "", "", "", WASMC_SCOPE_EACH, (takes_value) ? WASMC_VALUE_REFUSED : WASMC_VALUE_REFUSED_FLAG, 0, 0},
#include "grants.def"
#undef WASMC_GRANT
#undef WASMC_GRANT_REFUSED
    {0, 0, 0, 0, 0, 0, 0, 0},
};

/* The i-th of them. */
static inline struct wasmc_grant_row wasmc_grant_row_at(unsigned index) {
    return wasmc_grant_rows[index];
}

#endif
