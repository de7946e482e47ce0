/* invoke.c - --invoke: calls an export with arguments from the command line. */
#include <string.h>

#include "number.h"
#include "runtime.h"
#include "text.h"
#include "value_text.h"

WASMC_BRINGS(wasmc_value_put_number);

static void begin_refusal(struct wasmc_text *text, const char *before, const char *value)
{
    wasmc_message_begin(text, WASMC_LAST_WORDS_MS, "usage");
    wasmc_text_string(text, "--invoke: ");
    wasmc_text_string(text, before);
    wasmc_text_string(text, "'");
    wasmc_text_escaped(text, value, strlen(value), 200);
    wasmc_text_string(text, "'");
}

static int end_refusal(struct wasmc_text *text)
{
    wasmc_message_fields(text);
    wasmc_message_end(text);
    return WASMC_EXIT_START;
}

static int refuse(const char *before, const char *value, const char *after)
{
    struct wasmc_text text;
    begin_refusal(&text, before, value);
    wasmc_text_string(&text, after);
    return end_refusal(&text);
}

static int refuse_count(const char *name, size_t expected, size_t given)
{
    struct wasmc_text text;
    begin_refusal(&text, "wrong number of arguments for ", name);
    wasmc_text_string(&text, ": expected ");
    wasmc_text_decimal(&text, expected);
    wasmc_text_string(&text, ", found ");
    wasmc_text_decimal(&text, given);
    return end_refusal(&text);
}

static const struct wasmc_export *find_export(const struct wasmc_instance *instance, const char *name)
{
    size_t bytes = strlen(name);
    for (uint32_t i = 0; i < instance->export_count; i++) {
        const struct wasmc_export *candidate = &instance->exports[i];
        if (candidate->name_bytes == bytes && memcmp(candidate->name, name, bytes) == 0)
            return candidate;
    }
    return NULL;
}

/* The reason why an argument cannot be passed as a value of this kind, or null. */
static const char *parse_argument(char kind, const char *text, uint64_t *slots)
{
    uint32_t bits;
    switch (kind) {
    case 'i': return wasmc_number_parse_integer(text, 32, slots) ? NULL : " is not an i32";
    case 'l': return wasmc_number_parse_integer(text, 64, slots) ? NULL : " is not an i64";
    case 'f':
        if (!wasmc_number_parse_f32(text, &bits))
            return " is not an f32";
        *slots = bits;
        return NULL;
    case 'd': return wasmc_number_parse_f64(text, slots) ? NULL : " is not an f64";
    case 'v': return ": a v128 cannot be given on the command line";
    default: return ": a reference cannot be given on the command line";
    }
}

int wasmc_invoke(const struct wasmc_instance *instance, const char *name, int argument_count, char **arguments)
{
    const struct wasmc_export *callee = find_export(instance, name);
    if (callee == NULL)
        return refuse("no exported function is called ", name, "");
    size_t parameter_count = strcspn(callee->signature, ":");
    const char *results = callee->signature + parameter_count + 1;
    size_t result_count = strlen(results);
    if ((size_t)argument_count != parameter_count)
        return refuse_count(name, parameter_count, (size_t)argument_count);

    size_t value_count = parameter_count > result_count ? parameter_count : result_count;
    uint64_t *slots = wasmc_arena_allocate((value_count + 1) * WASMC_SLOTS_PER_VALUE * sizeof *slots);
    if (slots == NULL)
        return refuse("no memory for the values of ", name, "");
    for (size_t i = 0; i < parameter_count; i++) {
        const char *reason = parse_argument(callee->signature[i], arguments[i], slots + i * WASMC_SLOTS_PER_VALUE);
        if (reason != NULL)
            return refuse("argument ", arguments[i], reason);
    }
    callee->invoke(slots);

    struct wasmc_text text;
    wasmc_text_begin(&text, 1);
    for (size_t i = 0; i < result_count; i++) {
        wasmc_value_put(&text, results[i], slots + i * WASMC_SLOTS_PER_VALUE);
        wasmc_text_string(&text, "\n");
    }
    wasmc_text_flush(&text);
    if (!text.is_lost)
        return 0;
    (void)refuse("cannot write the results of ", name, " to standard output");
    return WASMC_EXIT_LOST;
}
