#include "trap_place.h"

#include <string.h>

/* How much of a function's name a message shows. */
#define NAME_LIMIT_BYTES 200

static void put_func(struct wasmc_text *text, const struct wasmc_trap_place *place)
{
    if (text->in_json)
        wasmc_text_string(text, ",\"function\":\"");
    if (place->func_name[0] != '\0') {
        wasmc_text_escaped(text, place->func_name, strlen(place->func_name), NAME_LIMIT_BYTES);
    } else {
        wasmc_text_string(text, "func[");
        wasmc_text_decimal(text, place->func_index);
        wasmc_text_string(text, "]");
    }
    wasmc_text_string(text, text->in_json ? "\"" : " ");
}

void wasmc_trap_put_place(struct wasmc_text *text, const struct wasmc_trap_place *place)
{
    if (!text->in_json)
        wasmc_text_string(text, "\n    at ");
    if (place->func_name != NULL)
        put_func(text, place);
    if (text->in_json) {
        wasmc_text_string(text, ",\"offset\":");
        wasmc_text_decimal(text, place->module_offset);
    } else {
        wasmc_text_string(text, "(module offset ");
        wasmc_text_hex(text, place->module_offset);
        wasmc_text_string(text, ")");
    }
}

void wasmc_trap_put_call(struct wasmc_text *text, const char *call)
{
    wasmc_text_string(text, text->in_json ? ",\"call\":\"" : "\n    in ");
    wasmc_text_string(text, call);
    if (text->in_json)
        wasmc_text_string(text, "\"");
}
