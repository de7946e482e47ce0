/* server.c - serves two connections on a socket that it was given at fd 3, then ends: what a connection sends, in
 * letters of the other case, until its end. First it looks for directories as C libraries do, and prints their names. */
#include <stdbool.h>

#include "program.h"
#include "wasi/rights.h"
#include "wasi/types.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(1, 1)};

enum { COUNT = 4, IOVEC = 8, NEW_FD = 16, PRESTAT = 24, FLAGS = 32, SUBSCRIPTION = 64, EVENT = 128, BUFFER = 1024 };
enum { FD_READ_EVENT = 1, SUBSCRIPTION_BYTES = 48 };

GUEST static void iovec(uint32_t bytes)
{
    guest_store(IOVEC, BUFFER);
    guest_store(IOVEC + 4, bytes);
}

GUEST static void require(bool holds, uint32_t status)
{
    if (!holds)
        wasmc_wasi_proc_exit(ctx, status);
}

GUEST static void print(uint32_t bytes)
{
    iovec(bytes);
    require(wasmc_wasi_fd_write(ctx, 1, IOVEC, 1, COUNT) == 0, 10);
}

GUEST static void find_directories(void)
{
    for (uint32_t fd = 3;; fd++) {
        uint32_t error = wasmc_wasi_fd_prestat_get(ctx, fd, PRESTAT);
        if (error == WASI_ERRNO_BADF)
            return;
        require(error == 0, 11);
        if ((guest_load(PRESTAT) & 0xff) != 0)
            continue;
        require(wasmc_wasi_fd_prestat_dir_name(ctx, fd, BUFFER, guest_load(PRESTAT + 4)) == 0, 12);
        *guest_memory(BUFFER + guest_load(PRESTAT + 4)) = '\n';
        print(guest_load(PRESTAT + 4) + 1);
    }
}

/* Waits until fd can be read. */
GUEST static void wait_for(uint32_t fd)
{
    for (uint32_t i = 0; i < SUBSCRIPTION_BYTES; i += 4)
        guest_store(SUBSCRIPTION + i, 0);
    guest_store(SUBSCRIPTION + 8, FD_READ_EVENT);
    guest_store(SUBSCRIPTION + 16, fd);
    require(wasmc_wasi_poll_oneoff(ctx, SUBSCRIPTION, EVENT, 1, COUNT) == 0 && guest_load(COUNT) == 1, 13);
}

GUEST static void serve(uint32_t listener)
{
    wait_for(listener);
    require(wasmc_wasi_sock_accept(ctx, listener, WASI_FDFLAGS_NONBLOCK, NEW_FD) == 0, 14);
    uint32_t fd = guest_load(NEW_FD);
    iovec(4096);
    /* A connection cannot accept. */
    require(wasmc_wasi_sock_accept(ctx, fd, 0, NEW_FD) == WASI_ERRNO_NOTCAPABLE, 15);
    for (;;) {
        wait_for(fd);
        iovec(4096);
        require(wasmc_wasi_sock_recv(ctx, fd, IOVEC, 1, 0, COUNT, FLAGS) == 0, 16);
        uint32_t bytes = guest_load(COUNT);
        if (bytes == 0)
            break;
        for (uint32_t i = 0; i < bytes; i++)
            *guest_memory(BUFFER + i) ^= 0x20;
        iovec(bytes);
        require(wasmc_wasi_sock_send(ctx, fd, IOVEC, 1, 0, COUNT) == 0 && guest_load(COUNT) == bytes, 17);
    }
    require(wasmc_wasi_sock_shutdown(ctx, fd, WASI_SDFLAGS_WR) == 0, 18);
    require(wasmc_wasi_fd_close(ctx, fd) == 0, 19);
}

GUEST static void start(void)
{
    find_directories();
    print(0);
    /* Nobody has connected yet. */
    require(wasmc_wasi_fd_fdstat_set_flags(ctx, 3, WASI_FDFLAGS_NONBLOCK) == 0, 20);
    require(wasmc_wasi_sock_accept(ctx, 3, 0, NEW_FD) == WASI_ERRNO_AGAIN, 21);
    require(wasmc_wasi_fd_fdstat_set_flags(ctx, 3, 0) == 0, 22);
    *guest_memory(BUFFER) = '!';
    print(1);
    for (int i = 0; i < 2; i++)
        serve(3);
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "server",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .memories = memories,
    .memory_descs = memory_descs,
    .memory_count = 1,
    .wasi_memory = &memories[0],
    .entry = start,
    .entry_kind = WASMC_ENTRY_COMMAND,
}};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instance_count = 1,
    .instances = instances,
    .default_stack_bytes = 1 << 20,
};
