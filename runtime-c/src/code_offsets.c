#include "code_offsets.h"

#include "guest_text.h"
#include "wasmc/pcmap.h"

/* What tells an offset in the code from one in a module: modules have at most 2^29 bytes. */
#define IN_CODE UINT32_C(0x80000000)

/* That of the frame that was looked up last; or WASMC_MODULE_OFFSET_UNKNOWN. Of the first one the program knows its place in
 * the module, but not what is inlined there. */
static uint32_t latest = WASMC_MODULE_OFFSET_UNKNOWN;

const struct wasmc_frames_entry *__wrap_wasmc_frames_entry(struct wasmc_frames *frames)
{
    const struct wasmc_frames_entry *entry = __real_wasmc_frames_entry(frames);
    if (entry != NULL) {
        latest = IN_CODE | (uint32_t)(entry->pc - (uintptr_t)__start_wasmc_text);
        frames->known[entry - frames->known].module_offset = latest;
    }
    return entry;
}

static void put_json(struct wasmc_text *text, const char *field, uint32_t offset)
{
    wasmc_text_string(text, field);
    wasmc_text_decimal(text, offset);
}

void __wrap_wasmc_trap_put_frame(struct wasmc_trap_frames *frames, const struct wasmc_trap_place *place)
{
    uint32_t offset = place->module_offset & IN_CODE ? place->module_offset : latest;
    if (offset == WASMC_MODULE_OFFSET_UNKNOWN) {
        __real_wasmc_trap_put_frame(frames, place);
        return;
    }
    offset ^= IN_CODE;
    if (!frames->text->in_json) {
        wasmc_text_string(frames->text, "\n    at (code ");
        wasmc_text_hex(frames->text, offset);
        wasmc_text_string(frames->text, ")");
        return;
    }
    if (frames->is_first)
        put_json(frames->text, ",\"code\":", offset);
    wasmc_trap_begin_frame(frames);
    put_json(frames->text, "\"code\":", offset);
}
