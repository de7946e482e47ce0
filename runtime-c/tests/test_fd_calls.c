#include <fcntl.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

#define ALL_RIGHTS (~UINT64_C(0))

static void put_iovec(struct fixture *fixture, uint32_t addr, uint32_t buffer, uint32_t bytes)
{
    fixture_put_u32(fixture, addr, buffer);
    fixture_put_u32(fixture, addr + 4, bytes);
}

static uint32_t write_text(struct fixture *fixture, uint32_t fd, const char *text)
{
    put_iovec(fixture, 100, fixture_text(fixture, text), (uint32_t)strlen(text));
    return wasmc_wasi_fd_write(&fixture->ctx, fd, 100, 1, 200);
}

static uint64_t tell(struct fixture *fixture, uint32_t fd)
{
    CHECK(wasmc_wasi_fd_tell(&fixture->ctx, fd, 208) == WASI_ERRNO_SUCCESS);
    return fixture_u64(fixture, 208);
}

static void test_seek(struct fixture *fixture, uint32_t fd)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(write_text(fixture, fd, "0123456789") == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 10);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 4, 0, 208) == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 4);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, (uint64_t)-1, 1, 208) == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 3);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, (uint64_t)-2, 2, 208) == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 8);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, (uint64_t)-9, 1, 208) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 3, 208) == WASI_ERRNO_INVAL);
    /* wasi_unstable counts differently. */
    CHECK(wasmc_wasi0_fd_seek(ctx, fd, 5, 2, 208) == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 5);
    CHECK(wasmc_wasi0_fd_seek(ctx, fd, 1, 0, 208) == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 6);
    CHECK(wasmc_wasi0_fd_seek(ctx, fd, 0, 1, 208) == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 10);
}

static void test_positioned(struct fixture *fixture, uint32_t fd)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    put_iovec(fixture, 100, 600, 2);
    put_iovec(fixture, 108, 700, 3);
    CHECK(wasmc_wasi_fd_pread(ctx, fd, 100, 2, 3, 200) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 5);
    CHECK(memcmp(fixture->bytes + 600, "34", 2) == 0 && memcmp(fixture->bytes + 700, "567", 3) == 0);
    CHECK(wasmc_wasi_fd_pwrite(ctx, fd, 100, 1, 8, 200) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 2);
    CHECK(wasmc_wasi_fd_pread(ctx, fd, 108, 1, 7, 200) == WASI_ERRNO_SUCCESS);
    CHECK(memcmp(fixture->bytes + 700, "734", 3) == 0);
    CHECK(wasmc_wasi_fd_pread(ctx, fd, 100, 1, 100, 200) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 0);
    CHECK(wasmc_wasi_fd_pread(ctx, fd, 100, 1, UINT64_MAX, 200) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_pwrite(ctx, fd, 100, 1, UINT64_C(1) << 63, 200) == WASI_ERRNO_INVAL);
    CHECK(tell(fixture, fd) == 10);
}

static void test_filestat(struct fixture *fixture, uint32_t fd)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_fd_filestat_set_size(ctx, fd, 123) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_filestat_set_size(ctx, fd, UINT64_MAX) == WASI_ERRNO_FBIG);
    CHECK(wasmc_wasi_fd_filestat_set_times(ctx, fd, 5, 7000000001, 1 | 4) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_filestat_set_times(ctx, fd, 5, 7, 1 | 2) == WASI_ERRNO_INVAL);
    memset(fixture->bytes + 400, 0xff, 80);
    CHECK(wasmc_wasi_fd_filestat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture->bytes[416] == WASI_FILETYPE_REGULAR_FILE && fixture_u64(fixture, 424) == 1);
    CHECK(fixture_u64(fixture, 432) == 123 && fixture_u64(fixture, 440) == 5);
    CHECK(fixture_u64(fixture, 448) == 7000000001 && fixture->bytes[464] == 0xff);
    uint64_t ino = fixture_u64(fixture, 408);
    memset(fixture->bytes + 400, 0xff, 80);
    CHECK(wasmc_wasi0_fd_filestat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture_u64(fixture, 408) == ino && fixture->bytes[416] == WASI_FILETYPE_REGULAR_FILE);
    CHECK(fixture_u32(fixture, 420) == 1 && fixture_u64(fixture, 424) == 123 && fixture_u64(fixture, 432) == 5);
    CHECK(fixture_u64(fixture, 440) == 7000000001 && fixture->bytes[456] == 0xff);
}

