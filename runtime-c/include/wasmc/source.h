/* source.h - from an offset in a module to the functions, files and lines of its source, for messages of traps.
 *
 * The compiler writes, for each instance whose module has debug information, one chunk into the section "wasmc_source":
 * a wasmc_source_header and three lists of LEB128 numbers, in this order, then padding to 4 bytes.
 *
 * Places: ULEB128(2 * offset_delta + is_other_scope), of those with is_other_scope SLEB128(scope_delta), then
 * SLEB128(line_delta), ULEB128(column). Deltas are relative to the previous entry; the first starts from module offset 0,
 * scope 0, line 0. An entry applies from its offset to the next entry's. Scope 0 means that nothing is known. A line or
 * column of 0 is not known.
 *
 * Scopes: functions, and functions that the module's compiler has inlined, by numbers from 1 on. ULEB128(distance): how
 * far back the scope is that this one was inlined into, or 0 for a function of the module, which has ULEB128(file) only;
 * others have ULEB128(name), ULEB128(file), ULEB128(call_line), ULEB128(call_column). The file is where the places of this
 * scope are, and thus where calls are that were inlined there.
 *
 * Strings: names and files, by numbers from 1 on; 0 is not known. ULEB128(shared), ULEB128(count) and count bytes: the
 * string begins with `shared` bytes of the previous one.
 */
#ifndef WASMC_SOURCE_H
#define WASMC_SOURCE_H

#include <stdint.h>

/* The linker bounds it by __start_wasmc_source and __stop_wasmc_source. */
#define WASMC_SOURCE_SECTION "wasmc_source"

/* What reads it: a program with such a section refers to it. */
#define WASMC_SOURCE_READER "wasmc_source_put"

struct wasmc_source_header {
    uint32_t instance; /* in wasmc_program.instances */
    uint32_t place_bytes;
    uint32_t scope_bytes;
    uint32_t string_bytes;
};

#endif
