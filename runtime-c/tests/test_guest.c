#include "check.h"
#include "fixture.h"
#include "guest.h"
#include "wasmc/wasi.h"

/* What the trapping bodies below look at. */
static uint64_t addr;
static uint64_t bytes;

static void touch(struct fixture *fixture)
{
    struct wasmc_guest guest = {&fixture->ctx, "test"};
    (void)wasmc_guest_bytes(&guest, (guest_addr)addr, bytes);
}

static void check_touch(struct fixture *fixture, uint64_t at, uint64_t count, bool is_inside)
{
    addr = at;
    bytes = count;
    uint32_t expected = is_inside ? WASMC_TRAP_NONE : WASMC_TRAP_GUEST_POINTER;
    char context[80];
    snprintf(context, sizeof context, "address %" PRIu64 ", %" PRIu64 " bytes", at, count);
    CHECK_EQUAL(fixture_trap_of(touch, fixture), expected, context);
}

static void test_bounds(struct fixture *fixture)
{
    uint64_t size = FIXTURE_MEMORY_BYTES;
    check_touch(fixture, 0, 0, true);
    check_touch(fixture, 0, size, true);
    check_touch(fixture, 0, size + 1, false);
    check_touch(fixture, size - 1, 1, true);
    check_touch(fixture, size, 0, true);
    check_touch(fixture, size, 1, false);
    check_touch(fixture, size + 1, 0, false);
    check_touch(fixture, UINT32_MAX, 1, false);
    check_touch(fixture, UINT32_MAX, UINT64_MAX, false);
    check_touch(fixture, 1, UINT64_MAX, false);
    fixture->memory.size_bytes = 0;
    check_touch(fixture, 0, 0, true);
    check_touch(fixture, 0, 1, false);
    fixture->memory.size_bytes = size;
}

static void read_iovecs(struct fixture *fixture)
{
    struct wasmc_guest guest = {&fixture->ctx, "test"};
    struct iovec iovecs[WASMC_GUEST_IOVECS];
    (void)wasmc_guest_iovecs(&guest, (guest_addr)addr, (uint32_t)bytes, iovecs);
}

static void test_iovecs(struct fixture *fixture)
{
    struct wasmc_guest guest = {&fixture->ctx, "test"};
    struct iovec iovecs[WASMC_GUEST_IOVECS];
    /* Empty ones are left out, whatever there are of them; the 1025th that is not empty is short I/O. */
    for (uint32_t i = 0; i < 3000; i++) {
        fixture_put_u32(fixture, 1024 + i * 8, 100 + i);
        fixture_put_u32(fixture, 1028 + i * 8, i % 2);
    }
    CHECK_EQUAL(wasmc_guest_iovecs(&guest, 1024, 3, iovecs), 1, "one of three");
    CHECK(iovecs[0].iov_base == fixture->bytes + 101 && iovecs[0].iov_len == 1);
    CHECK_EQUAL(wasmc_guest_iovecs(&guest, 1024, 200, iovecs), 100, "100 of 200");
    CHECK_EQUAL(wasmc_guest_iovecs(&guest, 1024, 3000, iovecs), 1024, "1500 of 3000");
    CHECK(iovecs[1023].iov_base == fixture->bytes + 100 + 2047);
    CHECK_EQUAL(wasmc_guest_iovecs(&guest, FIXTURE_MEMORY_BYTES, 0, iovecs), 0, "none");

    addr = FIXTURE_MEMORY_BYTES - 8;
    bytes = 2;
    CHECK_EQUAL(fixture_trap_of(read_iovecs, fixture), WASMC_TRAP_GUEST_POINTER, "half of the array");
    bytes = UINT32_MAX;
    CHECK_EQUAL(fixture_trap_of(read_iovecs, fixture), WASMC_TRAP_GUEST_POINTER, "a huge array");
    /* Eight times this many is 8 in 32 bits, and the first vector is a good one. */
    addr = FIXTURE_MEMORY_BYTES - 8;
    bytes = (1u << 29) + 1;
    fixture_put_u32(fixture, addr, 0);
    fixture_put_u32(fixture, addr + 4, 0);
    CHECK_EQUAL(fixture_trap_of(read_iovecs, fixture), WASMC_TRAP_GUEST_POINTER, "an array of 4 GiB and 8 bytes");
    addr = 1024;
    bytes = 1;
    fixture_put_u32(fixture, 1024, 1);
    fixture_put_u32(fixture, 1028, UINT32_MAX);
    CHECK_EQUAL(fixture_trap_of(read_iovecs, fixture), WASMC_TRAP_GUEST_POINTER, "a huge buffer");
    /* Also beyond the 1024 that are used. */
    for (uint32_t i = 0; i < 2000; i++) {
        fixture_put_u32(fixture, 1024 + i * 8, i == 1999 ? UINT32_MAX : 0);
        fixture_put_u32(fixture, 1028 + i * 8, 1);
    }
    bytes = 2000;
    CHECK_EQUAL(fixture_trap_of(read_iovecs, fixture), WASMC_TRAP_GUEST_POINTER, "a bad last buffer");
}

