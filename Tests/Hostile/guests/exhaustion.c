/* exhaustion.c - sizes, counts and depths that nobody means: vectors, polls, paths, links, offsets, cookies. Each comes
 * back with an errno or with a part of what was asked for; nothing hangs. What must trap instead is in pointers.py. */
#include <stdlib.h>

#include "guest.h"

#define PAGE 65536u

/* The import itself, which takes a length. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("path_open"))) uint32_t
raw_path_open(uint32_t dir, uint32_t lookup, const char *path, uint32_t bytes, uint32_t oflags, uint64_t base,
              uint64_t inheriting, uint32_t fdflags, __wasi_size_t *fd);

static __wasi_size_t used;
static __wasi_filesize_t position;
static __wasi_filestat_t filestat;
static char path[70000];

static void *grow(uint32_t pages)
{
    size_t before = __builtin_wasm_memory_grow(0, pages);
    return before == SIZE_MAX ? NULL : (void *)(before * PAGE);
}

static void vectors(void)
{
    enum { COUNT = 100000 };
    __wasi_fd_t fd = must_open(GRANTED, "vectors", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_TRUNC, ALL_RIGHTS);
    __wasi_iovec_t *iovecs = grow(COUNT * 8 / PAGE + 1);
    uint8_t *big = grow(256); /* 16 MiB */
    hold("exhaustion", "memory for vectors", iovecs != NULL && big != NULL);
    for (int i = 0; i < COUNT; i++)
        iovecs[i] = (__wasi_iovec_t){big, 16 << 20};
    /* Over 2^32, over 2^40 bytes in all, into the same buffer. */
    expect("exhaustion", "1024 vectors of 16 MiB", "read an empty file", __wasi_fd_read(fd, iovecs, 1024, &used), 0);
    expect("exhaustion", "bytes", "of that", used, 0);
    expect("exhaustion", "100000 vectors of 16 MiB", "read", __wasi_fd_read(fd, iovecs, COUNT, &used), 0);
    expect("exhaustion", "100000 vectors of 16 MiB", "read at an offset", __wasi_fd_pread(fd, iovecs, COUNT, 5, &used),
           0);
    expect("exhaustion", "100000 vectors of 16 MiB", "write where nothing may be written",
           __wasi_fd_write(GRANTED, (__wasi_ciovec_t *)iovecs, COUNT, &used), ERRNO(ISDIR));
    for (int i = 0; i < COUNT; i++)
        iovecs[i] = (__wasi_iovec_t){big + i % 7, 1};
    unsigned error = __wasi_fd_write(fd, (__wasi_ciovec_t *)iovecs, COUNT, &used);
    expect("exhaustion", "100000 vectors of a byte", "write", error, 0);
    hold("exhaustion", "some of them are written", used >= 1 && used <= COUNT);
    for (int i = 0; i < COUNT; i++)
        iovecs[i] = (__wasi_iovec_t){(uint8_t *)UINTPTR_MAX, 0};
    iovecs[0] = (__wasi_iovec_t){NULL, 0};
    expect("exhaustion", "a vector of nothing at 0", "read", __wasi_fd_read(fd, iovecs, 1, &used), 0);
    expect("exhaustion", "no vectors", "read", __wasi_fd_read(fd, iovecs, 0, &used), 0);
    expect("exhaustion", "no vectors", "write", __wasi_fd_write(fd, (__wasi_ciovec_t *)iovecs, 0, &used), 0);
    (void)__wasi_fd_close(fd);
    expect("exhaustion", "vectors", "remove", __wasi_path_unlink_file(GRANTED, "vectors"), 0);
}

