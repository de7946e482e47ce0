/* test_sequences.c - the resolver against itself: long random sequences of calls on two trees that start out the same,
 * one resolved by openat2 and one by the walk. Every result must agree (errno, descriptor, text, metadata, names), the
 * trees must stay the same, and what lies beside them must not change. `run fuzz COUNT SEED` goes on for longer. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "tree.h"
#include "wasmc/wasi.h"

/* Operations on a pair of trees before it is made anew, with everything that leads out of it. */
#define SEQUENCE 2000
#define CHECK_EVERY 250

/* Guest addresses of results, and how much of them is compared. */
enum { FD = 16, USED = 24, RESULT = 1024, RESULT_BYTES = 8192, IOVEC = 40, BUFFER = 12288 };

/* Descriptors: 3 is the granted directory, up to LAST_DIR directories opened below it. */
enum { FIRST_DIR = 3, LAST_DIR = 7 };

struct side {
    struct fixture fixture;
    char before[TREE_BYTES]; /* everything beside the granted directory */
    bool without_openat2;
};

static struct side sides[2];
static uint64_t state;

static uint32_t random_below(uint32_t limit)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % limit);
}

/* An operation, the same for both sides. */
struct operation {
    uint32_t kind;
    uint32_t fd;
    uint32_t to_fd;
    uint32_t lookupflags;
    uint32_t oflags;
    uint32_t fdflags;
    uint64_t rights;
    uint64_t times[2];
    uint32_t fstflags;
    uint32_t bytes;
    char path[4200];
    char to[4200];
};

static const char *random_name(void)
{
    static const char *const names[] = {
        ".", "..", "..", "", "out", "out-file", "out-later", "absolute", "up", "loop", "ping", "self", "deep-up",
        "outside", "canary", "root", "...", "..a", " ", "\xff\xfe", "a\\b", "%s",
    };
    static const char *const plain[] = {"a", "b", "c", "d", "e", "f"};
    if (random_below(10) < 8)
        return plain[random_below(sizeof plain / sizeof plain[0])];
    return names[random_below(sizeof names / sizeof names[0])];
}

/* Mostly a few components; now and then something at the limits. */
static void random_path(char *path)
{
    uint32_t special = random_below(200);
    path[0] = '\0';
    if (special == 0) {
        memset(path, 'x', 255 + random_below(2));
        return;
    }
    if (special == 1) {
        uint32_t bytes = 4080 + random_below(20);
        for (uint32_t i = 0; i < bytes; i++)
            path[i] = "a/../b/./"[i % 9];
        path[bytes] = '\0';
        return;
    }
    if (special == 2)
        strcpy(path, "/");
    uint32_t count = 1 + random_below(special < 100 ? 1 : special < 160 ? 2 : 6);
    for (uint32_t i = 0; i < count; i++) {
        strcat(path, i > 0 ? "/" : "");
        strcat(path, random_name());
    }
    if (random_below(6) == 0)
        strcat(path, random_below(2) ? "/" : "//");
}

static uint64_t random_time(void)
{
    return random_below(4) == 0 ? (uint64_t)random_below(UINT32_MAX) << random_below(33) : random_below(1000000);
}

enum kind {
    MAKE_DIR, REMOVE_DIR, UNLINK, SYMLINK, LINK, RENAME, READLINK, STAT, SET_TIMES, LIST, CLOSE, RENUMBER, OPEN,
    OPEN_DIR, KINDS,
};

static const char *const kind_names[KINDS] = {
    "mkdir", "rmdir", "unlink", "symlink", "link", "rename", "readlink", "stat", "utimes", "readdir", "close",
    "renumber", "open", "open a directory",
};

