/* test_modules.c - several modules in one program: sections of grants, and handing descriptors over. */
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

#define ALL ~UINT64_C(0)
#define READ (WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_SEEK)
#define NAME_ADDR 1024
#define RESULT_ADDR 2048

/* Two modules: the giver is main, the taker is linked as "taker". */
static struct fixture giver;
static struct fixture taker;

static void start(const char *taker_words)
{
    fixture_start_two(&giver, &taker, taker_words);
}

static void end(void)
{
    fixture_end(&taker);
    fixture_end(&giver);
}

static uint32_t hand_over(uint32_t fd, const char *name, uint64_t base, uint64_t inheriting, uint32_t *result)
{
    memcpy(giver.bytes + NAME_ADDR, name, strlen(name));
    fixture_put_u32(&giver, RESULT_ADDR, 0xeeeeeeee);
    uint32_t error =
        wasmc_capability_fd_hand_over(&giver.ctx, fd, NAME_ADDR, (uint32_t)strlen(name), base, inheriting, RESULT_ADDR);
    uint32_t value = fixture_u32(&giver, RESULT_ADDR);
    CHECK((error == WASI_ERRNO_SUCCESS) == (value != 0xeeeeeeee));
    if (result != NULL)
        *result = value;
    return error;
}

/* Reads or writes one byte at guest address 3000. */
static uint32_t transfer(struct fixture *fixture, uint32_t fd, bool is_write)
{
    fixture_put_u32(fixture, 3100, 3000);
    fixture_put_u32(fixture, 3104, 1);
    return is_write ? wasmc_wasi_fd_write(&fixture->ctx, fd, 3100, 1, 3200)
                    : wasmc_wasi_fd_read(&fixture->ctx, fd, 3100, 1, 3200);
}

static uint32_t open_granted(const char *name, uint64_t rights)
{
    uint32_t fd = 0;
    CHECK(fixture_open(&giver, 3, name, 0, rights, &fd) == WASI_ERRNO_SUCCESS);
    return fd;
}

static void test_fewer_rights(void)
{
    start("--accept-from=main\0");
    fixture_make_file(&giver, "root/file", "abc");
    uint32_t fd = open_granted("file", READ | WASI_RIGHTS_FD_WRITE);
    uint32_t given;
    CHECK_EQUAL(hand_over(fd, "taker", READ, 0, &given), WASI_ERRNO_SUCCESS, "hand over");
    CHECK_EQUAL(given, 4, "the lowest free one of the taker");
    CHECK_EQUAL(transfer(&taker, given, false), WASI_ERRNO_SUCCESS, "read");
    CHECK_EQUAL(taker.bytes[3000], 'a', "what is read");
    CHECK_EQUAL(transfer(&taker, given, true), WASI_ERRNO_NOTCAPABLE, "write without the right");
    CHECK_EQUAL(wasmc_wasi_fd_fdstat_set_rights(&taker.ctx, given, READ | WASI_RIGHTS_FD_WRITE, 0),
                WASI_ERRNO_NOTCAPABLE, "rights do not come back");
    CHECK_EQUAL(transfer(&giver, fd, true), WASI_ERRNO_SUCCESS, "the giver's rights are as they were");
    /* One open file: the position is common. */
    CHECK_EQUAL(transfer(&taker, given, false), WASI_ERRNO_SUCCESS, "read on");
    CHECK_EQUAL(taker.bytes[3000], 'c', "behind what the giver has written");
    end();
}

