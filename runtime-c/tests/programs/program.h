/* program.h - what a compiled module looks like to the runtime, written by hand: the pieces that the
 * test programs share. */
#ifndef WASMC_TESTS_PROGRAM_H
#define WASMC_TESTS_PROGRAM_H

#include "wasmc/abi.h"
#include "wasmc/pcmap.h"
#include "wasmc/wasi.h"

/* Compiled guest code lies in a section of its own. */
#define GUEST __attribute__((section("wasmc_text"), noinline, used))

#define CTX_STORAGE(name)                                                  \
    static _Alignas(WASMC_CTX_ALIGN) unsigned char name##_storage[WASMC_CTX_BYTES]; \
    static struct wasmc_ctx *const name = (struct wasmc_ctx *)name##_storage

/* Memory 0 of a 32-bit module with guard pages. */
#define MEMORY_DESC(minimum, maximum)                                                     \
    {                                                                                     \
        .min_pages = (minimum), .max_pages = (maximum), .fixed_base = WASMC_MEMORY_BASE,  \
        .guard_bytes = WASMC_MEMORY32_GUARD_BYTES, .page_log2 = 16                        \
    }

#define SEGMENT(target, address, text)                                                  \
    {                                                                                   \
        .offset_bytes = (address), .size_bytes = sizeof(text) - 1,                      \
        .bytes = (const uint8_t *)(text), .memory = (target)                            \
    }

#define EXPORT(text, type, function) {text, sizeof(text) - 1, type, function}

/* Guest memory at an address, where its base is a constant. */
static inline volatile uint8_t *guest_memory(uint32_t addr)
{
    return (volatile uint8_t *)(uintptr_t)(WASMC_MEMORY_BASE + addr);
}

static inline void guest_store(uint32_t addr, uint32_t value)
{
    *(volatile uint32_t *)(uintptr_t)(WASMC_MEMORY_BASE + addr) = value;
}

static inline uint32_t guest_load(uint32_t addr)
{
    return *(volatile uint32_t *)(uintptr_t)(WASMC_MEMORY_BASE + addr);
}

#endif
