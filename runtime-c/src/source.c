#include "source.h"

#include <string.h>

#include "leb128.h"
#include "runtime.h"
#include "wasmc/pcmap.h"
#include "wasmc/source.h"

WASMC_BRINGS(wasmc_trap_put_source);

extern const uint8_t __start_wasmc_source[] __attribute__((weak));
extern const uint8_t __stop_wasmc_source[] __attribute__((weak));

/* How many calls are shown that were inlined into each other. */
#define INLINED_LIMIT 64

/* More of them than a message shows. */
#define NAME_BYTES 256
#define FILE_BYTES 1032

/* About a second. */
#define PATIENCE_BYTES (UINT64_C(1) << 28)

/* Bytes that have been read for this message. */
static uint64_t read_bytes;

struct table {
    struct wasmc_leb128 places;
    struct wasmc_leb128 scopes;
    struct wasmc_leb128 strings;
};

struct place {
    uint64_t scope; /* 0: nothing is known */
    uint64_t line;
    uint64_t column;
};

struct scope {
    uint64_t parent; /* 0: a function of the module */
    uint64_t name;
    uint64_t file;
    uint64_t call_line;
    uint64_t call_column;
};

static struct wasmc_leb128 list(const uint8_t **bytes, uint32_t count)
{
    struct wasmc_leb128 result = {*bytes, *bytes + count};
    *bytes += count;
    return result;
}

/* The chunk of an instance. */
static bool find_table(uint32_t instance, struct table *table)
{
    const uint8_t *at = __start_wasmc_source;
    struct wasmc_source_header header;
    while ((size_t)(__stop_wasmc_source - at) >= sizeof header) {
        memcpy(&header, at, sizeof header);
        at += sizeof header;
        uint64_t bytes = (uint64_t)header.place_bytes + header.scope_bytes + header.string_bytes;
        if (bytes > (size_t)(__stop_wasmc_source - at))
            return false;
        const uint8_t *next = at + ((bytes + 3) & ~UINT64_C(3));
        if (header.instance == instance) {
            table->places = list(&at, header.place_bytes);
            table->scopes = list(&at, header.scope_bytes);
            table->strings = list(&at, header.string_bytes);
            return true;
        }
        at = next;
    }
    return false;
}

/* Whether a list may still be read. */
static bool take_patience(const struct wasmc_leb128 *list)
{
    read_bytes += (size_t)(list->end - list->next);
    return read_bytes <= PATIENCE_BYTES;
}

static struct place find_place(struct wasmc_leb128 list, uint64_t offset)
{
    struct place result = {0};
    uint64_t at = 0, scope = 0, line = 0, column, head;
    while (wasmc_leb128_unsigned(&list, &head) && head >> 1 <= offset - at) {
        at += head >> 1;
        if ((head & 1) && !wasmc_leb128_add(&list, &scope))
            break;
        if (!wasmc_leb128_add(&list, &line) || !wasmc_leb128_unsigned(&list, &column))
            break;
        result = (struct place){scope, line, column};
    }
    return result;
}

/* Reads the scope of a number. */
static bool find_scope(struct wasmc_leb128 list, uint64_t number, struct scope *scope)
{
    if (!take_patience(&list))
        return false;
    uint64_t distance;
    for (uint64_t at = 1; at <= number && wasmc_leb128_unsigned(&list, &distance); at++) {
        *scope = (struct scope){.parent = distance != 0 ? at - distance : 0};
        if (distance > at || (distance != 0 && !wasmc_leb128_unsigned(&list, &scope->name)) ||
            !wasmc_leb128_unsigned(&list, &scope->file))
            return false;
        if (distance != 0 && (!wasmc_leb128_unsigned(&list, &scope->call_line) ||
                              !wasmc_leb128_unsigned(&list, &scope->call_column)))
            return false;
        if (at == number)
            return true;
    }
    return false;
}

/* Writes the string of a number, or as much as there is room for; null: there is none. */
static const char *find_string(struct wasmc_leb128 list, uint64_t number, char *buffer, size_t room)
{
    if (!take_patience(&list))
        return NULL;
    uint64_t shared, count;
    for (uint64_t at = 1; at <= number && wasmc_leb128_unsigned(&list, &shared) && wasmc_leb128_unsigned(&list, &count);
         at++) {
        if (count > (size_t)(list.end - list.next))
            return NULL;
        size_t begin = shared < room ? (size_t)shared : room - 1;
        size_t bytes = count < room - 1 - begin ? (size_t)count : room - 1 - begin;
        memcpy(buffer + begin, list.next, bytes);
        buffer[begin + bytes] = '\0';
        list.next += count;
        if (at == number)
            return buffer;
    }
    return NULL;
}

void wasmc_source_put(struct wasmc_trap_frames *output, const struct wasmc_trap_place *frame, uint32_t instance)
{
    char name[NAME_BYTES] = "", file[FILE_BYTES] = "";
    struct table table;
    struct wasmc_trap_place shown = *frame;
    struct place place = {0};
    if (frame->module_offset != WASMC_MODULE_OFFSET_UNKNOWN && find_table(instance, &table) &&
        take_patience(&table.places))
        place = find_place(table.places, frame->module_offset);
    for (unsigned depth = 0; place.scope != 0 && depth < INLINED_LIMIT; depth++) {
        struct scope scope;
        if (!find_scope(table.scopes, place.scope, &scope))
            break;
        struct wasmc_trap_source source = {
            .file = find_string(table.strings, scope.file, file, sizeof file),
            .line = (uint32_t)place.line,
            .column = (uint32_t)place.column,
            .is_inlined = scope.parent != 0,
        };
        shown.source = &source;
        if (scope.parent == 0) {
            wasmc_trap_put_frame(output, &shown);
            return;
        }
        const char *inlined = find_string(table.strings, scope.name, name, sizeof name);
        shown.func_name = inlined != NULL ? inlined : frame->func_name;
        wasmc_trap_put_frame(output, &shown);
        shown.func_name = frame->func_name;
        place = (struct place){scope.parent, scope.call_line, scope.call_column};
    }
    shown.source = NULL;
    wasmc_trap_put_frame(output, &shown);
}
