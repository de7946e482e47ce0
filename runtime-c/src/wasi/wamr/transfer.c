/* transfer.c - WAMR's calls that receive datagrams with their sender, and send them to an address. */
#include "../../net/socket.h"
#include "../trace_line.h"
#include "address.h"
#include "wasmc/wasi.h"

static wasi_errno sock_recv_from(const struct wasmc_guest *guest, uint32_t fd, guest_addr iovecs_addr,
                                 uint32_t count, uint32_t riflags, guest_addr address_addr, guest_addr bytes_addr,
                                 struct wasmc_endpoint *peer)
{
    struct iovec iovecs[wasmc_guest_iovec_room(count)];
    int filled = wasmc_guest_iovecs(guest, iovecs_addr, count, iovecs);
    uint8_t address[WAMR_ADDRESS_BYTES];
    (void)wasmc_guest_bytes(guest, address_addr, sizeof address);
    (void)wasmc_guest_bytes(guest, bytes_addr, 4);
    if (riflags & ~(uint32_t)WASI_RIFLAGS_ALL)
        return WASI_ERRNO_INVAL;
    int flags = (riflags & WASI_RIFLAGS_PEEK ? MSG_PEEK : 0) | (riflags & WASI_RIFLAGS_WAITALL ? MSG_WAITALL : 0);
    size_t bytes = 0;
    bool is_truncated;
    wasi_errno error = wasmc_net_receive(guest->ctx, fd, iovecs, filled, flags, &bytes, &is_truncated, peer);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    /* What came is not to be had again: of a sender that WAMR cannot name, nothing is written. */
    if (wasmc_wamr_encode_address(peer, address))
        wasmc_guest_copy_out(guest, address_addr, address, sizeof address);
    wasmc_guest_write_u32(guest, bytes_addr, (uint32_t)bytes);
    return WASI_ERRNO_SUCCESS;
}

static void trace_bytes(struct wasmc_trace_line *line, const struct wasmc_guest *guest, guest_addr bytes_addr)
{
    uint32_t bytes;
    wasmc_guest_copy_in(guest, &bytes, bytes_addr, sizeof bytes);
    wasmc_trace_decimal(line, "bytes", bytes);
}

/* sock_recv_from - receives from a socket, and who sent it; of a stream the address is zeros.
 *
 *   fd             socket
 *   iovecs_addr    guest address of count buffers, as for fd_read
 *   riflags        1 peek: leave the data there; 2 wait until the buffers are full
 *   address_addr   guest address of 24 bytes that receive the sender, as address.h says
 *   bytes_addr     guest address of a u32 that receives how many bytes came
 *
 * Rights: FD_READ.
 * Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL other flags; AGAIN; NOTCONN; CONNRESET; CONNREFUSED.
 * WAMR: __wasi_sock_recv_from     POSIX: recvfrom(2)
 */
uint32_t wasmc_wamr_sock_recv_from(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                   uint32_t riflags, uint32_t address_addr, uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "sock_recv_from"};
    struct wasmc_endpoint peer;
    wasi_errno error =
        sock_recv_from(&guest, fd, iovecs_addr, count, riflags, address_addr, bytes_addr, &peer);
    if (!ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, &guest);
    wasmc_trace_decimal(&line, "fd", fd);
    wasmc_trace_hex(&line, "iovecs", iovecs_addr);
    wasmc_trace_decimal(&line, "count", count);
    wasmc_trace_hex(&line, "riflags", riflags);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS) {
        trace_bytes(&line, &guest, bytes_addr);
        wasmc_trace_endpoint(&line, "peer", &peer);
    }
    wasmc_trace_end(&line);
    return error;
}

static wasi_errno sock_send_to(const struct wasmc_guest *guest, uint32_t fd, guest_addr iovecs_addr, uint32_t count,
                               uint32_t siflags, guest_addr address_addr, guest_addr bytes_addr,
                               struct wasmc_endpoint *remote)
{
    struct iovec iovecs[wasmc_guest_iovec_room(count)];
    int filled = wasmc_guest_iovecs(guest, iovecs_addr, count, iovecs);
    wasi_errno error = wasmc_wamr_read_address(guest, address_addr, remote);
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
 *   siflags        must be 0
 *   address_addr   guest address of the address, as address.h says
 *   bytes_addr     guest address of a u32 that receives how many bytes were taken
 *
 * Rights: FD_WRITE.
 * Errors: BADF; NOTSOCK; NOTCAPABLE; PROTONOSUPPORT no such kind of address; INVAL flags; ACCES no rule admits it;
 *         MSGSIZE; AGAIN; PIPE; NOTCONN; CONNREFUSED.
 * WAMR: __wasi_sock_send_to     POSIX: sendto(2)
 */
uint32_t wasmc_wamr_sock_send_to(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                                 uint32_t siflags, uint32_t address_addr, uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "sock_send_to"};
    struct wasmc_endpoint remote;
    wasi_errno error = sock_send_to(&guest, fd, iovecs_addr, count, siflags, address_addr, bytes_addr, &remote);
    if (!ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, &guest);
    wasmc_trace_decimal(&line, "fd", fd);
    wasmc_trace_hex(&line, "iovecs", iovecs_addr);
    wasmc_trace_decimal(&line, "count", count);
    wasmc_trace_hex(&line, "siflags", siflags);
    wasmc_trace_endpoint(&line, "address", &remote);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS)
        trace_bytes(&line, &guest, bytes_addr);
    wasmc_trace_end(&line);
    return error;
}
