/* option_tcp.c - WAMR's calls for the options of TCP. */
#include "option.h"
#include "wasmc/wasi.h"

/* sock_set_tcp_no_delay - whether what is sent goes out at once.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_tcp_no_delay     POSIX: TCP_NODELAY
 */
uint32_t wasmc_wamr_sock_set_tcp_no_delay(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_tcp_no_delay"}, fd,
                               WASMC_NET_NO_DELAY, value);
}

/* sock_get_tcp_no_delay - what sock_set_tcp_no_delay sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_tcp_no_delay
 */
uint32_t wasmc_wamr_sock_get_tcp_no_delay(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_tcp_no_delay"}, fd,
                               WASMC_NET_NO_DELAY, flag_addr);
}

/* sock_set_tcp_quick_ack - whether what comes is acknowledged at once.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_tcp_quick_ack     POSIX: TCP_QUICKACK
 */
uint32_t wasmc_wamr_sock_set_tcp_quick_ack(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_tcp_quick_ack"}, fd,
                               WASMC_NET_QUICK_ACK, value);
}

/* sock_get_tcp_quick_ack - what sock_set_tcp_quick_ack sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_tcp_quick_ack
 */
uint32_t wasmc_wamr_sock_get_tcp_quick_ack(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_tcp_quick_ack"}, fd,
                               WASMC_NET_QUICK_ACK, flag_addr);
}

/* sock_set_tcp_fastopen_connect - whether the first bytes go with the connection.
 *
 *   fd      socket
 *   value   0 off, else on
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_tcp_fastopen_connect     POSIX: TCP_FASTOPEN_CONNECT
 */
uint32_t wasmc_wamr_sock_set_tcp_fastopen_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_flag(&(struct wasmc_guest){ctx, "sock_set_tcp_fastopen_connect"}, fd,
                               WASMC_NET_FASTOPEN_CONNECT, value);
}

/* sock_get_tcp_fastopen_connect - what sock_set_tcp_fastopen_connect sets.
 *
 *   fd           socket
 *   flag_addr   guest address of a u8 that receives it: 0 or 1
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_tcp_fastopen_connect
 */
uint32_t wasmc_wamr_sock_get_tcp_fastopen_connect(struct wasmc_ctx *ctx, uint32_t fd, uint32_t flag_addr)
{
    return wasmc_wamr_get_byte(&(struct wasmc_guest){ctx, "sock_get_tcp_fastopen_connect"}, fd,
                               WASMC_NET_FASTOPEN_CONNECT, flag_addr);
}

/* sock_set_tcp_keep_idle - after how long without a word the peer is asked if it is there.
 *
 *   fd      socket
 *   value   seconds
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_tcp_keep_idle     POSIX: TCP_KEEPIDLE
 */
uint32_t wasmc_wamr_sock_set_tcp_keep_idle(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_number(&(struct wasmc_guest){ctx, "sock_set_tcp_keep_idle"}, fd,
                                 WASMC_NET_KEEP_IDLE, value);
}

/* sock_get_tcp_keep_idle - what sock_set_tcp_keep_idle sets.
 *
 *   fd           socket
 *   number_addr   guest address of a u32 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_tcp_keep_idle
 */
uint32_t wasmc_wamr_sock_get_tcp_keep_idle(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr)
{
    return wasmc_wamr_get_number(&(struct wasmc_guest){ctx, "sock_get_tcp_keep_idle"}, fd,
                                 WASMC_NET_KEEP_IDLE, number_addr);
}

/* sock_set_tcp_keep_intvl - how long it is waited until it is asked again.
 *
 *   fd      socket
 *   value   seconds
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket; INVAL.
 * WAMR: __wasi_sock_set_tcp_keep_intvl     POSIX: TCP_KEEPINTVL
 */
uint32_t wasmc_wamr_sock_set_tcp_keep_intvl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t value)
{
    return wasmc_wamr_set_number(&(struct wasmc_guest){ctx, "sock_set_tcp_keep_intvl"}, fd,
                                 WASMC_NET_KEEP_INTERVAL, value);
}

/* sock_get_tcp_keep_intvl - what sock_set_tcp_keep_intvl sets.
 *
 *   fd           socket
 *   number_addr   guest address of a u32 that receives it
 *
 * Rights: none.   Errors: BADF; NOTSOCK; NOPROTOOPT not of this socket.
 * WAMR: __wasi_sock_get_tcp_keep_intvl
 */
uint32_t wasmc_wamr_sock_get_tcp_keep_intvl(struct wasmc_ctx *ctx, uint32_t fd, uint32_t number_addr)
{
    return wasmc_wamr_get_number(&(struct wasmc_guest){ctx, "sock_get_tcp_keep_intvl"}, fd,
                                 WASMC_NET_KEEP_INTERVAL, number_addr);
}
