/* io.h - reading and writing through a descriptor, with the guest's idea of blocking. */
#ifndef WASMC_WASI_IO_H
#define WASMC_WASI_IO_H

#include <sys/types.h>
#include <sys/uio.h>

#include "fd_table.h"

/* Reads or writes at the position; a count or a negative errno. -EAGAIN only for a guest that asked
 * for NONBLOCK.
 *
 * The process's own streams are shared with other processes, so their O_NONBLOCK is never changed:
 * NONBLOCK is done by asking first, and an O_NONBLOCK that somebody else set is waited out. */
ssize_t wasmc_io_read(struct wasmc_desc *desc, struct iovec *iovecs, int count);
ssize_t wasmc_io_write(struct wasmc_desc *desc, struct iovec *iovecs, int count);

/* The same of what the host alone knows about. Both are one, where net/socket_fd.c is not linked. */
ssize_t wasmc_io_read_host(struct wasmc_desc *desc, struct iovec *iovecs, int count);
ssize_t wasmc_io_write_host(struct wasmc_desc *desc, struct iovec *iovecs, int count);

/* Whether a descriptor of the host's is ready for events (poll(2)) now, or waits until it is. */
bool wasmc_io_is_ready(int host, short events, bool wait);

#endif