static void test_more_rights(void)
{
    start("--accept-from=main\0");
    fixture_make_file(&giver, "root/file", "abc");
    uint32_t fd = open_granted("file", READ);
    CHECK(wasmc_wasi_fd_fdstat_set_rights(&giver.ctx, fd, READ, WASI_RIGHTS_FD_SEEK) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(hand_over(fd, "taker", READ | WASI_RIGHTS_FD_WRITE, 0, NULL), WASI_ERRNO_NOTCAPABLE, "base");
    CHECK_EQUAL(hand_over(fd, "taker", READ, WASI_RIGHTS_FD_READ, NULL), WASI_ERRNO_NOTCAPABLE, "inheriting");
    CHECK_EQUAL(hand_over(fd, "taker", ALL, ALL, NULL), WASI_ERRNO_NOTCAPABLE, "all");
    CHECK_EQUAL(hand_over(fd, "taker", UINT64_C(1) << 63, 0, NULL), WASI_ERRNO_NOTCAPABLE, "unknown right");
    CHECK_EQUAL(transfer(&taker, 4, false), WASI_ERRNO_BADF, "nothing has arrived");
    end();
}

static void test_who_accepts(void)
{
    start("--accept-from=other\0--accept-from=mai\0");
    CHECK_EQUAL(hand_over(3, "taker", 0, 0, NULL), WASI_ERRNO_ACCES, "the taker does not accept main");
    CHECK_EQUAL(hand_over(999, "taker", 0, 0, NULL), WASI_ERRNO_ACCES, "and does not tell what is open");
    CHECK_EQUAL(hand_over(3, "main", 0, 0, NULL), WASI_ERRNO_INVAL, "oneself");
    CHECK_EQUAL(hand_over(3, "nobody", 0, 0, NULL), WASI_ERRNO_NOENT, "unknown");
    CHECK_EQUAL(hand_over(3, "", 0, 0, NULL), WASI_ERRNO_NOENT, "empty name");
    CHECK_EQUAL(hand_over(3, "take", 0, 0, NULL), WASI_ERRNO_NOENT, "prefix of a name");
    memcpy(giver.bytes + NAME_ADDR, "taker\0x", 7);
    CHECK_EQUAL(wasmc_capability_fd_hand_over(&giver.ctx, 3, NAME_ADDR, 7, 0, 0, RESULT_ADDR), WASI_ERRNO_INVAL,
                "name with a NUL");
    CHECK_EQUAL(wasmc_capability_fd_hand_over(&giver.ctx, 3, 0, FIXTURE_MEMORY_BYTES, 0, 0, RESULT_ADDR),
                WASI_ERRNO_NAMETOOLONG, "a name of all memory");
    end();
    start("");
    CHECK_EQUAL(hand_over(3, "taker", 0, 0, NULL), WASI_ERRNO_ACCES, "nobody is accepted by default");
    end();
}

static void test_alone(void)
{
    fixture_start(&giver, false);
    CHECK_EQUAL(hand_over(3, "taker", 0, 0, NULL), WASI_ERRNO_NOENT, "there is no other module");
    CHECK_EQUAL(hand_over(3, "main", 0, 0, NULL), WASI_ERRNO_INVAL, "oneself");
    fixture_end(&giver);
}

static void test_lives(void)
{
    start("--accept-from=main\0");
    fixture_make_file(&giver, "root/file", "abc");
    uint32_t fd = open_granted("file", READ);
    uint32_t first;
    uint32_t second;
    CHECK_EQUAL(hand_over(fd, "taker", READ, 0, &first), WASI_ERRNO_SUCCESS, "once");
    CHECK_EQUAL(hand_over(fd, "taker", READ, 0, &second), WASI_ERRNO_SUCCESS, "twice");
    CHECK(first != second);
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "the giver closes");
    CHECK_EQUAL(transfer(&taker, first, false), WASI_ERRNO_SUCCESS, "the taker still reads");
    CHECK_EQUAL(hand_over(fd, "taker", READ, 0, NULL), WASI_ERRNO_BADF, "after close");
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, first), WASI_ERRNO_SUCCESS, "the taker closes one");
    CHECK_EQUAL(transfer(&taker, second, false), WASI_ERRNO_SUCCESS, "the other is open");
    /* Renumbering moves the right to hand over, and what was handed over. */
    uint32_t other = open_granted("file", READ);
    uint32_t moved = open_granted("file", READ);
    CHECK_EQUAL(wasmc_wasi_fd_renumber(&giver.ctx, other, moved), WASI_ERRNO_SUCCESS, "renumber");
    CHECK_EQUAL(hand_over(other, "taker", READ, 0, NULL), WASI_ERRNO_BADF, "the old number");
    CHECK_EQUAL(hand_over(moved, "taker", READ, 0, &first), WASI_ERRNO_SUCCESS, "the new number");
    CHECK_EQUAL(wasmc_wasi_fd_renumber(&taker.ctx, first, 3), WASI_ERRNO_SUCCESS, "onto the taker's own grant");
    CHECK_EQUAL(transfer(&taker, 3, false), WASI_ERRNO_SUCCESS, "is there");
    CHECK_EQUAL(transfer(&giver, 3, false), WASI_ERRNO_ISDIR, "the giver's 3 is another");
    end();
}

