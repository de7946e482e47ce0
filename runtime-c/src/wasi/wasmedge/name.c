/* name.c - WasmEdge's calls that say which address a socket has, and its peer. */
#include "../../net/socket.h"
#include "../trace_line.h"
#include "address.h"
#include "wasmc/wasi.h"

/* wasmc_net_local or wasmc_net_remote. */
typedef wasi_errno asked(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *endpoint);

/* What version 1 calls a family: guests count on 4 and 6, which are no WASMEDGE_FAMILY_... */
static uint32_t version1_family(int family)
{
    switch (family) {
    case AF_INET: return 4;
    case AF_INET6: return 6;
    default: return wasmc_wasmedge_family(family);
    }
}

static wasi_errno get_name(const struct wasmc_guest *guest, asked *ask, uint32_t fd, guest_addr address_addr,
                           guest_addr port_addr, struct wasmc_endpoint *endpoint)
{
    struct wasmc_wasmedge_place place;
    wasi_errno error = wasmc_wasmedge_find_place(guest, address_addr, &place);
    (void)wasmc_guest_bytes(guest, port_addr, 4);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    error = ask(guest->ctx, fd, endpoint);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_wasmedge_write_address(guest, &place, endpoint);
    if (error == WASI_ERRNO_SUCCESS) {
        bool has_port = endpoint->family == AF_INET || endpoint->family == AF_INET6;
        wasmc_guest_write_u32(guest, port_addr, has_port ? endpoint->port : 0);
    }
    return error;
}

static uint32_t trace_name(const struct wasmc_guest *guest, wasi_errno error, uint32_t fd,
                           const struct wasmc_endpoint *endpoint)
{
    if (!guest->ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, guest);
    wasmc_trace_decimal(&line, "fd", fd);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_trace_endpoint(&line, "address", endpoint);
    wasmc_trace_end(&line);
    return error;
}

static uint32_t version1(const struct wasmc_guest *guest, asked *ask, uint32_t fd, guest_addr address_addr,
                         guest_addr family_addr, guest_addr port_addr)
{
    struct wasmc_endpoint endpoint;
    (void)wasmc_guest_bytes(guest, family_addr, 4);
    wasi_errno error = get_name(guest, ask, fd, address_addr, port_addr, &endpoint);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, family_addr, version1_family(endpoint.family));
    return trace_name(guest, error, fd, &endpoint);
}

static uint32_t version2(const struct wasmc_guest *guest, asked *ask, uint32_t fd, guest_addr address_addr,
                         guest_addr port_addr)
{
    struct wasmc_endpoint endpoint;
    wasi_errno error = get_name(guest, ask, fd, address_addr, port_addr, &endpoint);
    return trace_name(guest, error, fd, &endpoint);
}

/* sock_getlocaladdr - the address that a socket is bound to.
 *
 *   fd             socket
 *   address_addr   guest address of {u32 buffer, u32 bytes}, as address.h says
 *   family_addr    guest address of a u32 that receives 4 for IPv4, 6 for IPv6, 3 for Unix
 *   port_addr      guest address of a u32 that receives the port; 0 when there is none
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; INVAL another length of the buffer; NOMEM the address does not fit. On an error nothing is
 *         written.
 * WasmEdge: sock_getlocaladdr (version 1)     POSIX: getsockname(2)
 */
uint32_t wasmc_wasmedge_sock_getlocaladdr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                          uint32_t family_addr, uint32_t port_addr)
{
    struct wasmc_guest guest = {ctx, "sock_getlocaladdr"};
    return version1(&guest, wasmc_net_local, fd, address_addr, family_addr, port_addr);
}

/* sock_getlocaladdr - the same; a buffer of 128 bytes says which family it is.
 *
 * WasmEdge: sock_getlocaladdr (version 2), sock_getlocaladdr_v2
 */
uint32_t wasmc_wasmedge2_sock_getlocaladdr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                           uint32_t port_addr)
{
    struct wasmc_guest guest = {ctx, "sock_getlocaladdr"};
    return version2(&guest, wasmc_net_local, fd, address_addr, port_addr);
}

/* sock_getpeeraddr - the address that a socket is connected to; parameters as of sock_getlocaladdr.
 *
 * Rights: none.   Errors: as of sock_getlocaladdr; NOTCONN.
 * WasmEdge: sock_getpeeraddr (version 1)     POSIX: getpeername(2)
 */
uint32_t wasmc_wasmedge_sock_getpeeraddr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                         uint32_t family_addr, uint32_t port_addr)
{
    struct wasmc_guest guest = {ctx, "sock_getpeeraddr"};
    return version1(&guest, wasmc_net_remote, fd, address_addr, family_addr, port_addr);
}

/* sock_getpeeraddr - the same; a buffer of 128 bytes says which family it is.
 *
 * WasmEdge: sock_getpeeraddr (version 2), sock_getpeeraddr_v2
 */
uint32_t wasmc_wasmedge2_sock_getpeeraddr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr,
                                          uint32_t port_addr)
{
    struct wasmc_guest guest = {ctx, "sock_getpeeraddr"};
    return version2(&guest, wasmc_net_remote, fd, address_addr, port_addr);
}
