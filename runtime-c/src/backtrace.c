#include "backtrace.h"

#include "source.h"
#include "trap_place.h"
#include "wasmc/pcmap.h"

/* How many calls that were inlined into each other are shown. */
#define INLINED_LIMIT 64

struct backtrace {
    const struct wasmc_program *program;
    struct wasmc_trap_frames output;
    struct wasmc_call last;
    uint64_t shown;
    uint64_t repeated; /* of `last`, not yet shown */
    uint64_t behind;   /* frames that are not shown */
    struct wasmc_call tail[WASMC_TRAP_LAST_FRAMES]; /* the last of those, a ring */
};

static bool is_equal(const struct wasmc_call *a, const struct wasmc_call *b)
{
    return a->instance == b->instance && a->module_offset == b->module_offset && a->func == b->func;
}

/* The function whose body starts last at or before module_offset, or null. */
static const struct wasmc_func_info *find_func(const struct wasmc_instance *instance, uint32_t module_offset)
{
    uint32_t low = 0;
    uint32_t high = instance->func_info_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (instance->func_infos[middle].code_offset <= module_offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &instance->func_infos[low - 1];
}

const struct wasmc_func_info *wasmc_backtrace_func(const struct wasmc_instance *instance,
                                                   const struct wasmc_call *place)
{
    if (place->module_offset != WASMC_MODULE_OFFSET_UNKNOWN)
        return find_func(instance, place->module_offset);
    for (uint32_t i = 0; i < instance->func_info_count; i++) {
        if (instance->func_infos[i].func_index + 1 == place->func)
            return &instance->func_infos[i];
    }
    return NULL;
}

/* Absent in a program that knows nothing of its source. */
extern __typeof__(wasmc_source_put) wasmc_source_put __attribute__((weak));

static void put(struct backtrace *backtrace, const struct wasmc_call *place)
{
    struct wasmc_trap_place shown = {.module_offset = place->module_offset};
    if (place->instance < backtrace->program->instance_count) {
        const struct wasmc_instance *instance = &backtrace->program->instances[place->instance];
        const struct wasmc_func_info *info = wasmc_backtrace_func(instance, place);
        shown.module = backtrace->program->instance_count > 1 ? instance->module_name : NULL;
        if (info != NULL) {
            shown.func_index = info->func_index;
            shown.func_name = info->name_offset != 0 ? instance->func_names + info->name_offset : "";
        }
    }
    if (wasmc_source_put != NULL)
        wasmc_source_put(&backtrace->output, &shown, place->instance);
    else
        wasmc_trap_put_frame(&backtrace->output, &shown);
    backtrace->last = *place;
    backtrace->shown++;
}

static void put_repeated(struct backtrace *backtrace)
{
    wasmc_trap_put_repeated(&backtrace->output, backtrace->repeated);
    backtrace->repeated = 0;
}

static void add(void *context, const struct wasmc_call *place)
{
    struct backtrace *backtrace = context;
    if (backtrace->shown != 0 && backtrace->behind == 0 && is_equal(place, &backtrace->last)) {
        backtrace->repeated++;
        return;
    }
    if (backtrace->shown < WASMC_TRAP_FIRST_FRAMES) {
        put_repeated(backtrace);
        put(backtrace, place);
        return;
    }
    backtrace->tail[backtrace->behind++ % WASMC_TRAP_LAST_FRAMES] = *place;
}

static void put_tail(struct backtrace *backtrace)
{
    uint64_t count = backtrace->behind < WASMC_TRAP_LAST_FRAMES ? backtrace->behind : WASMC_TRAP_LAST_FRAMES;
    uint64_t first = backtrace->behind - count;
    if (first != 0)
        wasmc_trap_put_omitted(&backtrace->output, first);
    backtrace->behind = 0;
    backtrace->shown = 0;
    for (uint64_t i = 0; i < count; i++)
        add(backtrace, &backtrace->tail[(first + i) % WASMC_TRAP_LAST_FRAMES]);
    put_repeated(backtrace);
}

struct walk {
    void (*visit)(void *context, const struct wasmc_call *call);
    void *context;
    uint32_t known_offset; /* of the first call, or WASMC_MODULE_OFFSET_UNKNOWN */
};

/* Visits a frame of the stack: what is inlined there comes first. */
static void visit_entry(struct walk *walk, const struct wasmc_frames_entry *entry)
{
    struct wasmc_call call = {.instance = entry->instance, .func = entry->func, .module_offset = entry->module_offset};
    uint32_t inlined = entry->inlined;
    struct wasmc_pcmap map;
    bool is_part = inlined != 0 && wasmc_pcmap_find(entry->pc, &map);
    /* The compiler's own functions are no frames, but what is inlined there is one. */
    if (call.func == 0 && !is_part && call.module_offset == WASMC_MODULE_OFFSET_UNKNOWN)
        return;
    if (walk->known_offset != WASMC_MODULE_OFFSET_UNKNOWN)
        call.module_offset = walk->known_offset;
    walk->known_offset = WASMC_MODULE_OFFSET_UNKNOWN;
    for (unsigned depth = 0; is_part && inlined != 0 && depth < INLINED_LIMIT; depth++) {
        struct wasmc_pcmap_place outer = wasmc_pcmap_inlined(&map, inlined);
        /* The offset says in which function it is. */
        walk->visit(walk->context,
                    &(struct wasmc_call){.instance = call.instance, .module_offset = call.module_offset});
        call.module_offset = outer.module_offset;
        inlined = outer.inlined;
    }
    walk->visit(walk->context, &call);
}

void wasmc_backtrace_walk(const struct wasmc_frames_start *start, uint32_t module_offset,
                          void (*visit)(void *context, const struct wasmc_call *call), void *context)
{
    struct walk walk = {visit, context, module_offset};
    struct wasmc_frames frames;
    bool is_guest = wasmc_frames_begin(&frames, start);
    while (is_guest) {
        const struct wasmc_frames_entry *entry = wasmc_frames_entry(&frames);
        if (entry == NULL)
            return;
        visit_entry(&walk, entry);
        is_guest = wasmc_frames_next(&frames);
    }
}

void wasmc_backtrace_put(struct wasmc_text *text, const struct wasmc_program *program,
                         const struct wasmc_frames_start *start, uint32_t module_offset)
{
    struct backtrace backtrace = {.program = program};
    wasmc_trap_frames_begin(&backtrace.output, text);
    wasmc_backtrace_walk(start, module_offset, add, &backtrace);
    /* Without a frame, an offset tells which module's it is only when there is one. */
    if (backtrace.shown == 0 && module_offset != WASMC_MODULE_OFFSET_UNKNOWN)
        put(&backtrace, &(struct wasmc_call){
            .instance = program->instance_count == 1 ? 0 : UINT32_MAX, .module_offset = module_offset});
    put_repeated(&backtrace);
    if (backtrace.behind != 0)
        put_tail(&backtrace);
    wasmc_trap_frames_end(&backtrace.output);
}