static void polls(void)
{
    enum { MOST = 4096 + 2 * 1024 }; /* with --max-files 1024 */
    __wasi_subscription_t *subscriptions = grow((MOST + 1) * sizeof *subscriptions / PAGE + 1);
    __wasi_event_t *events = grow((MOST + 1) * sizeof *events / PAGE + 1);
    hold("exhaustion", "memory for polls", subscriptions != NULL && events != NULL);
    expect("exhaustion", "poll", "nothing", __wasi_poll_oneoff(subscriptions, events, 0, &used), ERRNO(INVAL));
    /* Clocks that are due. */
    expect("exhaustion", "poll", "6144 clocks", __wasi_poll_oneoff(subscriptions, events, MOST, &used), 0);
    expect("exhaustion", "events", "of 6144 clocks", used, MOST);
    expect("exhaustion", "poll", "6145 clocks", __wasi_poll_oneoff(subscriptions, events, MOST + 1, &used),
           ERRNO(NOMEM));
    for (int i = 0; i < MOST; i++) {
        subscriptions[i].u.tag = __WASI_EVENTTYPE_FD_READ;
        subscriptions[i].u.u.fd_read.file_descriptor = (__wasi_fd_t)(1000 + i);
    }
    expect("exhaustion", "poll", "6144 that are not open", __wasi_poll_oneoff(subscriptions, events, MOST, &used),
           ERRNO(BADF));
    subscriptions[5].u.tag = 77;
    expect("exhaustion", "poll", "a type that is none", __wasi_poll_oneoff(subscriptions, events, MOST, &used),
           ERRNO(INVAL));
    /* In place: the events over their subscriptions. */
    memset(subscriptions, 0, 100 * sizeof *subscriptions);
    expect("exhaustion", "poll", "events over subscriptions",
           __wasi_poll_oneoff(subscriptions, (__wasi_event_t *)subscriptions, 100, &used), 0);
    expect("exhaustion", "events", "over subscriptions", used, 100);
}

/* `part` again and again, and `end`. */
static const char *repeat(const char *part, int times, const char *end)
{
    path[0] = '\0';
    size_t bytes = strlen(part);
    for (int i = 0; i < times; i++)
        memcpy(path + i * bytes, part, bytes + 1);
    return strcat(path, end);
}

static void paths(void)
{
    expect("exhaustion", "a path of 0 bytes", "open", try_open(GRANTED, FOLLOW, "", 0, READS), ERRNO(NOENT));
    expect("exhaustion", "a name of 255 bytes", "open", try_open(GRANTED, FOLLOW, repeat("x", 255, ""), 0, READS),
           ERRNO(NOENT));
    expect("exhaustion", "a name of 256 bytes", "open", try_open(GRANTED, FOLLOW, repeat("x", 256, ""), 0, READS),
           ERRNO(NAMETOOLONG));
    expect("exhaustion", "a path of 4095 bytes", "open", try_open(GRANTED, FOLLOW, repeat("./", 2045, "/file"), 0,
           READS), 0);
    expect("exhaustion", "a path of 4096 bytes", "open", try_open(GRANTED, FOLLOW, repeat("./", 2046, "file"), 0,
           READS),
           ERRNO(NAMETOOLONG));
    expect("exhaustion", "a path of 65535 bytes", "open", try_open(GRANTED, FOLLOW, repeat("x", 65535, ""), 0, READS),
           ERRNO(NAMETOOLONG));
    expect("exhaustion", "1000 steps down and up", "open", try_open(GRANTED, FOLLOW, repeat("dir/../", 580, "file"), 0,
           READS), 0);
    expect("exhaustion", "and one up more", "open", try_open(GRANTED, FOLLOW, repeat("dir/../", 580, "../file"), 0,
           READS),
           ERRNO(PERM));
    expect("exhaustion", "slashes", "open", try_open(GRANTED, FOLLOW, repeat("/", 4000, "file"), 0, READS),
           ERRNO(PERM));
    expect("exhaustion", "slashes behind a file", "open", try_open(GRANTED, FOLLOW, "file////////", 0, READS),
           ERRNO(NOTDIR));
    expect("exhaustion", "a link of 4096 bytes", "symlink",
           __wasi_path_symlink(repeat("x", 4096, ""), GRANTED, "long"), ERRNO(NAMETOOLONG));
    /* With a NUL in it, which libc's own wrappers cannot pass on. */
    expect("exhaustion", "a path with a NUL", "open",
           raw_path_open(GRANTED, FOLLOW, "file\0x", 6, 0, READS, 0, 0, &used), ERRNO(INVAL));
    expect("exhaustion", "a link that leads to itself", "open", try_open(GRANTED, FOLLOW, "loop", 0, READS),
           ERRNO(LOOP));
    expect("exhaustion", "a link through itself", "open", try_open(GRANTED, FOLLOW, "loop/x", 0, READS), ERRNO(LOOP));
    expect("exhaustion", "a link that grows", "open", try_open(GRANTED, FOLLOW, "grows", 0, READS), ERRNO(LOOP));
    expect("exhaustion", "40 links", "open", try_open(GRANTED, FOLLOW, "chain-1", 0, READS), 0);
    expect("exhaustion", "41 links", "open", try_open(GRANTED, FOLLOW, "chain-0", 0, READS), ERRNO(LOOP));
}

