/* endpoint.c - addresses of sockets between their forms. */
#include "endpoint.h"

#include <arpa/inet.h>
#include <string.h>

socklen_t wasmc_endpoint_to_kernel(const struct wasmc_endpoint *endpoint, union wasmc_net_sockaddr *address)
{
    memset(address, 0, sizeof *address);
    if (endpoint->family == AF_INET) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = htons(endpoint->port);
        memcpy(&address->v4.sin_addr, endpoint->address, 4);
        return sizeof address->v4;
    }
    if (endpoint->family != AF_INET6)
        return 0;
    address->v6.sin6_family = AF_INET6;
    address->v6.sin6_port = htons(endpoint->port);
    address->v6.sin6_scope_id = endpoint->scope_id;
    memcpy(&address->v6.sin6_addr, endpoint->address, 16);
    return sizeof address->v6;
}

void wasmc_endpoint_from_kernel(const union wasmc_net_sockaddr *address, socklen_t bytes,
                                struct wasmc_endpoint *endpoint)
{
    memset(endpoint, 0, offsetof(struct wasmc_endpoint, path) + 1);
    if (bytes >= sizeof address->v4 && address->any.sa_family == AF_INET) {
        endpoint->family = AF_INET;
        endpoint->port = ntohs(address->v4.sin_port);
        memcpy(endpoint->address, &address->v4.sin_addr, 4);
    } else if (bytes >= sizeof address->v6 && address->any.sa_family == AF_INET6) {
        endpoint->family = AF_INET6;
        endpoint->port = ntohs(address->v6.sin6_port);
        endpoint->scope_id = address->v6.sin6_scope_id;
        memcpy(endpoint->address, &address->v6.sin6_addr, 16);
    } else if (bytes >= sizeof(sa_family_t) && address->any.sa_family == AF_UNIX) {
        endpoint->family = AF_UNIX;
    }
}

bool wasmc_net_address_of(const union wasmc_net_sockaddr *address, wasmc_net_address *number, uint16_t *port)
{
    if (address->any.sa_family == AF_INET) {
        *number = wasmc_net_from_bytes((const uint8_t *)&address->v4.sin_addr, 4);
        *port = ntohs(address->v4.sin_port);
    } else if (address->any.sa_family == AF_INET6) {
        *number = wasmc_net_from_bytes(address->v6.sin6_addr.s6_addr, 16);
        *port = ntohs(address->v6.sin6_port);
    } else {
        return false;
    }
    return true;
}

socklen_t wasmc_net_address_to_kernel(int family, wasmc_net_address number, uint16_t port, uint32_t scope_id,
                                      union wasmc_net_sockaddr *address)
{
    memset(address, 0, sizeof *address);
    if (family == AF_INET) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = htons(port);
        address->v4.sin_addr.s_addr = htonl((uint32_t)number);
        return wasmc_net_is_v4(number) ? sizeof address->v4 : 0;
    }
    address->v6.sin6_family = AF_INET6;
    address->v6.sin6_port = htons(port);
    address->v6.sin6_scope_id = scope_id;
    for (unsigned i = 0; i < 16; i++)
        address->v6.sin6_addr.s6_addr[i] = (uint8_t)(number >> (120 - 8 * i));
    return sizeof address->v6;
}
