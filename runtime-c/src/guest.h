/* guest.h - the only place where a guest address becomes a host pointer.
 *
 * Every access states its length and is checked in 64 bits against the memory's current size; a
 * guest range outside memory is a trap that names the host call (WASMC_TRAP_GUEST_POINTER), as WASI
 * demands. Alignment is not checked: x86-64 needs none, and guests exist that rely on that.
 *
 * Rules for host calls: copy structures in before use (another thread may change them), hand the
 * kernel byte buffers only, write results last.
 */
#ifndef WASMC_GUEST_H
#define WASMC_GUEST_H

#include <sys/uio.h>

#include "ctx.h"
#include "wasi/types.h"

/* An address in guest memory; never a pointer. */
typedef uint32_t guest_addr;

/* Who accesses guest memory: the module's context and the host call's name. */
struct wasmc_guest {
    struct wasmc_ctx *ctx;
    const char *call;
};

/* The host's view of addr..addr+bytes. Traps when any of it is outside memory. Valid until the call
 * returns: memories never shrink or move. */
uint8_t *wasmc_guest_bytes(const struct wasmc_guest *guest, guest_addr addr, uint64_t bytes);

/* Whether that range is in memory, for those who must not trap. */
bool wasmc_guest_contains(const struct wasmc_guest *guest, guest_addr addr, uint64_t bytes);

void wasmc_guest_write_u32(const struct wasmc_guest *guest, guest_addr addr, uint32_t value);
void wasmc_guest_write_u64(const struct wasmc_guest *guest, guest_addr addr, uint64_t value);
void wasmc_guest_copy_in(const struct wasmc_guest *guest, void *to, guest_addr from, uint64_t bytes);
void wasmc_guest_copy_out(const struct wasmc_guest *guest, guest_addr to, const void *from, uint64_t bytes);

/* Iovecs that one call hands to the kernel, Linux's IOV_MAX; more is short I/O, which every caller must expect. */
#define WASMC_GUEST_IOVECS 1024u

/* How long the host's array of count iovecs must be: of its size, as each page of the stack costs a microsecond. */
static inline uint32_t wasmc_guest_iovec_room(uint32_t count)
{
    if (count == 0)
        return 1;
    return count < WASMC_GUEST_IOVECS ? count : WASMC_GUEST_IOVECS;
}

/* Copies in an array of {u32 addr, u32 bytes}, checks every buffer, leaves out empty ones.
 *
 *   iovecs   room for wasmc_guest_iovec_room(count)
 *
 * Returns how many were filled in.
 */
int wasmc_guest_iovecs(const struct wasmc_guest *guest, guest_addr addr, uint32_t count, struct iovec *iovecs);

/* The longest path of a guest, as Linux's PATH_MAX without the NUL. */
#define WASMC_GUEST_PATH_BYTES 4095

/* Copies a path in and ends it with a NUL.
 *
 *   path   room for WASMC_GUEST_PATH_BYTES + 1
 *
 * Errors: NAMETOOLONG; INVAL when it contains a NUL.
 */
wasi_errno wasmc_guest_path(const struct wasmc_guest *guest, guest_addr addr, uint32_t bytes, char *path);

#endif