/* Deeper than a path can be, then up again. */
static void depth(void)
{
    enum { DEPTH = 400 };
    __wasi_fd_t dir = must_open(GRANTED, ".", __WASI_OFLAGS_DIRECTORY, ALL_RIGHTS & ~__WASI_RIGHTS_FD_WRITE);
    unsigned error = 0;
    int made = 0;
    for (; made < DEPTH && error == 0; made++) {
        __wasi_fd_t below;
        error = __wasi_path_create_directory(dir, "d");
        if (error == 0)
            error = __wasi_path_open(dir, 0, "d", __WASI_OFLAGS_DIRECTORY, ALL_RIGHTS & ~__WASI_RIGHTS_FD_WRITE,
                ALL_RIGHTS, 0,
                                     &below);
        if (error == 0)
            error = __wasi_fd_renumber(below, dir);
    }
    expect("exhaustion", "400 directories", "make", error, 0);
    expect("exhaustion", "from the deepest", "up", try_open(dir, FOLLOW, "..", 0, READS), ERRNO(PERM));
    (void)__wasi_fd_close(dir);
    expect("exhaustion", "from the top", "stat", __wasi_path_filestat_get(GRANTED, 0, repeat("d/", DEPTH - 1, "d"),
           &filestat), 0);
    error = 0;
    for (int left = DEPTH - 1; left >= 0 && error == 0; left--)
        error = __wasi_path_remove_directory(GRANTED, repeat("d/", left, "d"));
    expect("exhaustion", "400 directories", "remove", error, 0);
}

