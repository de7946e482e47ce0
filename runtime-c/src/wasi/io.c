#include "io.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>

#include "../sys/sys.h"

bool wasmc_io_is_ready(int host, short events, bool wait)
{
    struct pollfd query = {.fd = host, .events = events};
    int result;
    do {
        result = wasmc_sys_poll_ms(&query, 1, wait ? -1 : 0);
    } while (result == -EINTR);
    return result > 0;
}

static bool must_ask_first(const struct wasmc_desc *desc)
{
    return desc->borrowed && (desc->fdflags & WASI_FDFLAGS_NONBLOCK) && desc->kind != WASMC_DESC_FILE;
}

/* Somebody else's O_NONBLOCK; the guest expects to block. */
static bool must_wait(const struct wasmc_desc *desc, ssize_t result)
{
    return result == -EAGAIN && !(desc->fdflags & WASI_FDFLAGS_NONBLOCK);
}

ssize_t wasmc_io_read_host(struct wasmc_desc *desc, struct iovec *iovecs, int count)
{
    if (must_ask_first(desc) && !wasmc_io_is_ready(desc->host, POLLIN, false))
        return -EAGAIN;
    ssize_t result;
    do {
        result = wasmc_sys_readv(desc->host, iovecs, count);
    } while (must_wait(desc, result) && wasmc_io_is_ready(desc->host, POLLIN, true));
    return result;
}

ssize_t wasmc_io_write_host(struct wasmc_desc *desc, struct iovec *iovecs, int count)
{
    if (must_ask_first(desc)) {
        if (!wasmc_io_is_ready(desc->host, POLLOUT, false))
            return -EAGAIN;
        /* A pipe that is ready takes this much without blocking, not more. */
        count = count > 0 ? 1 : 0;
        if (count > 0 && iovecs[0].iov_len > PIPE_BUF)
            iovecs[0].iov_len = PIPE_BUF;
    }
    ssize_t result;
    do {
        result = wasmc_sys_writev(desc->host, iovecs, count);
    } while (must_wait(desc, result) && wasmc_io_is_ready(desc->host, POLLOUT, true));
    return result;
}

extern __typeof__(wasmc_io_read_host) wasmc_io_read __attribute__((weak, alias("wasmc_io_read_host")));
extern __typeof__(wasmc_io_write_host) wasmc_io_write __attribute__((weak, alias("wasmc_io_write_host")));
