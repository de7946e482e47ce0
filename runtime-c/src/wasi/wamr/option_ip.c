/* option_ip.c - WAMR's calls for the options of IP, and for groups. */
#include "../trace.h"
#include "../trace_line.h"
#include "address.h"
#include "option.h"
#include "wasmc/wasi.h"

/* sock_set_ip_ttl - how many routers a packet may pass; of IPv6, the hop limit.
 *
 *   fd      socket
 *   value   1 to 255
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_ip_ttl     POSIX: IP_TTL
 */
uint32_t wasmc_wamr_sock_set_ip_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_byte(&(struct wasmc_guest){ctx, "sock_set_ip_ttl"}, fd,
                               WASMC_NET_TTL, value);
}

/* sock_get_ip_ttl - what sock_set_ip_ttl sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_ip_ttl
 */
uint32_t wasmc_wamr_sock_get_ip_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_ip_ttl"}, fd,
                               WASMC_NET_TTL, flag_addr);
}

/* sock_set_ip_multicast_ttl - how many routers a packet to a group may pass.
 *
 *   fd      socket
 *   value   0 to 255
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_ip_multicast_ttl     POSIX: IP_MULTICAST_TTL
 */
uint32_t wasmc_wamr_sock_set_ip_multicast_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_byte(&(struct wasmc_guest){ctx, "sock_set_ip_multicast_ttl"}, fd,
                               WASMC_NET_MULTICAST_TTL, value);
}

/* sock_get_ip_multicast_ttl - what sock_set_ip_multicast_ttl sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_ip_multicast_ttl
 */
uint32_t wasmc_wamr_sock_get_ip_multicast_ttl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_ip_multicast_ttl"}, fd,
                               WASMC_NET_MULTICAST_TTL, flag_addr);
}

/* sock_set_ipv6_only - whether a socket of IPv6 has nothing to do with IPv4.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_ipv6_only     POSIX: IPV6_V6ONLY
 */
uint32_t wasmc_wamr_sock_set_ipv6_only(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_ipv6_only"}, fd,
                               WASMC_NET_V6ONLY, value);
}

/* sock_get_ipv6_only - what sock_set_ipv6_only sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_ipv6_only
 */
uint32_t wasmc_wamr_sock_get_ipv6_only(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_ipv6_only"}, fd,
                               WASMC_NET_V6ONLY, flag_addr);
}

/* NOPROTOOPT when the caller takes the socket for one of the other family. */
static wasi_errno check_family(struct wasmc_ctx *ctx, uint32_t fd, bool is_v6)
{
    uint64_t domain = 0;
    wasi_errno error = wasmc_net_get_option(ctx, fd, WASMC_NET_DOMAIN, &domain);
    if (error == WASI_ERRNO_SUCCESS && (domain == AF_INET6) != is_v6)
        return WASI_ERRNO_NOPROTOOPT;
    return error;
}

/* sock_set_ip_multicast_loop - whether what is sent to a group comes back to this host.
 *
 *   fd      socket
 *   is_v6   whether it is one of IPv6
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_set_ip_multicast_loop     POSIX: IP_MULTICAST_LOOP, IPV6_MULTICAST_LOOP
 */
uint32_t wasmc_wamr_sock_set_ip_multicast_loop(struct wasmc_ctx *ctx, uint32_t fd, uint32_t is_v6, uint32_t value)
{
    wasi_errno error = check_family(ctx, fd, is_v6 != 0);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_net_set_option(ctx, fd, WASMC_NET_MULTICAST_LOOP, value != 0);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "sock_set_ip_multicast_loop"}, error, "fd:u is_v6:u value:u", fd,
                    is_v6, value);
    return error;
}

static wasi_errno get_loop(const struct wasmc_guest *guest, uint32_t fd, bool is_v6, guest_addr flag_addr)
{
    uint64_t value = 0;
    (void)wasmc_guest_bytes(guest, flag_addr, 1);
    wasi_errno error = check_family(guest->ctx, fd, is_v6);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_net_get_option(guest->ctx, fd, WASMC_NET_MULTICAST_LOOP, &value);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_copy_out(guest, flag_addr, &(uint8_t){value != 0}, 1);
    return error;
}

/* sock_get_ip_multicast_loop - what sock_set_ip_multicast_loop sets.
 *
 *   fd          socket
 *   is_v6       whether it is one of IPv6
 *   flag_addr   guest address of a u8 that receives 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_ip_multicast_loop
 */
uint32_t wasmc_wamr_sock_get_ip_multicast_loop(struct wasmc_ctx *ctx, uint32_t fd, uint32_t is_v6,
                                               uint32_t flag_addr)
{
    struct wasmc_guest guest = {ctx, "sock_get_ip_multicast_loop"};
    wasi_errno error = get_loop(&guest, fd, is_v6 != 0, flag_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u is_v6:u flag:x", fd, is_v6, flag_addr);
    return error;
}

static uint32_t set_membership(const struct wasmc_guest *guest, uint32_t fd, guest_addr group_addr,
                               uint32_t interface, bool joins)
{
    struct wasmc_endpoint group;
    wasi_errno error = wasmc_wamr_read_group(guest, group_addr, &group);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_net_membership(guest->ctx, fd, &group, interface, joins);
    if (!guest->ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, guest);
    wasmc_trace_decimal(&line, "fd", fd);
    wasmc_trace_endpoint(&line, "group", &group);
    wasmc_trace_hex(&line, "interface", interface);
    wasmc_trace_outcome(&line, error);
    wasmc_trace_end(&line);
    return error;
}

/* sock_set_ip_add_membership - joins a group: what is sent to its address is received.
 *
 *   fd           socket
 *   group_addr   guest address of the group's address, without a port, as address.h says
 *   interface    of IPv4 the address of this host's there, as on the wire; of IPv6 its number; 0: any
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; PROTONOSUPPORT no such kind of address; ACCES no rule admits it; AFNOSUPPORT; ADDRINUSE;
 *         ADDRNOTAVAIL; NODEV; INVAL no group.
 * WAMR: __wasi_sock_set_ip_add_membership     POSIX: IP_ADD_MEMBERSHIP, IPV6_JOIN_GROUP
 */
uint32_t wasmc_wamr_sock_set_ip_add_membership(struct wasmc_ctx *ctx, uint32_t fd, uint32_t group_addr,
                                               uint32_t interface)
{
    struct wasmc_guest guest = {ctx, "sock_set_ip_add_membership"};
    return set_membership(&guest, fd, group_addr, interface, true);
}

/* sock_set_ip_drop_membership - leaves a group; parameters as of sock_set_ip_add_membership.
 *
 * Rights: none.   Errors: as there; ADDRNOTAVAIL not a member.
 * WAMR: __wasi_sock_set_ip_drop_membership     POSIX: IP_DROP_MEMBERSHIP, IPV6_LEAVE_GROUP
 */
uint32_t wasmc_wamr_sock_set_ip_drop_membership(struct wasmc_ctx *ctx, uint32_t fd, uint32_t group_addr,
                                                uint32_t interface)
{
    struct wasmc_guest guest = {ctx, "sock_set_ip_drop_membership"};
    return set_membership(&guest, fd, group_addr, interface, false);
}