static void test_paths(struct fixture *fixture)
{
    struct wasmc_guest guest = {&fixture->ctx, "test"};
    char path[WASMC_GUEST_PATH_BYTES + 1];
    memset(fixture->bytes + 1024, 'x', 8192);
    CHECK(wasmc_guest_path(&guest, 1024, 3, path) == WASI_ERRNO_SUCCESS);
    CHECK_TEXT(path, "xxx");
    CHECK(wasmc_guest_path(&guest, 1024, 0, path) == WASI_ERRNO_SUCCESS && path[0] == '\0');
    CHECK(wasmc_guest_path(&guest, 1024, 4095, path) == WASI_ERRNO_SUCCESS && strlen(path) == 4095);
    CHECK(wasmc_guest_path(&guest, 1024, 4096, path) == WASI_ERRNO_NAMETOOLONG);
    fixture->bytes[1030] = '\0';
    CHECK(wasmc_guest_path(&guest, 1024, 6, path) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_guest_path(&guest, 1024, 7, path) == WASI_ERRNO_INVAL);
}

/* Every pointer parameter of every call, outside memory: a trap, or an errno found before it. */
#define OUTSIDE UINT32_C(0xfffffff0)
#define TRAPS(name, call)                                                                  \
    static void name(struct fixture *fixture)                                              \
    {                                                                                      \
        struct wasmc_ctx *ctx = &fixture->ctx;                                             \
        (void)(call);                                                                      \
    }
