/* grants.h - what a program may reach: the words baked in at build time, then those of the
 * environment variable WASMC_GRANTS, in one grammar. Nothing is granted by default. */
#ifndef WASMC_GRANTS_H
#define WASMC_GRANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

/* The most descriptors that a module may have open, and what it may without --max-files. */
#define WASMC_FILES_LIMIT 1024

/* The grants of one module. Words before the first `--module NAME` are the main module's, those behind it are that
 * linked module's. */
struct wasmc_grants {
    struct wasmc_words sources[WASMC_GRANT_SOURCE_COUNT]; /* the module's own words */
    struct wasmc_words all[WASMC_GRANT_SOURCE_COUNT];     /* of the main module's grants: everybody's words */
    const char *module;        /* the linked module's name; null for the main module */
    const char *argv0;         /* replaces argv[0], or null */
    const char *invoke;        /* export to call, or null */
    uint64_t max_memory_bytes; /* of memories and tables: all of the program's, or the module's; UINT64_MAX: no limit */
    uint32_t max_files;        /* descriptors; 0: WASMC_FILES_LIMIT */
    uint32_t replaced;         /* under a ceiling: grants of which WASMC_GRANTS has a selection (grants_ceiling.c) */
    uint32_t arg_count;        /* of --arg */
    uint64_t max_stack_bytes;  /* 0: the program's default */
    uint64_t timeout_ns;       /* 0: none */
    uint8_t seal;              /* enum wasmc_seal_mode */
    uint8_t streams;           /* of --inherit-stdio, bit i for descriptor i */
    bool is_ceiling;           /* what is baked in is the most: WASMC_GRANTS only narrows it */
    bool inherit_env;
    bool listen_fd;            /* --listenfd */
    bool trace_wasi;
    int argc;                  /* the process's own */
    char **argv;
    char **envp;
};

/* A refused word; the message is before 'word' after. */
struct wasmc_grant_error {
    const char *before;
    const char *word;
    const char *after;
};

enum wasmc_grant_kind {
    WASMC_GRANT_DIR,
    WASMC_GRANT_ENV,
    WASMC_GRANT_INHERIT_ENV,
    WASMC_GRANT_ARGV0,
    WASMC_GRANT_INVOKE,
    WASMC_GRANT_MODULE,
    WASMC_GRANT_INHERIT_STDIO,
    WASMC_GRANT_ARG,
    WASMC_GRANT_ACCEPT_FROM,
    WASMC_GRANT_MAX_FILES,
    WASMC_GRANT_MAX_MEMORY,
    WASMC_GRANT_MAX_STACK,
    WASMC_GRANT_TIMEOUT,
    WASMC_GRANT_TRACE_WASI,
    WASMC_GRANT_JSON,
    WASMC_GRANT_SEAL,
    WASMC_GRANT_TCP_LISTEN,
    WASMC_GRANT_LISTEN_FD,
    WASMC_GRANT_NOT_BUILT, /* in the grammar, refused by name */
};

struct wasmc_grant {
    enum wasmc_grant_kind kind;
    uint8_t scope;      /* whose it can be (grants.c) */
    const char *option; /* its name */
    const char *value;  /* "" for an option without one */
};

/* Walks the grants of all sources in order. Start with {0}. */
struct wasmc_grant_cursor {
    unsigned source;
    size_t index;
    const char *word;
};
bool wasmc_grants_next(const struct wasmc_grants *grants, struct wasmc_grant_cursor *cursor,
                       struct wasmc_grant *grant);

/* The same for one source, also what a ceiling's selection has replaced. */
bool wasmc_grants_next_of(const struct wasmc_grants *grants, enum wasmc_grant_source source,
                          struct wasmc_grant_cursor *cursor, struct wasmc_grant *grant);

/* Fills in an error; false. */
bool wasmc_grants_refuse(struct wasmc_grant_error *error, const char *before, const char *word, const char *after);

/* HOST::GUEST[::ro], cut into its parts; they point into the word. */
struct wasmc_dir_grant {
    const char *host;
    size_t host_bytes;
    const char *guest;
    size_t guest_bytes;
    bool read_only;
};
bool wasmc_grants_parse_dir(const char *word, struct wasmc_dir_grant *dir, struct wasmc_grant_error *error);

