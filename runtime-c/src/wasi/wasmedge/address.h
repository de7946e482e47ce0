/* address.h - addresses as WasmEdge's calls have them, in both versions, and what they call families and types.
 *
 * A call passes the guest address of {u32 buffer, u32 bytes}. How long the buffer is says how it is used, whatever the
 * version of the call; the port is a parameter of its own, in the host's order:
 *
 *     4, 16    an address of IPv4 or IPv6 as on the wire
 *     128      u16 family, then 126 bytes: such an address, or the path of a Unix socket, which ends with a NUL
 */
#ifndef WASMC_WASI_WASMEDGE_ADDRESS_H
#define WASMC_WASI_WASMEDGE_ADDRESS_H

#include "../../guest.h"
#include "../../net/endpoint.h"

enum {
    WASMEDGE_FAMILY_UNSPEC = 0,
    WASMEDGE_FAMILY_INET4 = 1,
    WASMEDGE_FAMILY_INET6 = 2,
    WASMEDGE_FAMILY_UNIX = 3,
};

enum { WASMEDGE_TYPE_ANY = 0, WASMEDGE_TYPE_DGRAM = 1, WASMEDGE_TYPE_STREAM = 2 };

/* AF_... and SOCK_...; -1 when there is no such family or type. */
int wasmc_wasmedge_host_family(uint32_t family);
int wasmc_wasmedge_host_type(uint32_t type);
uint8_t wasmc_wasmedge_family(int host_family);
uint8_t wasmc_wasmedge_type(int host_type);

/* Copies an address in.
 *
 * Errors: INVAL a buffer of another length, a port above 65535, a path that is empty or does not end; AFNOSUPPORT
 *         another family.
 */
wasi_errno wasmc_wasmedge_read_address(const struct wasmc_guest *guest, guest_addr address_addr, uint32_t port,
                                       struct wasmc_endpoint *endpoint);

/* Where an address will be written; all of it is in memory. */
struct wasmc_wasmedge_place {
    guest_addr addr;
    uint32_t bytes;
};

/* Errors: INVAL a buffer of another length. */
wasi_errno wasmc_wasmedge_find_place(const struct wasmc_guest *guest, guest_addr address_addr,
                                     struct wasmc_wasmedge_place *place);

/* Of AF_UNSPEC a place of 128 bytes says so, another stays as it is. Errors: NOMEM it does not fit; nothing is
 * written. */
wasi_errno wasmc_wasmedge_write_address(const struct wasmc_guest *guest, const struct wasmc_wasmedge_place *place,
                                        const struct wasmc_endpoint *endpoint);

#endif
