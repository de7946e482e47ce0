/* instantiate.c - what can go wrong before the first exported function runs; built once per case. */
#include "program.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[2];
static const struct wasmc_memory_desc memory_descs[2] = {
    MEMORY_DESC(1, 1),
    /* The second memory has its own constant place, with a guard below. */
    {.min_pages = 1, .max_pages = 3, .fixed_base = WASMC_MEMORY_BASE + WASMC_MEMORY_STRIDE,
     .guard_bytes = WASMC_MEMORY32_GUARD_BYTES, .page_log2 = 16},
};

static const struct wasmc_data_segment segments[] = {
    SEGMENT(&memories[0], 65536, ""), /* empty, at the very end: fits */
#ifdef BAD_SEGMENT
    SEGMENT(&memories[0], 65533, "four"),
#endif
    {.offset_bytes = 0, .size_bytes = 2, .bytes = (const uint8_t *)"ok", .memory = &memories[1]},
};

/* An element segment on a table of another instance, and an import that must be large enough. */
static const void *elements[2];
static struct wasmc_table table = {elements, 2, 2, 2, 0};
#ifdef BAD_TABLE_SEGMENT
#define SEGMENT_OFFSET 1
#else
#define SEGMENT_OFFSET 0
#endif
static const struct wasmc_elem_segment elem_segments[] = {
    {&table, SEGMENT_OFFSET, (const void *const[]){&table, &elements}, 2},
};
#ifdef SMALL_IMPORT
#define IMPORT_MINIMUM 3
#else
#define IMPORT_MINIMUM 2
#endif
static const struct wasmc_size_check size_checks[] = {{&table.size, IMPORT_MINIMUM, "\"a\" \"table\"", NULL}};

GUEST static void start_function(void)
{
#ifdef BAD_START
    wasmc_trap(WASMC_TRAP_UNREACHABLE, 0x30);
#endif
}

GUEST static void entry(void)
{
    volatile uint8_t *second = (volatile uint8_t *)(uintptr_t)(WASMC_MEMORY_BASE + WASMC_MEMORY_STRIDE);
#ifdef BELOW_SECOND
    (void)second[-1];
#endif
    wasmc_wasi_proc_exit(ctx, second[0] == 'o' && second[1] == 'k' && elements[1] == &elements ? 3 : 4);
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "instantiate",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .memories = memories,
    .memory_descs = memory_descs,
    .memory_count = 2,
    .data_segments = segments,
    .data_segment_count = sizeof segments / sizeof segments[0],
    .elem_segments = elem_segments,
    .elem_segment_count = 1,
    .size_checks = size_checks,
    .size_check_count = 1,
    .start_function = start_function,
    .entry = entry,
    .entry_kind = WASMC_ENTRY_COMMAND,
#ifdef BAD_ELEMENTS
    .instantiation_trap = WASMC_TRAP_OUT_OF_BOUNDS_TABLE,
#endif
}};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instance_count = 1,
    .instances = instances,
    .default_stack_bytes = 1 << 16,
};
