/* pcmap.h - from a program counter in compiled guest code to an offset in the module.
 *
 * A guard-page fault knows only a program counter. The compiler writes, for each object file, one
 * chunk into the section "wasmc_pcmap"; the linker concatenates them, each 8-byte aligned:
 *
 *     offset  size  field
 *     0       8     text_start_rel: i64, address of the object's part of "wasmc_text" minus the
 *                   address of this field
 *     8       4     entry_count
 *     12      4     payload_bytes, without the padding that follows
 *     16      n     payload: entry_count times ULEB128(pc_delta), SLEB128(module_offset_delta)
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

/* The answer when a place is not known; also what compiled code passes to wasmc_trap then. */
#define WASMC_MODULE_OFFSET_UNKNOWN UINT32_C(0xffffffff)

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
