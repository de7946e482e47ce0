/* option_socket.c - WAMR's calls for the options that all sockets have: two for each, of a few lines. */
#include "../trace.h"
#include "option.h"
#include "wasmc/wasi.h"

/* sock_set_broadcast - whether datagrams may go to broadcast addresses.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_broadcast     POSIX: SO_BROADCAST
 */
uint32_t wasmc_wamr_sock_set_broadcast(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_broadcast"}, fd,
                               WASMC_NET_BROADCAST, value);
}

/* sock_get_broadcast - what sock_set_broadcast sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_broadcast
 */
uint32_t wasmc_wamr_sock_get_broadcast(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_broadcast"}, fd,
                               WASMC_NET_BROADCAST, flag_addr);
}

/* sock_set_keep_alive - whether the peer is asked if it is there.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_keep_alive     POSIX: SO_KEEPALIVE
 */
uint32_t wasmc_wamr_sock_set_keep_alive(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_keep_alive"}, fd,
                               WASMC_NET_KEEP_ALIVE, value);
}

/* sock_get_keep_alive - what sock_set_keep_alive sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_keep_alive
 */
uint32_t wasmc_wamr_sock_get_keep_alive(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_keep_alive"}, fd,
                               WASMC_NET_KEEP_ALIVE, flag_addr);
}

/* sock_set_reuse_addr - whether an address can be bound that was in use until just now.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_reuse_addr     POSIX: SO_REUSEADDR
 */
uint32_t wasmc_wamr_sock_set_reuse_addr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_reuse_addr"}, fd,
                               WASMC_NET_REUSE_ADDRESS, value);
}

/* sock_get_reuse_addr - what sock_set_reuse_addr sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_reuse_addr
 */
uint32_t wasmc_wamr_sock_get_reuse_addr(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_reuse_addr"}, fd,
                               WASMC_NET_REUSE_ADDRESS, flag_addr);
}

/* sock_set_reuse_port - whether several sockets may have one address.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_reuse_port     POSIX: SO_REUSEPORT
 */
uint32_t wasmc_wamr_sock_set_reuse_port(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_reuse_port"}, fd,
                               WASMC_NET_REUSE_PORT, value);
}

/* sock_get_reuse_port - what sock_set_reuse_port sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_reuse_port
 */
uint32_t wasmc_wamr_sock_get_reuse_port(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_reuse_port"}, fd,
                               WASMC_NET_REUSE_PORT, flag_addr);
}

/* sock_set_recv_buf_size - how many bytes may wait to be received.
 *
 *   fd      socket
 *   value   bytes; twice as many are got, as on Linux
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_recv_buf_size     POSIX: SO_RCVBUF
 */
uint32_t wasmc_wamr_sock_set_recv_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_number(&(struct wasmc_guest){ctx, "sock_set_recv_buf_size"}, fd,
                                 WASMC_NET_RECEIVE_BUFFER, value);
}

/* sock_get_recv_buf_size - what sock_set_recv_buf_size sets.
 *
 *   fd           socket
 *   number_addr   guest address of a u32 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_recv_buf_size
 */
uint32_t wasmc_wamr_sock_get_recv_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr)
{
    return wasmc_wamr_get_number(&(struct wasmc_guest){ctx, "sock_get_recv_buf_size"}, fd,
                                 WASMC_NET_RECEIVE_BUFFER, number_addr);
}

/* sock_set_send_buf_size - how many bytes may wait to be sent.
 *
 *   fd      socket
 *   value   bytes; twice as many are got, as on Linux
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_send_buf_size     POSIX: SO_SNDBUF
 */
uint32_t wasmc_wamr_sock_set_send_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_number(&(struct wasmc_guest){ctx, "sock_set_send_buf_size"}, fd,
                                 WASMC_NET_SEND_BUFFER, value);
}

/* sock_get_send_buf_size - what sock_set_send_buf_size sets.
 *
 *   fd           socket
 *   number_addr   guest address of a u32 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_send_buf_size
 */
uint32_t wasmc_wamr_sock_get_send_buf_size(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr)
{
    return wasmc_wamr_get_number(&(struct wasmc_guest){ctx, "sock_get_send_buf_size"}, fd,
                                 WASMC_NET_SEND_BUFFER, number_addr);
}

