#include "address.h"

#include <string.h>

/* {u16 family, 126 bytes} */
#define STORAGE_BYTES 128u
#define STORAGE_HEAD 2u

int wasmc_wasmedge_host_family(uint32_t family)
{
    switch (family) {
    case WASMEDGE_FAMILY_INET4: return AF_INET;
    case WASMEDGE_FAMILY_INET6: return AF_INET6;
    case WASMEDGE_FAMILY_UNIX: return AF_UNIX;
    default: return -1;
    }
}

int wasmc_wasmedge_host_type(uint32_t type)
{
    switch (type) {
    case WASMEDGE_TYPE_DGRAM: return SOCK_DGRAM;
    case WASMEDGE_TYPE_STREAM: return SOCK_STREAM;
    default: return -1;
    }
}

uint8_t wasmc_wasmedge_family(int host_family)
{
    switch (host_family) {
    case AF_INET: return WASMEDGE_FAMILY_INET4;
    case AF_INET6: return WASMEDGE_FAMILY_INET6;
    case AF_UNIX: return WASMEDGE_FAMILY_UNIX;
    default: return WASMEDGE_FAMILY_UNSPEC;
    }
}

uint8_t wasmc_wasmedge_type(int host_type)
{
    switch (host_type) {
    case SOCK_DGRAM: return WASMEDGE_TYPE_DGRAM;
    case SOCK_STREAM: return WASMEDGE_TYPE_STREAM;
    default: return WASMEDGE_TYPE_ANY;
    }
}

static uint32_t address_bytes(int host_family)
{
    return host_family == AF_INET ? 4 : 16;
}

static wasi_errno set_path(struct wasmc_endpoint *endpoint, const uint8_t *path, uint32_t room)
{
    const uint8_t *end = memchr(path, '\0', room);
    if (end == NULL || end == path)
        return WASI_ERRNO_INVAL;
    endpoint->path_bytes = (uint16_t)(end - path);
    memcpy(endpoint->path, path, (size_t)endpoint->path_bytes + 1);
    return WASI_ERRNO_SUCCESS;
}

static wasi_errno decode(const uint8_t *bytes, uint32_t count, uint32_t port, struct wasmc_endpoint *endpoint)
{
    int family = count == 4 ? AF_INET : AF_INET6;
    if (count == STORAGE_BYTES) {
        family = wasmc_wasmedge_host_family(bytes[0] | (uint32_t)bytes[1] << 8);
        bytes += STORAGE_HEAD;
    }
    if (family < 0)
        return WASI_ERRNO_AFNOSUPPORT;
    if (port > UINT16_MAX)
        return WASI_ERRNO_INVAL;
    endpoint->family = (uint16_t)family;
    endpoint->port = family == AF_UNIX ? 0 : (uint16_t)port;
    endpoint->scope_id = 0;
    endpoint->path_bytes = 0;
    if (family == AF_UNIX)
        return set_path(endpoint, bytes, STORAGE_BYTES - STORAGE_HEAD);
    memcpy(endpoint->address, bytes, address_bytes(family));
    return WASI_ERRNO_SUCCESS;
}

wasi_errno wasmc_wasmedge_find_place(const struct wasmc_guest *guest, guest_addr address_addr,
                                     struct wasmc_wasmedge_place *place)
{
    wasmc_guest_copy_in(guest, place, address_addr, sizeof *place);
    (void)wasmc_guest_bytes(guest, place->addr, place->bytes);
    bool is_known = place->bytes == 4 || place->bytes == 16 || place->bytes == STORAGE_BYTES;
    return is_known ? WASI_ERRNO_SUCCESS : WASI_ERRNO_INVAL;
}

wasi_errno wasmc_wasmedge_read_address(const struct wasmc_guest *guest, guest_addr address_addr, uint32_t port,
                                       struct wasmc_endpoint *endpoint)
{
    struct wasmc_wasmedge_place place;
    uint8_t bytes[STORAGE_BYTES];
    wasi_errno error = wasmc_wasmedge_find_place(guest, address_addr, &place);
    endpoint->family = AF_UNSPEC;
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    wasmc_guest_copy_in(guest, bytes, place.addr, place.bytes);
    return decode(bytes, place.bytes, port, endpoint);
}

/* What lies behind the family; how long it is. */
static uint32_t encode(const struct wasmc_endpoint *endpoint, uint8_t *bytes)
{
    if (endpoint->family == AF_UNSPEC)
        return 0;
    if (endpoint->family != AF_UNIX) {
        memcpy(bytes, endpoint->address, address_bytes(endpoint->family));
        return address_bytes(endpoint->family);
    }
    uint32_t count = endpoint->path_bytes + 1u;
    if (count <= STORAGE_BYTES - STORAGE_HEAD) {
        memcpy(bytes, endpoint->path, count - 1);
        bytes[count - 1] = '\0';
    }
    return count;
}

wasi_errno wasmc_wasmedge_write_address(const struct wasmc_guest *guest, const struct wasmc_wasmedge_place *place,
                                        const struct wasmc_endpoint *endpoint)
{
    uint8_t bytes[STORAGE_BYTES] = {wasmc_wasmedge_family(endpoint->family)};
    uint32_t count = encode(endpoint, bytes + STORAGE_HEAD);
    if (place->bytes == STORAGE_BYTES) {
        if (count > STORAGE_BYTES - STORAGE_HEAD)
            return WASI_ERRNO_NOMEM;
        wasmc_guest_copy_out(guest, place->addr, bytes, STORAGE_HEAD + count);
        return WASI_ERRNO_SUCCESS;
    }
    if (count > place->bytes || endpoint->family == AF_UNIX)
        return WASI_ERRNO_NOMEM;
    wasmc_guest_copy_out(guest, place->addr, bytes + STORAGE_HEAD, count);
    return WASI_ERRNO_SUCCESS;
}
