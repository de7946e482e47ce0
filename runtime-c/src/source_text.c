#include <string.h>

#include "trap_place.h"

/* How much of a file's path a message shows. */
#define PATH_LIMIT_BYTES 1000

static void put_json(struct wasmc_text *text, const struct wasmc_trap_source *source)
{
    if (source->is_inlined)
        wasmc_text_string(text, ",\"inlined\":true");
    if (source->file == NULL)
        return;
    wasmc_text_string(text, ",\"file\":\"");
    wasmc_text_escaped(text, source->file, strlen(source->file), PATH_LIMIT_BYTES);
    wasmc_text_string(text, "\"");
    if (source->line == 0)
        return;
    wasmc_text_string(text, ",\"line\":");
    wasmc_text_decimal(text, source->line);
    if (source->column == 0)
        return;
    wasmc_text_string(text, ",\"column\":");
    wasmc_text_decimal(text, source->column);
}

void wasmc_trap_put_source(struct wasmc_text *text, const struct wasmc_trap_source *source)
{
    if (text->in_json) {
        put_json(text, source);
        return;
    }
    if (source->file == NULL)
        return;
    wasmc_text_string(text, " ");
    wasmc_text_escaped(text, source->file, strlen(source->file), PATH_LIMIT_BYTES);
    if (source->line == 0)
        return;
    wasmc_text_string(text, ":");
    wasmc_text_decimal(text, source->line);
    if (source->column == 0)
        return;
    wasmc_text_string(text, ":");
    wasmc_text_decimal(text, source->column);
}
