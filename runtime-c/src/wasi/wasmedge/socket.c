/* socket.c - WasmEdge's calls that make sockets, name them and connect them. What is reached is decided behind
 * net/socket.h. */
#include "../../net/socket.h"
#include "../trace.h"
#include "../trace_line.h"
#include "address.h"
#include "wasmc/wasi.h"

static wasi_errno sock_open(const struct wasmc_guest *guest, uint32_t family, uint32_t type, guest_addr fd_addr)
{
    (void)wasmc_guest_bytes(guest, fd_addr, 4);
    int host_family = wasmc_wasmedge_host_family(family);
    int host_type = wasmc_wasmedge_host_type(type);
    if (host_family < 0 || host_type < 0)
        return WASI_ERRNO_INVAL;
    uint32_t fd = 0;
    wasi_errno error = wasmc_net_open(guest->ctx, host_family, host_type, &fd);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, fd_addr, fd);
    return error;
}

/* sock_open - makes a socket, which reaches nothing yet.
 *
 *   family    1 IPv4, 2 IPv6, 3 Unix
 *   type      1 datagrams, 2 stream
 *   fd_addr   guest address of a u32 that receives the descriptor
 *
 * Rights: none.   Errors: INVAL another family or type; ACCES the program has no rule of the network; MFILE; NFILE;
 *                         NOMEM.
 * WasmEdge: sock_open, sock_open_v2     POSIX: socket(2)
 */
uint32_t wasmc_wasmedge_sock_open(struct wasmc_ctx *ctx, uint32_t family, uint32_t type, uint32_t fd_addr)
{
    struct wasmc_guest guest = {ctx, "sock_open"};
    wasi_errno error = sock_open(&guest, family, type, fd_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "family:u type:u >fd:4", family, type, fd_addr);
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
 *   address_addr   guest address of {u32 buffer, u32 bytes}, as address.h says
 *   port           0: a free one
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; INVAL the address, or bound already; AFNOSUPPORT another family than the socket's; ACCES no
 *         rule admits it; ADDRINUSE; ADDRNOTAVAIL.
 * WasmEdge: sock_bind, sock_bind_v2     POSIX: bind(2)
 */
uint32_t wasmc_wasmedge_sock_bind(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr, uint32_t port)
{
    struct wasmc_guest guest = {ctx, "sock_bind"};
    struct wasmc_endpoint local;
    wasi_errno error = wasmc_wasmedge_read_address(&guest, address_addr, port, &local);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_net_bind(ctx, fd, &local);
    if (ctx->trace)
        trace_address(&guest, error, fd, &local);
    return error;
}

/* sock_connect - connects a socket, or says where the datagrams of one go.
 *
 *   fd             socket
 *   address_addr   guest address of {u32 buffer, u32 bytes}, as address.h says
 *   port           of the peer
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; INVAL the address; AFNOSUPPORT another family than the socket's; ACCES no rule admits it;
 *         INPROGRESS non-blocking: poll for writing, then ask for the error (option 2); ALREADY; ISCONN; CONNREFUSED;
 *         TIMEDOUT; NETUNREACH; HOSTUNREACH.
 * WasmEdge: sock_connect, sock_connect_v2     POSIX: connect(2)
 */
uint32_t wasmc_wasmedge_sock_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t address_addr, uint32_t port)
{
    struct wasmc_guest guest = {ctx, "sock_connect"};
    struct wasmc_endpoint remote;
    wasi_errno error = wasmc_wasmedge_read_address(&guest, address_addr, port, &remote);
    if (error == WASI_ERRNO_SUCCESS)
        error = wasmc_net_connect(ctx, fd, &remote);
    if (ctx->trace)
        trace_address(&guest, error, fd, &remote);
    return error;
}

static wasi_errno sock_accept(const struct wasmc_guest *guest, uint32_t fd, guest_addr fd_addr)
{
    (void)wasmc_guest_bytes(guest, fd_addr, 4);
    uint32_t new_fd = 0;
    wasi_errno error = wasmc_net_accept(guest->ctx, fd, 0, &new_fd, NULL);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, fd_addr, new_fd);
    return error;
}

/* sock_accept - takes a connection from a listening socket; preview1's has flags for the new descriptor, too.
 *
 *   fd        listening socket
 *   fd_addr   guest address of a u32 that receives the new descriptor
 *
 * Rights: SOCK_ACCEPT.   Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL not listening; AGAIN; CONNABORTED; MFILE.
 * WasmEdge: sock_accept (version 1)     POSIX: accept(2)
 */
uint32_t wasmc_wasmedge_sock_accept(struct wasmc_ctx *ctx, uint32_t fd, uint32_t fd_addr)
{
    struct wasmc_guest guest = {ctx, "sock_accept"};
    wasi_errno error = sock_accept(&guest, fd, fd_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u >fd:4", fd, fd_addr);
    return error;
}
