#include "address.h"

#include <string.h>

enum { KIND_INET4 = 0, KIND_INET6 = 1 };

/* Where things lie. */
#define ADDRESS_AT 4u
#define V4_PORT_AT 8u
#define V6_PORT_AT 20u

static uint16_t get_u16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static void put_u16(uint8_t *bytes, uint16_t value)
{
    bytes[0] = (uint8_t)value;
    bytes[1] = (uint8_t)(value >> 8);
}

/* Eight numbers of the guest's order to the wire's, or back. */
static void swap_groups(uint8_t *to, const uint8_t *from)
{
    for (int i = 0; i < 16; i += 2) {
        to[i] = from[i + 1];
        to[i + 1] = from[i];
    }
}

/* The port is read where there is one. */
static wasi_errno decode(const uint8_t *bytes, bool has_port, struct wasmc_endpoint *endpoint)
{
    uint32_t kind;
    memcpy(&kind, bytes, sizeof kind);
    endpoint->family = AF_UNSPEC;
    endpoint->port = 0;
    endpoint->scope_id = 0;
    endpoint->path_bytes = 0;
    if (kind != KIND_INET4 && kind != KIND_INET6)
        return WASI_ERRNO_PROTONOSUPPORT;
    bool is_v4 = kind == KIND_INET4;
    endpoint->family = is_v4 ? AF_INET : AF_INET6;
    if (has_port)
        endpoint->port = get_u16(bytes + (is_v4 ? V4_PORT_AT : V6_PORT_AT));
    if (is_v4)
        memcpy(endpoint->address, bytes + ADDRESS_AT, 4);
    else
        swap_groups(endpoint->address, bytes + ADDRESS_AT);
    return WASI_ERRNO_SUCCESS;
}

wasi_errno wasmc_wamr_read_address(const struct wasmc_guest *guest, guest_addr address_addr,
                                   struct wasmc_endpoint *endpoint)
{
    uint8_t bytes[WAMR_ADDRESS_BYTES];
    wasmc_guest_copy_in(guest, bytes, address_addr, sizeof bytes);
    return decode(bytes, true, endpoint);
}

wasi_errno wasmc_wamr_read_group(const struct wasmc_guest *guest, guest_addr group_addr,
                                 struct wasmc_endpoint *endpoint)
{
    uint8_t bytes[WAMR_GROUP_BYTES];
    wasmc_guest_copy_in(guest, bytes, group_addr, sizeof bytes);
    return decode(bytes, false, endpoint);
}

bool wasmc_wamr_encode_address(const struct wasmc_endpoint *endpoint, uint8_t bytes[WAMR_ADDRESS_BYTES])
{
    memset(bytes, 0, WAMR_ADDRESS_BYTES);
    switch (endpoint->family) {
    case AF_UNSPEC: return true;
    case AF_INET:
        bytes[0] = KIND_INET4;
        memcpy(bytes + ADDRESS_AT, endpoint->address, 4);
        put_u16(bytes + V4_PORT_AT, endpoint->port);
        return true;
    case AF_INET6:
        bytes[0] = KIND_INET6;
        swap_groups(bytes + ADDRESS_AT, endpoint->address);
        put_u16(bytes + V6_PORT_AT, endpoint->port);
        return true;
    default: return false;
    }
}
