/* crowd.c - serves CROWD connections at once on a socket that it was given at fd 3, by one long list: what comes is
 * sent back, and when all have ended it ends. */
#include <stdbool.h>

#include "program.h"
#include "wasi/rights.h"
#include "wasi/types.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(2, 2)};

enum { CROWD = 300, SUBSCRIPTION_BYTES = 48, EVENT_BYTES = 32 };
enum { COUNT = 4, IOVEC = 8, NEW_FD = 16, FLAGS = 32, BUFFER = 1024, LIST = 4096, EVENTS = 65536 };

GUEST static void require(bool holds, uint32_t status)
{
    if (!holds)
        wasmc_wasi_proc_exit(ctx, status);
}

GUEST static void iovec(uint32_t bytes)
{
    guest_store(IOVEC, BUFFER);
    guest_store(IOVEC + 4, bytes);
}

GUEST static void subscribe(uint32_t index, uint32_t type, uint32_t fd)
{
    uint32_t addr = LIST + index * SUBSCRIPTION_BYTES;
    for (uint32_t i = 0; i < SUBSCRIPTION_BYTES; i += 4)
        guest_store(addr + i, 0);
    guest_store(addr, fd); /* userdata */
    guest_store(addr + 8, type);
    guest_store(addr + 16, fd);
}

/* What has ended becomes a clock that never comes. */
GUEST static void leave_out(uint32_t fd)
{
    for (uint32_t i = 0; i < CROWD; i++) {
        uint32_t addr = LIST + i * SUBSCRIPTION_BYTES;
        if (guest_load(addr) != fd)
            continue;
        subscribe(i, WASI_EVENTTYPE_CLOCK, WASI_CLOCKID_MONOTONIC);
        guest_store(addr + 24, UINT32_MAX);
        guest_store(addr + 28, UINT32_MAX);
    }
}

/* Whether the connection goes on. */
GUEST static bool answer(uint32_t fd)
{
    iovec(256);
    require(wasmc_wasi_sock_recv(ctx, fd, IOVEC, 1, 0, COUNT, FLAGS) == 0, 14);
    uint32_t bytes = guest_load(COUNT);
    if (bytes == 0) {
        require(wasmc_wasi_fd_close(ctx, fd) == 0, 15);
        return false;
    }
    iovec(bytes);
    require(wasmc_wasi_sock_send(ctx, fd, IOVEC, 1, 0, COUNT) == 0 && guest_load(COUNT) == bytes, 16);
    return true;
}

GUEST static void start(void)
{
    for (uint32_t i = 0; i < CROWD; i++) {
        require(wasmc_wasi_sock_accept(ctx, 3, WASI_FDFLAGS_NONBLOCK, NEW_FD) == 0, 11);
        subscribe(i, WASI_EVENTTYPE_FD_READ, guest_load(NEW_FD));
    }
    uint32_t left = CROWD;
    while (left > 0) {
        require(wasmc_wasi_poll_oneoff(ctx, LIST, EVENTS, CROWD, COUNT) == 0, 12);
        uint32_t count = guest_load(COUNT);
        require(count > 0 && count <= CROWD, 13);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t fd = guest_load(EVENTS + i * EVENT_BYTES);
            if (!answer(fd)) {
                leave_out(fd);
                left--;
            }
        }
    }
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "crowd",
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
