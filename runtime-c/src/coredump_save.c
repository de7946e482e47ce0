#include "coredump_file.h"
#include "trap_end.h"
#include "wasmc/pcmap.h"

struct walk {
    const struct wasmc_frames_start *start;
    uint32_t module_offset;
    struct wasmc_coredump_frames *frames;
};

static void put_frame(void *context, const struct wasmc_call *call)
{
    const struct walk *walk = context;
    struct wasmc_coredump_frame frame = {.instance = call->instance, .func = call->func - 1};
    if (call->instance >= wasmc_running->instance_count)
        return;
    const struct wasmc_func_info *info = wasmc_backtrace_func(&wasmc_running->instances[call->instance], call);
    if (info == NULL && call->func == 0)
        return;
    if (info != NULL) {
        frame.func = info->func_index;
        if (call->module_offset != WASMC_MODULE_OFFSET_UNKNOWN)
            frame.code_offset = call->module_offset - info->code_offset;
    }
    const struct wasmc_coredump_instance *instance = &wasmc_coredump_program.instances[frame.instance];
    if (frame.func < instance->func_count)
        frame.local_count = instance->local_counts[frame.func];
    wasmc_coredump_add_frame(walk->frames, &frame);
}

static void put_frames(void *context, struct wasmc_coredump_frames *frames)
{
    struct walk *walk = context;
    walk->frames = frames;
    wasmc_backtrace_walk(walk->start, walk->module_offset, put_frame, walk);
}

void wasmc_coredump_save(const struct wasmc_frames_start *start, uint32_t module_offset)
{
    struct walk walk = {.start = start, .module_offset = module_offset};
    wasmc_coredump_put(&wasmc_coredump_program, put_frames, &walk);
}
