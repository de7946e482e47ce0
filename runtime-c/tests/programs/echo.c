/* echo.c - prints its arguments and environment, NUL-separated as WASI gives them, then what the
 * directory that it was granted (fd 3) is called. */
#include "program.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(1, 1)};

GUEST static void print(uint32_t addr, uint32_t bytes)
{
    guest_store(8, addr);
    guest_store(12, bytes);
    (void)wasmc_wasi_fd_write(ctx, 1, 8, 1, 4);
}

GUEST static void start(void)
{
    (void)wasmc_wasi_args_sizes_get(ctx, 16, 20);
    (void)wasmc_wasi_args_get(ctx, 1024, 4096);
    print(4096, guest_load(20));
    (void)wasmc_wasi_environ_sizes_get(ctx, 16, 20);
    (void)wasmc_wasi_environ_get(ctx, 1024, 4096);
    print(4096, guest_load(20));
    if (wasmc_wasi_fd_prestat_get(ctx, 3, 16) == 0) {
        (void)wasmc_wasi_fd_prestat_dir_name(ctx, 3, 4096, guest_load(20));
        print(4096, guest_load(20));
    }
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "echo",
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
    .grants = "--env=BAKED=1\0--env=BOTH=old\0",
    .default_stack_bytes = 1 << 20,
};
