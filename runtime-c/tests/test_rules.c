/* test_rules.c - rules that no other unit test would notice to be broken; RULES.md lists all of them. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "sys/sys.h"
#include "wasmc/wasi.h"

#define ALL_RIGHTS (~UINT64_C(0))
#define PATH(text) fixture_text(fixture, text), (uint32_t)strlen(text)

static int host_of(struct fixture *fixture, uint32_t fd)
{
    struct wasmc_desc *desc;
    if (wasmc_fd_get(&fixture->ctx, fd, WASMC_FD_ANY, 0, &desc) != WASI_ERRNO_SUCCESS)
        return -1;
    int host = desc->host;
    (void)wasmc_fd_put(&fixture->ctx, desc);
    return host;
}

/* A resolution that meets a rename is tried again, not for ever, and is never taken for a missing openat2. */
static void test_again(struct fixture *fixture)
{
    uint32_t fd;
    test_path_set_mode(false);
    test_path_fail_again(15);
    CHECK_EQUAL(fixture_open(fixture, 3, "file", 0, ALL_RIGHTS, &fd), WASI_ERRNO_SUCCESS, "after 15 races");
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
    test_path_fail_again(1000);
    CHECK_EQUAL(fixture_open(fixture, 3, "file", 0, ALL_RIGHTS, &fd), WASI_ERRNO_AGAIN, "races without end");
    test_path_fail_again(0);
    CHECK_EQUAL(fixture_open(fixture, 3, "../outside", 0, ALL_RIGHTS, &fd), WASI_ERRNO_PERM, "an escape, then");
}

/* What a guest opens never becomes the host's standard stream, nor is it handed on to another program. */
static void test_numbers(struct fixture *fixture)
{
    uint32_t fds[4];
    int saved = dup(0);
    close(0);
    for (int i = 0; i < 4; i++) {
        /* The first two are moved away from 0, the others are used as they were opened. */
        if (i == 2) {
            CHECK(fcntl(0, F_GETFD) < 0);
            CHECK(dup2(saved, 0) == 0 && close(saved) == 0);
        }
        test_path_set_mode(i % 2 == 1);
        CHECK(fixture_open(fixture, 3, "file", 0, ALL_RIGHTS, &fds[i]) == WASI_ERRNO_SUCCESS);
    }
    for (int i = 0; i < 4; i++) {
        int host = host_of(fixture, fds[i]);
        CHECK(host > 2 && fcntl(host, F_GETFD) == FD_CLOEXEC);
        CHECK(wasmc_wasi_fd_close(&fixture->ctx, fds[i]) == WASI_ERRNO_SUCCESS);
    }
    test_path_set_mode(false);
}

/* A session without a terminal does not get one by opening it. */
static void test_terminal(struct fixture *fixture)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    CHECK(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    const char *name = ptsname(terminal);
    uint32_t dir;
    struct wasmc_desc desc = {
        .host = open("/dev/pts", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
        .kind = WASMC_DESC_DIRECTORY,
        .base = WASI_RIGHTS_OF_DIRECTORY,
        .inheriting = WASI_RIGHTS_INHERITING_OF_DIRECTORY,
    };
    CHECK(name != NULL && wasmc_fd_insert(&fixture->ctx, &desc, &dir) == WASI_ERRNO_SUCCESS);
    for (int missing = 0; missing < 2; missing++) {
        test_path_set_mode(missing);
        pid_t child = fork();
        if (child == 0) {
            uint32_t fd;
            setsid();
            bool opened = fixture_open(fixture, dir, name + strlen("/dev/pts/"), 0, WASI_RIGHTS_FD_READ, &fd) == 0;
            _exit(!opened ? 1 : open("/dev/tty", O_RDWR) >= 0 ? 2 : 0);
        }
        int status = -1;
        CHECK(waitpid(child, &status, 0) == child);
        CHECK_EQUAL(status, 0, "opened, and no terminal of the session");
    }
    test_path_set_mode(false);
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, dir) == WASI_ERRNO_SUCCESS);
    close(terminal);
}

static void put_iovec(struct fixture *fixture, uint32_t addr, uint32_t buffer, uint32_t bytes)
{
    fixture_put_u32(fixture, addr, buffer);
    fixture_put_u32(fixture, addr + 4, bytes);
}

/* Vectors are copied in before anything is read, results written when all is done: what is read may lie over both. */
static void test_copies(struct fixture *fixture)
{
    uint32_t fd;
    fixture_make_file(fixture, "root/sixteen", "0123456789abcdef");
    CHECK(fixture_open(fixture, 3, "sixteen", 0, WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_SEEK, &fd) == WASI_ERRNO_SUCCESS);
    put_iovec(fixture, 100, 108, 8); /* over the second vector */
    put_iovec(fixture, 108, 600, 8);
    CHECK(wasmc_wasi_fd_read(&fixture->ctx, fd, 100, 2, 200) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 200) == 16 && memcmp(fixture->bytes + 600, "89abcdef", 8) == 0);
    put_iovec(fixture, 100, 600, 16);
    CHECK(wasmc_wasi_fd_pread(&fixture->ctx, fd, 100, 1, 0, 604) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u32(fixture, 604) == 16 && memcmp(fixture->bytes + 608, "89abcdef", 8) == 0);
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, fd) == WASI_ERRNO_SUCCESS);
}

