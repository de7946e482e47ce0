/* rights.c - what a descriptor may not do, it cannot be made to do: rights that are missing, rights that are asked
 * back, read-only grants, and ways from one grant to the other. */
#include "guest.h"

#define DIR_RIGHTS                                                                                                   \
    (__WASI_RIGHTS_PATH_OPEN | __WASI_RIGHTS_PATH_CREATE_DIRECTORY | __WASI_RIGHTS_PATH_CREATE_FILE |                \
     __WASI_RIGHTS_PATH_LINK_SOURCE | __WASI_RIGHTS_PATH_LINK_TARGET | __WASI_RIGHTS_FD_READDIR |                    \
     __WASI_RIGHTS_PATH_READLINK | __WASI_RIGHTS_PATH_RENAME_SOURCE | __WASI_RIGHTS_PATH_RENAME_TARGET |             \
     __WASI_RIGHTS_PATH_FILESTAT_GET | __WASI_RIGHTS_PATH_FILESTAT_SET_SIZE | __WASI_RIGHTS_PATH_FILESTAT_SET_TIMES | \
     __WASI_RIGHTS_FD_FILESTAT_GET | __WASI_RIGHTS_FD_FILESTAT_SET_TIMES | __WASI_RIGHTS_PATH_SYMLINK |              \
     __WASI_RIGHTS_PATH_REMOVE_DIRECTORY | __WASI_RIGHTS_PATH_UNLINK_FILE | __WASI_RIGHTS_FD_SYNC |                  \
     __WASI_RIGHTS_FD_DATASYNC | __WASI_RIGHTS_FD_FDSTAT_SET_FLAGS)

static uint8_t text[64];
static __wasi_size_t used;
static __wasi_filestat_t filestat;
static __wasi_filesize_t position;
static __wasi_iovec_t iovec = {text, sizeof text};
static __wasi_ciovec_t ciovec = {text, 4};

/* Each call on a directory, with every right but one. */
static unsigned call_dir(__wasi_fd_t dir, uint64_t right)
{
    switch (right) {
    case __WASI_RIGHTS_PATH_OPEN: return try_open(dir, 0, "file", 0, READS);
    case __WASI_RIGHTS_PATH_CREATE_DIRECTORY: return __wasi_path_create_directory(dir, "new");
    case __WASI_RIGHTS_PATH_CREATE_FILE: return try_open(dir, 0, "new", __WASI_OFLAGS_CREAT, READS);
    case __WASI_RIGHTS_PATH_LINK_SOURCE: return __wasi_path_link(dir, 0, "file", GRANTED, "new");
    case __WASI_RIGHTS_PATH_LINK_TARGET: return __wasi_path_link(GRANTED, 0, "file", dir, "new");
    case __WASI_RIGHTS_FD_READDIR: return __wasi_fd_readdir(dir, text, sizeof text, 0, &used);
    case __WASI_RIGHTS_PATH_READLINK: return __wasi_path_readlink(dir, "here", text, sizeof text, &used);
    case __WASI_RIGHTS_PATH_RENAME_SOURCE: return __wasi_path_rename(dir, "file", GRANTED, "new");
    case __WASI_RIGHTS_PATH_RENAME_TARGET: return __wasi_path_rename(GRANTED, "file", dir, "new");
    case __WASI_RIGHTS_PATH_FILESTAT_GET: return __wasi_path_filestat_get(dir, 0, "file", &filestat);
    case __WASI_RIGHTS_PATH_FILESTAT_SET_SIZE: return try_open(dir, 0, "file", __WASI_OFLAGS_TRUNC, READS);
    case __WASI_RIGHTS_PATH_FILESTAT_SET_TIMES: return __wasi_path_filestat_set_times(dir, 0, "file", 1, 1, 1);
    case __WASI_RIGHTS_FD_FILESTAT_GET: return __wasi_fd_filestat_get(dir, &filestat);
    case __WASI_RIGHTS_FD_FILESTAT_SET_TIMES: return __wasi_fd_filestat_set_times(dir, 1, 1, 1);
    case __WASI_RIGHTS_PATH_SYMLINK: return __wasi_path_symlink("file", dir, "new");
    case __WASI_RIGHTS_PATH_REMOVE_DIRECTORY: return __wasi_path_remove_directory(dir, "empty");
    case __WASI_RIGHTS_PATH_UNLINK_FILE: return __wasi_path_unlink_file(dir, "file");
    case __WASI_RIGHTS_FD_SYNC: return __wasi_fd_sync(dir);
    case __WASI_RIGHTS_FD_DATASYNC: return __wasi_fd_datasync(dir);
    default: return __wasi_fd_fdstat_set_flags(dir, 0);
    }
}