/* Sizes: bytes, or with KiB, MiB, GiB, TiB, with K, M, G, T for the same, with KB, MB, GB, TB for powers of 1000.
 * Durations: seconds, or with ns, us, ms, s, m, h. */
#define WASMC_SIZE_FORM ": expected a whole number of bytes, or with KiB, MiB, GiB or TiB, such as 256MiB"
#define WASMC_DURATION_FORM ": expected a whole number of seconds, or with ns, us, ms, s, m or h, such as 10s or 500ms"
bool wasmc_grants_parse_size(const char *word, uint64_t *bytes);
bool wasmc_grants_parse_duration(const char *word, uint64_t *duration_ns);

/* NAME or NAME=VALUE. */
bool wasmc_grants_check_env(const char *word, struct wasmc_grant_error *error);

bool wasmc_grants_parse_seal(const char *word, uint8_t *mode, struct wasmc_grant_error *error);

/* The descriptor of stdin, stdout or stderr; else -1. */
int wasmc_grants_parse_stream(const char *word);

/* A decimal number up to `limit`; else, and for null, -1. */
int wasmc_grants_parse_count(const char *word, int limit);

/* Cuts a line into words in place, as a shell does without expansions: blanks separate, '...' and
 * "..." and \ quote. False: a quote that does not end. */
bool wasmc_grants_unquote(char *line, struct wasmc_words *words);

/* Counts the words up to an empty one. */
struct wasmc_words wasmc_grants_baked(const char *words);

/* The words behind `--module NAME`, up to the next --module; without a name those before the first one, which are the
 * main module's. */
struct wasmc_words wasmc_grants_section(const struct wasmc_words *words, const char *name);

/* Checks every word of a module's section of a source and takes over its scalar grants. */
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

/* The grants of the linked module `name`: nothing but the program's limits on memory and files, and what its section
 * says. Ends the process likewise. */
void wasmc_grants_start_module(struct wasmc_grants *grants, const struct wasmc_grants *program, const char *name)
    __attribute__((weak));

/* Whether every section belongs to a module that is there, and to a different one. */
bool wasmc_grants_check_modules(const struct wasmc_grants *grants, bool (*is_module)(void *context, const char *name),
                                void *context, struct wasmc_grant_error *error) __attribute__((weak));

/* Whether --accept-from names the module `name`. */
bool wasmc_grants_accept_from(const struct wasmc_grants *grants, const char *name) __attribute__((weak));

/* --- grants_ceiling.c: only in programs with WASMC_PROGRAM_CEILING --------------------------- */

/* Whether a grant of WASMC_GRANTS lies within what is baked in.
 *
 *   baked    the grants before WASMC_GRANTS was read
 *   grants   the grants with this one
 */
bool wasmc_ceiling_allows(const struct wasmc_grants *baked, const struct wasmc_grants *grants,
                          const struct wasmc_grant *grant) __attribute__((weak));

/* From now on WASMC_GRANTS says which grants like this one there are. */
void wasmc_ceiling_replace(struct wasmc_grants *grants, enum wasmc_grant_kind kind) __attribute__((weak));

/* Whether that is so. */
bool wasmc_ceiling_replaces(const struct wasmc_grants *grants, enum wasmc_grant_kind kind) __attribute__((weak));

/* How much of dir->host is the path of a baked directory that allows `dir`; 0 when none does. Behind it is a relative
 * path without `..`. */
size_t wasmc_ceiling_dir_bytes(const struct wasmc_grants *grants, const struct wasmc_dir_grant *dir)
    __attribute__((weak));

/* With --listenfd: how many listening sockets the starter passed as descriptors 3, 4, ... (LISTEN_FDS, when LISTEN_PID
 * is this process); else 0. */
int wasmc_grants_listen_fds(const struct wasmc_grants *grants);

/* The value of a variable of the host's environment, or null. */
const char *wasmc_grants_host_variable(char **envp, const char *name, size_t name_bytes);

#endif
