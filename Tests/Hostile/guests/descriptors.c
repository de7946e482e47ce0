/* descriptors.c - numbers that are no descriptors, in every call that takes one; descriptors of the wrong kind; closed
 * and renumbered ones; and as many as there can be. */
#include "guest.h"

static uint8_t text[256];
static __wasi_size_t used;
static __wasi_filestat_t filestat;
static __wasi_fdstat_t fdstat;
static __wasi_filesize_t position;
static __wasi_prestat_t prestat;
static __wasi_roflags_t roflags;
static __wasi_fd_t opened;
static __wasi_iovec_t iovec = {text, sizeof text};
static __wasi_ciovec_t ciovec = {text, 4};

static unsigned poll_one(__wasi_fd_t fd, __wasi_eventtype_t type)
{
    __wasi_subscription_t subscription = {.userdata = 1, .u = {.tag = type}};
    __wasi_event_t event;
    subscription.u.u.fd_read.file_descriptor = fd;
    return __wasi_poll_oneoff(&subscription, &event, 1, &used);
}

enum { CALLS = 38 };

/* Every call with a descriptor; `name` is its name. */
static unsigned call(int which, __wasi_fd_t fd, const char **name)
{
#define CALL(number, call_name, expression) \
    case number: *name = call_name; return expression;
    switch (which) {
    CALL(0, "fd_advise", __wasi_fd_advise(fd, 0, 1, __WASI_ADVICE_NORMAL))
    CALL(1, "fd_allocate", __wasi_fd_allocate(fd, 0, 1))
    CALL(2, "fd_close", __wasi_fd_close(fd))
    CALL(3, "fd_datasync", __wasi_fd_datasync(fd))
    CALL(4, "fd_fdstat_get", __wasi_fd_fdstat_get(fd, &fdstat))
    CALL(5, "fd_fdstat_set_flags", __wasi_fd_fdstat_set_flags(fd, 0))
    CALL(6, "fd_fdstat_set_rights", __wasi_fd_fdstat_set_rights(fd, 0, 0))
    CALL(7, "fd_filestat_get", __wasi_fd_filestat_get(fd, &filestat))
    CALL(8, "fd_filestat_set_size", __wasi_fd_filestat_set_size(fd, 0))
    CALL(9, "fd_filestat_set_times", __wasi_fd_filestat_set_times(fd, 1, 1, 1))
    CALL(10, "fd_pread", __wasi_fd_pread(fd, &iovec, 1, 0, &used))
    CALL(11, "fd_prestat_get", __wasi_fd_prestat_get(fd, &prestat))
    CALL(12, "fd_prestat_dir_name", __wasi_fd_prestat_dir_name(fd, text, sizeof text))
    CALL(13, "fd_pwrite", __wasi_fd_pwrite(fd, &ciovec, 1, 0, &used))
    CALL(14, "fd_read", __wasi_fd_read(fd, &iovec, 1, &used))
    CALL(15, "fd_readdir", __wasi_fd_readdir(fd, text, sizeof text, 0, &used))
    CALL(16, "fd_renumber from", __wasi_fd_renumber(fd, GRANTED))
    CALL(17, "fd_renumber to", __wasi_fd_renumber(GRANTED, fd))
    CALL(18, "fd_seek", __wasi_fd_seek(fd, 0, __WASI_WHENCE_SET, &position))
    CALL(19, "fd_sync", __wasi_fd_sync(fd))
    CALL(20, "fd_tell", __wasi_fd_tell(fd, &position))
    CALL(21, "fd_write", __wasi_fd_write(fd, &ciovec, 1, &used))
    CALL(22, "path_create_directory", __wasi_path_create_directory(fd, "new"))
    CALL(23, "path_filestat_get", __wasi_path_filestat_get(fd, 0, "file", &filestat))
    CALL(24, "path_filestat_set_times", __wasi_path_filestat_set_times(fd, 0, "file", 1, 1, 1))
    CALL(25, "path_link from", __wasi_path_link(fd, 0, "file", GRANTED, "new"))
    CALL(26, "path_link to", __wasi_path_link(GRANTED, 0, "file", fd, "new"))
    CALL(27, "path_open", __wasi_path_open(fd, 0, "file", 0, READS, 0, 0, &opened))
    CALL(28, "path_readlink", __wasi_path_readlink(fd, "here", text, sizeof text, &used))
    CALL(29, "path_remove_directory", __wasi_path_remove_directory(fd, "empty"))
    CALL(30, "path_rename from", __wasi_path_rename(fd, "file", GRANTED, "new"))
    CALL(31, "path_rename to", __wasi_path_rename(GRANTED, "file", fd, "new"))
    CALL(32, "path_symlink", __wasi_path_symlink("file", fd, "new"))
    CALL(33, "path_unlink_file", __wasi_path_unlink_file(fd, "file"))
    CALL(34, "poll_oneoff", poll_one(fd, which % 2 == 0 ? __WASI_EVENTTYPE_FD_READ : __WASI_EVENTTYPE_FD_WRITE))
    CALL(35, "sock_accept", __wasi_sock_accept(fd, 0, &opened))
    CALL(36, "sock_recv", __wasi_sock_recv(fd, &iovec, 1, 0, &used, &roflags))
    default: *name = "sock_send"; return __wasi_sock_send(fd, &ciovec, 1, 0, &used);
    }
}