static struct operation random_operation(void)
{
    static const uint8_t weights[KINDS] = {
        [MAKE_DIR] = 12, [REMOVE_DIR] = 6, [UNLINK] = 7, [SYMLINK] = 6, [LINK] = 8, [RENAME] = 8, [READLINK] = 6,
        [STAT] = 10, [SET_TIMES] = 5, [LIST] = 4, [CLOSE] = 6, [RENUMBER] = 1, [OPEN] = 20, [OPEN_DIR] = 8,
    };
    struct operation operation = {.fd = FIRST_DIR, .to_fd = FIRST_DIR};
    uint32_t choice = random_below(107);
    while (choice >= weights[operation.kind])
        choice -= weights[operation.kind++];
    if (random_below(5) == 0)
        operation.fd += random_below(LAST_DIR + 1 - FIRST_DIR);
    if (random_below(5) == 0)
        operation.to_fd += random_below(LAST_DIR + 1 - FIRST_DIR);
    operation.lookupflags = random_below(2);
    operation.oflags = random_below(4) == 0 ? random_below(16) : random_below(2);
    operation.fdflags = random_below(8) == 0 ? random_below(2) * WASI_FDFLAGS_APPEND : 0;
    if (random_below(500) == 0)
        operation.fdflags = random_below(64); /* seldom: waiting for the disk takes long */
    operation.rights = random_below(4) == 0 ? WASI_RIGHTS_FD_READ
                                            : WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_WRITE | WASI_RIGHTS_FD_SEEK;
    operation.times[0] = random_time();
    operation.times[1] = random_time();
    operation.fstflags = (uint32_t[]){0, 1, 4, 5, 3, 16}[random_below(6)];
    operation.bytes = random_below(4) == 0 ? random_below(40) : 600;
    random_path(operation.path);
    random_path(operation.to);
    return operation;
}

/* What an operation did to one side. */
struct outcome {
    uint32_t error;
    uint32_t value; /* descriptor, bytes */
    uint8_t result[RESULT_BYTES];
};

/* A file that was opened: written to, read, closed. */
static void use_file(struct fixture *fixture, uint32_t fd, struct outcome *outcome)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    fixture_put_u32(fixture, IOVEC, BUFFER);
    fixture_put_u32(fixture, IOVEC + 4, 5);
    memcpy(fixture->bytes + BUFFER, "bytes", 5);
    uint32_t error = wasmc_wasi_fd_write(ctx, fd, IOVEC, 1, USED);
    fixture_put_u32(fixture, IOVEC + 4, 30);
    memset(fixture->bytes + BUFFER, 0, 30);
    uint32_t read_error = wasmc_wasi_fd_pread(ctx, fd, IOVEC, 1, 0, USED);
    memcpy(outcome->result, fixture->bytes + BUFFER, 30);
    outcome->result[40] = (uint8_t)error;
    outcome->result[41] = (uint8_t)read_error;
    outcome->result[42] = (uint8_t)wasmc_wasi_fd_close(ctx, fd);
}

/* Opens with the directory's rights or a file's; a directory is kept while there is room. */
static void open_path(struct fixture *fixture, const struct operation *operation, struct outcome *outcome)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    bool as_dir = operation->kind == OPEN_DIR;
    uint32_t oflags = as_dir ? WASI_OFLAGS_DIRECTORY : operation->oflags;
    uint64_t rights = as_dir ? WASI_RIGHTS_OF_DIRECTORY : operation->rights;
    outcome->error = wasmc_wasi_path_open(ctx, operation->fd, operation->lookupflags,
                                          fixture_text(fixture, operation->path), (uint32_t)strlen(operation->path),
                                          oflags, rights, ~UINT64_C(0), operation->fdflags, FD);
    if (outcome->error != WASI_ERRNO_SUCCESS)
        return;
    outcome->value = fixture_u32(fixture, FD);
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, outcome->value, RESULT) == WASI_ERRNO_SUCCESS);
    memcpy(outcome->result + 100, fixture->bytes + RESULT, 24);
    if (fixture->bytes[RESULT] != WASI_FILETYPE_DIRECTORY)
        use_file(fixture, outcome->value, outcome);
    else if (outcome->value > LAST_DIR)
        CHECK(wasmc_wasi_fd_close(ctx, outcome->value) == WASI_ERRNO_SUCCESS);
}

