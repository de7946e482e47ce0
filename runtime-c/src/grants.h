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

struct wasmc_grants {
    struct wasmc_words sources[WASMC_GRANT_SOURCE_COUNT];
    const char *argv0;         /* replaces argv[0], or null */
    const char *invoke;        /* export to call, or null */
    uint64_t max_memory_bytes; /* per memory; UINT64_MAX: no limit */
    uint64_t max_stack_bytes;  /* 0: the program's default */
    uint64_t timeout_ns;       /* 0: none */
    uint8_t seal;              /* enum wasmc_seal_mode */
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
    WASMC_GRANT_MAX_MEMORY,
    WASMC_GRANT_MAX_STACK,
    WASMC_GRANT_TIMEOUT,
    WASMC_GRANT_TRACE_WASI,
    WASMC_GRANT_SEAL,
    WASMC_GRANT_TCP_LISTEN,
    WASMC_GRANT_LISTEN_FD,
    WASMC_GRANT_NOT_BUILT, /* in the grammar, refused by name */
};

struct wasmc_grant {
    enum wasmc_grant_kind kind;
    const char *value; /* "" for an option without one */
};

/* Walks the grants of all sources in order. Start with {0}. */
struct wasmc_grant_cursor {
    unsigned source;
    size_t index;
    const char *word;
};
bool wasmc_grants_next(const struct wasmc_grants *grants, struct wasmc_grant_cursor *cursor,
                       struct wasmc_grant *grant);

/* HOST::GUEST[::ro], cut into its parts; they point into the word. */
struct wasmc_dir_grant {
    const char *host;
    size_t host_bytes;
    const char *guest;
    size_t guest_bytes;
    bool read_only;
};
bool wasmc_grants_parse_dir(const char *word, struct wasmc_dir_grant *dir, struct wasmc_grant_error *error);

/* Sizes: bytes, or with B, KiB, MiB, GiB, TiB. Durations: with ns, us, ms, s, m, h. */
bool wasmc_grants_parse_size(const char *word, uint64_t *bytes);
bool wasmc_grants_parse_duration(const char *word, uint64_t *duration_ns);

/* Cuts a line into words in place, as a shell does without expansions: blanks separate, '...' and
 * "..." and \ quote. False: a quote that does not end. */
bool wasmc_grants_unquote(char *line, struct wasmc_words *words);

/* Counts the words up to an empty one. */
struct wasmc_words wasmc_grants_baked(const char *words);

/* Checks every word of a source and takes over its scalar grants. */
bool wasmc_grants_add(struct wasmc_grants *grants, enum wasmc_grant_source source, struct wasmc_words words,
                      struct wasmc_grant_error *error);

/* All of the above for this process; ends it with exit status 2 at a word that is refused. */
void wasmc_grants_start(struct wasmc_grants *grants, const char *baked, int argc, char **argv, char **envp);

/* With --listenfd: how many listening sockets the starter passed as descriptors 3, 4, ... (LISTEN_FDS, when LISTEN_PID
 * is this process); else 0. */
int wasmc_grants_listen_fds(const struct wasmc_grants *grants);

/* The value of a variable of the host's environment, or null. */
const char *wasmc_grants_host_variable(char **envp, const char *name, size_t name_bytes);

#endif