/* sock_set_recv_timeout - how long receiving and accepting wait; then they are AGAIN.
 *
 *   fd      socket
 *   value   microseconds; 0: for ever
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_recv_timeout     POSIX: SO_RCVTIMEO
 */
uint32_t wasmc_wamr_sock_set_recv_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint64_t value)
{
    return wasmc_wamr_set_time(&(struct wasmc_guest){ctx, "sock_set_recv_timeout"}, fd,
                               WASMC_NET_RECEIVE_TIMEOUT, value);
}

/* sock_get_recv_timeout - what sock_set_recv_timeout sets.
 *
 *   fd           socket
 *   time_addr   guest address of a u64 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_recv_timeout
 */
uint32_t wasmc_wamr_sock_get_recv_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint32_t time_addr)
{
    return wasmc_wamr_get_time(&(struct wasmc_guest){ctx, "sock_get_recv_timeout"}, fd,
                               WASMC_NET_RECEIVE_TIMEOUT, time_addr);
}

/* sock_set_send_timeout - how long sending waits; then it is AGAIN.
 *
 *   fd      socket
 *   value   microseconds; 0: for ever
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_send_timeout     POSIX: SO_SNDTIMEO
 */
uint32_t wasmc_wamr_sock_set_send_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint64_t value)
{
    return wasmc_wamr_set_time(&(struct wasmc_guest){ctx, "sock_set_send_timeout"}, fd,
                               WASMC_NET_SEND_TIMEOUT, value);
}

/* sock_get_send_timeout - what sock_set_send_timeout sets.
 *
 *   fd           socket
 *   time_addr   guest address of a u64 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_send_timeout
 */
uint32_t wasmc_wamr_sock_get_send_timeout(struct wasmc_ctx *ctx, uint32_t fd, uint32_t time_addr)
{
    return wasmc_wamr_get_time(&(struct wasmc_guest){ctx, "sock_get_send_timeout"}, fd,
                               WASMC_NET_SEND_TIMEOUT, time_addr);
}

static wasi_errno get_linger(const struct wasmc_guest *guest, uint32_t fd, guest_addr flag_addr,
                             guest_addr seconds_addr)
{
    uint64_t value = 0;
    (void)wasmc_guest_bytes(guest, flag_addr, 1);
    (void)wasmc_guest_bytes(guest, seconds_addr, 4);
    wasi_errno error = wasmc_net_get_option(guest->ctx, fd, WASMC_NET_LINGER, &value);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    wasmc_guest_copy_out(guest, flag_addr, &(uint8_t){value != 0}, 1);
    wasmc_guest_write_u32(guest, seconds_addr, value != 0 ? (uint32_t)(value - 1) : 0);
    return WASI_ERRNO_SUCCESS;
}

/* sock_set_linger - how long closing a socket waits until what was sent has arrived.
 *
 *   fd        socket
 *   is_on     0: it does not wait
 *   seconds   i32, at least 0; 0: what has not arrived is lost, and the peer sees a reset
 *
 * Rights: none.   Errors: BADF; NOTSOCK; INVAL.
 * WAMR: __wasi_sock_set_linger     POSIX: SO_LINGER
 */
uint32_t wasmc_wamr_sock_set_linger(struct wasmc_ctx *ctx, uint32_t fd, uint32_t is_on, uint32_t seconds)
{
    wasi_errno error = WASI_ERRNO_INVAL;
    if (is_on == 0 || seconds <= INT32_MAX)
        error = wasmc_net_set_option(ctx, fd, WASMC_NET_LINGER, is_on != 0 ? (uint64_t)seconds + 1 : 0);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "sock_set_linger"}, error, "fd:u is_on:u seconds:u", fd, is_on,
                    seconds);
    return error;
}

/* sock_get_linger - what sock_set_linger sets.
 *
 *   fd             socket
 *   flag_addr      guest address of a u8 that receives 0 or 1
 *   seconds_addr   guest address of a u32 that receives the seconds, 0 when it does not wait
 *
 * Rights: none.   Errors: BADF; NOTSOCK.
 * WAMR: __wasi_sock_get_linger
 */
uint32_t wasmc_wamr_sock_get_linger(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr, uint32_t seconds_addr)
{
    struct wasmc_guest guest = {ctx, "sock_get_linger"};
    wasi_errno error = get_linger(&guest, fd, flag_addr, seconds_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u flag:x >seconds:4", fd, flag_addr, seconds_addr);
    return error;
}
