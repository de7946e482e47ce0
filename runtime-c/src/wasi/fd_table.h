/* fd_table.h - a context's descriptors. A guest fd is an index into `slots`; what it names is a
 * struct wasmc_desc with a count of users, so that closing or renumbering an fd while another
 * thread uses it never touches the wrong file: the host's descriptor is closed by the last user. */
#ifndef WASMC_WASI_FD_TABLE_H
#define WASMC_WASI_FD_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rights.h"
#include "types.h"

struct wasmc_ctx;
struct wasmc_dir_cookies;
struct wasmc_socket;

/* The most descriptors that a context may have open: --max-files says fewer, and the host may let the process have fewer
 * (RLIMIT_NOFILE, MFILE too). */
#define WASMC_FD_LIMIT 1048576u

/* Those that are borrowed cost the host nothing, so that its limit does not bound them: they are handed over below this. */
#define WASMC_FD_BORROWED_LIMIT 1024u

/* Slots and descriptors that need no memory beside the context's own. */
#define WASMC_FD_INLINE_SLOTS 64u
#define WASMC_FD_INLINE_DESCS 24u

/* Slots whose being full is noted together, in a bit; a word's bits stand for so many slots. */
#define WASMC_FD_BLOCK_SLOTS 64u
#define WASMC_FD_WORD_SLOTS (64u * WASMC_FD_BLOCK_SLOTS)

enum wasmc_desc_kind {
    WASMC_DESC_FILE,      /* has a position */
    WASMC_DESC_DIRECTORY,
    WASMC_DESC_STREAM,    /* terminal, pipe: no position */
    WASMC_DESC_SOCKET,
};

struct wasmc_desc {
    /* fd_fdstat_set_rights and _set_flags change them while other threads use the descriptor. */
    _Atomic wasi_rights base;
    _Atomic wasi_rights inheriting;
    union {
        const char *preopen_name;     /* a granted directory's guest name, or null */
        struct wasmc_desc *next_free; /* while it is not in use */
    };
    struct wasmc_dir_cookies *cookies; /* of a directory that was listed and needs them, or null */
    _Atomic uint64_t device; /* of a directory: the number of its filesystem, when a call has asked for it; else 0 */
    struct wasmc_socket *socket; /* net/socket_state.h, or null */
    uint32_t preopen_name_bytes;
    uint32_t users;
    uint32_t listing; /* a lock */
    int host;
    _Atomic uint16_t fdflags; /* as the guest set them */
    uint8_t kind;      /* enum wasmc_desc_kind */
    uint8_t filetype;
    bool read_only;    /* under a read-only grant */
    bool is_listener;  /* the host's descriptor is non-blocking, whatever fdflags say */
    /* NONBLOCK holds only once the guest has looked at the flags, or set them: of a listener it did not ask for it. */
    _Atomic bool is_nonblock_unseen;
    bool is_preopened_socket; /* granted: fd_prestat_get knows it */
    bool keeps_messages; /* a socket of datagrams or packets: what one call sends, one call receives */
    bool asks_socket;  /* reading and writing are net/socket_datagrams.c's: datagrams whose peers count, limited waiting */
    bool borrowed;     /* the process's own 0 to 2: never closed, its O_NONBLOCK never changed */
    _Atomic uint32_t watch; /* i + 1: it is in the module's set of polled descriptors, as number i (poll_watch.h); 0: it is not */
};

struct wasmc_fd_table {
    struct wasmc_desc **slots;
    uint64_t *blocks; /* bit i: a slot of block i may be free. A block is found full by who looks for a free one */
    uint32_t slot_count; /* a multiple of WASMC_FD_BLOCK_SLOTS */
    uint32_t limit;      /* descriptors are below */
    uint32_t first_free; /* no free slot below */
    uint32_t lock;
    struct wasmc_desc *free;
    void (*forget)(struct wasmc_ctx *ctx, struct wasmc_desc *desc); /* of one with a watch: wasmc_fd_forget */
    _Atomic uint32_t rights_changes; /* how often a descriptor lost rights */
    uint64_t inline_blocks;
    struct wasmc_desc *inline_slots[WASMC_FD_INLINE_SLOTS];
    struct wasmc_desc inline_descs[WASMC_FD_INLINE_DESCS];
};

