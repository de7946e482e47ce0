/* test_fuzz.c - a hostile guest: long sequences of calls with random descriptors, flags, addresses
 * and paths. Whatever they do, the runtime survives (the sanitizers watch) and nothing outside the
 * granted directory changes. Deterministic: the same sequence every time. */
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

static uint64_t state;

static uint32_t random_below(uint32_t limit)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((state >> 33) % limit);
}

/* Mostly in memory, sometimes at its end, sometimes anywhere. */
static uint32_t random_addr(void)
{
    switch (random_below(12)) {
    case 0: return FIXTURE_MEMORY_BYTES - random_below(64);
    case 1: return random_below(UINT32_MAX);
    default: return random_below(32768);
    }
}

static uint32_t random_length(void)
{
    switch (random_below(12)) {
    case 0: return random_below(UINT32_MAX);
    case 1: return 0;
    default: return random_below(300);
    }
}

static uint32_t random_fd(void)
{
    return random_below(20) == 0 ? random_below(UINT32_MAX) : 3 + random_below(6);
}

static uint64_t random_rights(void)
{
    return random_below(3) == 0 ? (uint64_t)random_below(UINT32_MAX) : ~UINT64_C(0) >> random_below(4);
}

static uint64_t random_u64(void)
{
    return random_below(3) != 0 ? random_below(100000) : (uint64_t)random_below(UINT32_MAX) << random_below(33);
}

/* A path of up to 5 components into guest memory. */
static uint32_t random_path(struct fixture *fixture, uint32_t *bytes)
{
    static const char *const parts[] = {"a", "b", "c", "d", ".", "..", "..", "out", "out-file", "absolute",
                                        "up", "", "a/b", "outside", "canary", "root", "x\ty"};
    char path[128] = "";
    uint32_t count = 1 + random_below(5);
    for (uint32_t i = 0; i < count; i++) {
        strcat(path, i > 0 ? "/" : "");
        strcat(path, parts[random_below(sizeof parts / sizeof parts[0])]);
    }
    if (random_below(6) == 0)
        strcat(path, "/");
    *bytes = random_below(100) == 0 ? random_length() : (uint32_t)strlen(path);
    return random_below(100) == 0 ? random_addr() : fixture_text(fixture, path);
}

static uint32_t iovecs(struct fixture *fixture)
{
    fixture_put_u32(fixture, 64, random_addr());
    fixture_put_u32(fixture, 68, random_length());
    fixture_put_u32(fixture, 72, random_addr());
    fixture_put_u32(fixture, 76, random_length());
    return 64;
}

static void call_path(struct fixture *fixture, uint32_t which)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t bytes;
    uint32_t to_bytes;
    uint32_t path = random_path(fixture, &bytes);
    uint32_t to = random_path(fixture, &to_bytes);
    uint32_t fd = random_fd();
    switch (which) {
    case 0: wasmc_wasi_path_create_directory(ctx, fd, path, bytes); break;
    case 1: wasmc_wasi_path_filestat_get(ctx, fd, random_below(3), path, bytes, random_addr()); break;
    case 2:
        wasmc_wasi_path_filestat_set_times(ctx, fd, random_below(3), path, bytes, random_u64(), random_u64(),
                                           random_below(17));
        break;
    case 3: wasmc_wasi_path_link(ctx, fd, random_below(2), path, bytes, random_fd(), to, to_bytes); break;
    case 4: wasmc_wasi_path_readlink(ctx, fd, path, bytes, random_addr(), random_length(), random_addr()); break;
    case 5: wasmc_wasi_path_remove_directory(ctx, fd, path, bytes); break;
    case 6: wasmc_wasi_path_rename(ctx, fd, path, bytes, random_fd(), to, to_bytes); break;
    case 7: wasmc_wasi_path_symlink(ctx, path, bytes, fd, to, to_bytes); break;
    case 8: wasmc_wasi_path_unlink_file(ctx, fd, path, bytes); break;
    default:
        wasmc_wasi_path_open(ctx, fd, random_below(2), path, bytes, random_below(17), random_rights(),
                             random_rights(), random_below(33), random_addr());
        break;
    }
}