static void offsets(void)
{
    uint8_t byte = 'x';
    __wasi_iovec_t iovec = {&byte, 1};
    __wasi_ciovec_t ciovec = {&byte, 1};
    __wasi_fd_t fd = must_open(GRANTED, "offsets", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_TRUNC, ALL_RIGHTS);
    static const uint64_t too_large[] = {UINT64_MAX, UINT64_C(1) << 63, (UINT64_C(1) << 63) + 1, UINT64_MAX - 4095};
    for (size_t i = 0; i < sizeof too_large / sizeof too_large[0]; i++) {
        char what[40];
        snprintf(what, sizeof what, "offset %llx", (unsigned long long)too_large[i]);
        expect("exhaustion", what, "read", __wasi_fd_pread(fd, &iovec, 1, too_large[i], &used), ERRNO(INVAL));
        expect("exhaustion", what, "write", __wasi_fd_pwrite(fd, &ciovec, 1, too_large[i], &used), ERRNO(INVAL));
        expect("exhaustion", what, "seek",
               __wasi_fd_seek(fd, (__wasi_filedelta_t)too_large[i], __WASI_WHENCE_SET, &position), ERRNO(INVAL));
        expect("exhaustion", what, "advise", __wasi_fd_advise(fd, too_large[i], 1, __WASI_ADVICE_NORMAL), ERRNO(INVAL));
        expect("exhaustion", what, "allocate", __wasi_fd_allocate(fd, too_large[i], 1), ERRNO(INVAL));
        expect("exhaustion", what, "set the size", __wasi_fd_filestat_set_size(fd, too_large[i]), ERRNO(FBIG));
    }
    unsigned error = __wasi_fd_pwrite(fd, &ciovec, 1, INT64_MAX, &used);
    hold("exhaustion", "writing at 2^63-1 is refused", error == ERRNO(FBIG) || error == ERRNO(INVAL));
    error = __wasi_fd_allocate(fd, INT64_MAX - 1, INT64_MAX - 1);
    hold("exhaustion", "allocating over 2^63 is refused", error != 0);
    error = __wasi_fd_allocate(fd, 0, INT64_MAX);
    hold("exhaustion", "allocating 2^63-1 is refused", error != 0);
    error = __wasi_fd_filestat_set_size(fd, INT64_MAX);
    hold("exhaustion", "a size of 2^63-1 is refused, or nothing but a number",
         error == 0 || error == ERRNO(FBIG) || error == ERRNO(INVAL));
    expect("exhaustion", "whence 3", "seek", __wasi_fd_seek(fd, 0, 3, &position), ERRNO(INVAL));
    expect("exhaustion", "whence 255", "seek", __wasi_fd_seek(fd, 0, 255, &position), ERRNO(INVAL));
    expect("exhaustion", "advice 6", "advise", __wasi_fd_advise(fd, 0, 0, 6), ERRNO(INVAL));
    expect("exhaustion", "flags that are none", "set flags", __wasi_fd_fdstat_set_flags(fd, 0xffff), ERRNO(INVAL));
    expect("exhaustion", "times and now", "set times", __wasi_fd_filestat_set_times(fd, 1, 1, 3), ERRNO(INVAL));
    expect("exhaustion", "flags that are none", "set times", __wasi_fd_filestat_set_times(fd, 1, 1, 0xfff0),
           ERRNO(INVAL));
    expect("exhaustion", "the last time", "set times", __wasi_fd_filestat_set_times(fd, UINT64_MAX, UINT64_MAX, 5), 0);
    expect("exhaustion", "flags that are none", "open", try_open(GRANTED, 0, "file", 0xfff0, READS), ERRNO(INVAL));
    expect("exhaustion", "lookup flags that are none", "open", try_open(GRANTED, 0xfffe, "file", 0, READS),
           ERRNO(INVAL));
    expect("exhaustion", "create a directory", "open",
           try_open(GRANTED, 0, "new", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_DIRECTORY, READS), ERRNO(INVAL));
    expect("exhaustion", "lookup flags that are none", "stat", __wasi_path_filestat_get(GRANTED, 2, "file", &filestat),
           ERRNO(INVAL));
    (void)__wasi_fd_close(fd);
    expect("exhaustion", "offsets", "remove", __wasi_path_unlink_file(GRANTED, "offsets"), 0);
}

static void cookies(void)
{
    uint8_t buffer[300];
    static const uint64_t wrong[] = {UINT64_MAX, UINT64_C(1) << 63, INT64_MAX, 12345, 1, UINT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        unsigned error = __wasi_fd_readdir(GRANTED, buffer, sizeof buffer, wrong[i], &used);
        hold("exhaustion", "a cookie from nowhere", (error == 0 && used <= sizeof buffer) || error == ERRNO(INVAL));
    }
    for (uint32_t room = 0; room < 30; room++) {
        unsigned error = __wasi_fd_readdir(GRANTED, buffer, room, 0, &used);
        hold("exhaustion", "little room for names", error == 0 && used == room);
    }
    expect("exhaustion", "little room", "prestat name", __wasi_fd_prestat_dir_name(GRANTED, buffer, 0),
           ERRNO(NAMETOOLONG));
    expect("exhaustion", "little room", "readlink", __wasi_path_readlink(GRANTED, "here", buffer, 0, &used), 0);
    expect("exhaustion", "none used", "readlink", used, 0);
}

static void rest(void)
{
    uint8_t *bytes = malloc(1 << 20);
    hold("exhaustion", "memory for random bytes", bytes != NULL);
    expect("exhaustion", "a megabyte", "random", __wasi_random_get(bytes, 1 << 20), 0);
    expect("exhaustion", "clock 4", "time", __wasi_clock_time_get(4, 0, &position), ERRNO(INVAL));
    expect("exhaustion", "clock 2^32-1", "time", __wasi_clock_time_get(UINT32_MAX, 0, &position), ERRNO(INVAL));
    expect("exhaustion", "clock 2^32-1", "resolution", __wasi_clock_res_get(UINT32_MAX, &position), ERRNO(INVAL));
    free(bytes);
}

int main(void)
{
    vectors();
    polls();
    paths();
    depth();
    offsets();
    cookies();
    rest();
    return 0;
}
