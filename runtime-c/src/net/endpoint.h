/* endpoint.h - the address of a socket as the calls of sockets have it: between an ABI's bytes and the kernel's structures. */
#ifndef WASMC_NET_ENDPOINT_H
#define WASMC_NET_ENDPOINT_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "../text.h"
#include "address.h"

/* The longest path of a Unix socket that a guest can name, without the NUL: below a granted directory it may be longer
 * than the kernel's own. */
#define WASMC_NET_PATH_BYTES 1023

struct wasmc_endpoint {
    uint16_t family;     /* AF_INET, AF_INET6, AF_UNIX; AF_UNSPEC: there is none */
    uint16_t port;       /* host order */
    uint32_t scope_id;   /* of AF_INET6 */
    uint8_t address[16]; /* as on the wire; IPv4 is the first 4 bytes */
    uint16_t path_bytes; /* of AF_UNIX: the guest's path, not the host's; 0: a socket without a name */
    char path[WASMC_NET_PATH_BYTES + 1];
};

/* An address of the internet as the kernel has it. */
union wasmc_net_sockaddr {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* Of an AF_INET or AF_INET6 endpoint; returns how many bytes the kernel takes, 0 for another family. */
socklen_t wasmc_endpoint_to_kernel(const struct wasmc_endpoint *endpoint, union wasmc_net_sockaddr *address);

/* What the kernel says; another family, and what is cut off, is AF_UNSPEC. */
void wasmc_endpoint_from_kernel(const union wasmc_net_sockaddr *address, socklen_t bytes,
                                struct wasmc_endpoint *endpoint);

/* 192.0.2.1 or [2001:db8::1], of an endpoint of these families. */
void wasmc_endpoint_put_address(struct wasmc_text *text, const struct wasmc_endpoint *endpoint);

/* The number of an address that the kernel knows, as it is written, not canonical; false: of another family. */
bool wasmc_net_address_of(const union wasmc_net_sockaddr *address, wasmc_net_address *number, uint16_t *port);

/* The other way, for a socket of a family: IPv4 is mapped for one of IPv6. Returns how many bytes the kernel takes; 0: a socket of
 * IPv4 cannot have that address. */
socklen_t wasmc_net_address_to_kernel(int family, wasmc_net_address number, uint16_t port, uint32_t scope_id,
                                      union wasmc_net_sockaddr *address);

#endif
