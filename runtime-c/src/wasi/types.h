/* types.h - WASI's numbers, as wasi_snapshot_preview1.witx has them.
 * https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md */
#ifndef WASMC_WASI_TYPES_H
#define WASMC_WASI_TYPES_H

#include <stdint.h>

/* X(name, value, text) */
#define WASI_ERRNOS(X)                    \
    X(SUCCESS, 0, "success")              \
    X(2BIG, 1, "2big")                    \
    X(ACCES, 2, "acces")                  \
    X(ADDRINUSE, 3, "addrinuse")          \
    X(ADDRNOTAVAIL, 4, "addrnotavail")    \
    X(AFNOSUPPORT, 5, "afnosupport")      \
    X(AGAIN, 6, "again")                  \
    X(ALREADY, 7, "already")              \
    X(BADF, 8, "badf")                    \
    X(BADMSG, 9, "badmsg")                \
    X(BUSY, 10, "busy")                   \
    X(CANCELED, 11, "canceled")           \
    X(CHILD, 12, "child")                 \
    X(CONNABORTED, 13, "connaborted")     \
    X(CONNREFUSED, 14, "connrefused")     \
    X(CONNRESET, 15, "connreset")         \
    X(DEADLK, 16, "deadlk")               \
    X(DESTADDRREQ, 17, "destaddrreq")     \
    X(DOM, 18, "dom")                     \
    X(DQUOT, 19, "dquot")                 \
    X(EXIST, 20, "exist")                 \
    X(FAULT, 21, "fault")                 \
    X(FBIG, 22, "fbig")                   \
    X(HOSTUNREACH, 23, "hostunreach")     \
    X(IDRM, 24, "idrm")                   \
    X(ILSEQ, 25, "ilseq")                 \
    X(INPROGRESS, 26, "inprogress")       \
    X(INTR, 27, "intr")                   \
    X(INVAL, 28, "inval")                 \
    X(IO, 29, "io")                       \
    X(ISCONN, 30, "isconn")               \
    X(ISDIR, 31, "isdir")                 \
    X(LOOP, 32, "loop")                   \
    X(MFILE, 33, "mfile")                 \
    X(MLINK, 34, "mlink")                 \
    X(MSGSIZE, 35, "msgsize")             \
    X(MULTIHOP, 36, "multihop")           \
    X(NAMETOOLONG, 37, "nametoolong")     \
    X(NETDOWN, 38, "netdown")             \
    X(NETRESET, 39, "netreset")           \
    X(NETUNREACH, 40, "netunreach")       \
    X(NFILE, 41, "nfile")                 \
    X(NOBUFS, 42, "nobufs")               \
    X(NODEV, 43, "nodev")                 \
    X(NOENT, 44, "noent")                 \
    X(NOEXEC, 45, "noexec")               \
    X(NOLCK, 46, "nolck")                 \
    X(NOLINK, 47, "nolink")               \
    X(NOMEM, 48, "nomem")                 \
    X(NOMSG, 49, "nomsg")                 \
    X(NOPROTOOPT, 50, "noprotoopt")       \
    X(NOSPC, 51, "nospc")                 \
    X(NOSYS, 52, "nosys")                 \
    X(NOTCONN, 53, "notconn")             \
    X(NOTDIR, 54, "notdir")               \
    X(NOTEMPTY, 55, "notempty")           \
    X(NOTRECOVERABLE, 56, "notrecoverable") \
    X(NOTSOCK, 57, "notsock")             \
    X(NOTSUP, 58, "notsup")               \
    X(NOTTY, 59, "notty")                 \
    X(NXIO, 60, "nxio")                   \
    X(OVERFLOW, 61, "overflow")           \
    X(OWNERDEAD, 62, "ownerdead")         \
    X(PERM, 63, "perm")                   \
    X(PIPE, 64, "pipe")                   \
    X(PROTO, 65, "proto")                 \
    X(PROTONOSUPPORT, 66, "protonosupport") \
    X(PROTOTYPE, 67, "prototype")         \
    X(RANGE, 68, "range")                 \
    X(ROFS, 69, "rofs")                   \
    X(SPIPE, 70, "spipe")                 \
    X(SRCH, 71, "srch")                   \
    X(STALE, 72, "stale")                 \
    X(TIMEDOUT, 73, "timedout")           \
    X(TXTBSY, 74, "txtbsy")               \
    X(XDEV, 75, "xdev")                   \
    X(NOTCAPABLE, 76, "notcapable")

