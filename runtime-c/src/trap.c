#include "runtime.h"

#include <string.h>

#include "alarm.h"
#include "sys/sys.h"
#include "text.h"
#include "trap_place.h"
#include "wasmc/host.h"

void (*wasmc_trap_hook)(uint32_t code, uint32_t module_offset, uint64_t element);
volatile sig_atomic_t wasmc_trap_is_reported;
bool wasmc_traps_come_back;

static void call_hook(uint32_t code, uint32_t module_offset, uint64_t element)
{
    if (wasmc_trap_hook != NULL)
        wasmc_trap_hook(code, module_offset, element);
}

static void begin_message(struct wasmc_text *text, uint32_t code, uint64_t element)
{
    const char *phrase = wasmc_trap_phrase(code);
    int patience_ms = code == WASMC_TRAP_TIMEOUT ? WASMC_TIMEOUT_MESSAGE_MS : WASMC_LAST_WORDS_MS;
    wasmc_trap_is_reported = 1;
    wasmc_message_begin(text, patience_ms, "trap");
    if (!text->in_json)
        wasmc_text_string(text, "trap: ");
    wasmc_text_string(text, phrase != NULL ? phrase : "unknown trap");
    if (element != WASMC_NO_ELEMENT) {
        wasmc_text_string(text, " ");
        wasmc_text_decimal(text, element);
    }
    wasmc_message_fields(text);
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

void wasmc_trap_put_module_offset(struct wasmc_text *text, uint32_t module_offset)
{
    struct wasmc_trap_place place = {.module_offset = module_offset};
    /* A module offset does not tell which module: with several, naming a function would be a guess. */
    const struct wasmc_func_info *info =
        wasmc_running->instance_count == 1 ? find_func(&wasmc_running->instances[0], module_offset) : NULL;
    if (info != NULL) {
        place.func_index = info->func_index;
        place.func_name = info->name_offset != 0 ? wasmc_running->instances[0].func_names + info->name_offset : "";
    }
    wasmc_trap_put_place(text, &place);
}

_Noreturn void wasmc_trap_element(uint32_t code, uint32_t module_offset, uint64_t element)
{
    /* Compiled code has one cold path for a null entry and for one of another type; the phrase for the second ends there. */
    if (code == WASMC_TRAP_INDIRECT_CALL_TYPE_MISMATCH)
        element = WASMC_NO_ELEMENT;
    call_hook(code, module_offset, element);
    struct wasmc_text text;
    begin_message(&text, code, element);
    if (module_offset != WASMC_MODULE_OFFSET_UNKNOWN)
        wasmc_trap_put_module_offset(&text, module_offset);
    wasmc_message_end(&text);
    wasmc_sys_exit(code == WASMC_TRAP_TIMEOUT ? WASMC_EXIT_TIMEOUT : WASMC_EXIT_TRAP);
}

_Noreturn void wasmc_trap(uint32_t code, uint32_t module_offset)
{
    wasmc_trap_element(code, module_offset, WASMC_NO_ELEMENT);
}

_Noreturn void wasmc_trap_host_call(uint32_t code, const char *call)
{
    call_hook(code, WASMC_MODULE_OFFSET_UNKNOWN, WASMC_NO_ELEMENT);
    struct wasmc_text text;
    begin_message(&text, code, WASMC_NO_ELEMENT);
    wasmc_trap_put_call(&text, call);
    wasmc_message_end(&text);
    wasmc_sys_exit(WASMC_EXIT_TRAP);
}