static unsigned call_file(__wasi_fd_t fd, uint64_t right)
{
    switch (right) {
    case __WASI_RIGHTS_FD_READ: return __wasi_fd_read(fd, &iovec, 1, &used);
    case __WASI_RIGHTS_FD_WRITE: return __wasi_fd_write(fd, &ciovec, 1, &used);
    case __WASI_RIGHTS_FD_SEEK: return __wasi_fd_seek(fd, 1, __WASI_WHENCE_SET, &position);
    case __WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_READ: return __wasi_fd_pread(fd, &iovec, 1, 0, &used);
    case __WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_WRITE: return __wasi_fd_pwrite(fd, &ciovec, 1, 0, &used);
    case __WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_TELL: return __wasi_fd_tell(fd, &position);
    case __WASI_RIGHTS_FD_ADVISE: return __wasi_fd_advise(fd, 0, 1, __WASI_ADVICE_NORMAL);
    case __WASI_RIGHTS_FD_ALLOCATE: return __wasi_fd_allocate(fd, 0, 1);
    case __WASI_RIGHTS_FD_SYNC: return __wasi_fd_sync(fd);
    case __WASI_RIGHTS_FD_DATASYNC: return __wasi_fd_datasync(fd);
    case __WASI_RIGHTS_FD_FILESTAT_GET: return __wasi_fd_filestat_get(fd, &filestat);
    case __WASI_RIGHTS_FD_FILESTAT_SET_SIZE: return __wasi_fd_filestat_set_size(fd, 0);
    case __WASI_RIGHTS_FD_FILESTAT_SET_TIMES: return __wasi_fd_filestat_set_times(fd, 1, 1, 1);
    default: return __wasi_fd_fdstat_set_flags(fd, 0);
    }
}

struct right {
    const char *name;
    uint64_t right;
};

#define RIGHT(name) {#name, __WASI_RIGHTS_##name}

static const struct right of_dir[] = {
    RIGHT(PATH_OPEN), RIGHT(PATH_CREATE_DIRECTORY), RIGHT(PATH_CREATE_FILE), RIGHT(PATH_LINK_SOURCE),
    RIGHT(PATH_LINK_TARGET), RIGHT(FD_READDIR), RIGHT(PATH_READLINK), RIGHT(PATH_RENAME_SOURCE),
    RIGHT(PATH_RENAME_TARGET), RIGHT(PATH_FILESTAT_GET), RIGHT(PATH_FILESTAT_SET_SIZE), RIGHT(PATH_FILESTAT_SET_TIMES),
    RIGHT(FD_FILESTAT_GET), RIGHT(FD_FILESTAT_SET_TIMES), RIGHT(PATH_SYMLINK), RIGHT(PATH_REMOVE_DIRECTORY),
    RIGHT(PATH_UNLINK_FILE), RIGHT(FD_SYNC), RIGHT(FD_DATASYNC), RIGHT(FD_FDSTAT_SET_FLAGS),
};

static const struct right of_file[] = {
    RIGHT(FD_READ), RIGHT(FD_WRITE), RIGHT(FD_SEEK), RIGHT(FD_ADVISE), RIGHT(FD_ALLOCATE), RIGHT(FD_SYNC),
    RIGHT(FD_DATASYNC), RIGHT(FD_FILESTAT_GET), RIGHT(FD_FILESTAT_SET_SIZE), RIGHT(FD_FILESTAT_SET_TIMES),
    RIGHT(FD_FDSTAT_SET_FLAGS), {"FD_PREAD", __WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_READ},
    {"FD_PWRITE", __WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_WRITE},
    {"FD_TELL", __WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_TELL},
};

static uint64_t rights_of(__wasi_fd_t fd)
{
    __wasi_fdstat_t fdstat;
    return __wasi_fd_fdstat_get(fd, &fdstat) == 0 ? fdstat.fs_rights_base : 0;
}

