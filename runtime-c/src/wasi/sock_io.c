#include "sock_io.h"

#include <errno.h>
#include <poll.h>

#include "../net/socket_ahead.h"
#include "../sys/sys.h"
#include "io.h"

/* No vectors: recvmsg(2) and sendmsg(2) take what a sealed program must not say (sys/linux_socket.c), so that the calls
 * here take one buffer each. Where nothing but vectors is needed, readv and writev do. */

static bool is_nonblocking(const struct wasmc_desc *desc)
{
    return (desc->fdflags & WASI_FDFLAGS_NONBLOCK) != 0;
}

/* For the kernel: this call only, whatever the shared descriptor says. */
static int nonblock_flag(const struct wasmc_desc *desc)
{
    return is_nonblocking(desc) ? MSG_DONTWAIT : 0;
}

static ssize_t receive_into(const struct wasmc_desc *desc, const struct iovec *buffer, int flags)
{
    ssize_t result;
    do {
        result = wasmc_sys_receive(desc->host, buffer != NULL ? buffer->iov_base : NULL,
                                   buffer != NULL ? buffer->iov_len : 0, flags);
        /* Somebody else's O_NONBLOCK; the guest expects to block. */
    } while (result == -EAGAIN && !(flags & MSG_DONTWAIT) && wasmc_io_is_ready(desc->host, POLLIN, true));
    return result;
}

/* What was received ahead comes first. */
static bool is_ahead_of(const struct wasmc_desc *desc)
{
    return desc->asks_socket && wasmc_socket_is_ahead(desc) && wasmc_socket_copy_ahead != NULL;
}

/* What comes next goes behind what has come, as far as it is there already. */
static ssize_t receive_stream(struct wasmc_desc *desc, const struct iovec *iovecs, int count, int flags)
{
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        struct iovec buffer = iovecs[i];
        ssize_t result = 0;
        bool is_ahead = is_ahead_of(desc);
        if (is_ahead) {
            size_t copied = wasmc_socket_copy_ahead(desc, &buffer, 1, !(flags & MSG_PEEK));
            total += (ssize_t)copied;
            buffer = (struct iovec){(uint8_t *)buffer.iov_base + copied, buffer.iov_len - copied};
            if (buffer.iov_len > 0 && !(flags & MSG_WAITALL))
                break;
        }
        bool waits = total == 0 || (flags & MSG_WAITALL);
        if (!is_ahead || buffer.iov_len > 0)
            result = receive_into(desc, &buffer, flags | (waits ? 0 : MSG_DONTWAIT));
        if (result < 0)
            return total > 0 ? total : result;
        total += result;
        if ((size_t)result < buffer.iov_len || (flags & MSG_PEEK))
            break;
    }
    return total;
}

/* A message is received by one call, which tells how long it was. */
static ssize_t receive_message(const struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags,
                               bool *is_truncated)
{
    if (count <= 1 || (flags & MSG_PEEK)) {
        size_t room = count > 0 ? iovecs[0].iov_len : 0;
        ssize_t result = receive_into(desc, count > 0 ? iovecs : NULL, flags | MSG_TRUNC);
        *is_truncated = result > 0 && (size_t)result > room;
        return *is_truncated ? (ssize_t)room : result;
    }
    ssize_t length = receive_into(desc, NULL, flags | MSG_PEEK | MSG_TRUNC);
    ssize_t result = length < 0 ? length : wasmc_sys_readv(desc->host, iovecs, count);
    *is_truncated = result >= 0 && result < length;
    return result;
}

ssize_t wasmc_sock_receive(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags,
                           bool *is_truncated)
{
    *is_truncated = false;
    if (desc->asks_socket && desc->keeps_messages && wasmc_socket_receive != NULL)
        return wasmc_socket_receive(desc, iovecs, count, flags, is_truncated);
    flags |= nonblock_flag(desc);
    if (desc->keeps_messages)
        return receive_message(desc, iovecs, count, flags, is_truncated);
    if (count == 0)
        return is_ahead_of(desc) ? 0 : receive_into(desc, NULL, flags);
    return flags == 0 ? wasmc_io_read(desc, iovecs, count) : receive_stream(desc, iovecs, count, flags);
}

/* Together, as by one call: MSG_MORE keeps the network from sending each buffer by itself. */
static ssize_t send_stream(const struct wasmc_desc *desc, const struct iovec *iovecs, int count, int flags)
{
    ssize_t total = 0;
    for (int i = 0; i < count; i++) {
        int more = i + 1 < count ? MSG_MORE : 0;
        ssize_t result = wasmc_sys_send(desc->host, iovecs[i].iov_base, iovecs[i].iov_len, flags | more);
        if (result < 0)
            return total > 0 ? total : result;
        total += result;
        if ((size_t)result < iovecs[i].iov_len)
            break;
    }
    return total;
}

ssize_t wasmc_sock_send(struct wasmc_desc *desc, struct iovec *iovecs, int count)
{
    if (!is_nonblocking(desc))
        return wasmc_io_write(desc, iovecs, count);
    if (count == 0)
        return wasmc_sys_send(desc->host, NULL, 0, MSG_DONTWAIT);
    if (count == 1 || !desc->keeps_messages)
        return send_stream(desc, iovecs, count, MSG_DONTWAIT);
    /* One message of several buffers. The host's descriptor is non-blocking, too, unless it is the process's own. */
    return wasmc_io_is_ready(desc->host, POLLOUT, false) ? wasmc_sys_writev(desc->host, iovecs, count) : -EAGAIN;
}
