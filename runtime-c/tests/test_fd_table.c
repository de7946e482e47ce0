#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

static bool is_open(int host)
{
    return fcntl(host, F_GETFD) >= 0;
}

static uint32_t insert(struct fixture *fixture, wasi_errno *error)
{
    uint32_t fd = UINT32_MAX;
    struct wasmc_desc desc = {
        .host = open("/dev/null", O_RDONLY | O_CLOEXEC), .kind = WASMC_DESC_FILE, .base = WASI_RIGHTS_FD_READ};
    CHECK(desc.host >= 0);
    *error = wasmc_fd_insert(&fixture->ctx, &desc, &fd);
    return fd;
}

static void test_start(struct fixture *fixture)
{
    struct wasmc_desc *desc;
    CHECK(wasmc_fd_get(&fixture->ctx, 3, WASMC_FD_DIRECTORY, WASI_RIGHTS_PATH_OPEN, &desc) == WASI_ERRNO_SUCCESS);
    CHECK(desc->preopen_name_bytes == 1 && desc->preopen_name[0] == '/');
    CHECK(desc->host > 2);
    CHECK(wasmc_fd_put(&fixture->ctx, desc) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_fd_get(&fixture->ctx, 4, WASMC_FD_ANY, 0, &desc) == WASI_ERRNO_BADF);
    CHECK(wasmc_fd_get(&fixture->ctx, UINT32_MAX, WASMC_FD_ANY, 0, &desc) == WASI_ERRNO_BADF);
    CHECK(wasmc_fd_get(&fixture->ctx, 3, WASMC_FD_DATA, 0, &desc) == WASI_ERRNO_ISDIR);
    CHECK(wasmc_fd_get(&fixture->ctx, 3, WASMC_FD_SEEKABLE, 0, &desc) == WASI_ERRNO_ISDIR);
    CHECK(wasmc_fd_get(&fixture->ctx, 3, WASMC_FD_SOCKET, 0, &desc) == WASI_ERRNO_NOTSOCK);
    CHECK(wasmc_fd_get(&fixture->ctx, 3, WASMC_FD_DIRECTORY, WASI_RIGHTS_FD_READ, &desc) == WASI_ERRNO_NOTCAPABLE);
}