static void call_fd(struct fixture *fixture, uint32_t which)
{
    struct wasmc_ctx *ctx = &fixture->ctx;
    uint32_t fd = random_fd();
    switch (which) {
    case 0: wasmc_wasi_fd_advise(ctx, fd, random_u64(), random_u64(), random_below(7)); break;
    case 1: wasmc_wasi_fd_allocate(ctx, fd, random_below(100000), random_below(100000)); break;
    case 2: wasmc_wasi_fd_close(ctx, fd); break;
    case 3: wasmc_wasi_fd_datasync(ctx, fd); break;
    case 4: wasmc_wasi_fd_fdstat_get(ctx, fd, random_addr()); break;
    case 5: wasmc_wasi_fd_fdstat_set_flags(ctx, fd, random_below(33)); break;
    case 6: wasmc_wasi_fd_fdstat_set_rights(ctx, random_fd(), random_rights(), random_rights()); break;
    case 7: wasmc_wasi_fd_filestat_get(ctx, fd, random_addr()); break;
    case 8: wasmc_wasi_fd_filestat_set_size(ctx, fd, random_below(100000)); break;
    case 9: wasmc_wasi_fd_filestat_set_times(ctx, fd, random_u64(), random_u64(), random_below(17)); break;
    case 10: wasmc_wasi_fd_pread(ctx, fd, iovecs(fixture), 2, random_u64(), random_addr()); break;
    case 11: wasmc_wasi_fd_prestat_get(ctx, fd, random_addr()); break;
    case 12: wasmc_wasi_fd_prestat_dir_name(ctx, fd, random_addr(), random_length()); break;
    case 13: wasmc_wasi_fd_pwrite(ctx, fd, iovecs(fixture), 2, random_below(100000), random_addr()); break;
    case 14: wasmc_wasi_fd_read(ctx, fd, iovecs(fixture), 2, random_addr()); break;
    case 15: wasmc_wasi_fd_readdir(ctx, fd, random_addr(), random_length(), random_u64(), random_addr()); break;
    case 16: wasmc_wasi_fd_renumber(ctx, 4 + random_below(8), 4 + random_below(8)); break;
    case 17: wasmc_wasi_fd_seek(ctx, fd, random_u64(), random_below(4), random_addr()); break;
    case 18: wasmc_wasi_fd_tell(ctx, fd, random_addr()); break;
    case 19: wasmc_wasi_sock_recv(ctx, fd, iovecs(fixture), 2, random_below(4), random_addr(), random_addr()); break;
    case 20: wasmc_wasi_sock_shutdown(ctx, fd, random_below(5)); break;
    default: wasmc_wasi_fd_write(ctx, fd, iovecs(fixture), 2, random_addr()); break;
    }
}

static void call_something(struct fixture *fixture)
{
    if (random_below(3) != 0)
        call_path(fixture, random_below(16)); /* opening more often than the rest */
    else
        call_fd(fixture, random_below(24));
}

/* Names in a directory of the host, "." and ".." left out. */
static int count_names(const char *path)
{
    int count = -2;
    DIR *directory = opendir(path);
    CHECK(directory != NULL);
    while (directory != NULL && readdir(directory) != NULL)
        count++;
    if (directory != NULL)
        closedir(directory);
    return count;
}

static bool canary_lives(struct fixture *fixture, const struct stat *before)
{
    char content[8] = {0};
    struct stat stat;
    int fd = open(fixture_host_path(fixture, "outside/canary"), O_RDONLY | O_NOATIME);
    bool lives = fd >= 0 && read(fd, content, 7) == 6 && strcmp(content, "canary") == 0 && fstat(fd, &stat) == 0 &&
                 stat.st_mtim.tv_sec == before->st_mtim.tv_sec && stat.st_mtim.tv_nsec == before->st_mtim.tv_nsec &&
                 stat.st_ctim.tv_nsec == before->st_ctim.tv_nsec && stat.st_nlink == 1;
    if (fd >= 0)
        close(fd);
    return lives && count_names(fixture_host_path(fixture, "outside")) == 1 && count_names(fixture->top) == 2;
}

static void run_sequence(uint64_t seed)
{
    static struct fixture fixture;
    struct stat before;
    fixture_start(&fixture, false);
    fixture_make_file(&fixture, "outside/canary", "canary");
    fixture_make_link(&fixture, "../outside", "root/out");
    fixture_make_link(&fixture, "../outside/canary", "root/out-file");
    fixture_make_link(&fixture, "/etc", "root/absolute");
    fixture_make_link(&fixture, "..", "root/up");
    CHECK(stat(fixture_host_path(&fixture, "outside/canary"), &before) == 0);
    for (uint32_t fd = 0; fd < 3; fd++) /* nothing here may block, or write to the terminal */
        CHECK(wasmc_wasi_fd_close(&fixture.ctx, fd) == WASI_ERRNO_SUCCESS);
    state = seed;
    int unexpected_traps = 0;
    for (int i = 0; i < 6000; i++) {
        uint32_t code = fixture_trap_of(call_something, &fixture);
        unexpected_traps += code != WASMC_TRAP_NONE && code != WASMC_TRAP_GUEST_POINTER;
    }
    CHECK_EQUAL(unexpected_traps, 0, "traps but for guest pointers");
    CHECK(canary_lives(&fixture, &before));
    fixture_end(&fixture);
}

void test_fuzz(void)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        test_path_set_mode(seed % 2 == 0);
        run_sequence(seed * UINT64_C(0x9e3779b97f4a7c15));
    }
    test_path_set_mode(false);
}