/* --- fd_start.c: what a context starts with -------------------------------------------------- */

/* Makes the table, with the standard streams (a linked module's: those granted), the granted sockets and then directories. Ends
 * the process when one cannot be opened. Weak: absent in a program without descriptors. */
void wasmc_fd_table_start(struct wasmc_ctx *ctx) __attribute__((weak));

/* --- fd_slots.c: for start-up, and for who holds the lock ------------------------------------ */

/* wasmc_arena_allocate, or that of start-up. */
typedef void *wasmc_allocator(size_t bytes);

/* An empty table. */
void wasmc_fd_table_init(struct wasmc_fd_table *table);

/* Puts a copy of a descriptor into a free slot. Errors: MFILE, NOMEM. */
wasi_errno wasmc_fd_set(struct wasmc_fd_table *table, uint32_t fd, const struct wasmc_desc *desc,
                        wasmc_allocator *allocate);

/* Says that a slot is free again. */
static inline void wasmc_fd_set_free(struct wasmc_fd_table *table, uint32_t fd)
{
    table->slots[fd] = NULL;
    table->blocks[fd / WASMC_FD_WORD_SLOTS] |= UINT64_C(1) << (fd / WASMC_FD_BLOCK_SLOTS % 64);
    if (fd < table->first_free)
        table->first_free = fd;
}

/* Adds descriptors that are not in use. */
void wasmc_fd_add_free(struct wasmc_fd_table *table, struct wasmc_desc *descs, uint32_t count);

/* --- fd_table.c: for host calls -------------------------------------------------------------- */

/* What a host call needs the descriptor to be. */
enum wasmc_fd_want {
    WASMC_FD_ANY,
    WASMC_FD_DATA,      /* not a directory (ISDIR) */
    WASMC_FD_SEEKABLE,  /* a file with a position (ISDIR, SPIPE) */
    WASMC_FD_DIRECTORY, /* NOTDIR */
    WASMC_FD_SOCKET,    /* NOTSOCK */
};

/* Looks a descriptor up and counts the caller as a user.
 *
 * Errors: BADF not open; ISDIR, SPIPE, NOTDIR, NOTSOCK not what is wanted; NOTCAPABLE a right is missing.
 */
wasi_errno wasmc_fd_get(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_fd_want want, wasi_rights rights,
                        struct wasmc_desc **desc);

/* Ends a use; closes the host's descriptor when it was the last. */
wasi_errno wasmc_fd_put(struct wasmc_ctx *ctx, struct wasmc_desc *desc);

/* Gives a descriptor the lowest free fd. On failure (MFILE, NOMEM) the host's descriptor is closed. */
wasi_errno wasmc_fd_insert(struct wasmc_ctx *ctx, const struct wasmc_desc *desc, uint32_t *fd);

/* Errors: BADF; what the host's close says. */
wasi_errno wasmc_fd_remove(struct wasmc_ctx *ctx, uint32_t fd);

/* Frees what a descriptor has that nobody uses any more, and closes its host's. net/socket_fd.c, where it is linked, takes the
 * place of what fd_table.c has. Errors: what the host's close says. */
wasi_errno wasmc_fd_end(struct wasmc_ctx *ctx, const struct wasmc_desc *desc);

/* The same of what the host alone knows about. */
wasi_errno wasmc_fd_close_host(const struct wasmc_desc *desc);

/* Before a descriptor's host is closed, or becomes another: what waits for many descriptors forgets it. net/socket_fd.c, which
 * who makes a socket, or waits for many descriptors, brings. */
void wasmc_fd_forget(struct wasmc_ctx *ctx, struct wasmc_desc *desc);

/* Moves from onto to, which must be open too, in one step. Errors: BADF. */
wasi_errno wasmc_fd_move(struct wasmc_ctx *ctx, uint32_t from, uint32_t to);

/* Whether the guest expects calls of this descriptor not to wait. */
static inline bool wasmc_fd_is_nonblocking(const struct wasmc_desc *desc)
{
    return (desc->fdflags & WASI_FDFLAGS_NONBLOCK) && !desc->is_nonblock_unseen;
}

struct stat;
uint8_t wasmc_wasi_filetype(uint32_t mode); /* of struct stat.st_mode; sockets are SOCKET_STREAM */

#endif
