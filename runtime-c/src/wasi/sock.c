/* sock.c - preview1's socket calls. They work on sockets that the host passed in (--tcplisten, --listenfd, a standard
 * stream that is one); preview1 itself cannot create any. */
#include <errno.h>
#include <poll.h>

#include "../net/socket.h"
#include "../net/socket_fresh.h"
#include "../sys/sys.h"
#include "errno_map.h"
#include "io.h"
#include "sock_io.h"
#include "sock_listen.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* fd_start.c refers to it weakly: only a program that can accept has a socket that listens. */
WASMC_BRINGS(wasmc_sock_start);

/* poll_sockets.c: a list of many descriptors is one of sockets. */
WASMC_BRINGS(wasmc_poll_list);

/* A connection of a listener's, or a negative errno; waits for one unless the guest expects otherwise. */
static int accept_host(const struct wasmc_desc *listener, int flags)
{
    bool waits = !wasmc_fd_is_nonblocking(listener);
    /* The process's own is as its starter made it. */
    if (!waits && listener->borrowed && !wasmc_io_is_ready(listener->host, POLLIN, false))
        return -EAGAIN;
    int host;
    do {
        host = wasmc_sys_accept(listener->host, flags);
    } while (host == -EAGAIN && waits && wasmc_io_is_ready(listener->host, POLLIN, true));
    return host;
}

static wasi_errno sock_accept(const struct wasmc_guest *guest, uint32_t fd, uint32_t fdflags, guest_addr fd_addr)
{
    (void)wasmc_guest_bytes(guest, fd_addr, 4);
    if (fdflags & ~(uint32_t)WASI_FDFLAGS_NONBLOCK)
        return WASI_ERRNO_INVAL;
    struct wasmc_desc *listener;
    wasi_errno error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_SOCKET, WASI_RIGHTS_SOCK_ACCEPT, &listener);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    uint32_t new_fd = 0;
    if (listener->socket != NULL && wasmc_net_accept != NULL) {
        (void)wasmc_fd_put(guest->ctx, listener);
        error = wasmc_net_accept(guest->ctx, fd, (uint16_t)fdflags, &new_fd, NULL);
        if (error == WASI_ERRNO_SUCCESS)
            wasmc_guest_write_u32(guest, fd_addr, new_fd);
        return error;
    }
    int host = accept_host(listener, fdflags & WASI_FDFLAGS_NONBLOCK ? SOCK_NONBLOCK : 0);
    bool keeps_messages = listener->keeps_messages;
    (void)wasmc_fd_put(guest->ctx, listener);
    if (host < 0)
        return wasmc_wasi_errno(host);
    struct wasmc_desc desc = {
        .host = host,
        .kind = WASMC_DESC_SOCKET,
        .filetype = WASI_FILETYPE_SOCKET_STREAM,
        .fdflags = (uint16_t)fdflags,
        .keeps_messages = keeps_messages,
        .base = WASI_RIGHTS_OF_SOCKET & ~WASI_RIGHTS_SOCK_ACCEPT,
    };
    error = wasmc_fd_insert(guest->ctx, &desc, &new_fd);
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_write_u32(guest, fd_addr, new_fd);
    return error;
}

/* sock_accept - takes a connection from a listening socket.
 *
 * A granted listener has NONBLOCK from the start, as in other runtimes, for those who look at its flags: without a
 * connection they get AGAIN, until they clear it. Who just accepts waits for a connection.
 *
 *   fd        listening socket
 *   fdflags   of the new descriptor: 0 or 4 nonblock
 *   fd_addr   guest address of a u32 that receives the new descriptor
 *
 * Rights: SOCK_ACCEPT.
 * Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL other flags, not listening; AGAIN; MFILE.
 * witx: sock_accept     POSIX: accept4(2)
 */