static void test_allocate(struct fixture *fixture, uint32_t fd)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    wasi_errno error = wasmc_wasi_fd_allocate(ctx, fd, 100, 100);
    CHECK(error == WASI_ERRNO_SUCCESS || error == WASI_ERRNO_NOTSUP);
    CHECK(wasmc_wasi_fd_allocate(ctx, fd, 0, 0) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_allocate(ctx, fd, UINT64_MAX, 1) == WASI_ERRNO_INVAL);
    for (uint32_t advice = 0; advice < 6; advice++)
        CHECK(wasmc_wasi_fd_advise(ctx, fd, 0, 0, advice) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_advise(ctx, fd, 0, 0, 6) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_advise(ctx, fd, UINT64_MAX, 0, 0) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_sync(ctx, fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_datasync(ctx, fd) == WASI_ERRNO_SUCCESS);
}

static void test_flags(struct fixture *fixture, uint32_t fd)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    CHECK(wasmc_wasi_fd_filestat_set_size(ctx, fd, 0) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, WASI_FDFLAGS_APPEND) == WASI_ERRNO_SUCCESS);
    CHECK(write_text(fixture, fd, "abc") == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 0, 208) == WASI_ERRNO_SUCCESS);
    CHECK(write_text(fixture, fd, "def") == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 6);
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture->bytes[400] == WASI_FILETYPE_REGULAR_FILE && fixture->bytes[402] == WASI_FDFLAGS_APPEND);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, WASI_FDFLAGS_SYNC) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, 32) == WASI_ERRNO_INVAL);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, 0) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 0, 208) == WASI_ERRNO_SUCCESS);
    CHECK(write_text(fixture, fd, "x") == WASI_ERRNO_SUCCESS && tell(fixture, fd) == 1);
}

/* Each call against a descriptor that has every right but the one it needs. */
static void test_rights(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t fd;
    CHECK(fixture_open(fixture, 3, "file", 0, ALL_RIGHTS, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_get(ctx, fd, 400) == WASI_ERRNO_SUCCESS);
    uint64_t rights = fixture_u64(fixture, 408);
    CHECK(rights == WASI_RIGHTS_OF_FILE);
    CHECK(wasmc_wasi_fd_fdstat_set_rights(ctx, fd, 0, 0) == WASI_ERRNO_SUCCESS);
    put_iovec(fixture, 100, 600, 2);
    CHECK(wasmc_wasi_fd_read(ctx, fd, 100, 1, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_pread(ctx, fd, 100, 1, 0, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_write(ctx, fd, 100, 1, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_pwrite(ctx, fd, 100, 1, 0, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 0, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_tell(ctx, fd, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_sync(ctx, fd) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_datasync(ctx, fd) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_advise(ctx, fd, 0, 0, 0) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_allocate(ctx, fd, 0, 1) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, 0) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_filestat_get(ctx, fd, 400) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_filestat_set_size(ctx, fd, 0) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_filestat_set_times(ctx, fd, 0, 0, 0) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_fdstat_set_rights(ctx, fd, WASI_RIGHTS_FD_READ, 0) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);

    /* Knowing the position needs FD_TELL only; moving it needs FD_SEEK. */
    CHECK(fixture_open(fixture, 3, "file", 0, WASI_RIGHTS_FD_TELL, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_tell(ctx, fd, 200) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 1, 200) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 1, 1, 200) == WASI_ERRNO_NOTCAPABLE);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
}

/* As many buffers as Linux takes by one call, in each call; then fewer than were given. */
static void test_many_buffers(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t fd;
    CHECK(fixture_open(fixture, 3, "many", WASI_OFLAGS_CREAT, ALL_RIGHTS, &fd) == WASI_ERRNO_SUCCESS);
    for (uint32_t i = 0; i < 1030; i++) {
        put_iovec(fixture, 1024 + 8 * i, 20000 + 2 * i, 2);
        fixture->bytes[20000 + 2 * i] = (uint8_t)i;
        fixture->bytes[20001 + 2 * i] = (uint8_t)(i >> 8);
    }
    for (uint32_t count = 1024; count <= 1030; count += 6) {
        CHECK(wasmc_wasi_fd_write(ctx, fd, 1024, count, 200) == WASI_ERRNO_SUCCESS);
        CHECK_EQUAL(fixture_u32(fixture, 200), 2048, "bytes written");
        CHECK(wasmc_wasi_fd_pwrite(ctx, fd, 1024, count, 2048, 200) == WASI_ERRNO_SUCCESS);
        CHECK_EQUAL(fixture_u32(fixture, 200), 2048, "bytes written at an offset");
        memset(fixture->bytes + 20000, 0, 2060);
        CHECK(wasmc_wasi_fd_pread(ctx, fd, 1024, count, 2048, 200) == WASI_ERRNO_SUCCESS);
        CHECK_EQUAL(fixture_u32(fixture, 200), 2048, "bytes read at an offset");
        CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 0, 200) == WASI_ERRNO_SUCCESS);
        CHECK(wasmc_wasi_fd_read(ctx, fd, 1024, count, 200) == WASI_ERRNO_SUCCESS);
        CHECK_EQUAL(fixture_u32(fixture, 200), 2048, "bytes read");
        CHECK(fixture->bytes[20000 + 2 * 1023] == 255 && fixture->bytes[20001 + 2 * 1023] == 3);
        CHECK_EQUAL(fixture->bytes[20001 + 2 * 1024], 0, "beyond");
        CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 0, 200) == WASI_ERRNO_SUCCESS);
    }
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
}

