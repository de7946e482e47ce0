/* harness.c - a script harness: its own main, which survives traps and goes on with the instances. */
#include <stdio.h>
#include <string.h>

#include "grants.h"
#include "program.h"
#include "runtime.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(1, 2)};

GUEST static void store(uint64_t *slots)
{
    guest_store((uint32_t)slots[0], (uint32_t)slots[2]);
}

GUEST static void load(uint64_t *slots)
{
    slots[0] = guest_load((uint32_t)slots[0]);
}

GUEST static void recurse(uint64_t *slots)
{
    volatile char frame[4096];
    frame[0] = 1;
    recurse(slots);
    slots[0] += (uint64_t)frame[0];
}

GUEST static void write_far(uint64_t *slots)
{
    slots[0] = wasmc_wasi_fd_write(ctx, 1, 0xffffff00, 9, 0);
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "harness",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .memories = memories,
    .memory_descs = memory_descs,
    .memory_count = 1,
    .wasi_memory = &memories[0],
}};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instance_count = 1,
    .instances = instances,
    .default_stack_bytes = 1 << 20,
};

static struct wasmc_grants grants;

static void instantiate(void *argument)
{
    wasmc_instance_open(&wasmc_program, argument, &grants);
    wasmc_instantiate(argument);
}

static uint32_t invoke(void (*function)(uint64_t *), uint64_t first, uint64_t second, uint64_t *result)
{
    uint64_t slots[4] = {first, 0, second, 0};
    uint32_t code = wasmc_script_invoke(function, slots, NULL);
    if (result != NULL)
        *result = slots[0];
    return code;
}

int main(int argc, char **argv, char **envp)
{
    wasmc_start_process(&wasmc_program, &grants, argc, argv, envp);
    if (wasmc_script_call(instantiate, (void *)&instances[0], NULL) != 0)
        return 1;
    uint64_t result = 0;
    /* Twice each: a handler that was left by longjmp must be ready again. */
    for (int round = 0; round < 2; round++) {
        if (invoke(store, 16, 77, NULL) != WASMC_TRAP_NONE)
            return 2;
        if (invoke(store, 65536, 1, NULL) != WASMC_TRAP_OUT_OF_BOUNDS_MEMORY)
            return 3;
        if (invoke(recurse, 0, 0, NULL) != WASMC_TRAP_CALL_STACK_EXHAUSTED)
            return 4;
        if (invoke(write_far, 0, 0, NULL) != WASMC_TRAP_GUEST_POINTER)
            return 5;
        if (invoke(load, 16, 0, &result) != WASMC_TRAP_NONE || result != 77)
            return 6;
    }
    return 0;
}
