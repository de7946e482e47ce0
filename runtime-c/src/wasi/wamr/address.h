/* address.h - addresses as WAMR's calls have them: numbers in the host's order.
 *
 *     address   {u32 kind, ...}: kind 0, IPv4: 4 bytes, u16 port; kind 1, IPv6: 8 u16, u16 port; 24 bytes
 *     group     the same without the port; 20 bytes
 */
#ifndef WASMC_WASI_WAMR_ADDRESS_H
#define WASMC_WASI_WAMR_ADDRESS_H

#include "../../guest.h"
#include "../../net/endpoint.h"

#define WAMR_ADDRESS_BYTES 24u
#define WAMR_GROUP_BYTES 20u

enum { WAMR_FAMILY_INET4 = 0, WAMR_FAMILY_INET6 = 1, WAMR_FAMILY_UNSPEC = 2 };
enum { WAMR_TYPE_ANY = -1, WAMR_TYPE_DGRAM = 0, WAMR_TYPE_STREAM = 1 };

/* Copies an address in. Errors: PROTONOSUPPORT another kind; the endpoint is AF_UNSPEC then. */
wasi_errno wasmc_wamr_read_address(const struct wasmc_guest *guest, guest_addr address_addr,
                                   struct wasmc_endpoint *endpoint);

/* The same without a port. */
wasi_errno wasmc_wamr_read_group(const struct wasmc_guest *guest, guest_addr group_addr,
                                 struct wasmc_endpoint *endpoint);

/* AF_UNSPEC is all zeros, as in WAMR. False: WAMR has no such address, of Unix sockets. */
bool wasmc_wamr_encode_address(const struct wasmc_endpoint *endpoint, uint8_t bytes[WAMR_ADDRESS_BYTES]);

#endif
