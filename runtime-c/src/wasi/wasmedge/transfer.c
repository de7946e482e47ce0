/* transfer.c - WasmEdge's calls that receive datagrams with their sender, and send them to an address. */
#include "../../net/socket.h"
#include "../trace_line.h"
#include "address.h"
#include "wasmc/wasi.h"

/* The parameters that both versions of sock_recv_from have. */
struct receiving {
    uint32_t fd, count, riflags;
    guest_addr iovecs_addr, address_addr, bytes_addr, roflags_addr;
    guest_addr port_addr; /* of version 2 */
    bool has_port;
};

/* What came; for the trace, too. */
struct received {
    size_t bytes;
    bool is_truncated;
    struct wasmc_endpoint peer;
};

static int host_flags(uint32_t riflags)
{
    return (riflags & WASI_RIFLAGS_PEEK ? MSG_PEEK : 0) | (riflags & WASI_RIFLAGS_WAITALL ? MSG_WAITALL : 0);
}

static void write_u16(const struct wasmc_guest *guest, guest_addr addr, uint32_t value)
{
    uint8_t bytes[2] = {(uint8_t)value, (uint8_t)(value >> 8)};
    wasmc_guest_copy_out(guest, addr, bytes, sizeof bytes);
}

static wasi_errno receive(const struct wasmc_guest *guest, const struct receiving *call, struct received *received)
{
    struct iovec iovecs[wasmc_guest_iovec_room(call->count)];
    int filled = wasmc_guest_iovecs(guest, call->iovecs_addr, call->count, iovecs);
    struct wasmc_wasmedge_place place;
    wasi_errno error = wasmc_wasmedge_find_place(guest, call->address_addr, &place);
    (void)wasmc_guest_bytes(guest, call->bytes_addr, 4);
    (void)wasmc_guest_bytes(guest, call->roflags_addr, 2);
    if (call->has_port)
        (void)wasmc_guest_bytes(guest, call->port_addr, 2);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (call->riflags & ~(uint32_t)WASI_RIFLAGS_ALL)
        return WASI_ERRNO_INVAL;
    error = wasmc_net_receive(guest->ctx, call->fd, iovecs, filled, host_flags(call->riflags), &received->bytes,
                              &received->is_truncated, &received->peer);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    /* What came is not to be had again: an address that does not fit must not be its loss. */
    (void)wasmc_wasmedge_write_address(guest, &place, &received->peer);
    bool has_port = received->peer.family == AF_INET || received->peer.family == AF_INET6;
    if (call->has_port)
        write_u16(guest, call->port_addr, has_port ? received->peer.port : 0);
    wasmc_guest_write_u32(guest, call->bytes_addr, (uint32_t)received->bytes);
    write_u16(guest, call->roflags_addr, received->is_truncated ? WASI_ROFLAGS_DATA_TRUNCATED : 0);
    return WASI_ERRNO_SUCCESS;
}

static uint32_t sock_recv_from(struct wasmc_ctx *ctx, const struct receiving *call)
{
    struct wasmc_guest guest = {ctx, "sock_recv_from"};
    struct received received;
    wasi_errno error = receive(&guest, call, &received);
    if (!ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, &guest);
    wasmc_trace_decimal(&line, "fd", call->fd);
    wasmc_trace_hex(&line, "iovecs", call->iovecs_addr);
    wasmc_trace_decimal(&line, "count", call->count);
    wasmc_trace_hex(&line, "riflags", call->riflags);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS) {
        wasmc_trace_decimal(&line, "bytes", received.bytes);
        wasmc_trace_endpoint(&line, "peer", &received.peer);
    }
    wasmc_trace_end(&line);
    return error;
}

/* sock_recv_from - receives from a socket, and who sent it; of a stream there is no sender.
 *
 *   fd             socket
 *   iovecs_addr    guest address of count buffers, as for fd_read
 *   address_addr   guest address of {u32 buffer, u32 bytes} (address.h) for the sender; 4 bytes cannot have one of
 *                  IPv6 and stay as they are
 *   riflags        1 peek: leave the data there; 2 wait until the buffers are full
 *   bytes_addr     guest address of a u32 that receives how many bytes came
 *   roflags_addr   guest address of a u16 that receives: 1 the message was cut off
 *
 * Rights: FD_READ.
 * Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL other flags, another length of the buffer; AGAIN; NOTCONN; CONNRESET;
 *         CONNREFUSED.
 * WasmEdge: sock_recv_from (version 1)     POSIX: recvfrom(2)
 */
