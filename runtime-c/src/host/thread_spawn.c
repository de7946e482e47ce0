/* thread_spawn.c - thread-spawn for an embedder, whose threads they are. Takes the place of ../thread_spawn.c. */
#include "../threads_started.h"
#include "../wasi/trace.h"
#include "host.h"
#include "wasmc/wasi.h"

uint32_t wasmc_wasi_thread_spawn(struct wasmc_ctx *ctx, uint32_t argument)
{
    const struct wasmc_host *host = (const struct wasmc_host *)ctx; /* its first field */
    wasmc_threads_started = true;
    uint32_t id = host->spawn != NULL ? host->spawn(host->spawn_context, argument) : 0;
    if (ctx->trace)
        wasmc_trace(&(struct wasmc_guest){ctx, "thread-spawn"}, id != 0 ? WASI_ERRNO_SUCCESS : WASI_ERRNO_AGAIN,
                    "argument:u thread:u", argument, id);
    return id != 0 ? id : (uint32_t)-WASI_ERRNO_AGAIN;
}

void wasmc_host_on_spawn(struct wasmc_host *host, uint32_t (*spawn)(void *context, uint32_t argument), void *context)
{
    host->spawn_context = context;
    host->spawn = spawn;
}