/* Kind, rights, policy, host: who lacks a right learns nothing else. */
static void test_order(void)
{
    static struct fixture instance;
    struct fixture *fixture = &instance;
    fixture_start(fixture, true);
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("../x")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("missing")) == WASI_ERRNO_PERM);
    CHECK(wasmc_wasi_fd_fdstat_set_rights(ctx, 3, 0, 0) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_create_directory(ctx, 3, PATH("../x")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_unlink_file(ctx, 3, PATH("missing")) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_path_readlink(ctx, 3, PATH("missing"), 600, 9, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_read(ctx, 3, 100, 0, 200) == WASI_ERRNO_ISDIR);
    fixture_end(fixture);
}

/* A descriptor has no right that the host's own cannot be used for; its flags are the host's. */
static void test_host_modes(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t fd;
    CHECK(fixture_open(fixture, 3, "file", 0, ALL_RIGHTS & ~WASI_RIGHTS_FD_WRITE, &fd) == WASI_ERRNO_SUCCESS);
    CHECK((fcntl(host_of(fixture, fd), F_GETFL) & O_ACCMODE) == O_RDONLY);
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
    CHECK((fixture_u64(fixture, 408) &
           (WASI_RIGHTS_FD_WRITE | WASI_RIGHTS_FD_ALLOCATE | WASI_RIGHTS_FD_FILESTAT_SET_SIZE)) == 0);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    static const uint32_t flags[][2] = {
        {WASI_FDFLAGS_SYNC, O_SYNC}, {WASI_FDFLAGS_RSYNC, O_SYNC}, {WASI_FDFLAGS_DSYNC, O_DSYNC},
        {WASI_FDFLAGS_APPEND, O_APPEND},
    };
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        CHECK(wasmc_wasi_path_open(ctx, 3, 0, PATH("file"), 0, WASI_RIGHTS_OF_FILE, 0, flags[i][0], 16) ==
              WASI_ERRNO_SUCCESS);
        fd = fixture_u32(fixture, 16);
        int host = host_of(fixture, fd);
        CHECK_EQUAL((uint32_t)fcntl(host, F_GETFL) & flags[i][1], flags[i][1], "flags of the host");
        CHECK(wasmc_wasi_fd_fdstat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
        CHECK_EQUAL(fixture->bytes[402], flags[i][0], "flags of the guest");
        CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    }
    /* O_NONBLOCK was for opening only. */
    CHECK(mkfifo(fixture_host_path(fixture, "root/fifo"), 0600) == 0);
    CHECK(fixture_open(fixture, 3, "fifo", 0, WASI_RIGHTS_FD_READ, &fd) == WASI_ERRNO_SUCCESS);
    CHECK((fcntl(host_of(fixture, fd), F_GETFL) & O_NONBLOCK) == 0);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_path_open(ctx, 3, 0, PATH("fifo"), 0, WASI_RIGHTS_FD_READ, 0, WASI_FDFLAGS_NONBLOCK, 16) ==
          WASI_ERRNO_SUCCESS);
    fd = fixture_u32(fixture, 16);
    CHECK((fcntl(host_of(fixture, fd), F_GETFL) & O_NONBLOCK) != 0);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
}

static volatile sig_atomic_t alarms;
static int alarm_writes_to = -1;

/* Interrupts a few times, then lets the data come. */
static void handle_alarm(int number)
{
    (void)number;
    if (++alarms == 5)
        (void)!write(alarm_writes_to, "late", 4);
}

/* A signal is the host's business: no call comes back with INTR, and none comes back early. */
static void test_interrupts(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    struct sigaction action = {.sa_handler = handle_alarm}; /* without SA_RESTART */
    struct sigaction before;
    struct itimerval timer = {.it_interval = {.tv_usec = 5000}, .it_value = {.tv_usec = 5000}};
    int ends[2];
    uint32_t fd;
    CHECK(pipe2(ends, O_CLOEXEC) == 0 && sigaction(SIGALRM, &action, &before) == 0);
    struct wasmc_desc desc = {.host = ends[0], .kind = WASMC_DESC_STREAM, .base = WASI_RIGHTS_OF_STREAM};
    CHECK(wasmc_fd_insert(ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    alarm_writes_to = ends[1];
    CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0);
    put_iovec(fixture, 100, 600, 16);
    CHECK_EQUAL(wasmc_wasi_fd_read(ctx, fd, 100, 1, 200), WASI_ERRNO_SUCCESS, "reading");
    CHECK(fixture_u32(fixture, 200) == 4 && alarms >= 5);

    alarms = 5; /* only interrupts */
    memset(fixture->bytes + 1024, 0, 96);
    fixture_put_u32(fixture, 1024 + 16, WASI_CLOCKID_MONOTONIC);
    fixture_put_u64(fixture, 1024 + 24, 60000000);
    struct timespec start;
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    CHECK_EQUAL(wasmc_wasi_poll_oneoff(ctx, 1024, 2048, 1, 200), WASI_ERRNO_SUCCESS, "sleeping");
    clock_gettime(CLOCK_MONOTONIC, &end);
    CHECK((end.tv_sec - start.tv_sec) * 1000000000 + end.tv_nsec - start.tv_nsec >= 60000000 && alarms > 8);
    timer = (struct itimerval){0};
    CHECK(setitimer(ITIMER_REAL, &timer, NULL) == 0 && sigaction(SIGALRM, &before, NULL) == 0);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    close(ends[1]);
}

void test_rules(void)
{
    static struct fixture instance;
    struct fixture *fixture = &instance;
    fixture_start(fixture, false);
    fixture_make_file(fixture, "root/file", "file");
    test_again(fixture);
    test_numbers(fixture);
    test_terminal(fixture);
    test_copies(fixture);
    test_order();
    test_host_modes(fixture);
    test_interrupts(fixture);
    fixture_end(fixture);
}
