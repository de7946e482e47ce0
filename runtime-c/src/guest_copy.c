/* guest_copy.c - what host calls do with guest memory. A file of its own: whoever records host calls puts itself between
 * these and wasmc_guest_bytes (record.c). */
#include "guest.h"

#include <string.h>

void wasmc_guest_write_u32(const struct wasmc_guest *guest, guest_addr addr, uint32_t value)
{
    memcpy(wasmc_guest_bytes(guest, addr, sizeof value), &value, sizeof value);
}

void wasmc_guest_write_u64(const struct wasmc_guest *guest, guest_addr addr, uint64_t value)
{
    memcpy(wasmc_guest_bytes(guest, addr, sizeof value), &value, sizeof value);
}

void wasmc_guest_copy_in(const struct wasmc_guest *guest, void *to, guest_addr from, uint64_t bytes)
{
    const uint8_t *source = wasmc_guest_bytes(guest, from, bytes);
    if (bytes > 0)
        memcpy(to, source, bytes);
}

void wasmc_guest_copy_out(const struct wasmc_guest *guest, guest_addr to, const void *from, uint64_t bytes)
{
    uint8_t *target = wasmc_guest_bytes(guest, to, bytes);
    if (bytes > 0)
        memcpy(target, from, bytes);
}

int wasmc_guest_iovecs(const struct wasmc_guest *guest, guest_addr addr, uint32_t count, struct iovec *iovecs)
{
    const uint8_t *array = wasmc_guest_bytes(guest, addr, (uint64_t)count * 8);
    uint32_t filled = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t fields[2];
        memcpy(fields, array + (uint64_t)i * 8, sizeof fields);
        uint8_t *bytes = wasmc_guest_bytes(guest, fields[0], fields[1]);
        if (fields[1] == 0 || filled == WASMC_GUEST_IOVECS)
            continue;
        iovecs[filled++] = (struct iovec){.iov_base = bytes, .iov_len = fields[1]};
    }
    return (int)filled;
}

wasi_errno wasmc_guest_path(const struct wasmc_guest *guest, guest_addr addr, uint32_t bytes, char *path)
{
    const uint8_t *source = wasmc_guest_bytes(guest, addr, bytes);
    if (bytes > WASMC_GUEST_PATH_BYTES)
        return WASI_ERRNO_NAMETOOLONG;
    memcpy(path, source, bytes);
    path[bytes] = '\0';
    /* Looked for in the copy: shared memory may change under us. */
    return memchr(path, '\0', bytes) != NULL ? WASI_ERRNO_INVAL : WASI_ERRNO_SUCCESS;
}