static void test_read_only_directory(void)
{
    uint32_t given;
    uint32_t fd;
    fixture_start(&giver, true);
    fixture_start(&taker, false);
    struct wasmc_grant_error error;
    taker.grants.module = "taker";
    taker.ctx.name = "taker";
    struct wasmc_words words = wasmc_words_of("--accept-from=main\0");
    CHECK(wasmc_grants_add(&taker.grants, WASMC_GRANTS_ENVIRONMENT, words, &error));
    wasmc_ctx_join(&taker.ctx, &giver.ctx);
    fixture_make_file(&giver, "root/file", "abc");
    fixture_put_u64(&giver, 512, 0);
    CHECK_EQUAL(wasmc_wasi_fd_fdstat_get(&giver.ctx, 3, 512), WASI_ERRNO_SUCCESS, "fdstat");
    uint64_t base = fixture_u64(&giver, 520);
    uint64_t inheriting = fixture_u64(&giver, 528);
    CHECK_EQUAL(hand_over(3, "taker", base, inheriting, &given), WASI_ERRNO_SUCCESS, "a directory");
    CHECK_EQUAL(fixture_open(&taker, given, "file", 0, READ, &fd), WASI_ERRNO_SUCCESS, "a file of it");
    CHECK_EQUAL(fixture_open(&taker, given, "new", WASI_OFLAGS_CREAT, READ, &fd), WASI_ERRNO_PERM, "creating");
    CHECK_EQUAL(fixture_open(&taker, given, "../outside", 0, READ, &fd), WASI_ERRNO_PERM, "out of it");
    CHECK_EQUAL(wasmc_wasi_fd_prestat_get(&taker.ctx, given, 512), WASI_ERRNO_BADF, "it is no grant of the taker's");
    /* Inheriting rights bound what can be opened below. */
    CHECK_EQUAL(hand_over(3, "taker", WASI_RIGHTS_PATH_OPEN, READ, &given), WASI_ERRNO_SUCCESS, "fewer");
    CHECK_EQUAL(fixture_open(&taker, given, "file", 0, READ | WASI_RIGHTS_FD_FILESTAT_GET, &fd), WASI_ERRNO_SUCCESS,
                "a file of it");
    CHECK_EQUAL(wasmc_wasi_fd_filestat_get(&taker.ctx, fd, 512), WASI_ERRNO_NOTCAPABLE, "more than is inherited");
    CHECK_EQUAL(transfer(&taker, fd, false), WASI_ERRNO_SUCCESS, "what is inherited");
    end();
}

static void test_table_of_the_taker(void)
{
    start("--accept-from=main\0--max-files=6\0");
    taker.ctx.fds.limit = (uint32_t)wasmc_grants_number(&taker.grants, WASMC_GRANT_MAX_FILES, 0);
    uint32_t given;
    CHECK_EQUAL(hand_over(3, "taker", 0, 0, &given), WASI_ERRNO_SUCCESS, "the first");
    CHECK_EQUAL(given, 4, "its number");
    CHECK_EQUAL(hand_over(3, "taker", 0, 0, &given), WASI_ERRNO_SUCCESS, "the second");
    for (int i = 0; i < 3000; i++) {
        if (hand_over(3, "taker", 0, 0, NULL) != WASI_ERRNO_MFILE)
            CHECK_EQUAL(i, -1, "the table is full, and the host's descriptor is closed again");
    }
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, 5), WASI_ERRNO_SUCCESS, "close one");
    CHECK_EQUAL(hand_over(3, "taker", 0, 0, &given), WASI_ERRNO_SUCCESS, "there is room again");
    end();
}

