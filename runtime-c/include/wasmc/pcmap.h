/* pcmap.h - from a program counter in compiled guest code to an offset in the module.
 *
 * A guard-page fault knows only a program counter. The compiler writes, for each object file, one
 * chunk into the section "wasmc_pcmap"; the linker concatenates them, each 8-byte aligned. A chunk is
 * a wasmc_pcmap_header and its payload: entry_count times ULEB128(pc_delta),
 * SLEB128(module_offset_delta).
 *
 * Deltas are relative to the previous entry; the first starts from pc 0 (the object's text start)
 * and module offset 0, unknown. An entry applies from its pc to the next entry's pc. A
 * module_offset_delta of 0 makes a known place unknown, and an unknown one known again: the module
 * offset stays the base of the next delta. Module offset 0 means that the place is unknown, too.
 */
#ifndef WASMC_PCMAP_H
#define WASMC_PCMAP_H

#include <stddef.h>
#include <stdint.h>

/* The linker bounds it by __start_wasmc_pcmap and __stop_wasmc_pcmap. */
#define WASMC_PCMAP_SECTION "wasmc_pcmap"

struct wasmc_pcmap_header {
    int64_t text_start_rel;  /* address of the object's part of WASMC_TEXT_SECTION minus the address of this field */
    uint32_t entry_count;
    uint32_t payload_bytes;  /* without the padding to 8 bytes that follows */
};

/* The answer when a place is not known; also what compiled code passes to wasmc_trap then. */
#define WASMC_MODULE_OFFSET_UNKNOWN 0xffffffffu

/* Looks pc up in the program's section.
 *
 *   pc       address of an instruction of compiled guest code
 *
 * Returns the module offset, or WASMC_MODULE_OFFSET_UNKNOWN. Async-signal-safe; malformed data is
 * an unknown place, never a fault.
 */
uint32_t wasmc_pcmap_lookup(uintptr_t pc);

/* The same in any buffer: bytes..bytes+size is the section's content at its run-time address. */
uint32_t wasmc_pcmap_lookup_in(const uint8_t *bytes, size_t size, uintptr_t pc);

#endif
