/* grants.h - what a program may reach: the words baked in at build time, then those of the environment variable
 * WASMC_GRANTS, in one grammar (wasmc/grants.def), read once into one structure for each module. Nothing is granted by
 * default. */
#ifndef WASMC_GRANTS_H
#define WASMC_GRANTS_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "grants_table.h"

/* --- what was granted ------------------------------------------------------------------------- */

/* Words that lie one after the other, each ended by a NUL. */
struct wasmc_words {
    const char *first;
    size_t count;
};

/* Where a grant comes from; later ones override. */
enum wasmc_grant_source {
    WASMC_GRANTS_BAKED,
    WASMC_GRANTS_ENVIRONMENT,
    WASMC_GRANT_SOURCE_COUNT,
};

/* --seal: what the kernel is told before the guest runs (seal.h). */
enum wasmc_seal_mode {
    WASMC_SEAL_AUTO,    /* as much as it supports */
    WASMC_SEAL_REQUIRE, /* everything, or the program does not start */
    WASMC_SEAL_LOG,     /* nothing: say what would be, and let the kernel log other system calls */
    WASMC_SEAL_OFF,
};

/* HOST::GUEST[::ro], cut into its parts; they point into the word. */
struct wasmc_dir_grant {
    const char *host;
    size_t host_bytes;
    size_t below_bytes; /* of WASMC_GRANTS under a ceiling: how much of host is the baked directory that allows it.
                         * Behind it is a relative path without `..`. Else 0 */
    const char *guest;
    size_t guest_bytes;
    bool read_only;
};

/* A grant of those that come in lists. */
struct wasmc_grant {
    struct wasmc_grant *next;
    const char *word;
    struct wasmc_dir_grant dir; /* of WASMC_VALUE_DIRECTORY: the word's parts */
    uint8_t id;                 /* enum wasmc_grant_id */
    uint8_t source;             /* enum wasmc_grant_source */
    bool is_replaced;           /* under a ceiling: WASMC_GRANTS has a selection without it */
};

/* The grants of one module. */
struct wasmc_grants {
    const char *module;        /* the linked module's name; null for the main module */
    struct wasmc_grant *first; /* of lists, in the order of the words */
    struct wasmc_grant *last;
    /* Of those that do not come in lists, where `given` has the bit: sizes in bytes, durations in nanoseconds, a mode as
     * enum wasmc_seal_mode, streams as bits (1 << descriptor), a word. */
    union {
        uint64_t number;
        const char *word;
    } values[WASMC_GRANT_COUNT];
    uint64_t given;            /* bit i: enum wasmc_grant_id i */
    uint64_t replaced;         /* under a ceiling: groups of which WASMC_GRANTS has a selection */
    bool is_ceiling;           /* what is baked in is the most: WASMC_GRANTS only narrows it */
    bool names_modules;        /* of the main module's: WASMC_GRANTS has words of linked ones */
    struct wasmc_words all[WASMC_GRANT_SOURCE_COUNT]; /* of the main module's: everybody's words */
    int argc;                  /* the process's own */
    char **argv;
    char **envp;
};
static_assert(WASMC_GRANT_COUNT <= 64, "bits of given");

/* Whether a grant that is no list was made. */
static inline bool wasmc_grants_have(const struct wasmc_grants *grants, enum wasmc_grant_id id)
{
    return (grants->given >> id & 1) != 0;
}

/* A number, a mode or streams; what is not granted is `otherwise`. */
static inline uint64_t wasmc_grants_number(const struct wasmc_grants *grants, enum wasmc_grant_id id,
                                           uint64_t otherwise)
{
    return wasmc_grants_have(grants, id) ? grants->values[id].number : otherwise;
}

/* A word, or null. */
static inline const char *wasmc_grants_word(const struct wasmc_grants *grants, enum wasmc_grant_id id)
{
    return wasmc_grants_have(grants, id) ? grants->values[id].word : NULL;
}

/* The next grant of a list behind `previous`, the first for null; null at the end. */
const struct wasmc_grant *wasmc_grants_next(const struct wasmc_grants *grants, enum wasmc_grant_id id,
                                            const struct wasmc_grant *previous);

static inline enum wasmc_seal_mode wasmc_grants_seal(const struct wasmc_grants *grants)
{
    return (enum wasmc_seal_mode)wasmc_grants_number(grants, WASMC_GRANT_SEAL, WASMC_SEAL_AUTO);
}

/* Of memories and tables: all of the program's, or the module's. */
static inline uint64_t wasmc_grants_memory_bytes(const struct wasmc_grants *grants)
{
    return wasmc_grants_number(grants, WASMC_GRANT_MAX_MEMORY, UINT64_MAX);
}

/* Of the garbage-collected heap: its own limit, or else as much as memories and tables may take. */
static inline uint64_t wasmc_grants_gc_heap_bytes(const struct wasmc_grants *grants)
{
    return wasmc_grants_number(grants, WASMC_GRANT_MAX_GC_HEAP, wasmc_grants_memory_bytes(grants));
}

/* How many threads a program may have beside its first. */
static inline uint64_t wasmc_grants_threads(const struct wasmc_grants *grants)
{
    return wasmc_grants_number(grants, WASMC_GRANT_MAX_THREADS, 4096);
}

