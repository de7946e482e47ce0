/* record_invoke.c - the results of --invoke belong to what is recorded. */
#include <string.h>

#include "record.h"

/* The export that is invoked. wasmc_export.invoke has no argument that could say it. */
static const struct wasmc_export *invoked;

static void invoke_and_record(uint64_t *slots)
{
    invoked->invoke(slots);
    size_t results = strlen(strchr(invoked->signature, ':') + 1);
    wasmc_record_append(WASMC_RECORD_RESULTS, 0, 0, slots, results * WASMC_SLOTS_PER_VALUE * sizeof *slots);
}

int __wrap_wasmc_invoke(const struct wasmc_instance *instance, const char *name, int argument_count, char **arguments)
{
    struct wasmc_export export;
    struct wasmc_instance recorded = *instance;
    size_t bytes = strlen(name);
    for (uint32_t i = 0; i < instance->export_count; i++) {
        const struct wasmc_export *candidate = &instance->exports[i];
        if (candidate->name_bytes != bytes || memcmp(candidate->name, name, bytes) != 0)
            continue;
        invoked = candidate;
        export = *candidate;
        export.invoke = invoke_and_record;
        recorded.exports = &export;
        recorded.export_count = 1;
        break;
    }
    return __real_wasmc_invoke(&recorded, name, argument_count, arguments);
}