static void not_open(__wasi_fd_t fd, const char *what)
{
    for (int which = 0; which < CALLS; which++) {
        const char *name = "";
        unsigned error = call(which, fd, &name);
        expect("descriptor", name, what, error, ERRNO(BADF));
    }
}

/* What is a directory, and what is not one, are not taken for each other. */
static void wrong_kinds(void)
{
    __wasi_fd_t fd = must_open(GRANTED, "file", 0, ALL_RIGHTS);
    for (int which = 22; which < 34; which++) {
        const char *name = "";
        unsigned error = call(which, fd, &name);
        expect("descriptor", name, "a file as a directory", error, ERRNO(NOTDIR));
    }
    for (int which = 35; which < CALLS; which++) {
        const char *name = "";
        unsigned error = call(which, fd, &name);
        expect("descriptor", name, "a file as a socket", error, ERRNO(NOTSOCK));
    }
    expect("descriptor", "fd_readdir", "a file", __wasi_fd_readdir(fd, text, sizeof text, 0, &used), ERRNO(NOTDIR));
    expect("descriptor", "fd_read", "a directory", __wasi_fd_read(GRANTED, &iovec, 1, &used), ERRNO(ISDIR));
    expect("descriptor", "fd_write", "a directory", __wasi_fd_write(GRANTED, &ciovec, 1, &used), ERRNO(ISDIR));
    expect("descriptor", "fd_seek", "a directory", __wasi_fd_seek(GRANTED, 0, 0, &position), ERRNO(ISDIR));
    expect("descriptor", "fd_pread", "a directory", __wasi_fd_pread(GRANTED, &iovec, 1, 0, &used), ERRNO(ISDIR));
    expect("descriptor", "fd_allocate", "a directory", __wasi_fd_allocate(GRANTED, 0, 1), ERRNO(ISDIR));
    (void)__wasi_fd_close(fd);
}

/* Up to the limit, and back: the lowest number is given out, none twice. */
static void exhaust(void)
{
    unsigned error = 0;
    unsigned count = 0;
    int in_order = 1;
    __wasi_fd_t fd = 0;
    while (count < 2000 && (error = __wasi_path_open(GRANTED, 0, "file", 0, READS, 0, 0, &fd)) == 0) {
        in_order = in_order && (unsigned)fd == 5 + count;
        count++;
    }
    expect("exhaustion", "descriptors", "open until it fails", error, ERRNO(MFILE));
    hold("exhaustion", "there were many", count > 900 && count < 1024);
    hold("exhaustion", "each with the next number", in_order);
    expect("exhaustion", "descriptors", "open another", try_open(GRANTED, 0, "file", 0, READS), ERRNO(MFILE));
    /* Others need one of the host's for a moment; without one they fail, and nothing breaks. */
    error = __wasi_path_filestat_get(GRANTED, 0, "dir/inner", &filestat);
    hold("exhaustion", "stat of a path succeeds or is refused", error == 0 || error == ERRNO(MFILE));
    expect("exhaustion", "descriptors", "close one", __wasi_fd_close(500), 0);
    expect("exhaustion", "descriptors", "open again", __wasi_path_open(GRANTED, 0, "file", 0, READS, 0, 0, &fd), 0);
    hold("exhaustion", "the number that was free", fd == 500);
    int closed = 1;
    for (fd = 5; (unsigned)fd < 5 + count; fd++)
        closed = closed && __wasi_fd_close(fd) == 0;
    hold("exhaustion", "all are closed", closed);
    expect("exhaustion", "descriptors", "open after all that", try_open(GRANTED, FOLLOW, "dir/inner", 0, READS), 0);
}

int main(void)
{
    __wasi_fd_t closed = must_open(GRANTED, "file", 0, ALL_RIGHTS);
    expect("descriptor", "fd_close", "", __wasi_fd_close(closed), 0);
    not_open(closed, "closed");
    not_open(63, "never opened");
    not_open(64, "at the end of the table");
    not_open(1023, "at the limit");
    not_open(1024, "over the limit");
    not_open(UINT32_MAX, "2^32-1");
    not_open(0x80000000, "2^31");
    not_open(0x7fffffff, "2^31-1");
    /* A descriptor of the host's, which the guest does not have. */
    not_open(9, "of the host");
    wrong_kinds();
    exhaust();
    return 0;
}
