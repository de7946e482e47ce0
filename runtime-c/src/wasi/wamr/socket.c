/* socket.c - WAMR's calls that make sockets, name them and connect them. What is reached is decided behind
 * net/socket.h. */
#include "../../net/socket.h"
#include "../fd_table.h"
#include "../trace.h"
#include "../trace_line.h"
#include "address.h"
#include "wasmc/wasi.h"

static wasi_errno sock_open(const struct wasmc_guest *guest, uint32_t family, uint32_t type, guest_addr fd_addr)
{
    (void)wasmc_guest_bytes(guest, fd_addr, 4);
    if (family != WAMR_FAMILY_INET4 && family != WAMR_FAMILY_INET6)
        return WASI_ERRNO_AFNOSUPPORT;
    if (type != WAMR_TYPE_DGRAM && type != WAMR_TYPE_STREAM)
        return WASI_ERRNO_PROTOTYPE;
    uint32_t fd = 0;
    wasi_errno error = wasmc_net_open(guest->ctx, family == WAMR_FAMILY_INET6 ? AF_INET6 : AF_INET,
                                      type == WAMR_TYPE_DGRAM ? SOCK_DGRAM : SOCK_STREAM, &fd);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, fd_addr, fd);
    return error;
}

/* sock_open - makes a socket, which reaches nothing yet.
 *
 *   pool_fd   what may be reached; not looked at, as in WAMR: that is granted
 *   family    0 IPv4, 1 IPv6
 *   type      0 datagrams, 1 stream
 *   fd_addr   guest address of a u32 that receives the descriptor
 *
 * Rights: none.
 * Errors: AFNOSUPPORT another family; PROTOTYPE another type; ACCES the program has no rule of the network; MFILE;
 *         NFILE; NOMEM.
 * WAMR: __wasi_sock_open     POSIX: socket(2)
 */
uint32_t wasmc_wamr_sock_open(struct wasmc_ctx *ctx, uint32_t pool_fd, uint32_t family, uint32_t type,
                              uint32_t fd_addr)
{
    struct wasmc_guest guest = {ctx, "sock_open"};
    wasi_errno error = sock_open(&guest, family, type, fd_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "pool:x family:u type:x >fd:4", pool_fd, family, type, fd_addr);
    return error;
}

/* sock_close - closes a socket.
 *
 *   fd   socket
 *
 * Rights: none.   Errors: BADF; NOTSOCK.
 * WAMR: __wasi_sock_close, whose guests call fd_close     POSIX: close(2)
 */
uint32_t wasmc_wamr_sock_close(struct wasmc_ctx *ctx, uint32_t fd)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, 0, &desc);
    if (error == WASI_ERRNO_SUCCESS) {
        (void)wasmc_fd_put(ctx, desc);
        error = wasmc_fd_remove(ctx, fd);
    }
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "sock_close"}, error, "fd:u", fd);
    return error;
}

static void trace_address(const struct wasmc_guest *guest, wasi_errno error, uint32_t fd,
                          const struct wasmc_endpoint *endpoint)
{
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, guest);
    wasmc_trace_decimal(&line, "fd", fd);
    wasmc_trace_endpoint(&line, "address", endpoint);
    wasmc_trace_outcome(&line, error);
    wasmc_trace_end(&line);
}

/* sock_bind - gives a socket its address.
 *
 *   fd             socket without one
 *   address_addr   guest address of the address, as address.h says; port 0 is a free one
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; PROTONOSUPPORT no such kind of address; AFNOSUPPORT another family than the socket's; ACCES no
 *         rule admits it; INVAL bound already; ADDRINUSE; ADDRNOTAVAIL.
 * WAMR: __wasi_sock_bind     POSIX: bind(2)
 */
uint32_t wasmc_wamr_sock_bind(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr)
{
    struct wasmc_guest guest = {ctx, "sock_bind"};
    struct wasmc_endpoint local;
    wasi_errno error = wasmc_wamr_read_address(&guest, address_addr, &local);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_net_bind(ctx, fd, &local);
    if (ctx->trace)
        trace_address(&guest, error, fd, &local);
    return error;
}

/* sock_connect - connects a socket, or says where the datagrams of one go.
 *
 *   fd             socket
 *   address_addr   guest address of the address, as address.h says
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; PROTONOSUPPORT no such kind of address; AFNOSUPPORT another family than the socket's; ACCES no
 *         rule admits it; INPROGRESS non-blocking: poll for writing; ALREADY; ISCONN; CONNREFUSED; TIMEDOUT;
 *         NETUNREACH; HOSTUNREACH.
 * WAMR: __wasi_sock_connect     POSIX: connect(2)
 */
uint32_t wasmc_wamr_sock_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr)
{
    struct wasmc_guest guest = {ctx, "sock_connect"};
    struct wasmc_endpoint remote;
    wasi_errno error = wasmc_wamr_read_address(&guest, address_addr, &remote);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_net_connect(ctx, fd, &remote);
    if (ctx->trace)
        trace_address(&guest, error, fd, &remote);
    return error;
}

/* wasmc_net_local or wasmc_net_remote. */
typedef wasi_errno asked(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *endpoint);

static uint32_t get_name(const struct wasmc_guest *guest, asked *ask, uint32_t fd, guest_addr address_addr)
{
    struct wasmc_endpoint endpoint;
    uint8_t bytes[WAMR_ADDRESS_BYTES];
    (void)wasmc_guest_bytes(guest, address_addr, sizeof bytes);
    wasi_errno error = ask(guest->ctx, fd, &endpoint);
    if (error == WASI_ERRNO_SUCCESS && !wasmc_wamr_encode_address(&endpoint, bytes))
        error = WASI_ERRNO_AFNOSUPPORT;
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_copy_out(guest, address_addr, bytes, sizeof bytes);
    if (!guest->ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, guest);
    wasmc_trace_decimal(&line, "fd", fd);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_trace_endpoint(&line, "address", &endpoint);
    wasmc_trace_end(&line);
    return error;
}

/* sock_addr_local - the address that a socket is bound to.
 *
 *   fd             socket
 *   address_addr   guest address of 24 bytes that receive it, as address.h says
 *
 * Rights: none.   Errors: BADF; NOTSOCK; AFNOSUPPORT a Unix socket. On an error nothing is written.
 * WAMR: __wasi_sock_addr_local     POSIX: getsockname(2)
 */
uint32_t wasmc_wamr_sock_addr_local(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr)
{
    struct wasmc_guest guest = {ctx, "sock_addr_local"};
    return get_name(&guest, wasmc_net_local, fd, address_addr);
}

/* sock_addr_remote - the address that a socket is connected to; as sock_addr_local.
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOTCONN; AFNOSUPPORT a Unix socket.
 * WAMR: __wasi_sock_addr_remote     POSIX: getpeername(2)
 */
uint32_t wasmc_wamr_sock_addr_remote(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr)
{
    struct wasmc_guest guest = {ctx, "sock_addr_remote"};
    return get_name(&guest, wasmc_net_remote, fd, address_addr);
}