static void without_one(void)
{
    for (size_t i = 0; i < sizeof of_dir / sizeof of_dir[0]; i++) {
        __wasi_fd_t dir = must_open(GRANTED, ".", __WASI_OFLAGS_DIRECTORY, DIR_RIGHTS);
        uint64_t left = rights_of(dir) & ~of_dir[i].right;
        expect("rights", of_dir[i].name, "give up", __wasi_fd_fdstat_set_rights(dir, left, DIR_RIGHTS | WRITES), 0);
        expect("rights", of_dir[i].name, "use", call_dir(dir, of_dir[i].right), ERRNO(NOTCAPABLE));
        expect("rights", of_dir[i].name, "ask back",
               __wasi_fd_fdstat_set_rights(dir, left | of_dir[i].right, DIR_RIGHTS), ERRNO(NOTCAPABLE));
        expect("rights", of_dir[i].name, "use after asking", call_dir(dir, of_dir[i].right), ERRNO(NOTCAPABLE));
        (void)__wasi_fd_close(dir);
    }
    for (size_t i = 0; i < sizeof of_file / sizeof of_file[0]; i++) {
        __wasi_fd_t fd = must_open(GRANTED, "file", 0, ALL_RIGHTS);
        uint64_t left = rights_of(fd) & ~of_file[i].right;
        expect("rights", of_file[i].name, "give up, of a file", __wasi_fd_fdstat_set_rights(fd, left, 0), 0);
        expect("rights", of_file[i].name, "use, of a file", call_file(fd, of_file[i].right), ERRNO(NOTCAPABLE));
        expect("rights", of_file[i].name, "ask back, of a file",
               __wasi_fd_fdstat_set_rights(fd, left | of_file[i].right, 0), ERRNO(NOTCAPABLE));
        (void)__wasi_fd_close(fd);
    }
}

/* Rights do not grow by opening again, by renumbering, or by asking for more than there are. */
static void no_growth(void)
{
    __wasi_fd_t dir;
    __wasi_fd_t fd;
    unsigned error = __wasi_path_open(GRANTED, 0, ".", __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_PATH_OPEN, READS, 0,
        &dir);
    expect("rights", "a directory that passes on reading", "open", error, 0);
    expect("rights", "through it", "open to write", try_open(dir, 0, "file", 0, WRITES), ERRNO(NOTCAPABLE));
    expect("rights", "through it", "create", try_open(dir, 0, "new", __WASI_OFLAGS_CREAT, READS), ERRNO(NOTCAPABLE));
    expect("rights", "through it", "truncate", try_open(dir, 0, "file", __WASI_OFLAGS_TRUNC, READS), ERRNO(NOTCAPABLE));
    error = __wasi_path_open(dir, 0, ".", __WASI_OFLAGS_DIRECTORY, DIR_RIGHTS, ALL_RIGHTS, 0, &fd);
    expect("rights", "itself again", "open with every right", error, 0);
    hold("rights", "and none has come", (rights_of(fd) & ~(uint64_t)READS) == 0);
    expect("rights", "through that", "open to write", try_open(fd, 0, "file", 0, WRITES), ERRNO(NOTCAPABLE));
    (void)__wasi_fd_close(fd);
    fd = must_open(GRANTED, "file", 0, READS);
    hold("rights", "a file opened to read has no more", (rights_of(fd) & ~(uint64_t)READS) == 0);
    expect("rights", "renumbered over the directory", "", __wasi_fd_renumber(fd, dir), 0);
    hold("rights", "and it has no more", (rights_of(dir) & ~(uint64_t)READS) == 0);
    expect("rights", "as a directory", "open", try_open(dir, 0, "file", 0, READS), ERRNO(NOTDIR));
    expect("rights", "as a file", "write", __wasi_fd_write(dir, &ciovec, 1, &used), ERRNO(NOTCAPABLE));
    (void)__wasi_fd_close(dir);
    expect("rights", "bits that mean nothing", "", __wasi_fd_fdstat_set_rights(GRANTED, ALL_RIGHTS, 0),
           ERRNO(NOTCAPABLE));
    expect("rights", "standard output", "read", __wasi_fd_read(1, &iovec, 1, &used), ERRNO(NOTCAPABLE));
    expect("rights", "standard output", "ask to read",
           __wasi_fd_fdstat_set_rights(1, __WASI_RIGHTS_FD_READ, 0), ERRNO(NOTCAPABLE));
    expect("rights", "standard output", "ask to open",
           __wasi_fd_fdstat_set_rights(1, __WASI_RIGHTS_PATH_OPEN, 0), ERRNO(NOTCAPABLE));
    expect("rights", "a file", "as a socket", __wasi_sock_shutdown(GRANTED, __WASI_SDFLAGS_RD), ERRNO(NOTSOCK));
}