typedef uint32_t wasi_errno;
enum {
#define WASI_ERRNO(name, value, text) WASI_ERRNO_##name = value,
    WASI_ERRNOS(WASI_ERRNO)
#undef WASI_ERRNO
    WASI_ERRNO_COUNT = 77,
};

enum {
    WASI_CLOCKID_REALTIME = 0,
    WASI_CLOCKID_MONOTONIC = 1,
    WASI_CLOCKID_PROCESS_CPUTIME_ID = 2,
    WASI_CLOCKID_THREAD_CPUTIME_ID = 3,
};

enum {
    WASI_FILETYPE_UNKNOWN = 0,
    WASI_FILETYPE_BLOCK_DEVICE = 1,
    WASI_FILETYPE_CHARACTER_DEVICE = 2,
    WASI_FILETYPE_DIRECTORY = 3,
    WASI_FILETYPE_REGULAR_FILE = 4,
    WASI_FILETYPE_SOCKET_DGRAM = 5,
    WASI_FILETYPE_SOCKET_STREAM = 6,
    WASI_FILETYPE_SYMBOLIC_LINK = 7,
};

enum {
    WASI_FDFLAGS_APPEND = 1 << 0,
    WASI_FDFLAGS_DSYNC = 1 << 1,
    WASI_FDFLAGS_NONBLOCK = 1 << 2,
    WASI_FDFLAGS_RSYNC = 1 << 3,
    WASI_FDFLAGS_SYNC = 1 << 4,
    WASI_FDFLAGS_ALL = 31,
};

enum {
    WASI_OFLAGS_CREAT = 1 << 0,
    WASI_OFLAGS_DIRECTORY = 1 << 1,
    WASI_OFLAGS_EXCL = 1 << 2,
    WASI_OFLAGS_TRUNC = 1 << 3,
    WASI_OFLAGS_ALL = 15,
};

enum {
    WASI_FSTFLAGS_ATIM = 1 << 0,
    WASI_FSTFLAGS_ATIM_NOW = 1 << 1,
    WASI_FSTFLAGS_MTIM = 1 << 2,
    WASI_FSTFLAGS_MTIM_NOW = 1 << 3,
    WASI_FSTFLAGS_ALL = 15,
};

enum { WASI_LOOKUPFLAGS_SYMLINK_FOLLOW = 1 << 0, WASI_LOOKUPFLAGS_ALL = 1 };

enum { WASI_WHENCE_SET = 0, WASI_WHENCE_CUR = 1, WASI_WHENCE_END = 2 };

enum { WASI_PREOPENTYPE_DIR = 0 };

enum { WASI_EVENTTYPE_CLOCK = 0, WASI_EVENTTYPE_FD_READ = 1, WASI_EVENTTYPE_FD_WRITE = 2 };
enum { WASI_SUBCLOCKFLAGS_ABSTIME = 1 << 0, WASI_SUBCLOCKFLAGS_ALL = 1 };
enum { WASI_EVENTRWFLAGS_HANGUP = 1 << 0 };

enum { WASI_RIFLAGS_PEEK = 1 << 0, WASI_RIFLAGS_WAITALL = 1 << 1, WASI_RIFLAGS_ALL = 3 };
enum { WASI_ROFLAGS_DATA_TRUNCATED = 1 << 0 };
enum { WASI_SDFLAGS_RD = 1 << 0, WASI_SDFLAGS_WR = 1 << 1, WASI_SDFLAGS_ALL = 3 };

#endif