/* Numbers of files, and times that the clock set, differ between the sides. */
static void keep_comparable(uint8_t *filestat)
{
    memset(filestat, 0, 16);
    for (int at = 40; at < 64; at += 8) {
        uint64_t time_ns;
        memcpy(&time_ns, filestat + at, 8);
        if (time_ns > UINT64_C(1000000000000000) || at == 56)
            memset(filestat + at, 0, 8);
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The order of a directory's names is the host's business: sorted, each with its type. */
static void list(struct fixture *fixture, const struct operation *operation, struct outcome *outcome)
{
    static char texts[300][300];
    char *names[300];
    uint32_t count = 0;
    outcome->error = wasmc_wasi_fd_readdir(&fixture->ctx, operation->fd, BUFFER, 20000, 0, USED);
    if (outcome->error != WASI_ERRNO_SUCCESS)
        return;
    uint32_t end = BUFFER + fixture_u32(fixture, USED);
    for (uint32_t at = BUFFER; at + 24 < end && count < 300;) {
        uint32_t name_bytes = fixture_u32(fixture, at + 16);
        snprintf(texts[count], sizeof texts[0], "%.*s=%d ", (int)name_bytes, (char *)fixture->bytes + at + 24,
                 fixture->bytes[at + 20]);
        names[count] = texts[count];
        count++;
        at += 24 + name_bytes;
    }
    qsort(names, count, sizeof names[0], compare_names);
    size_t used = 0;
    for (uint32_t i = 0; i < count && used < RESULT_BYTES - 300; i++)
        used += (size_t)sprintf((char *)outcome->result + used, "%s", names[i]);
    outcome->value = count;
}

#define PATH fixture_text(fixture, operation->path), (uint32_t)strlen(operation->path)
#define TO fixture_text(fixture, operation->to), (uint32_t)strlen(operation->to)

static void run(struct side *side, const struct operation *operation, struct outcome *outcome)
{
    struct fixture *fixture = &side->fixture;
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t fd = operation->fd;
    memset(outcome, 0, sizeof *outcome);
    memset(fixture->bytes + RESULT, 0, 700);
    fixture_put_u32(fixture, USED, 0);
    test_path_set_mode(side->without_openat2);
    switch ((enum kind)operation->kind) {
    case MAKE_DIR: outcome->error = wasmc_wasi_path_create_directory(ctx, fd, PATH); break;
    case REMOVE_DIR: outcome->error = wasmc_wasi_path_remove_directory(ctx, fd, PATH); break;
    case UNLINK: outcome->error = wasmc_wasi_path_unlink_file(ctx, fd, PATH); break;
    case SYMLINK: outcome->error = wasmc_wasi_path_symlink(ctx, TO, fd, PATH); break;
    case LINK: outcome->error = wasmc_wasi_path_link(ctx, fd, 0, PATH, operation->to_fd, TO); break;
    case RENAME: outcome->error = wasmc_wasi_path_rename(ctx, fd, PATH, operation->to_fd, TO); break;
    case READLINK:
        outcome->error = wasmc_wasi_path_readlink(ctx, fd, PATH, RESULT, operation->bytes, USED);
        outcome->value = fixture_u32(fixture, USED);
        memcpy(outcome->result, fixture->bytes + RESULT, 700);
        break;
    case STAT:
        outcome->error = wasmc_wasi_path_filestat_get(ctx, fd, operation->lookupflags, PATH, RESULT);
        memcpy(outcome->result, fixture->bytes + RESULT, 64);
        keep_comparable(outcome->result);
        break;
    case SET_TIMES:
        outcome->error = wasmc_wasi_path_filestat_set_times(ctx, fd, operation->lookupflags, PATH, operation->times[0],
                                                            operation->times[1], operation->fstflags);
        break;
    case LIST: list(fixture, operation, outcome); break;
    case CLOSE: outcome->error = fd > FIRST_DIR ? wasmc_wasi_fd_close(ctx, fd) : 0; break;
    case RENUMBER:
        if (fd > FIRST_DIR && operation->to_fd > FIRST_DIR)
            outcome->error = wasmc_wasi_fd_renumber(ctx, fd, operation->to_fd);
        break;
    case OPEN:
    case OPEN_DIR: open_path(fixture, operation, outcome); break;
    case KINDS: break;
    }
}

static void start_side(struct side *side, bool without_openat2)
{
    struct fixture *fixture = &side->fixture;
    static const char *const links[][2] = {
        {"../outside", "out"}, {"../outside/canary", "out-file"}, {"../outside/later", "out-later"},
        {"/etc", "absolute"}, {"..", "up"}, {"loop", "loop"}, {"ping/", "ping"}, {".", "self"},
        {"../../outside", "a/deep-up"}, {"../a/b", "a/self"}, {"b/../../root/a", "a/up"},
    };
    fixture_start(fixture, false);
    side->without_openat2 = without_openat2;
    fixture_make_file(fixture, "outside/canary", "canary");
    fixture_make_dir(fixture, "outside/b");
    fixture_make_dir(fixture, "root/a");
    fixture_make_dir(fixture, "root/a/b");
    fixture_make_file(fixture, "root/c", "content");
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        char name[40];
        snprintf(name, sizeof name, "root/%s", links[i][1]);
        fixture_make_link(fixture, links[i][0], name);
    }
    tree_describe(fixture_host_path(fixture, "outside"), TREE_EXACT, side->before);
}

/* The trees are the same, and what is beside them is as it was. */
static bool check_trees(void)
{
    static char trees[2][TREE_BYTES];
    static char now[TREE_BYTES];
    bool same = true;
    for (int i = 0; i < 2; i++) {
        tree_describe(fixture_host_path(&sides[i].fixture, "root"), TREE_COMPARABLE, trees[i]);
        tree_describe(fixture_host_path(&sides[i].fixture, "outside"), TREE_EXACT, now);
        same = same && strcmp(now, sides[i].before) == 0 && tree_count(sides[i].fixture.top) == 2;
    }
    CHECK(same && "nothing outside has changed");
    CHECK_TEXT(trees[1], trees[0]);
    return same && strcmp(trees[0], trees[1]) == 0;
}

/* How often each kind of operation succeeded: a sequence of nothing but errors would test little. */
static long successes[KINDS];

/* False: a difference, which is printed. */
static bool run_both(const struct operation *operation, long number)
{
    static struct outcome outcomes[2];
    for (int i = 0; i < 2; i++)
        run(&sides[i], operation, &outcomes[i]);
    successes[operation->kind] += outcomes[0].error == WASI_ERRNO_SUCCESS;
    if (memcmp(&outcomes[0], &outcomes[1], sizeof outcomes[0]) == 0)
        return true;
    printf("operation %ld: kind %u fd %u '%s' to %u '%s' lookup %u oflags %x fdflags %x: openat2 %u %u, walk %u %u\n",
           number, operation->kind, operation->fd, operation->path, operation->to_fd, operation->to,
           operation->lookupflags, operation->oflags, operation->fdflags, outcomes[0].error, outcomes[0].value,
           outcomes[1].error, outcomes[1].value);
    return false;
}

void test_sequences(long count, uint64_t seed)
{
    long done = 0;
    int differences = 0;
    state = seed;
    while (done < count && differences < 5) {
        start_side(&sides[0], false);
        start_side(&sides[1], true);
        bool same = true;
        for (int i = 0; i < SEQUENCE && done < count && same; i++, done++) {
            struct operation operation = random_operation();
            same = run_both(&operation, done);
            if (i % CHECK_EVERY == CHECK_EVERY - 1)
                same = check_trees() && same;
        }
        differences += !same;
        (void)check_trees();
        fixture_end(&sides[0].fixture);
        fixture_end(&sides[1].fixture);
    }
    test_path_set_mode(false);
    CHECK_EQUAL(differences, 0, "openat2 against the walk");
    CHECK_EQUAL(done, count, "operations");
    for (int kind = 0; kind < KINDS; kind++)
        CHECK_EQUAL(successes[kind] > count / 1000, 1, kind_names[kind]);
    printf("sequences: %ld operations in both resolvers, seed %llu, %d differences\n", done, (unsigned long long)seed,
           differences);
}