/* A pipe that the host passes in: no position, and NONBLOCK without touching the host's flags. */
static void test_pipe(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    int ends[2];
    uint32_t fd;
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    struct wasmc_desc desc = {
        .host = ends[0], .kind = WASMC_DESC_STREAM, .borrowed = true, .base = WASI_RIGHTS_OF_STREAM};
    CHECK(wasmc_fd_insert(ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    put_iovec(fixture, 100, 600, 10);
    CHECK(wasmc_wasi_fd_seek(ctx, fd, 0, 1, 200) == WASI_ERRNO_SPIPE);
    CHECK(wasmc_wasi_fd_pread(ctx, fd, 100, 1, 0, 200) == WASI_ERRNO_SPIPE);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    CHECK((fcntl(ends[0], F_GETFL) & O_NONBLOCK) == 0);
    CHECK(wasmc_wasi_fd_read(ctx, fd, 100, 1, 200) == WASI_ERRNO_AGAIN);
    CHECK(write(ends[1], "xyz", 3) == 3);
    CHECK(wasmc_wasi_fd_read(ctx, fd, 100, 1, 200) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 3);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(ctx, fd, WASI_FDFLAGS_APPEND) == WASI_ERRNO_NOTSUP);
    close(ends[1]);
    CHECK(wasmc_wasi_fd_read(ctx, fd, 100, 1, 200) == WASI_ERRNO_SUCCESS && fixture_u32(fixture, 200) == 0);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    close(ends[0]);

    /* Writing: what is asked for may not block, so a full pipe is AGAIN, and a large write is short. */
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    desc.host = ends[1];
    desc.fdflags = WASI_FDFLAGS_NONBLOCK;
    CHECK(wasmc_fd_insert(ctx, &desc, &fd) == WASI_ERRNO_SUCCESS);
    put_iovec(fixture, 100, 0, 32768);
    int writes = 0;
    while (writes < 1000 && wasmc_wasi_fd_write(ctx, fd, 100, 1, 200) == WASI_ERRNO_SUCCESS)
        writes++;
    CHECK(writes > 0 && writes < 1000);
    CHECK(wasmc_wasi_fd_write(ctx, fd, 100, 1, 200) == WASI_ERRNO_AGAIN);
    CHECK(wasmc_wasi_fd_close(ctx, fd) == WASI_ERRNO_SUCCESS);
    close(ends[0]);
    close(ends[1]);
}

static void test_preopen(struct fixture *fixture)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    memset(fixture->bytes + 400, 0xff, 16);
    CHECK(wasmc_wasi_fd_prestat_get(ctx, 3, 400) == WASI_ERRNO_SUCCESS);
    CHECK(fixture->bytes[400] == WASI_PREOPENTYPE_DIR && fixture_u32(fixture, 404) == 1);
    CHECK(wasmc_wasi_fd_prestat_dir_name(ctx, 3, 410, 0) == WASI_ERRNO_NAMETOOLONG);
    CHECK(wasmc_wasi_fd_prestat_dir_name(ctx, 3, 410, 5) == WASI_ERRNO_SUCCESS);
    CHECK(fixture->bytes[410] == '/' && fixture->bytes[411] == 0xff);
    CHECK(wasmc_wasi_fd_prestat_get(ctx, 4, 400) == WASI_ERRNO_BADF);
    CHECK(wasmc_wasi_fd_prestat_dir_name(ctx, 4, 400, 5) == WASI_ERRNO_BADF);
    CHECK(wasmc_wasi_fd_prestat_get(ctx, 1, 400) == WASI_ERRNO_BADF);
    CHECK(wasmc_wasi_fd_prestat_dir_name(ctx, 1, 400, 5) == WASI_ERRNO_NOTDIR);
}

void test_fd_calls(void)
{
    static struct fixture fixture;
    uint32_t fd;
    fixture_start(&fixture, false);
    test_preopen(&fixture);
    CHECK(fixture_open(&fixture, 3, "file", WASI_OFLAGS_CREAT, ALL_RIGHTS, &fd) == WASI_ERRNO_SUCCESS);
    test_seek(&fixture, fd);
    test_positioned(&fixture, fd);
    test_filestat(&fixture, fd);
    test_allocate(&fixture, fd);
    test_flags(&fixture, fd);
    CHECK(wasmc_wasi_fd_close(&fixture.ctx, fd) == WASI_ERRNO_SUCCESS);
    test_rights(&fixture);
    test_many_buffers(&fixture);
    test_pipe(&fixture);
    fixture_end(&fixture);
}
