#include "backtrace.h"

#include "trap_place.h"
#include "wasmc/pcmap.h"

/* How many calls that were inlined into each other are shown. */
#define INLINED_LIMIT 64

/* A frame of the module: what compilation has inlined has one of its own. */
struct place {
    uint32_t instance;
    uint32_t func; /* 1 + its index, or 0 when only the offset says */
    uint32_t module_offset;
};

struct backtrace {
    const struct wasmc_program *program;
    struct wasmc_trap_frames output;
    uint32_t known_offset; /* of the first frame, or WASMC_MODULE_OFFSET_UNKNOWN */
    struct place last;
    uint64_t shown;
    uint64_t repeated; /* of `last`, not yet shown */
    uint64_t behind;   /* frames that are not shown */
    struct place tail[WASMC_TRAP_LAST_FRAMES]; /* the last of those, a ring */
};

static bool is_equal(const struct place *a, const struct place *b)
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

static const struct wasmc_func_info *func_info(const struct wasmc_instance *instance, const struct place *place)
{
    if (place->module_offset != WASMC_MODULE_OFFSET_UNKNOWN)
        return find_func(instance, place->module_offset);
    for (uint32_t i = 0; i < instance->func_info_count; i++) {
        if (instance->func_infos[i].func_index + 1 == place->func)
            return &instance->func_infos[i];
    }
    return NULL;
}

static void put(struct backtrace *backtrace, const struct place *place)
{
    struct wasmc_trap_place shown = {.module_offset = place->module_offset};
    if (place->instance < backtrace->program->instance_count) {
        const struct wasmc_instance *instance = &backtrace->program->instances[place->instance];
        const struct wasmc_func_info *info = func_info(instance, place);
        shown.module = backtrace->program->instance_count > 1 ? instance->module_name : NULL;
        if (info != NULL) {
            shown.func_index = info->func_index;
            shown.func_name = info->name_offset != 0 ? instance->func_names + info->name_offset : "";
        }
    }
    wasmc_trap_put_frame(&backtrace->output, &shown);
    backtrace->last = *place;
    backtrace->shown++;
}

static void put_repeated(struct backtrace *backtrace)
{
    wasmc_trap_put_repeated(&backtrace->output, backtrace->repeated);
    backtrace->repeated = 0;
}

/* `count` frames that are equal. */
static void add(struct backtrace *backtrace, const struct place *place, uint64_t count)
{
    if (backtrace->shown != 0 && backtrace->behind == 0 && is_equal(place, &backtrace->last)) {
        backtrace->repeated += count;
        return;
    }
    if (backtrace->shown < WASMC_TRAP_FIRST_FRAMES) {
        put_repeated(backtrace);
        put(backtrace, place);
        backtrace->repeated = count - 1;
        return;
    }
    for (uint64_t i = 0; i < count && i < WASMC_TRAP_LAST_FRAMES; i++)
        backtrace->tail[(backtrace->behind + count - 1 - i) % WASMC_TRAP_LAST_FRAMES] = *place;
    backtrace->behind += count;
}

/* Adds a frame of the stack: what is inlined there comes first. */
static void add_entry(struct backtrace *backtrace, const struct wasmc_frames_entry *entry)
{
    struct place place = {.instance = entry->instance, .func = entry->func, .module_offset = entry->module_offset};
    uint32_t inlined = entry->inlined;
    struct wasmc_pcmap map;
    bool is_part = inlined != 0 && wasmc_pcmap_find(entry->pc, &map);
    /* The compiler's own functions are no frames, but what is inlined there is one. */
    if (place.func == 0 && !is_part && place.module_offset == WASMC_MODULE_OFFSET_UNKNOWN)
        return;
    if (backtrace->shown == 0 && backtrace->known_offset != WASMC_MODULE_OFFSET_UNKNOWN)
        place.module_offset = backtrace->known_offset;
    for (unsigned depth = 0; is_part && inlined != 0 && depth < INLINED_LIMIT; depth++) {
        struct wasmc_pcmap_place call = wasmc_pcmap_inlined(&map, inlined);
        /* The offset says in which function it is. */
        add(backtrace, &(struct place){.instance = place.instance, .module_offset = place.module_offset}, 1);
        place.module_offset = call.module_offset;
        inlined = call.inlined;
    }
    add(backtrace, &place, 1);
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
        add(backtrace, &backtrace->tail[(first + i) % WASMC_TRAP_LAST_FRAMES], 1);
    put_repeated(backtrace);
}

void wasmc_backtrace_put(struct wasmc_text *text, const struct wasmc_program *program,
                         const struct wasmc_frames_start *start, uint32_t module_offset)
{
    struct backtrace backtrace = {.program = program, .known_offset = module_offset};
    struct wasmc_frames frames;
    wasmc_trap_frames_begin(&backtrace.output, text);
    bool is_guest = wasmc_frames_begin(&frames, start);
    while (is_guest) {
        const struct wasmc_frames_entry *entry = wasmc_frames_entry(&frames);
        if (entry == NULL)
            break;
        add_entry(&backtrace, entry);
        is_guest = wasmc_frames_next(&frames);
    }
    /* Without a frame, an offset tells which module's it is only when there is one. */
    if (backtrace.shown == 0 && module_offset != WASMC_MODULE_OFFSET_UNKNOWN)
        put(&backtrace, &(struct place){
            .instance = program->instance_count == 1 ? 0 : UINT32_MAX, .module_offset = module_offset});
    put_repeated(&backtrace);
    if (backtrace.behind != 0)
        put_tail(&backtrace);
    wasmc_trap_frames_end(&backtrace.output);
}
