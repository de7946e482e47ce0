#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "runtime.h"
#include "sys/sys.h"

#define NO_LIMIT UINT64_MAX

static bool is_accessible(const void *address)
{
    /* write(2) answers EFAULT for memory it cannot read. */
    int ends[2];
    CHECK(pipe(ends) == 0);
    bool result = write(ends[1], address, 1) == 1;
    close(ends[0]);
    close(ends[1]);
    return result;
}

static void unmap(struct wasmc_memory *memory)
{
    munmap(memory->base - 0x10000, memory->reserved_bytes + 0x10000);
}

static void test_guarded(void)
{
    struct wasmc_memory memory = {0};
    struct wasmc_memory_desc desc = {
        .min_pages = 2, .max_pages = 5, .guard_bytes = WASMC_MEMORY32_GUARD_BYTES, .page_log2 = 16};
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_READY);
    CHECK(memory.size_pages == 2 && memory.size_bytes == 131072 && memory.max_pages == 5);
    CHECK(memory.reserved_bytes == UINT64_C(0x200010000));
    CHECK(is_accessible(memory.base) && is_accessible(memory.base + 131071));
    CHECK(!is_accessible(memory.base + 131072) && !is_accessible(memory.base - 1));
    CHECK(!is_accessible(memory.base + memory.reserved_bytes - 1));

    CHECK(wasmc_memory_grow(&memory, 0) == 2);
    CHECK(wasmc_memory_grow(&memory, 4) == -1);
    CHECK(wasmc_memory_grow(&memory, UINT64_MAX) == -1);
    CHECK(memory.size_pages == 2);
    CHECK(wasmc_memory_grow(&memory, 3) == 2);
    CHECK(memory.size_pages == 5 && memory.size_bytes == 5 * 65536);
    CHECK(is_accessible(memory.base + 5 * 65536 - 1) && !is_accessible(memory.base + 5 * 65536));
    CHECK(wasmc_memory_grow(&memory, 1) == -1);
    CHECK(memory.base[5 * 65536 - 1] == 0);
    unmap(&memory);
}

static void test_limits(void)
{
    struct wasmc_memory memory = {0};
    struct wasmc_memory_desc desc = {
        .min_pages = 2, .max_pages = 65536, .guard_bytes = WASMC_MEMORY32_GUARD_BYTES, .page_log2 = 16};
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, 65536, NULL) == WASMC_MEMORY_OVER_LIMIT);
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, 3 * 65536 + 65535, NULL) == WASMC_MEMORY_READY);
    CHECK(memory.max_pages == 3);
    CHECK(wasmc_memory_grow(&memory, 1) == 2 && wasmc_memory_grow(&memory, 1) == -1);
    unmap(&memory);

    desc.flags = WASMC_MEMORY_IS64;
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_UNSUPPORTED);
    desc.flags = 0;
    desc.page_log2 = 0;
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_UNSUPPORTED);
}

/* Explicit compares: small reservations, custom pages, 64-bit sizes. */
static void test_explicit(void)
{
    struct wasmc_memory memory = {0};
    struct wasmc_memory_desc desc = {
        .min_pages = 3, .max_pages = 5000, .page_log2 = 0, .flags = WASMC_MEMORY_EXPLICIT};
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_READY);
    CHECK(memory.size_bytes == 3 && memory.reserved_bytes == 8192 && memory.max_pages == 5000);
    CHECK(wasmc_memory_grow(&memory, 4094) == 3);
    CHECK(memory.size_bytes == 4097 && is_accessible(memory.base + 4096));
    CHECK(wasmc_memory_grow(&memory, 903) == 4097 && wasmc_memory_grow(&memory, 1) == -1);
    munmap(memory.base, memory.reserved_bytes);

    desc = (struct wasmc_memory_desc){
        .max_pages = UINT64_C(1) << 48, .page_log2 = 16, .flags = WASMC_MEMORY_EXPLICIT | WASMC_MEMORY_IS64};
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_READY);
    CHECK(memory.size_bytes == 0 && memory.base != NULL);
    CHECK(wasmc_memory_grow(&memory, UINT64_C(1) << 47) == -1);
    CHECK(wasmc_memory_grow(&memory, 1) == 0);
    munmap(memory.base, memory.reserved_bytes);

    desc.min_pages = UINT64_C(1) << 40;
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_NO_SPACE);

    /* Not beyond where the next memory begins. */
    desc.min_pages = 1;
    CHECK(wasmc_memory_start(&memory, &desc, 1 << 20, NO_LIMIT, NULL) == WASMC_MEMORY_READY);
    CHECK(memory.reserved_bytes == 1 << 20 && memory.max_pages == 16);
    munmap(memory.base, memory.reserved_bytes);
}

static void test_taken(void)
{
    struct wasmc_memory memory = {0};
    uint8_t *place = wasmc_sys_reserve(1 << 20);
    struct wasmc_memory_desc desc = {
        .min_pages = 1, .max_pages = 2, .page_log2 = 16, .flags = WASMC_MEMORY_EXPLICIT,
        .fixed_base = (uint64_t)(uintptr_t)place};
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_TAKEN);
    munmap(place, 1 << 20);
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, NO_LIMIT, NULL) == WASMC_MEMORY_READY);
    CHECK(memory.base == place);
    munmap(memory.base, memory.reserved_bytes);
}

void test_memory(void)
{
    test_guarded();
    test_limits();
    test_explicit();
    test_taken();
}
