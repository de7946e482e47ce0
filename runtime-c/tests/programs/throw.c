/* throw.c - an exception on its way through frames of every kind: plain ones, large ones, ones of which nobody knows the
 * size, aligned ones. C has no handlers; what it does at the end of a scope is one that wants every exception. */
#include <stdlib.h>

#include "program.h"

/* The scope that ends the program. */
#ifndef LAST
#define LAST 5
#endif

CTX_STORAGE(ctx);

static const struct wasmc_tag boom = {.name = "boom", .signature = "i"};
static struct {
    struct wasmc_exception exception;
    uint64_t slots[WASMC_SLOTS_PER_VALUE];
} thrown = {{.tag = &boom, .module_offset = WASMC_MODULE_OFFSET_UNKNOWN, .slot_count = WASMC_SLOTS_PER_VALUE}, {7, 0}};

/* How many scopes have ended, and whether each came in its turn with what it had. */
static uint32_t ended;
static uint32_t wrong;

static void end(const uint64_t *scope)
{
    ended++;
    wrong |= *scope != 0x1000 + ended;
    if (ended == LAST)
        wasmc_wasi_proc_exit(ctx, wrong);
}

#define SCOPE(number) __attribute__((cleanup(end))) uint64_t scope = 0x1000 + (number)
#define KEEP(pointer) __asm__ volatile("" : : "r"(pointer) : "memory")
#define TAKE_REGISTERS() __asm__ volatile("" : : : "rbx", "r12", "r13", "r14", "r15")

GUEST static void plain(void)
{
    SCOPE(1);
    TAKE_REGISTERS();
    wasmc_throw(&thrown.exception);
}

GUEST static void large(void)
{
    uint8_t bytes[9000];
    KEEP(bytes);
    SCOPE(2);
    plain();
    KEEP(bytes);
}

GUEST static void without_handler(uint32_t depth)
{
    TAKE_REGISTERS();
    if (depth == 0)
        large();
    else
        without_handler(depth - 1);
    KEEP(&depth);
}

GUEST static void variable(uint32_t bytes)
{
    uint8_t array[bytes];
    KEEP(array);
    SCOPE(3);
    TAKE_REGISTERS();
    without_handler(20);
    KEEP(array);
}

GUEST static void aligned(void)
{
    _Alignas(256) uint8_t bytes[300];
    KEEP(bytes);
    SCOPE(4);
    variable(123);
    wrong |= ((uintptr_t)bytes & 255) != 0;
}

GUEST static void both(uint32_t bytes)
{
    _Alignas(128) uint8_t array[bytes];
    _Alignas(128) uint8_t fixed[100];
    KEEP(array);
    KEEP(fixed);
    SCOPE(5);
    aligned();
    KEEP(fixed);
}

GUEST static void start(void)
{
    both(777);
}

/* What clang wants functions with scopes to have. */
void __gcc_personality_v0(void);
void __gcc_personality_v0(void)
{
    abort();
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "throw",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .entry = start,
    .entry_kind = WASMC_ENTRY_COMMAND,
}};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instance_count = 1,
    .instances = instances,
    .grants = "",
    .default_stack_bytes = 1 << 20,
    .cpu_features = WASMC_CPU_X86_64_V2,
};
