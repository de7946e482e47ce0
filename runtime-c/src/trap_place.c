#include "trap_place.h"

#include <string.h>

#include "wasmc/pcmap.h"

/* How much of a function's or a module's name a message shows. */
#define NAME_LIMIT_BYTES 200

static void put_string_field(struct wasmc_text *text, const char *field, const char *value)
{
    wasmc_text_string(text, field);
    wasmc_text_escaped(text, value, strlen(value), NAME_LIMIT_BYTES);
}

static void put_func_name(struct wasmc_text *text, const struct wasmc_trap_place *place)
{
    if (place->func_name[0] != '\0') {
        wasmc_text_escaped(text, place->func_name, strlen(place->func_name), NAME_LIMIT_BYTES);
    } else {
        wasmc_text_string(text, "func[");
        wasmc_text_decimal(text, place->func_index);
        wasmc_text_string(text, "]");
    }
}

/* Absent in a program that knows nothing of its source. */
extern __typeof__(wasmc_trap_put_source) wasmc_trap_put_source __attribute__((weak));

static void put_source(struct wasmc_text *text, const struct wasmc_trap_place *place)
{
    if (wasmc_trap_put_source != NULL && place->source != NULL)
        wasmc_trap_put_source(text, place->source);
}

/* `separator` is what stands before the first field, a comma or nothing. */
static void put_json(struct wasmc_text *text, const struct wasmc_trap_place *place, const char *separator)
{
    if (place->module != NULL) {
        wasmc_text_string(text, separator);
        put_string_field(text, "\"module\":\"", place->module);
        wasmc_text_string(text, "\"");
        separator = ",";
    }
    if (place->func_name != NULL) {
        wasmc_text_string(text, separator);
        wasmc_text_string(text, "\"function\":\"");
        put_func_name(text, place);
        wasmc_text_string(text, "\"");
        separator = ",";
    }
    if (place->module_offset != WASMC_MODULE_OFFSET_UNKNOWN) {
        wasmc_text_string(text, separator);
        wasmc_text_string(text, "\"offset\":");
        wasmc_text_decimal(text, place->module_offset);
    }
    put_source(text, place);
}

static void put_line(struct wasmc_text *text, const struct wasmc_trap_place *place)
{
    wasmc_text_string(text, "\n    at ");
    if (place->module != NULL) {
        put_string_field(text, "", place->module);
        wasmc_text_string(text, place->func_name != NULL ? "!" : " ");
    }
    if (place->func_name != NULL) {
        put_func_name(text, place);
        wasmc_text_string(text, " ");
    }
    if (wasmc_trap_put_source != NULL && place->source != NULL && place->source->is_inlined) {
        wasmc_text_string(text, "(inlined)");
    } else if (place->module_offset == WASMC_MODULE_OFFSET_UNKNOWN) {
        wasmc_text_string(text, "(module offset unknown)");
    } else {
        wasmc_text_string(text, "(module offset ");
        wasmc_text_hex(text, place->module_offset);
        wasmc_text_string(text, ")");
    }
    put_source(text, place);
}

void wasmc_trap_frames_begin(struct wasmc_trap_frames *frames, struct wasmc_text *text)
{
    *frames = (struct wasmc_trap_frames){.text = text, .is_first = true};
}

void wasmc_trap_begin_frame(struct wasmc_trap_frames *frames)
{
    if (frames->is_first)
        wasmc_text_string(frames->text, ",\"frames\":[{");
    else
        wasmc_text_string(frames->text, frames->is_open ? "},{" : ",{");
    frames->is_first = false;
    frames->is_open = true;
}

void wasmc_trap_put_frame(struct wasmc_trap_frames *frames, const struct wasmc_trap_place *place)
{
    if (!frames->text->in_json) {
        put_line(frames->text, place);
        return;
    }
    if (frames->is_first)
        put_json(frames->text, place, ",");
    wasmc_trap_begin_frame(frames);
    put_json(frames->text, place, "");
}

void wasmc_trap_put_repeated(struct wasmc_trap_frames *frames, uint64_t count)
{
    if (count == 0)
        return;
    wasmc_text_string(frames->text, frames->text->in_json ? ",\"repeated\":" : "\n    [previous frame repeated ");
    wasmc_text_decimal(frames->text, count);
    if (!frames->text->in_json)
        wasmc_text_string(frames->text, count == 1 ? " more time]" : " more times]");
}

void wasmc_trap_put_omitted(struct wasmc_trap_frames *frames, uint64_t count)
{
    if (frames->text->in_json) {
        wasmc_trap_begin_frame(frames);
        wasmc_text_string(frames->text, "\"omitted\":");
    } else {
        wasmc_text_string(frames->text, "\n    [");
    }
    wasmc_text_decimal(frames->text, count);
    if (!frames->text->in_json)
        wasmc_text_string(frames->text, count == 1 ? " more frame]" : " more frames]");
}

void wasmc_trap_frames_end(struct wasmc_trap_frames *frames)
{
    if (frames->text->in_json && !frames->is_first)
        wasmc_text_string(frames->text, "}]");
}

void wasmc_trap_put_call(struct wasmc_text *text, const char *call)
{
    wasmc_text_string(text, text->in_json ? ",\"call\":\"" : "\n    in ");
    wasmc_text_string(text, call);
    if (text->in_json)
        wasmc_text_string(text, "\"");
}
