#include "frames.h"

#include "context.h"
#include "guest_text.h"
#include "runtime.h"
#include "string_text.h"
#include "wasmc/pcmap.h"

#define WORD sizeof(uintptr_t)

/* About a second. */
#define PATIENCE_BYTES (UINT64_C(1) << 28)

/* What callers may have reserved for arguments, where the callee pops them and nothing says how many: so many steps of 16
 * bytes are tried. */
#define POPPED_STEPS 64

static bool read_word(const struct wasmc_frames *frames, uintptr_t address, uintptr_t *word)
{
    if (address < frames->bottom || address >= frames->top || frames->top - address < WORD || address % WORD != 0)
        return false;
    *word = *(const uintptr_t *)address;
    return true;
}

/* A function that does not return may end with its call: what lies behind may be another one. */
static bool returns_to_guest(uintptr_t return_address)
{
    return return_address != 0 && wasmc_in_guest_text(return_address - 1);
}

/* A call that has not returned. */
static bool begin_at_call(struct wasmc_frames *frames, uintptr_t return_address, uintptr_t stack_pointer)
{
    frames->pc = return_address - 1;
    frames->sp = stack_pointer;
    return returns_to_guest(return_address);
}

/* Goes up from a function of the runtime's to the guest code that called it: those keep frame pointers. */
static bool leave_host(struct wasmc_frames *frames, uintptr_t frame)
{
    uintptr_t return_address, outer;
    while (read_word(frames, frame, &outer) && read_word(frames, frame + WORD, &return_address)) {
        if (begin_at_call(frames, return_address, frame + 2 * WORD))
            return true;
        if (outer <= frame)
            return false;
        frame = outer;
    }
    return false;
}

/* Absent in a program of one thread. */
extern __typeof__(wasmc_thread_stack) wasmc_thread_stack __attribute__((weak));

bool wasmc_frames_begin(struct wasmc_frames *frames, const struct wasmc_frames_start *start)
{
    const struct wasmc_stack *stack = wasmc_thread_stack != NULL ? wasmc_thread_stack() : &wasmc_stack;
    frames->bottom = (uintptr_t)stack->bottom;
    frames->top = (uintptr_t)stack->top;
    frames->end = 0;
    frames->patience = PATIENCE_BYTES;
    for (unsigned i = 0; i < WASMC_FRAMES_KNOWN; i++)
        frames->known[i].pc = 0;
    const ucontext_t *context = start->context;
    if (start->frame != NULL)
        return leave_host(frames, (uintptr_t)start->frame);
    if (context == NULL)
        return begin_at_call(frames, start->return_address, start->stack_pointer);
    frames->pc = wasmc_context_pc(context);
    frames->sp = wasmc_context_stack_pointer(context);
    frames->probe = wasmc_context_probe(context);
    if (wasmc_in_guest_text(frames->pc))
        return true;
    uintptr_t return_address;
    if (wasmc_in_string_text(frames->pc) && read_word(frames, frames->sp, &return_address) &&
        begin_at_call(frames, return_address, frames->sp + WORD))
        return true;
    return leave_host(frames, wasmc_context_frame_pointer(context));
}

static void look_up(struct wasmc_frames *frames, uintptr_t pc, struct wasmc_frames_entry *entry)
{
    struct wasmc_pcmap map;
    *entry = (struct wasmc_frames_entry){.pc = pc, .module_offset = WASMC_MODULE_OFFSET_UNKNOWN};
    if (!wasmc_pcmap_find(pc, &map))
        return;
    uint64_t bytes = (uint64_t)map.place_bytes + map.frame_bytes;
    frames->patience -= bytes < frames->patience ? bytes : frames->patience;
    struct wasmc_pcmap_place place = wasmc_pcmap_place(&map, pc);
    struct wasmc_pcmap_frame frame = wasmc_pcmap_frame(&map, pc);
    entry->instance = map.instance;
    entry->func = frame.func;
    entry->module_offset = place.module_offset;
    entry->inlined = place.inlined;
    entry->popped_bytes = frame.popped_bytes;
    entry->cfa_words = frame.cfa_words;
    entry->is_probe = frame.is_probe;
}

const struct wasmc_frames_entry *wasmc_frames_entry(struct wasmc_frames *frames)
{
    struct wasmc_frames_entry *entry = &frames->known[frames->pc * 0x9e3779b1u >> 8 & (WASMC_FRAMES_KNOWN - 1)];
    if (entry->pc == frames->pc)
        return entry;
    if (frames->patience == 0)
        return NULL;
    look_up(frames, frames->pc, entry);
    return entry;
}

/* Where the frame of the function around the walk's pc ends, of which the stack pointer is sp; 0: not known. */
static uintptr_t frame_end(struct wasmc_frames *frames, uintptr_t sp)
{
    const struct wasmc_frames_entry *entry = wasmc_frames_entry(frames);
    if (entry == NULL || entry->cfa_words == 0)
        return 0;
    return (entry->is_probe ? frames->probe : sp) + entry->cfa_words * WORD;
}

/* Where the callee pops its arguments and may have been called in the place of another one: the stack pointer of the
 * caller, which reserved room for those of the other. The callee's frame ends at `end`. */
static uintptr_t caller_stack_pointer(struct wasmc_frames *frames, uintptr_t end, uint32_t popped_bytes)
{
    uintptr_t behind = end + popped_bytes;
    uintptr_t target = wasmc_call_target(frames->pc + 1);
    struct wasmc_pcmap map;
    if (wasmc_in_guest_text(target) && wasmc_pcmap_find(target, &map))
        return behind - wasmc_pcmap_frame(&map, target).popped_bytes;
    uintptr_t return_address;
    uintptr_t first = frame_end(frames, end);
    if (first == 0 || (read_word(frames, first - WORD, &return_address) && returns_to_guest(return_address)))
        return end;
    for (unsigned step = 0; step < POPPED_STEPS; step++) {
        uintptr_t sp = behind - 8 - 16 * step;
        if (read_word(frames, frame_end(frames, sp) - WORD, &return_address) && returns_to_guest(return_address))
            return sp;
    }
    return end;
}

bool wasmc_frames_next(struct wasmc_frames *frames)
{
    uintptr_t end = frame_end(frames, frames->sp);
    uintptr_t return_address;
    if (end <= frames->end || !read_word(frames, end - WORD, &return_address) || !returns_to_guest(return_address))
        return false;
    frames->end = end;
    uint32_t popped_bytes = wasmc_frames_entry(frames)->popped_bytes;
    frames->pc = return_address - 1;
    frames->sp = popped_bytes != 0 ? caller_stack_pointer(frames, end, popped_bytes) : end;
    return true;
}
