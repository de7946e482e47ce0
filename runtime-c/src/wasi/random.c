/* random.c - randomness of the host's kernel. */
#include "../sys/sys.h"
#include "errno_map.h"
#include "trace.h"
#include "wasmc/wasi.h"

static wasi_errno random_get(const struct wasmc_guest *guest, guest_addr buffer_addr, uint32_t bytes)
{
    uint8_t *buffer = wasmc_guest_bytes(guest, buffer_addr, bytes);
    for (uint32_t done = 0; done < bytes;) {
        ssize_t result = wasmc_sys_random(buffer + done, bytes - done);
        if (result < 0)
            return wasmc_wasi_errno(result);
        done += (uint32_t)result;
    }
    return WASI_ERRNO_SUCCESS;
}

/* random_get - random bytes, fit for cryptography.
 *
 *   buffer_addr   guest address that receives them
 *   bytes         how many
 *
 * Rights: none.   Errors: what getrandom(2) says; part of the buffer may then be written.
 * witx: random_get
 */
uint32_t wasmc_wasi_random_get(struct wasmc_ctx *ctx, uint32_t buffer_addr, uint32_t bytes)
{
    struct wasmc_guest guest = {ctx, "random_get"};
    wasi_errno error = random_get(&guest, buffer_addr, bytes);
    if (ctx->trace)
        wasmc_trace(&guest, error, "buffer:x bytes:u", buffer_addr, bytes);
    return error;
}