/* With --listenfd: how many listening sockets the starter passed as descriptors 3, 4, ... (LISTEN_FDS, when LISTEN_PID
 * is this process); else 0. */
int wasmc_grants_listen_fds(const struct wasmc_grants *grants);

/* The value of a variable of the host's environment, or null. */
const char *wasmc_grants_host_variable(char **envp, const char *name, size_t name_bytes);

/* --- reading words ---------------------------------------------------------------------------- */

/* A refused word; the message is before 'word' after. */
struct wasmc_grant_error {
    const char *before;
    const char *word;
    const char *after;
};

/* Checks every word of a module's section of a source and takes over what it grants. */
bool wasmc_grants_add(struct wasmc_grants *grants, enum wasmc_grant_source source, struct wasmc_words words,
                      struct wasmc_grant_error *error);

/* The main module's grants for this process; ends it (WASMC_EXIT_START) at a word that is refused.
 *
 *   is_ceiling   whether WASMC_GRANTS can only narrow what is baked in
 */
void wasmc_grants_start(struct wasmc_grants *grants, const char *baked, bool is_ceiling, int argc, char **argv,
                        char **envp);

/* Takes over a module's section of all words of a source; ends the process likewise. */
void wasmc_grants_add_section(struct wasmc_grants *grants, enum wasmc_grant_source source,
                              const struct wasmc_words *all);

/* --- grants_modules.c: only in programs with linked modules ---------------------------------- */

/* The grants of the linked module `name`: nothing but the program's limits, of those that a module can have, and what its
 * section says. Ends the process likewise. */
void wasmc_grants_start_module(struct wasmc_grants *grants, const struct wasmc_grants *program, const char *name)
    __attribute__((weak));

/* Whether every section belongs to a module that is there, and to a different one. */
bool wasmc_grants_check_modules(const struct wasmc_grants *grants, bool (*is_module)(void *context, const char *name),
                                void *context, struct wasmc_grant_error *error) __attribute__((weak));

/* Whether --accept-from names the module `name`. */
bool wasmc_grants_accept_from(const struct wasmc_grants *grants, const char *name) __attribute__((weak));

/* --- grants_ceiling.c: only in programs with WASMC_PROGRAM_CEILING --------------------------- */

/* From now on WASMC_GRANTS says which grants there are of the group of this one. */
void wasmc_ceiling_replace(struct wasmc_grants *grants, const struct wasmc_option *option) __attribute__((weak));

/* Whether a grant of WASMC_GRANTS lies within what is baked in. A directory learns below which.
 *
 *   baked    the grants before WASMC_GRANTS was read
 *   grants   the grants with this one, at the end if it is one of a list
 */
bool wasmc_ceiling_allows(const struct wasmc_grants *baked, struct wasmc_grants *grants,
                          const struct wasmc_option *option, const char *value) __attribute__((weak));

/* --- grants_words.c --------------------------------------------------------------------------- */

/* Walks a list of words. Start with {0}. */
struct wasmc_word_cursor {
    size_t index;
    const char *word;
};

struct wasmc_option_word {
    const struct wasmc_option *option;
    const char *value; /* "" for an option without one */
};

enum wasmc_words_step { WASMC_WORDS_OPTION, WASMC_WORDS_END, WASMC_WORDS_REFUSED };

/* The next option with its value, in one word or two. Refused: what is no option, or one that is not built. */
enum wasmc_words_step wasmc_words_next(const struct wasmc_words *words, struct wasmc_word_cursor *cursor,
                                       struct wasmc_option_word *result, struct wasmc_grant_error *error);

/* The words behind `--module NAME`, up to the next --module; without a name those before the first one, which are the
 * main module's. */
struct wasmc_words wasmc_words_section(const struct wasmc_words *words, const char *name);

/* Counts the words up to an empty one. */
struct wasmc_words wasmc_words_of(const char *words);

/* Cuts a line into words in place, as a shell does without expansions: blanks separate, '...' and
 * "..." and \ quote. False: a quote that does not end. */
bool wasmc_words_unquote(char *line, struct wasmc_words *words);

/* --- grants_parse.c: one value ---------------------------------------------------------------- */

/* Fills in an error; false. */
bool wasmc_grants_refuse(struct wasmc_grant_error *error, const char *before, const char *word, const char *after);

/* Cuts a word into its parts. Null, or what is wrong with it. */
const char *wasmc_grants_parse_dir(const char *word, struct wasmc_dir_grant *dir);

/* Sizes: bytes, or with KiB, MiB, GiB, TiB, with K, M, G, T for the same, with KB, MB, GB, TB for powers of 1000.
 * Durations: seconds, or with ns, us, ms, s, m, h. */
bool wasmc_grants_parse_size(const char *word, uint64_t *bytes);
bool wasmc_grants_parse_duration(const char *word, uint64_t *duration_ns);

/* NAME or NAME=VALUE. */
bool wasmc_grants_is_variable(const char *word);

/* An enum wasmc_seal_mode; else -1. */
int wasmc_grants_parse_seal(const char *word);

/* The descriptor of stdin, stdout or stderr; else -1. */
int wasmc_grants_parse_stream(const char *word);

/* A decimal number up to `limit`; else, and for null, -1. */
int wasmc_grants_parse_count(const char *word, int limit);

#endif
