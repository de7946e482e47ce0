#include "strings.h"

#include <string.h>

static bool measure(struct wasmc_strings strings, uint32_t *bytes)
{
    uint64_t total = 0;
    for (size_t i = 0; i < strings.count; i++)
        total += strlen(strings.items[i]) + 1;
    *bytes = (uint32_t)total;
    return strings.count <= UINT32_MAX / 4 && total <= UINT32_MAX;
}

wasi_errno wasmc_strings_sizes(const struct wasmc_guest *guest, struct wasmc_strings strings, guest_addr count_addr,
                               guest_addr bytes_addr)
{
    uint32_t bytes;
    if (!measure(strings, &bytes))
        return WASI_ERRNO_OVERFLOW;
    wasmc_guest_write_u32(guest, count_addr, (uint32_t)strings.count);
    wasmc_guest_write_u32(guest, bytes_addr, bytes);
    return WASI_ERRNO_SUCCESS;
}

wasi_errno wasmc_strings_get(const struct wasmc_guest *guest, struct wasmc_strings strings, guest_addr array_addr,
                             guest_addr buffer_addr)
{
    uint32_t bytes;
    if (!measure(strings, &bytes))
        return WASI_ERRNO_OVERFLOW;
    uint8_t *array = wasmc_guest_bytes(guest, array_addr, strings.count * 4);
    uint8_t *buffer = wasmc_guest_bytes(guest, buffer_addr, bytes);
    guest_addr string_addr = buffer_addr;
    for (size_t i = 0; i < strings.count; i++) {
        size_t length = strlen(strings.items[i]) + 1;
        memcpy(array + i * 4, &string_addr, 4);
        memcpy(buffer, strings.items[i], length);
        buffer += length;
        string_addr += (guest_addr)length;
    }
    return WASI_ERRNO_SUCCESS;
}
