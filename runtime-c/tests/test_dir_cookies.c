/* test_dir_cookies.c - the cookies of a directory whose positions have 63 bits, as ext4's have, on any file system. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "sys/sys.h"
#include "wasi/host_dirent.h"
#include "wasmc/wasi.h"

#define BUFFER 4096u
#define ENTRIES 300000

/* Takes the place of the host's directory: entry i has the name i and lies at position i, scrambled. */
static int fake_fd = -1;
static uint32_t fake_count;
static uint32_t fake_at;
static bool is_missing[ENTRIES];
static uint32_t reads;

/* Multiplication by an odd number, and by its inverse, without the sign's bit. */
#define FACTOR UINT64_C(0x2545f4914f6cdd1d)
#define POSITION_MASK (UINT64_MAX >> 1)

static uint64_t inverse_of_factor(void)
{
    uint64_t inverse = FACTOR;
    for (int i = 0; i < 6; i++)
        inverse *= 2 - FACTOR * inverse;
    return inverse;
}

ssize_t __real_wasmc_sys_read_dir(int fd, void *buffer, size_t bytes);
ssize_t __wrap_wasmc_sys_read_dir(int fd, void *buffer, size_t bytes);
off_t __real_wasmc_sys_seek(int fd, off_t offset, int whence);
off_t __wrap_wasmc_sys_seek(int fd, off_t offset, int whence);

ssize_t __wrap_wasmc_sys_read_dir(int fd, void *buffer, size_t bytes)
{
    if (fd != fake_fd)
        return __real_wasmc_sys_read_dir(fd, buffer, bytes);
    size_t used = 0;
    reads++;
    for (; fake_at < fake_count && used + 32 <= bytes; fake_at++) {
        if (is_missing[fake_at])
            continue;
        struct wasmc_host_dirent *entry = (struct wasmc_host_dirent *)((char *)buffer + used);
        entry->ino = 1;
        entry->next = (int64_t)((fake_at + 1) * FACTOR & POSITION_MASK);
        entry->reclen = 32;
        entry->type = DT_REG;
        snprintf(entry->name, 13, "%u", fake_at);
        used += 32;
    }
    return (ssize_t)used;
}

off_t __wrap_wasmc_sys_seek(int fd, off_t offset, int whence)
{
    if (fd != fake_fd)
        return __real_wasmc_sys_seek(fd, offset, whence);
    fake_at = (uint32_t)((uint64_t)offset * inverse_of_factor() & POSITION_MASK);
    return offset;
}

static void start_fake(struct fixture *fixture, uint32_t count)
{
    uint32_t fd;
    wasi_rights rights = WASI_RIGHTS_FD_READ | WASI_RIGHTS_FD_READDIR;
    CHECK(fixture_open(fixture, 3, ".", WASI_OFLAGS_DIRECTORY, rights, &fd) == WASI_ERRNO_SUCCESS && fd == 4);
    fake_fd = fixture->ctx.fds.slots[fd]->host;
    fake_count = count;
    memset(is_missing, 0, sizeof is_missing);
}

static void end_fake(struct fixture *fixture)
{
    CHECK(wasmc_wasi_fd_close(&fixture->ctx, 4) == WASI_ERRNO_SUCCESS);
    fake_fd = -1;
}

/* An open directory of the guest's, as wasi-libc has one. */
struct stream {
    long cookie; /* a guest's long has 32 bits */
    uint32_t buffer_bytes;
    uint32_t at;
    uint32_t used;
    bool is_wrong; /* a cookie did not fit */
};

static void seek(struct stream *stream, long cookie)
{
    stream->cookie = cookie;
    stream->at = stream->used = 0;
}

/* The next entry's name as a number, or -1 at the end. */
static long next(struct fixture *fixture, struct stream *stream)
{
    for (int tries = 0; tries < 2; tries++) {
        uint32_t left = stream->used - stream->at;
        uint32_t addr = BUFFER + stream->at;
        if (left >= 24 && left - 24 >= fixture_u32(fixture, addr + 16)) {
            uint64_t cookie = fixture_u64(fixture, addr);
            char name[16] = "";
            memcpy(name, fixture->bytes + addr + 24, fixture_u32(fixture, addr + 16));
            stream->is_wrong = stream->is_wrong || cookie != (uint64_t)(int32_t)cookie;
            stream->cookie = (int32_t)cookie;
            stream->at += 24 + fixture_u32(fixture, addr + 16);
            return atol(name);
        }
        if (stream->used > 0 && stream->used < stream->buffer_bytes)
            return -1;
        uint32_t error = wasmc_wasi_fd_readdir(&fixture->ctx, 4, BUFFER, stream->buffer_bytes,
                                               (uint64_t)stream->cookie, 200);
        if (error != WASI_ERRNO_SUCCESS)
            return -1 - (long)error;
        stream->at = 0;
        stream->used = fixture_u32(fixture, 200);
    }
    return -1;
}