TRAPS(args_get_0, wasmc_wasi_args_get(ctx, OUTSIDE, 0))
TRAPS(args_get_1, wasmc_wasi_args_get(ctx, 0, OUTSIDE))
TRAPS(args_sizes_get_0, wasmc_wasi_args_sizes_get(ctx, OUTSIDE, 0))
TRAPS(args_sizes_get_1, wasmc_wasi_args_sizes_get(ctx, 0, OUTSIDE))
TRAPS(environ_sizes_get_0, wasmc_wasi_environ_sizes_get(ctx, OUTSIDE, 0))
TRAPS(clock_res_get_0, wasmc_wasi_clock_res_get(ctx, 0, OUTSIDE))
TRAPS(clock_time_get_0, wasmc_wasi_clock_time_get(ctx, 1, 0, OUTSIDE))
TRAPS(fd_fdstat_get_0, wasmc_wasi_fd_fdstat_get(ctx, 3, OUTSIDE))
TRAPS(fd_filestat_get_0, wasmc_wasi_fd_filestat_get(ctx, 3, OUTSIDE))
TRAPS(fd_filestat0_get_0, wasmc_wasi0_fd_filestat_get(ctx, 3, OUTSIDE))
TRAPS(fd_pread_0, wasmc_wasi_fd_pread(ctx, 3, OUTSIDE, 1, 0, 0))
TRAPS(fd_prestat_get_0, wasmc_wasi_fd_prestat_get(ctx, 3, OUTSIDE))
TRAPS(fd_prestat_dir_name_0, wasmc_wasi_fd_prestat_dir_name(ctx, 3, OUTSIDE, 10))
TRAPS(fd_pwrite_0, wasmc_wasi_fd_pwrite(ctx, 3, OUTSIDE, 1, 0, 0))
TRAPS(fd_read_0, wasmc_wasi_fd_read(ctx, 0, OUTSIDE, 1, 0))
TRAPS(fd_readdir_0, wasmc_wasi_fd_readdir(ctx, 3, OUTSIDE, 100, 0, 0))
TRAPS(fd_readdir_1, wasmc_wasi_fd_readdir(ctx, 3, 0, 100, 0, OUTSIDE))
TRAPS(fd_write_0, wasmc_wasi_fd_write(ctx, 1, OUTSIDE, 1, 0))
TRAPS(fd_write_1, wasmc_wasi_fd_write(ctx, 1, 0, 0, OUTSIDE))
TRAPS(path_create_directory_0, wasmc_wasi_path_create_directory(ctx, 3, OUTSIDE, 100))
TRAPS(path_filestat_get_0, wasmc_wasi_path_filestat_get(ctx, 3, 0, OUTSIDE, 100, 0))
TRAPS(path_filestat_set_times_0, wasmc_wasi_path_filestat_set_times(ctx, 3, 0, OUTSIDE, 100, 0, 0, 0))
TRAPS(path_link_0, wasmc_wasi_path_link(ctx, 3, 0, OUTSIDE, 100, 3, 0, 0))
TRAPS(path_link_1, wasmc_wasi_path_link(ctx, 3, 0, 0, 0, 3, OUTSIDE, 100))
TRAPS(path_open_0, wasmc_wasi_path_open(ctx, 3, 0, OUTSIDE, 100, 0, 0, 0, 0, 0))
TRAPS(path_open_1, wasmc_wasi_path_open(ctx, 3, 0, 0, 1, 0, 0, 0, 0, OUTSIDE + 13))
TRAPS(path_readlink_0, wasmc_wasi_path_readlink(ctx, 3, OUTSIDE, 100, 0, 0, 0))
TRAPS(path_readlink_1, wasmc_wasi_path_readlink(ctx, 3, 0, 0, OUTSIDE, 100, 0))
TRAPS(path_remove_directory_0, wasmc_wasi_path_remove_directory(ctx, 3, OUTSIDE, 100))
TRAPS(path_rename_0, wasmc_wasi_path_rename(ctx, 3, OUTSIDE, 100, 3, 0, 0))
TRAPS(path_rename_1, wasmc_wasi_path_rename(ctx, 3, 0, 0, 3, OUTSIDE, 100))
TRAPS(path_symlink_0, wasmc_wasi_path_symlink(ctx, OUTSIDE, 100, 3, 0, 0))
TRAPS(path_symlink_1, wasmc_wasi_path_symlink(ctx, 0, 0, 3, OUTSIDE, 100))
TRAPS(path_unlink_file_0, wasmc_wasi_path_unlink_file(ctx, 3, OUTSIDE, 100))
TRAPS(poll_oneoff_0, wasmc_wasi_poll_oneoff(ctx, OUTSIDE, 0, 1, 0))
TRAPS(poll_oneoff_1, wasmc_wasi_poll_oneoff(ctx, 0, OUTSIDE, 1, 0))
TRAPS(poll_oneoff_2, wasmc_wasi_poll_oneoff(ctx, 0, 0, 1, OUTSIDE + 13))
TRAPS(random_get_0, wasmc_wasi_random_get(ctx, OUTSIDE, 100))
TRAPS(sock_accept_0, wasmc_wasi_sock_accept(ctx, 0, 0, OUTSIDE + 13))
TRAPS(sock_recv_0, wasmc_wasi_sock_recv(ctx, 0, OUTSIDE, 1, 0, 0, 0))
TRAPS(sock_recv_1, wasmc_wasi_sock_recv(ctx, 0, 0, 0, 0, 0, OUTSIDE + 15))
TRAPS(sock_send_0, wasmc_wasi_sock_send(ctx, 0, OUTSIDE, 1, 0, 0))
TRAPS(sock_send_1, wasmc_wasi_sock_send(ctx, 0, 0, 0, 0, OUTSIDE + 13))

static void test_outside(struct fixture *fixture)
{
    static void (*const bodies[])(struct fixture *) = {
        args_get_0, args_get_1, args_sizes_get_0, args_sizes_get_1, environ_sizes_get_0, clock_res_get_0,
        clock_time_get_0, fd_fdstat_get_0, fd_filestat_get_0, fd_filestat0_get_0, fd_pread_0, fd_prestat_get_0,
        fd_prestat_dir_name_0, fd_pwrite_0, fd_read_0, fd_readdir_0, fd_readdir_1, fd_write_0, fd_write_1,
        path_create_directory_0, path_filestat_get_0, path_filestat_set_times_0, path_link_0, path_link_1,
        path_open_0, path_open_1, path_readlink_0, path_readlink_1, path_remove_directory_0, path_rename_0,
        path_rename_1, path_symlink_0, path_symlink_1, path_unlink_file_0, poll_oneoff_0, poll_oneoff_1,
        poll_oneoff_2, random_get_0, sock_accept_0, sock_recv_0, sock_recv_1, sock_send_0, sock_send_1,
    };
    static char *arguments[] = {"program", "a", NULL};
    fixture->grants.argc = 2;
    fixture->grants.argv = arguments;
    fixture->grants.envp = arguments + 2;
    memset(fixture->bytes, 0, 1024);
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        char context[40];
        snprintf(context, sizeof context, "body %zu", i);
        CHECK_EQUAL(fixture_trap_of(bodies[i], fixture), WASMC_TRAP_GUEST_POINTER, context);
    }
}

void test_guest(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    test_bounds(&fixture);
    test_iovecs(&fixture);
    test_paths(&fixture);
    test_outside(&fixture);
    fixture_end(&fixture);
}