static void test_streams(void)
{
    start("--accept-from=main\0");
    uint32_t given;
    CHECK_EQUAL(hand_over(1, "taker", WASI_RIGHTS_FD_WRITE, 0, &given), WASI_ERRNO_SUCCESS, "standard output");
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, given), WASI_ERRNO_SUCCESS, "closed by the taker");
    struct stat stat;
    CHECK(fstat(1, &stat) == 0);
    /* They are the process's own, so that the host's limit does not bound how many of them there are. */
    uint32_t count = 0;
    while (count < 2 * WASMC_FD_BORROWED_LIMIT && hand_over(1, "taker", WASI_RIGHTS_FD_WRITE, 0, &given) == 0)
        CHECK_EQUAL(given, 4 + count++, "its number");
    CHECK_EQUAL(4 + count, WASMC_FD_BORROWED_LIMIT, "as many as there can be");
    CHECK_EQUAL(hand_over(1, "taker", WASI_RIGHTS_FD_WRITE, 0, NULL), WASI_ERRNO_MFILE, "one more");
    CHECK_EQUAL(hand_over(3, "taker", 0, 0, &given), WASI_ERRNO_SUCCESS, "one of the host's");
    end();
}

/* Each module has a set of polled descriptors: a copy of one that is in the giver's is in none. */
static void test_polled(void)
{
    enum { LIST = 8192, EVENTS = 16384, SUBSCRIPTION_BYTES = 48, SUBSCRIPTIONS = 20, FOUND = 24000 };
    int ends[2];
    uint32_t fd;
    uint32_t given;
    start("--accept-from=main\0");
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    struct wasmc_desc desc = {.host = ends[0], .kind = WASMC_DESC_SOCKET, .base = WASI_RIGHTS_OF_SOCKET};
    CHECK(wasmc_fd_insert(&giver.ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    for (uint32_t i = 0; i < SUBSCRIPTIONS; i++) {
        giver.bytes[LIST + i * SUBSCRIPTION_BYTES + 8] = i == 0 ? WASI_EVENTTYPE_CLOCK : WASI_EVENTTYPE_FD_READ;
        fixture_put_u32(&giver, LIST + i * SUBSCRIPTION_BYTES + 16, i == 0 ? WASI_CLOCKID_MONOTONIC : fd);
    }
    CHECK(wasmc_wasi_poll_oneoff(&giver.ctx, LIST, EVENTS, SUBSCRIPTIONS, FOUND) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(&giver, FOUND), 1, "the clock alone");
    CHECK(giver.ctx.fds.slots[fd]->watch != 0);
    CHECK_EQUAL(hand_over(fd, "taker", WASI_RIGHTS_FD_READ, 0, &given), WASI_ERRNO_SUCCESS, "a socket");
    CHECK_EQUAL(taker.ctx.fds.slots[given]->watch, 0, "not polled");
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, given), WASI_ERRNO_SUCCESS, "closed by the taker");
    CHECK(write(ends[1], "x", 1) == 1);
    CHECK(wasmc_wasi_poll_oneoff(&giver.ctx, LIST, EVENTS, SUBSCRIPTIONS, FOUND) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(fixture_u32(&giver, FOUND), SUBSCRIPTIONS, "the socket, each time, and the clock");
    close(ends[1]);
    end();
}

static void hand_over_outside(struct fixture *fixture)
{
    wasmc_capability_fd_hand_over(&fixture->ctx, 3, NAME_ADDR, 5, 0, 0, FIXTURE_MEMORY_BYTES - 3);
}

static void name_outside(struct fixture *fixture)
{
    wasmc_capability_fd_hand_over(&fixture->ctx, 3, FIXTURE_MEMORY_BYTES - 4, 5, 0, 0, RESULT_ADDR);
}

static void test_pointers(void)
{
    start("--accept-from=main\0");
    memcpy(giver.bytes + NAME_ADDR, "taker", 5);
    CHECK_EQUAL(fixture_trap_of(hand_over_outside, &giver), WASMC_TRAP_GUEST_POINTER, "result outside memory");
    CHECK_EQUAL(fixture_trap_of(name_outside, &giver), WASMC_TRAP_GUEST_POINTER, "name outside memory");
    CHECK_EQUAL(transfer(&taker, 4, false), WASI_ERRNO_BADF, "nothing was handed over");
    end();
}

void test_modules(void)
{
    test_fewer_rights();
    test_more_rights();
    test_who_accepts();
    test_alone();
    test_lives();
    test_read_only_directory();
    test_table_of_the_taker();
    test_streams();
    test_polled();
    test_pointers();
}
