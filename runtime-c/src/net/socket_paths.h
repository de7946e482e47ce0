/* socket_paths.h - paths of sockets of Unix, as guests write them: below the granted directory whose name they begin with. */
#ifndef WASMC_NET_SOCKET_PATHS_H
#define WASMC_NET_SOCKET_PATHS_H

#include "endpoint.h"
#include "../wasi/types.h"

struct wasmc_ctx;

/* Before the guest runs, once for every module: the broker learns the directories that the module may change. */
void wasmc_socket_paths_start(struct wasmc_ctx *ctx) __attribute__((weak));

struct wasmc_socket_path {
    uint32_t directory; /* as the broker counts */
    const char *below;  /* in the endpoint's path, without a NUL of its own */
    size_t below_bytes;
};

/* Errors: ACCES no granted directory has the name, or one that may only be read; INVAL no path. */
wasi_errno wasmc_socket_path_find(struct wasmc_ctx *ctx, const struct wasmc_endpoint *endpoint,
                                  struct wasmc_socket_path *path);

#endif
