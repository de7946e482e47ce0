/* pcmap.h - from a program counter in compiled guest code to an offset in the module, and to the caller.
 *
 * A guard-page fault knows only a program counter, and a frame on the stack only where it returns to. The compiler
 * writes, for each object file, one chunk into the section "wasmc_pcmap"; the linker concatenates them, each 8-byte
 * aligned. A chunk is a wasmc_pcmap_header and three lists of LEB128 numbers, in this order:
 *
 * Places: ULEB128(2 * pc_delta + is_inlined_other), SLEB128(module_offset_delta), and of those with is_inlined_other
 * SLEB128(inlined_delta). Deltas are relative to the previous entry; the first starts from pc 0 (the object's text
 * start) and module offset 0, unknown, inlined nowhere. An entry applies from its pc to the next entry's pc. Without
 * is_inlined_other, a module_offset_delta of 0 makes a known place unknown, and an unknown one known again: the module
 * offset stays the base of the next delta. Module offset 0 means that the place is unknown, too.
 *
 * Inlined: calls of which the callee became part of its caller; a place names one by its number, from 1 on, or 0.
 * ULEB128(distance), SLEB128(module_offset_delta): the offset of the call, and how far back in the list the call is of
 * which this one's function became a part, or 0.
 *
 * Frames: functions, ascending. ULEB128(start_delta), SLEB128(func_delta), ULEB128(2 * row_count + pops), when it pops
 * ULEB128((popped_bytes + 8) / 16), then rows: ULEB128(pc_delta), ULEB128(2 * cfa_words + is_probe). func_delta is
 * relative to the previous function; they count 1 + the function's index in its module, and 0 is what the compiler
 * made up. A row says how many words of 8 bytes behind the stack pointer, or behind the register that probes a large
 * frame, the caller's frame begins, right behind the return address; 0 words mean that it is not known. Every function
 * begins with 1 word, without a row. What a function pops are its arguments (the tail calling convention).
 */
#ifndef WASMC_PCMAP_H
#define WASMC_PCMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The linker bounds it by __start_wasmc_pcmap and __stop_wasmc_pcmap. */
#define WASMC_PCMAP_SECTION "wasmc_pcmap"

struct wasmc_pcmap_header {
    int64_t text_start_rel;  /* address of the object's part of WASMC_TEXT_SECTION minus the address of this field */
    uint32_t instance;       /* in wasmc_program.instances: the one whose module the offsets are of */
    uint32_t place_bytes;
    uint32_t inlined_bytes;
    uint32_t frame_bytes;    /* padding to 8 bytes follows */
};

/* The answer when a place is not known; also what compiled code passes to wasmc_trap then. */
#define WASMC_MODULE_OFFSET_UNKNOWN 0xffffffffu

/* The tables of one object file, for code from text_start on. */
struct wasmc_pcmap {
    uintptr_t text_start;
    uint32_t instance;
    uint32_t place_bytes;
    uint32_t inlined_bytes;
    uint32_t frame_bytes;
    const uint8_t *places; /* and behind them the other lists */
};

struct wasmc_pcmap_place {
    uint32_t module_offset; /* or WASMC_MODULE_OFFSET_UNKNOWN */
    uint32_t inlined;       /* the call through which its function became part of another one, or 0 */
};

struct wasmc_pcmap_frame {
    uint32_t func;         /* 1 + its index in the module, or 0 */
    uint32_t popped_bytes; /* of arguments, when it returns */
    uint32_t cfa_words;    /* from the stack pointer to the caller's frame, or 0 */
    bool is_probe;         /* from the probing register instead */
};

/* Finds the tables for an address in compiled guest code. This and the following are async-signal-safe; malformed data
 * is what is not known, never a fault. */
bool wasmc_pcmap_find(uintptr_t pc, struct wasmc_pcmap *map);

/* The same in any buffer: bytes..bytes+size is the section's content at its run-time address. */
bool wasmc_pcmap_find_in(const uint8_t *bytes, size_t size, uintptr_t pc, struct wasmc_pcmap *map);

/* The place of the instruction at pc. */
struct wasmc_pcmap_place wasmc_pcmap_place(const struct wasmc_pcmap *map, uintptr_t pc);

/* The place of an inlined call. */
struct wasmc_pcmap_place wasmc_pcmap_inlined(const struct wasmc_pcmap *map, uint32_t inlined);

/* The frame of the function around pc, when the instruction there is about to run. */
struct wasmc_pcmap_frame wasmc_pcmap_frame(const struct wasmc_pcmap *map, uintptr_t pc);

/* The module offset of the instruction at pc, or WASMC_MODULE_OFFSET_UNKNOWN. */
uint32_t wasmc_pcmap_lookup(uintptr_t pc);

#endif