/* Reads on until the end; what is there comes in order and once, from `first` on. */
static void check_rest(struct fixture *fixture, struct stream *stream, long first, const char *what)
{
    long expected = first;
    for (;;) {
        while (expected < (long)fake_count && is_missing[expected])
            expected++;
        long name = next(fixture, stream);
        if (name < 0 || name != expected) {
            CHECK_EQUAL(name, expected < (long)fake_count ? expected : -1, what);
            return;
        }
        expected++;
    }
}

static void test_places(struct fixture *fixture)
{
    enum { COUNT = 1000 };
    static long told[COUNT];
    start_fake(fixture, COUNT);
    struct stream stream = {.buffer_bytes = 500};
    for (long i = 0; i < COUNT; i++) {
        told[i] = stream.cookie;
        CHECK_EQUAL(next(fixture, &stream), i, "name");
    }
    CHECK_EQUAL(next(fixture, &stream), -1, "the end");
    CHECK(!stream.is_wrong);
    for (long i = COUNT; i-- > 0;) {
        seek(&stream, told[i]);
        CHECK_EQUAL(next(fixture, &stream), i, "name after seeking");
    }
    /* Some go, others come: every place is still where it was, in whatever order it is looked up. */
    for (int i = 0; i < COUNT; i++)
        is_missing[i] = i % 3 == 1;
    fake_count = COUNT + 10;
    for (long i = 0; i < COUNT; i += 7) {
        seek(&stream, told[i * 11 % COUNT]);
        check_rest(fixture, &stream, i * 11 % COUNT, "after others went");
    }
    memset(is_missing, 0, sizeof is_missing);
    for (long i = 0; i < COUNT; i += 7) {
        seek(&stream, told[i * 11 % COUNT]);
        check_rest(fixture, &stream, i * 11 % COUNT, "after others came");
        seek(&stream, 0);
        check_rest(fixture, &stream, 0, "from the start");
    }
    CHECK(!stream.is_wrong);
    end_fake(fixture);
}

/* `rm -r`: what was read goes while reading goes on. */
static void test_removal(struct fixture *fixture)
{
    start_fake(fixture, ENTRIES);
    struct stream stream = {.buffer_bytes = 1000};
    long wrong = 0;
    for (long i = 0; i < ENTRIES; i++) {
        long name = next(fixture, &stream);
        wrong += name != i;
        if (name >= 0)
            is_missing[name] = true;
    }
    CHECK_EQUAL(wrong, 0, "entries that were left out");
    CHECK_EQUAL(next(fixture, &stream), -1, "the end");
    end_fake(fixture);
}

static void test_huge(struct fixture *fixture)
{
    static long told[ENTRIES];
    start_fake(fixture, ENTRIES);
    for (int round = 0; round < 3; round++) {
        struct stream stream = {.buffer_bytes = 4096};
        long wrong = 0;
        for (long i = 0; i < ENTRIES; i++) {
            told[i] = stream.cookie;
            wrong += next(fixture, &stream) != i;
        }
        CHECK_EQUAL(wrong, 0, "entries that were left out");
        reads = 0;
        for (long i = 0; i < 300; i++) {
            long place = i * 7919 % ENTRIES;
            seek(&stream, told[place]);
            CHECK_EQUAL(next(fixture, &stream), place, "name after seeking");
            CHECK_EQUAL(next(fixture, &stream), (place + 1) % ENTRIES, "and the next");
        }
        CHECK(reads < 300 * 10); /* not from the start each time */
        seek(&stream, told[123]);
        check_rest(fixture, &stream, 123, "from an old place to the end");
        CHECK(!stream.is_wrong);
    }
    end_fake(fixture);
}

/* Numbers that are no cookies, of a directory without any, with some, and with forgotten ones. */
static void test_nonsense(struct fixture *fixture)
{
    start_fake(fixture, ENTRIES);
    struct stream stream = {.buffer_bytes = 4096};
    for (int round = 0; round < 3; round++) {
        for (uint64_t bit = 0; bit < 64; bit++) {
            for (uint64_t less = 0; less < 5; less++) {
                uint32_t error = wasmc_wasi_fd_readdir(&fixture->ctx, 4, BUFFER, 100, (UINT64_C(1) << bit) - less, 200);
                CHECK(error == WASI_ERRNO_SUCCESS || error == WASI_ERRNO_INVAL);
                CHECK(bit < 32 || error == WASI_ERRNO_INVAL);
            }
        }
        CHECK(wasmc_wasi_fd_readdir(&fixture->ctx, 4, BUFFER, 100, (UINT64_C(1) << 31) - 1, 200) == WASI_ERRNO_INVAL);
        for (int i = 0; i < (round == 0 ? 10 : 100000); i++)
            (void)next(fixture, &stream);
    }
    end_fake(fixture);
}

void test_dir_cookies(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_places(&fixture);
    test_removal(&fixture);
    test_huge(&fixture);
    test_nonsense(&fixture);
    fixture_end(&fixture);
}
