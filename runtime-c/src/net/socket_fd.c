/* socket_fd.c - what descriptors have beside in a program with calls of sockets: it takes the places of functions in io.c and
 * fd_table.c that know of the host's descriptors alone. */
#include "../ctx.h"
#include "../wasi/io.h"
#include "socket_state.h"

ssize_t wasmc_io_read(struct wasmc_desc *desc, struct iovec *iovecs, int count)
{
    if (desc->asks_socket && wasmc_socket_read != NULL)
        return wasmc_socket_read(desc, iovecs, count, 0);
    return wasmc_io_read_host(desc, iovecs, count);
}

ssize_t wasmc_io_write(struct wasmc_desc *desc, struct iovec *iovecs, int count)
{
    if (desc->asks_socket && wasmc_socket_write != NULL)
        return wasmc_socket_write(desc, iovecs, count);
    return wasmc_io_write_host(desc, iovecs, count);
}

void wasmc_fd_forget(struct wasmc_ctx *ctx, struct wasmc_desc *desc)
{
    if (desc->watch != 0)
        ctx->fds.forget(ctx, desc);
}

wasi_errno wasmc_fd_end(struct wasmc_ctx *ctx, const struct wasmc_desc *desc)
{
    wasmc_fd_forget(ctx, (struct wasmc_desc *)(uintptr_t)desc);
    if (desc->socket != NULL && wasmc_socket_free != NULL)
        wasmc_socket_free(desc);
    return wasmc_fd_close_host(desc);
}
