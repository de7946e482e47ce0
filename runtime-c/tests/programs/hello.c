/* hello.c - the smallest command: writes a text and ends. */
#include "program.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(1, 65535)};
static const struct wasmc_data_segment segments[] = {SEGMENT(&memories[0], 8, "\x10\0\0\0\x0e\0\0\0Hello, world!\n")};

GUEST static void start(void)
{
    /* Every other result than success shows in the exit status. */
    uint32_t error = wasmc_wasi_fd_write(ctx, 1, 8, 1, 4);
    if (error != 0)
        wasmc_wasi_proc_exit(ctx, error);
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "hello",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .memories = memories,
    .memory_descs = memory_descs,
    .memory_count = 1,
    .wasi_memory = &memories[0],
    .data_segments = segments,
    .data_segment_count = 1,
    .entry = start,
    .entry_kind = WASMC_ENTRY_COMMAND,
}};

#ifndef ABI_VERSION
#define ABI_VERSION WASMC_ABI_VERSION
#endif
#ifndef GRANTS
#define GRANTS ""
#endif

const struct wasmc_program wasmc_program = {
    .abi_version = ABI_VERSION,
    .instance_count = 1,
    .instances = instances,
    .grants = GRANTS,
    .default_stack_bytes = 1 << 20,
    .cpu_features = WASMC_CPU_X86_64_V2,
};

#ifdef TAKEN
#include <sys/mman.h>

/* Runs before main and takes the place of memory 0, as an emulator might. */
__attribute__((constructor)) static void take_memory_base(void)
{
    mmap((void *)0x20000, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
}
#endif
