/* lookup.h - what sock_getaddrinfo asks and answers, without guest memory. */
#ifndef WASMC_WASI_WASMEDGE_LOOKUP_H
#define WASMC_WASI_WASMEDGE_LOOKUP_H

#include "../../net/socket.h"

enum { WASMEDGE_PROTOCOL_IP = 0, WASMEDGE_PROTOCOL_TCP = 1, WASMEDGE_PROTOCOL_UDP = 2 };

enum {
    WASMEDGE_AIFLAGS_PASSIVE = 1 << 0,
    WASMEDGE_AIFLAGS_CANONNAME = 1 << 1,
    WASMEDGE_AIFLAGS_NUMERICHOST = 1 << 2,
    WASMEDGE_AIFLAGS_NUMERICSERV = 1 << 3,
    WASMEDGE_AIFLAGS_V4MAPPED = 1 << 4,
    WASMEDGE_AIFLAGS_ALL = 1 << 5,
    WASMEDGE_AIFLAGS_ADDRCONFIG = 1 << 6,
    WASMEDGE_AIFLAGS_KNOWN = 127,
};

/* What the guest wants; the rest of the structure is as it is in its memory. */
struct wasmc_wasmedge_info {
    uint16_t flags;
    uint8_t family, type, protocol, reserved[3];
    uint32_t address_bytes, address_addr;
    uint32_t canonical_addr, canonical_bytes;
    uint32_t next_addr;
};

/* Of texts that end with a NUL; empty ones are none.
 *
 * Errors: AINONAME neither; AIBADFLAG; AIFAMILY; NOSYS another protocol or type; AISERVICE a protocol that the type
 *         has not.
 */
wasi_errno wasmc_wasmedge_question(const char *host, const char *service, const struct wasmc_wasmedge_info *hints,
                                   struct wasmc_net_question *question);

/* Of wasmc_net_resolve's result. */
wasi_errno wasmc_wasmedge_name_error(int error);

/* Which of the found addresses are answered, by their numbers; returns how many. A guest that does not say a family
 * gets those of IPv4 when there are any: the known ones do not read the others. */
uint32_t wasmc_wasmedge_choose(const struct wasmc_net_found *found, uint8_t chosen[WASMC_NET_FOUND]);

#define WASMEDGE_V4_DATA_BYTES 14u
#define WASMEDGE_V6_DATA_BYTES 26u

/* What lies behind the family in sockaddr_in and sockaddr_in6; returns how long it is. */
uint32_t wasmc_wasmedge_encode_data(const struct wasmc_net_found *found, uint32_t i,
                                    uint8_t data[WASMEDGE_V6_DATA_BYTES]);

#endif