/* POSIX guests expect the lowest number that is free. */
static void test_lowest_free(struct fixture *fixture)
{
    wasi_errno error;
    for (uint32_t expected = 4; expected < 10; expected++)
        CHECK_EQUAL(insert(fixture, &error), expected, "a new descriptor");
    CHECK(wasmc_fd_remove(&fixture->ctx, 7) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_fd_remove(&fixture->ctx, 5) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_fd_remove(&fixture->ctx, 5) == WASI_ERRNO_BADF);
    CHECK_EQUAL(insert(fixture, &error), 5, "the lowest free one");
    CHECK_EQUAL(insert(fixture, &error), 7, "the next free one");
    CHECK_EQUAL(insert(fixture, &error), 10, "a new one");
    for (uint32_t fd = 4; fd <= 10; fd++)
        CHECK(wasmc_fd_remove(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
}

static void test_limit(struct fixture *fixture)
{
    const uint32_t limit = 900; /* no multiple of anything */
    wasi_errno error;
    uint32_t fd = 0;
    CHECK_EQUAL(fixture->ctx.fds.limit, WASMC_FD_LIMIT, "without --max-files");
    fixture->ctx.fds.limit = limit;
    while (fd + 1 < limit) {
        fd = insert(fixture, &error);
        if (error != WASI_ERRNO_SUCCESS)
            break;
    }
    /* The host's own limit may be lower; then the host said so. */
    CHECK_EQUAL(fd, limit - 1, "the last descriptor");
    struct wasmc_desc desc = {.host = open("/dev/null", O_RDONLY | O_CLOEXEC), .kind = WASMC_DESC_FILE};
    CHECK(wasmc_fd_insert(&fixture->ctx, &desc, &fd) == WASI_ERRNO_MFILE);
    CHECK(!is_open(desc.host));
    for (fd = 4; fd < limit; fd++)
        CHECK(wasmc_fd_remove(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
    fixture->ctx.fds.limit = WASMC_FD_LIMIT;
}

/* Whether there is a descriptor, as a list without any cleverness has it. */
#define MODEL_FDS 20000u
static bool model[MODEL_FDS];

static uint32_t model_insert(void)
{
    uint32_t fd = 0;
    while (model[fd])
        fd++;
    model[fd] = true;
    return fd;
}

/* What costs the host nothing, as many as no host would allow. */
static void check_insert(struct fixture *fixture)
{
    uint32_t fd = UINT32_MAX;
    struct wasmc_desc desc = {.borrowed = true, .kind = WASMC_DESC_STREAM};
    CHECK(wasmc_fd_insert(&fixture->ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fd, model_insert(), "the lowest free one");
}

static void check_remove(struct fixture *fixture, uint32_t fd)
{
    CHECK_EQUAL(wasmc_fd_remove(&fixture->ctx, fd), model[fd] ? WASI_ERRNO_SUCCESS : WASI_ERRNO_BADF, "close");
    model[fd] = false;
}

static void check_move(struct fixture *fixture, uint32_t from, uint32_t to)
{
    bool is_possible = model[from] && model[to];
    CHECK_EQUAL(wasmc_fd_move(&fixture->ctx, from, to), is_possible ? WASI_ERRNO_SUCCESS : WASI_ERRNO_BADF, "renumber");
    if (is_possible && from != to)
        model[from] = false;
}

/* Slots grow from 64 to more than a word of blocks stands for; full blocks are passed over and found again. */
static void test_many(struct fixture *fixture)
{
    const uint32_t count = 9000;
    uint64_t state = 1;
    memset(model, false, sizeof model);
    for (uint32_t fd = 0; fd < 4; fd++)
        model[fd] = true;
    for (uint32_t fd = 4; fd < count; fd++)
        check_insert(fixture);
    /* A low one comes and goes, and with it one at the end. */
    for (int i = 0; i < 100; i++) {
        check_remove(fixture, 10);
        check_insert(fixture);
        check_insert(fixture);
        check_remove(fixture, count);
    }
    for (int i = 0; i < 30000; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint32_t fd = 4 + (uint32_t)(state >> 34) % count;
        switch ((state >> 60) % 5) {
        case 0:
        case 1: check_insert(fixture); break;
        case 2: check_move(fixture, fd, 4 + (uint32_t)(state >> 20) % count); break;
        default: check_remove(fixture, fd); break;
        }
    }
    for (uint32_t fd = 4; fd < MODEL_FDS; fd++)
        check_remove(fixture, fd);
    check_insert(fixture);
    check_remove(fixture, 4);
}

/* A program with socket calls may have as many as its starter could have allowed. */
static void test_host_limit(void)
{
    static struct fixture other;
    struct rlimit before;
    CHECK(getrlimit(RLIMIT_NOFILE, &before) == 0);
    struct rlimit limit = {.rlim_cur = 512, .rlim_max = before.rlim_max};
    CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
    fixture_start(&other, false);
    CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    CHECK_EQUAL(limit.rlim_cur, before.rlim_max, "descriptors of the process");
    fixture_end(&other);
    CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
}

/* The host's descriptor lives as long as somebody uses it. */
static void test_users(struct fixture *fixture)
{
    wasi_errno error;
    struct wasmc_desc *desc;
    uint32_t fd = insert(fixture, &error);
    CHECK(wasmc_fd_get(&fixture->ctx, fd, WASMC_FD_ANY, 0, &desc) == WASI_ERRNO_SUCCESS);
    int host = desc->host;
    CHECK(wasmc_fd_remove(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
    CHECK(is_open(host));
    CHECK(wasmc_fd_put(&fixture->ctx, desc) == WASI_ERRNO_SUCCESS);
    CHECK(!is_open(host));
}

static void test_move(struct fixture *fixture)
{
    wasi_errno error;
    struct wasmc_desc *desc;
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t from = insert(fixture, &error);
    uint32_t to = insert(fixture, &error);
    CHECK(wasmc_fd_get(ctx, from, WASMC_FD_ANY, 0, &desc) == WASI_ERRNO_SUCCESS);
    int from_host = desc->host;
    CHECK(wasmc_fd_put(ctx, desc) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_fd_move(ctx, from, 99) == WASI_ERRNO_BADF);
    CHECK(wasmc_fd_move(ctx, 99, to) == WASI_ERRNO_BADF);
    CHECK(wasmc_fd_move(ctx, UINT32_MAX, to) == WASI_ERRNO_BADF);
    CHECK(wasmc_fd_move(ctx, from, from) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_fd_move(ctx, from, to) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_fd_get(ctx, to, WASMC_FD_ANY, 0, &desc) == WASI_ERRNO_SUCCESS && desc->host == from_host);
    CHECK(wasmc_fd_put(ctx, desc) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_fd_remove(ctx, from) == WASI_ERRNO_BADF);
    /* A granted directory can be replaced too. */
    CHECK(wasmc_fd_move(ctx, to, 3) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_prestat_get(ctx, 3, 100) == WASI_ERRNO_BADF);
    CHECK(wasmc_fd_remove(ctx, 3) == WASI_ERRNO_SUCCESS);
    CHECK(!is_open(from_host));
}

/* Closing a standard stream frees the guest's number, not the process's own stream. */
static void test_standard_streams(struct fixture *fixture)
{
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, 2) == WASI_ERRNO_SUCCESS);
    CHECK(is_open(2));
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, 2) == WASI_ERRNO_BADF);
}

/* What a guest finds at 0 when the host connected `host` there (-1: nothing). */
static void check_standard_input(int host, wasi_errno error, uint8_t kind, uint8_t filetype, bool can_seek)
{
    static struct wasmc_ctx ctx;
    static struct wasmc_grants grants;
    struct wasmc_desc *desc;
    char context[40];
    snprintf(context, sizeof context, "filetype %d, kind %d", filetype, kind);
    memset(&ctx, 0, sizeof ctx);
    ctx.grants = &grants;
    ctx.is_main = true;
    int saved = dup(0);
    CHECK(host < 0 ? close(0) == 0 : dup2(host, 0) == 0);
    wasmc_fd_table_start(&ctx);
    CHECK_EQUAL(wasmc_fd_get(&ctx, 0, WASMC_FD_ANY, 0, &desc), error, context);
    if (error == WASI_ERRNO_SUCCESS) {
        CHECK_EQUAL(desc->kind, kind, context);
        CHECK_EQUAL(desc->filetype, filetype, context);
        CHECK_EQUAL((desc->base & WASI_RIGHTS_FD_SEEK) != 0, can_seek, context);
        CHECK_EQUAL((desc->base & WASI_RIGHTS_FD_WRITE) != 0, kind == WASMC_DESC_SOCKET, context);
        CHECK_EQUAL((desc->base & WASI_RIGHTS_OF_DIRECTORY & ~WASI_RIGHTS_OF_STREAM), 0, context);
        CHECK(wasmc_fd_put(&ctx, desc) == WASI_ERRNO_SUCCESS);
    }
    CHECK(dup2(saved, 0) == 0 && close(saved) == 0);
    if (host >= 0)
        close(host);
}

/* wasi-libc's isatty: a character device that cannot seek. Only a terminal may look like that. */
static void test_standard_input(struct fixture *fixture)
{
    int ends[2];
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    CHECK(terminal >= 0);
    check_standard_input(terminal, 0, WASMC_DESC_STREAM, WASI_FILETYPE_CHARACTER_DEVICE, false);
    check_standard_input(open("/dev/null", O_RDWR), 0, WASMC_DESC_FILE, WASI_FILETYPE_CHARACTER_DEVICE, true);
    fixture_make_file(fixture, "root/input", "text");
    check_standard_input(open(fixture_host_path(fixture, "root/input"), O_RDONLY), 0, WASMC_DESC_FILE,
                         WASI_FILETYPE_REGULAR_FILE, true);
    CHECK(pipe(ends) == 0);
    check_standard_input(ends[0], 0, WASMC_DESC_STREAM, WASI_FILETYPE_UNKNOWN, false);
    close(ends[1]);
    CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
    check_standard_input(ends[0], 0, WASMC_DESC_SOCKET, WASI_FILETYPE_SOCKET_DGRAM, false);
    close(ends[1]);
    /* A directory there is no grant of what lies below it. */
    check_standard_input(open(fixture->top, O_RDONLY | O_DIRECTORY), 0, WASMC_DESC_STREAM, WASI_FILETYPE_UNKNOWN,
                         false);
    check_standard_input(-1, WASI_ERRNO_BADF, 0, 0, false);
}

void test_fd_table(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_start(&fixture);
    test_lowest_free(&fixture);
    test_limit(&fixture);
    test_many(&fixture);
    test_host_limit();
    test_users(&fixture);
    test_move(&fixture);
    test_standard_streams(&fixture);
    test_standard_input(&fixture);
    fixture_end(&fixture);
}
