/* reactor.c - a module whose exports are called by name: traps, limits, arguments and results. */
#include <string.h>

#include "program.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(2, 10)};
static const struct wasmc_data_segment segments[] = {SEGMENT(&memories[0], 65536 * 2 - 4, "tail"), SEGMENT(&memories[0], 100, "A=1\n")};

/* A load with its place in the module: the function's body starts at 0x40, the load is at 0x47. */
uint32_t load_at(uint64_t addr, uint64_t offset);
__asm__(".pushsection wasmc_text,\"ax\",@progbits\n"
        "load_at_text:\n"
        ".globl load_at\n"
        ".type load_at, @function\n"
        "load_at:\n"
        "    leaq 0x10000(%rdi,%rsi), %rdi\n"
        "load_at_access:\n"
        "    movl (%rdi), %eax\n"
        "load_at_after:\n"
        "    ret\n"
        "load_at_end:\n"
        ".popsection\n"
        ".pushsection wasmc_pcmap,\"a\",@progbits\n"
        "    .balign 8\n"
        "1:  .quad load_at_text - 1b\n"
        "    .long 0\n"
        "    .long 3f - 2f\n"
        "    .long 0\n"
        "    .long 4f - 3f\n"
        "2:  .uleb128 2 * (load_at_access - load_at_text)\n"
        "    .sleb128 0x47\n"
        "    .uleb128 2 * (load_at_after - load_at_access)\n"
        "    .sleb128 0\n"
        /* Its frame is the return address; of the functions behind it nothing is known. */
        "3:  .uleb128 load_at - load_at_text, 2, 0\n"
        "    .uleb128 load_at_end - load_at\n"
        "    .sleb128 -2\n"
        "    .uleb128 2, 0, 0\n"
        "4:  .balign 8\n"
        ".popsection\n");

GUEST static void load(uint64_t *slots)
{
    slots[0] = load_at((uint32_t)slots[0], (uint32_t)slots[2]);
    slots[1] = 0;
}

GUEST static void trap(uint64_t *slots)
{
    wasmc_trap((uint32_t)slots[0], (uint32_t)slots[2]);
}

GUEST static void trap_element(uint64_t *slots)
{
    wasmc_trap_element((uint32_t)slots[0], (uint32_t)slots[2], slots[4]);
}

/* A loop that LLVM turns into memset: the fault is in the runtime's function. */
GUEST static void fill(uint64_t *slots)
{
    memset((void *)(WASMC_MEMORY_BASE + (uint32_t)slots[0]), 1, (uint32_t)slots[2]);
    __asm__ volatile("" ::: "memory");
}

GUEST static int recurse_deeper(int depth)
{
    char frame[512];
    frame[0] = (char)depth;
    __asm__ volatile("" : : "r"(frame) : "memory"); /* the frame is needed as a whole */
    return depth == 0 ? frame[0] : recurse_deeper(depth - 1) + frame[0];
}

GUEST static void recurse(uint64_t *slots)
{
    slots[0] = (uint32_t)(recurse_deeper((int)slots[0]) & 0);
    slots[1] = 0;
}

/* Runs out of stack in the runtime: each frame calls the host with little left. */
GUEST static int exhaust_in_host(int depth)
{
    volatile char frame[512];
    frame[0] = (char)depth;
    (void)wasmc_wasi_path_open(ctx, 3, 0, 100, 3, 0, 0, 0, 0, 4);
    return exhaust_in_host(depth + 1) + frame[0];
}

GUEST static void exhaust(uint64_t *slots)
{
    slots[0] = (uint64_t)exhaust_in_host(0);
}

GUEST static void spin(uint64_t *slots)
{
    (void)slots;
    for (;;)
        __asm__ volatile("");
}

GUEST static void grow(uint64_t *slots)
{
    slots[0] = (uint32_t)wasmc_memory_grow(&memories[0], slots[0]);
}

GUEST static void bad_pointer(uint64_t *slots)
{
    slots[0] = wasmc_wasi_fd_write(ctx, 1, 0xfffffff0, 1, 4);
}

/* Not the guest's doing: an address outside every memory. */
GUEST static void crash(uint64_t *slots)
{
    slots[0] = *(volatile uint32_t *)UINT64_C(0x7000000000);
}

/* Neither: a pointer that relocation has written. */
GUEST static void overwrite(uint64_t *slots)
{
    slots[0] = 0;
    *(volatile uint64_t *)(uintptr_t)&wasmc_program.instances = 0;
}

GUEST static void identity(uint64_t *slots)
{
    (void)slots;
}

GUEST static void constants(uint64_t *slots)
{
    float f = 0.1f;
    double d = -2.5;
    memset(slots, 0, 7 * 16);
    slots[0] = 0xffffffff;
    slots[2] = UINT64_MAX;
    memcpy(&slots[4], &f, 4);
    memcpy(&slots[6], &d, 8);
    slots[8] = 5;
    slots[9] = 1;
    slots[12] = 1;
}

static uint32_t initialized;

GUEST static void initialize(void)
{
    initialized = 42;
}

GUEST static void get_initialized(uint64_t *slots)
{
    slots[0] = initialized;
    slots[1] = 0;
}

static const struct wasmc_export exports[] = {
    EXPORT("load", "ii:i", load),
    EXPORT("trap", "ii:", trap),
    EXPORT("trap-element", "iil:", trap_element),
    EXPORT("fill", "ii:", fill),
    EXPORT("recurse", "i:i", recurse),
    EXPORT("exhaust", ":i", exhaust),
    EXPORT("spin", ":", spin),
    EXPORT("grow", "i:i", grow),
    EXPORT("bad-pointer", ":i", bad_pointer),
    EXPORT("crash", ":i", crash),
    EXPORT("overwrite", ":i", overwrite),
    EXPORT("identity", "ilfd:ilfd", identity),
    EXPORT("constants", ":ilfdvFE", constants),
    EXPORT("initialized", ":i", get_initialized),
    EXPORT("vector", "v:", identity),
    EXPORT("reference", "E:", identity),
};

static const struct wasmc_func_info func_infos[] = {{0x20, 0, 0}, {0x40, 1, 1}, {0x60, 2, 6}, {0x80, 7, 0}};

static const struct wasmc_instance instances[1] = {{
    .module_name = "reactor",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .memories = memories,
    .memory_descs = memory_descs,
    .memory_count = 1,
    .wasi_memory = &memories[0],
    .data_segments = segments,
    .data_segment_count = 2,
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .func_infos = func_infos,
    .func_info_count = 4,
    .func_names = "\0load\0\x1b[31mred\0",
    .entry = initialize,
    .entry_kind = WASMC_ENTRY_REACTOR,
}};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instance_count = 1,
    .instances = instances,
    .grants = "",
    .default_stack_bytes = 1 << 20,
    .flags = WASMC_PROGRAM_INVOKE,
};
