#include <string.h>

#include "ctx.h"
#include "gc/gc.h"
#include "grants.h"
#include "import_text.h"
#include "kernel.h"
#include "runtime.h"
#include "sys/sys.h"
#include "text.h"

/* What a module without an exported memory passes to host calls: every guest pointer is outside. */
static const struct wasmc_memory no_memory;

/* Address space from base on to the next memory with a fixed base. */
static uint64_t space_after(const struct wasmc_program *program, uint64_t base)
{
    uint64_t next = WASMC_ARCH_ADDRESS_END;
    for (uint32_t i = 0; i < program->instance_count; i++) {
        const struct wasmc_instance *instance = &program->instances[i];
        for (uint32_t k = 0; k < instance->memory_count; k++) {
            uint64_t other = instance->memory_descs[k].fixed_base;
            if (other > base && other < next)
                next = other;
        }
    }
    /* The next memory's own guard begins below its base. */
    return next - base - WASMC_LOW_GUARD_BYTES;
}

static const char over_limit[] = ": more is needed at start than --max-memory allows";

static _Noreturn void fail_memory(const struct wasmc_instance *instance, uint32_t index,
                                  enum wasmc_memory_result result)
{
    static const char *const reasons[] = {
        [WASMC_MEMORY_READY] = "",
        [WASMC_MEMORY_TAKEN] = ": something else is mapped there (an emulator, a debugging tool?)",
        [WASMC_MEMORY_NO_SPACE] = ": the host refuses the address space (a limit on virtual memory, ulimit -v?)",
        [WASMC_MEMORY_NO_PAGES] = ": the host refuses the memory it needs at start",
        [WASMC_MEMORY_OVER_LIMIT] = over_limit,
        [WASMC_MEMORY_UNSUPPORTED] = ": it was compiled without the compares that it needs",
    };
    const struct wasmc_memory_desc *desc = &instance->memory_descs[index];
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, "cannot set up memory ");
    wasmc_text_decimal(&text, index);
    if (desc->fixed_base != 0) {
        wasmc_text_string(&text, " at ");
        wasmc_text_hex(&text, desc->fixed_base);
    }
    wasmc_text_string(&text, reasons[result]);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    wasmc_sys_exit(WASMC_EXIT_START);
}

/* Before anything else of the instance. */
static void start_budget(const struct wasmc_instance *instance, const struct wasmc_grants *own,
                         const struct wasmc_grants *grants)
{
    struct wasmc_account *account = wasmc_account_of(instance);
    wasmc_budget_limit(account, wasmc_grants_memory_bytes(grants), wasmc_grants_memory_bytes(own));
    if (!wasmc_budget_take(account, instance->table_elements * sizeof(void *), WASMC_BUDGET_START_TABLES))
        wasmc_fail(WASMC_EXIT_START, "", "cannot set up tables", NULL, over_limit);
}

static void start_memories(const struct wasmc_program *program, const struct wasmc_instance *instance,
                           const struct wasmc_grants *own)
{
    for (uint32_t i = 0; i < instance->memory_count; i++) {
        const struct wasmc_memory_desc *desc = &instance->memory_descs[i];
        uint64_t space = desc->fixed_base != 0 ? space_after(program, desc->fixed_base) : UINT64_MAX;
        enum wasmc_memory_result result = wasmc_memory_start(
            &instance->memories[i], desc, space, wasmc_grants_memory_bytes(own), wasmc_account_of(instance));
        if (result != WASMC_MEMORY_READY)
            fail_memory(instance, i, result);
    }
}

/* An instance's own grants: those of all for the main one, for others what their section says. */
static const struct wasmc_grants *grants_of(const struct wasmc_program *program, const struct wasmc_instance *instance,
                                            const struct wasmc_grants *grants)
{
    if (instance == &program->instances[program->instance_count - 1])
        return grants;
    /* The harness of scripts links modules that have no grants. */
    static const struct wasmc_grants none = {.module = ""};
    if (wasmc_grants_start_module == NULL)
        return &none;
    struct wasmc_grants *own = wasmc_arena_start_allocate(sizeof *own);
    if (own == NULL)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the memory for the grants of ", instance->module_name, "");
    wasmc_grants_start_module(own, grants, instance->module_name);
    return own;
}

static void start_ctx(const struct wasmc_program *program, const struct wasmc_instance *instance,
                      const struct wasmc_grants *own, bool trace)
{
    struct wasmc_ctx *ctx = instance->ctx;
    if (ctx == NULL)
        return;
    ctx->memory = instance->wasi_memory != NULL ? instance->wasi_memory : &no_memory;
    ctx->grants = own;
    ctx->is_main = own->module == NULL;
    ctx->name = ctx->is_main ? WASMC_MAIN_MODULE : instance->module_name;
    ctx->trace = trace;
    struct wasmc_ctx *first = program->instances[0].ctx;
    if (first != NULL && first != ctx)
        wasmc_ctx_join(ctx, first);
    /* Linked only when the program imports something with a descriptor. */
    if (wasmc_fd_table_start != NULL)
        wasmc_fd_table_start(ctx);
}

/* Linked only when the program allocates. */
extern __typeof__(wasmc_gc_start) wasmc_gc_start __attribute__((weak));

void wasmc_instance_open(const struct wasmc_program *program, const struct wasmc_instance *instance,
                         const struct wasmc_grants *grants)
{
    const struct wasmc_grants *own = grants_of(program, instance, grants);
    if (wasmc_gc_start != NULL)
        wasmc_gc_start(grants);
    start_budget(instance, own, grants);
    start_memories(program, instance, own);
    wasmc_memory_map_segments(instance);
    start_ctx(program, instance, own, wasmc_grants_have(grants, WASMC_GRANT_TRACE_WASI));
}

bool wasmc_imports_fit(const struct wasmc_instance *instance, const char **import)
{
    for (uint32_t i = 0; i < instance->size_check_count; i++) {
        const struct wasmc_size_check *check = &instance->size_checks[i];
        if (*(check->local != NULL ? check->local() : check->actual) < check->minimum) {
            *import = check->import;
            return false;
        }
    }
    return true;
}

void wasmc_require_imports(const struct wasmc_instance *instance)
{
    const char *import;
    if (wasmc_imports_fit(instance, &import))
        return;
    wasmc_import_report(import);
    wasmc_sys_exit(WASMC_EXIT_START);
}

void wasmc_instantiate(const struct wasmc_instance *instance)
{
    wasmc_require_imports(instance);
    wasmc_table_copy_segments(instance);
    if (instance->instantiation_trap != WASMC_TRAP_NONE)
        wasmc_trap(instance->instantiation_trap, WASMC_MODULE_OFFSET_UNKNOWN);
    wasmc_memory_copy_segments(instance);
    if (instance->start_function != NULL)
        instance->start_function();
}
