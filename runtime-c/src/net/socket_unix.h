/* socket_unix.h - sockets of Unix, for socket.c. A path is resolved below the granted directories of the module that calls. */
#ifndef WASMC_NET_SOCKET_UNIX_H
#define WASMC_NET_SOCKET_UNIX_H

#include "../wasi/types.h"
#include "endpoint.h"

struct wasmc_ctx;
struct wasmc_desc;

/* Errors: ACCES no granted directory that may be changed; ADDRINUSE the name is there; NOENT; NOTDIR; NAMETOOLONG a last
 * component above 107 bytes. */
wasi_errno wasmc_socket_unix_bind(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const struct wasmc_endpoint *local);

/* Errors: ACCES; NOENT; CONNREFUSED nobody listens, or it is no socket; PROTOTYPE of another type; AGAIN; NOTSUP the host has no
 * procfs. */
wasi_errno wasmc_socket_unix_connect(struct wasmc_ctx *ctx, struct wasmc_desc *desc,
                                     const struct wasmc_endpoint *remote);
wasi_errno wasmc_socket_unix_send(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const void *bytes, size_t count,
                                  const struct wasmc_endpoint *remote);

#endif
