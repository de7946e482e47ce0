/* sock_io.h - receiving and sending, with what readv(2) and writev(2) lack: flags, and blocking by the call. */
#ifndef WASMC_WASI_SOCK_IO_H
#define WASMC_WASI_SOCK_IO_H

#include <sys/types.h>
#include <sys/uio.h>

#include "fd_table.h"

/* Receives into buffers; a count, 0 at the end, or a negative errno. -EAGAIN only for a guest that asked for NONBLOCK.
 *
 *   flags          MSG_PEEK, which fills the first buffer only; MSG_WAITALL
 *   is_truncated   becomes true when a message was longer than the buffers
 */
ssize_t wasmc_sock_receive(struct wasmc_desc *desc, struct iovec *iovecs, int count, int flags,
                           bool *is_truncated);

/* Sends buffers; as above. */
ssize_t wasmc_sock_send(struct wasmc_desc *desc, struct iovec *iovecs, int count);

#endif
