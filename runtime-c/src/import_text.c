#include "import_text.h"

#include <string.h>

#include "text.h"

/* How much of an import's names a message shows. */
#define LIMIT_BYTES 400

void wasmc_import_report(const char *import)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "unlinkable");
    wasmc_text_string(&text, "incompatible import type: ");
    wasmc_text_escaped(&text, import, strlen(import), LIMIT_BYTES);
    wasmc_text_string(&text, " is smaller than the import wants");
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
}