uint32_t wasmc_wasmedge_sock_recv_from(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                       uint32_t address_addr, uint32_t riflags, uint32_t bytes_addr,
                                       uint32_t roflags_addr)
{
    struct receiving call = {
        .fd = fd, .iovecs_addr = iovecs_addr, .count = count, .address_addr = address_addr, .riflags = riflags,
        .bytes_addr = bytes_addr, .roflags_addr = roflags_addr,
    };
    return sock_recv_from(ctx, &call);
}

/* sock_recv_from - the same, with the sender's port.
 *
 *   port_addr   guest address of a u16 that receives the port, in the host's order; 0 when there is none
 *
 * WasmEdge: sock_recv_from (version 2), sock_recv_from_v2
 */
uint32_t wasmc_wasmedge2_sock_recv_from(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                        uint32_t address_addr, uint32_t riflags, uint32_t port_addr,
                                        uint32_t bytes_addr, uint32_t roflags_addr)
{
    struct receiving call = {
        .fd = fd, .iovecs_addr = iovecs_addr, .count = count, .address_addr = address_addr, .riflags = riflags,
        .bytes_addr = bytes_addr, .roflags_addr = roflags_addr, .port_addr = port_addr, .has_port = true,
    };
    return sock_recv_from(ctx, &call);
}

static wasi_errno sock_send_to(const struct wasmc_guest *guest, uint32_t fd, guest_addr iovecs_addr, uint32_t count,
                               guest_addr address_addr, uint32_t port, uint32_t siflags, guest_addr bytes_addr,
                               struct wasmc_endpoint *remote)
{
    struct iovec iovecs[wasmc_guest_iovec_room(count)];
    int filled = wasmc_guest_iovecs(guest, iovecs_addr, count, iovecs);
    wasi_errno error = wasmc_wasmedge_read_address(guest, address_addr, port, remote);
    (void)wasmc_guest_bytes(guest, bytes_addr, 4);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (siflags != 0)
        return WASI_ERRNO_INVAL;
    size_t bytes = 0;
    error = wasmc_net_send_to(guest->ctx, fd, iovecs, filled, remote, &bytes);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, bytes_addr, (uint32_t)bytes);
    return error;
}

/* sock_send_to - sends a datagram to an address.
 *
 *   fd             socket; the address counts for nothing when it is connected, a stream
 *   iovecs_addr    guest address of count buffers, as for fd_write
 *   address_addr   guest address of {u32 buffer, u32 bytes}, as address.h says
 *   port           of the peer
 *   siflags        must be 0
 *   bytes_addr     guest address of a u32 that receives how many bytes were taken
 *
 * Rights: FD_WRITE.
 * Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL the address, flags; ACCES no rule admits it; MSGSIZE; AGAIN; PIPE; NOTCONN;
 *         CONNREFUSED.
 * WasmEdge: sock_send_to, sock_send_to_v2     POSIX: sendto(2)
 */
uint32_t wasmc_wasmedge_sock_send_to(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                     uint32_t address_addr, uint32_t port, uint32_t siflags, uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "sock_send_to"};
    struct wasmc_endpoint remote;
    wasi_errno error =
        sock_send_to(&guest, fd, iovecs_addr, count, address_addr, port, siflags, bytes_addr, &remote);
    if (!ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, &guest);
    wasmc_trace_decimal(&line, "fd", fd);
    wasmc_trace_hex(&line, "iovecs", iovecs_addr);
    wasmc_trace_decimal(&line, "count", count);
    wasmc_trace_endpoint(&line, "address", &remote);
    wasmc_trace_hex(&line, "siflags", siflags);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS) {
        uint32_t bytes;
        wasmc_guest_copy_in(&guest, &bytes, bytes_addr, sizeof bytes);
        wasmc_trace_decimal(&line, "bytes", bytes);
    }
    wasmc_trace_end(&line);
    return error;
}