static void read_only(__wasi_fd_t dir, const char *where)
{
    __wasi_fd_t fd;
    expect("read-only", where, "open to write", try_open(dir, 0, "file", 0, WRITES), ERRNO(PERM));
    expect("read-only", where, "open to write only", try_open(dir, 0, "file", 0, __WASI_RIGHTS_FD_WRITE), ERRNO(PERM));
    expect("read-only", where, "create", try_open(dir, 0, "new", __WASI_OFLAGS_CREAT, READS), ERRNO(PERM));
    expect("read-only", where, "create what exists", try_open(dir, 0, "file", __WASI_OFLAGS_CREAT, READS), ERRNO(PERM));
    expect("read-only", where, "truncate", try_open(dir, 0, "file", __WASI_OFLAGS_TRUNC, READS), ERRNO(PERM));
    expect("read-only", where, "make a directory", __wasi_path_create_directory(dir, "new"), ERRNO(PERM));
    expect("read-only", where, "remove a directory", __wasi_path_remove_directory(dir, "empty"), ERRNO(PERM));
    expect("read-only", where, "remove a file", __wasi_path_unlink_file(dir, "file"), ERRNO(PERM));
    expect("read-only", where, "symbolic link", __wasi_path_symlink("file", dir, "new"), ERRNO(PERM));
    expect("read-only", where, "hard link within", __wasi_path_link(dir, 0, "file", dir, "new"), ERRNO(PERM));
    expect("read-only", where, "hard link to where it can be written",
           __wasi_path_link(dir, 0, "file", GRANTED, "new"), ERRNO(PERM));
    expect("read-only", where, "hard link into it", __wasi_path_link(GRANTED, 0, "file", dir, "new"), ERRNO(PERM));
    expect("read-only", where, "rename within", __wasi_path_rename(dir, "file", dir, "new"), ERRNO(PERM));
    expect("read-only", where, "rename out of it", __wasi_path_rename(dir, "file", GRANTED, "new"), ERRNO(PERM));
    expect("read-only", where, "rename into it", __wasi_path_rename(GRANTED, "file", dir, "new"), ERRNO(PERM));
    expect("read-only", where, "set times", __wasi_path_filestat_set_times(dir, 0, "file", 1, 1, 1), ERRNO(PERM));
    expect("read-only", where, "set times of itself", __wasi_fd_filestat_set_times(dir, 1, 1, 1), ERRNO(PERM));
    expect("read-only", where, "open to read", try_open(dir, 0, "file", 0, READS), 0);
    fd = must_open(dir, "file", 0, ALL_RIGHTS & ~__WASI_RIGHTS_FD_WRITE);
    expect("read-only", where, "write", __wasi_fd_write(fd, &ciovec, 1, &used), ERRNO(NOTCAPABLE));
    expect("read-only", where, "write at an offset", __wasi_fd_pwrite(fd, &ciovec, 1, 0, &used), ERRNO(NOTCAPABLE));
    expect("read-only", where, "set the size", __wasi_fd_filestat_set_size(fd, 0), ERRNO(NOTCAPABLE));
    expect("read-only", where, "allocate", __wasi_fd_allocate(fd, 0, 100), ERRNO(NOTCAPABLE));
    expect("read-only", where, "set times of a file", __wasi_fd_filestat_set_times(fd, 1, 1, 1), ERRNO(NOTCAPABLE));
    expect("read-only", where, "ask for writing", __wasi_fd_fdstat_set_rights(fd, WRITES, 0), ERRNO(NOTCAPABLE));
    expect("read-only", where, "append", __wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_APPEND), 0);
    expect("read-only", where, "write with append", __wasi_fd_write(fd, &ciovec, 1, &used), ERRNO(NOTCAPABLE));
    (void)__wasi_fd_close(fd);
}

int main(void)
{
    without_one();
    no_growth();
    read_only(READ_ONLY, "the grant");
    __wasi_fd_t below = must_open(READ_ONLY, "dir", __WASI_OFLAGS_DIRECTORY, DIR_RIGHTS);
    read_only(below, "a directory below");
    __wasi_fd_t moved = must_open(GRANTED, "file", 0, READS);
    expect("read-only", "renumbered to another number", "", __wasi_fd_renumber(below, moved), 0);
    read_only(moved, "a directory with another number");
    (void)__wasi_fd_close(moved);
    return 0;
}