uint32_t wasmc_wasi_sock_accept(struct wasmc_ctx *ctx, uint32_t fd, uint32_t fdflags, uint32_t fd_addr)
{
    struct wasmc_guest guest = {ctx, "sock_accept"};
    wasi_errno error = sock_accept(&guest, fd, fdflags, fd_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u fdflags:x >fd:4", fd, fdflags, fd_addr);
    return error;
}

static wasi_errno sock_recv(const struct wasmc_guest *guest, uint32_t fd, guest_addr iovecs_addr, uint32_t count,
                            uint32_t riflags, guest_addr bytes_addr, guest_addr roflags_addr)
{
    struct iovec iovecs[wasmc_guest_iovec_room(count)];
    int filled = wasmc_guest_iovecs(guest, iovecs_addr, count, iovecs);
    uint8_t *roflags = wasmc_guest_bytes(guest, roflags_addr, 2);
    if (riflags & ~(uint32_t)WASI_RIFLAGS_ALL)
        return WASI_ERRNO_INVAL;
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_SOCKET, WASI_RIGHTS_FD_READ, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    int flags = riflags & WASI_RIFLAGS_PEEK ? MSG_PEEK : 0;
    flags |= riflags & WASI_RIFLAGS_WAITALL ? MSG_WAITALL : 0;
    bool is_truncated;
    ssize_t result = wasmc_sock_receive(desc, iovecs, filled, flags, &is_truncated);
    (void)wasmc_fd_put(guest->ctx, desc);
    if (result < 0)
        return wasmc_wasi_errno(result);
    wasmc_guest_write_u32(guest, bytes_addr, (uint32_t)result);
    roflags[0] = is_truncated ? WASI_ROFLAGS_DATA_TRUNCATED : 0;
    roflags[1] = 0;
    return WASI_ERRNO_SUCCESS;
}

/* sock_recv - receives from a socket.
 *
 *   fd             socket
 *   iovecs_addr    guest address of count buffers, as for fd_read
 *   riflags        1 peek: leave the data there; 2 wait until the buffers are full
 *   bytes_addr     guest address of a u32 that receives how many bytes came; 0 is the end
 *   roflags_addr   guest address of a u16 that receives: 1 the message was cut off
 *
 * Rights: FD_READ.   Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL other flags; AGAIN; CONNRESET; ...
 * witx: sock_recv     POSIX: recvmsg(2)
 */
uint32_t wasmc_wasi_sock_recv(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                              uint32_t riflags, uint32_t bytes_addr, uint32_t roflags_addr)
{
    struct wasmc_guest guest = {ctx, "sock_recv"};
    wasi_errno error = sock_recv(&guest, fd, iovecs_addr, count, riflags, bytes_addr, roflags_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u iovecs:x count:u riflags:x >bytes:4 roflags:x", fd, iovecs_addr, count,
                    riflags, bytes_addr, roflags_addr);
    return error;
}

static wasi_errno sock_send(const struct wasmc_guest *guest, uint32_t fd, guest_addr iovecs_addr, uint32_t count,
                            uint32_t siflags, guest_addr bytes_addr)
{
    struct iovec iovecs[wasmc_guest_iovec_room(count)];
    int filled = wasmc_guest_iovecs(guest, iovecs_addr, count, iovecs);
    (void)wasmc_guest_bytes(guest, bytes_addr, 4);
    if (siflags != 0)
        return WASI_ERRNO_INVAL;
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(guest->ctx, fd, WASMC_FD_SOCKET, WASI_RIGHTS_FD_WRITE, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    ssize_t result = wasmc_sock_send(desc, iovecs, filled);
    (void)wasmc_fd_put(guest->ctx, desc);
    if (result < 0)
        return wasmc_wasi_errno(result);
    wasmc_guest_write_u32(guest, bytes_addr, (uint32_t)result);
    return WASI_ERRNO_SUCCESS;
}

/* sock_send - sends to a socket.
 *
 *   fd            socket
 *   iovecs_addr   guest address of count buffers, as for fd_write
 *   siflags       must be 0
 *   bytes_addr    guest address of a u32 that receives how many bytes were taken
 *
 * Rights: FD_WRITE.   Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL flags; AGAIN; PIPE; ...
 * witx: sock_send     POSIX: sendmsg(2)
 */
uint32_t wasmc_wasi_sock_send(struct wasmc_ctx *ctx, uint32_t fd, uint32_t iovecs_addr, uint32_t count,
                              uint32_t siflags, uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "sock_send"};
    wasi_errno error = sock_send(&guest, fd, iovecs_addr, count, siflags, bytes_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u iovecs:x count:u siflags:x >bytes:4", fd, iovecs_addr, count, siflags,
                    bytes_addr);
    return error;
}

static wasi_errno sock_shutdown(struct wasmc_ctx *ctx, uint32_t fd, uint32_t sdflags)
{
    struct wasmc_desc *desc;
    wasi_errno error = wasmc_fd_get(ctx, fd, WASMC_FD_SOCKET, WASI_RIGHTS_SOCK_SHUTDOWN, &desc);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    static const int host_how[] = {
        [WASI_SDFLAGS_RD] = SHUT_RD,
        [WASI_SDFLAGS_WR] = SHUT_WR,
        [WASI_SDFLAGS_ALL] = SHUT_RDWR,
    };
    error = WASI_ERRNO_INVAL;
    wasmc_socket_touch(desc);
    if (sdflags != 0 && sdflags <= WASI_SDFLAGS_ALL)
        error = wasmc_wasi_errno(wasmc_sys_shutdown(desc->host, host_how[sdflags]));
    (void)wasmc_fd_put(ctx, desc);
    return error;
}

/* sock_shutdown - ends one or both directions of a socket.
 *
 *   fd        socket
 *   sdflags   1 receiving, 2 sending, 3 both
 *
 * Rights: SOCK_SHUTDOWN.   Errors: BADF; NOTSOCK; NOTCAPABLE; INVAL flags; NOTCONN.
 * witx: sock_shutdown     POSIX: shutdown(2)
 */
uint32_t wasmc_wasi_sock_shutdown(struct wasmc_ctx *ctx, uint32_t fd, uint32_t sdflags)
{
    wasi_errno error = sock_shutdown(ctx, fd, sdflags);
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "sock_shutdown"}, error, "fd:u sdflags:x", fd, sdflags);
    return error;
}
