#include "check.h"
#include "wasmc/pcmap.h"

/* A section under construction. */
struct section {
    _Alignas(8) uint8_t bytes[512];
    size_t size;
};

static void put(struct section *section, const void *bytes, size_t count)
{
    memcpy(section->bytes + section->size, bytes, count);
    section->size += count;
}

static void put_leb128(struct section *section, int64_t value, int is_signed)
{
    for (;;) {
        uint8_t byte = value & 0x7f;
        value = is_signed ? value >> 7 : (int64_t)((uint64_t)value >> 7);
        int done = is_signed ? (value == 0 && !(byte & 0x40)) || (value == -1 && (byte & 0x40)) : value == 0;
        byte |= done ? 0 : 0x80;
        put(section, &byte, 1);
        if (done)
            return;
    }
}

struct entry {
    uint64_t pc_delta;
    int64_t offset_delta;
};

static void put_chunk(struct section *section, uintptr_t text_start, const struct entry *entries, uint32_t count)
{
    size_t header = section->size;
    int64_t rel = (int64_t)(text_start - (uintptr_t)(section->bytes + header));
    uint32_t payload_bytes = 0;
    put(section, &rel, 8);
    put(section, &count, 4);
    put(section, &payload_bytes, 4);
    for (uint32_t i = 0; i < count; i++) {
        put_leb128(section, (int64_t)entries[i].pc_delta, 0);
        put_leb128(section, entries[i].offset_delta, 1);
    }
    payload_bytes = (uint32_t)(section->size - header - 16);
    memcpy(section->bytes + header + 12, &payload_bytes, 4);
    while (section->size % 8 != 0)
        put(section, "", 1);
}

static uint32_t lookup(const struct section *section, uintptr_t pc)
{
    return wasmc_pcmap_lookup_in(section->bytes, section->size, pc);
}

static void make_section(struct section *section)
{
    static const struct entry low[] = {{4, 100}, {10, 300}, {200, -350}, {5, -50}, {5, 70000}};
    static const struct entry high[] = {{0, 7}, {1, 1}};
    section->size = 0;
    put_chunk(section, 0x5000, high, 2);
    put_chunk(section, 0x1000, low, 5);
}

static void test_lookup(void)
{
    struct section section;
    make_section(&section);
    CHECK_EQUAL(lookup(&section, 0xfff), WASMC_MODULE_OFFSET_UNKNOWN, "before every chunk");
    CHECK_EQUAL(lookup(&section, 0x1000), WASMC_MODULE_OFFSET_UNKNOWN, "before the first entry");
    CHECK_EQUAL(lookup(&section, 0x1003), WASMC_MODULE_OFFSET_UNKNOWN, "just before the first entry");
    CHECK_EQUAL(lookup(&section, 0x1004), 100, "the first entry");
    CHECK_EQUAL(lookup(&section, 0x100d), 100, "between entries");
    CHECK_EQUAL(lookup(&section, 0x100e), 400, "the second entry");
    CHECK_EQUAL(lookup(&section, 0x10d6), 50, "an offset that goes down");
    CHECK_EQUAL(lookup(&section, 0x10db), WASMC_MODULE_OFFSET_UNKNOWN, "offset 0");
    CHECK_EQUAL(lookup(&section, 0x10e0), 70000, "the last entry");
    CHECK_EQUAL(lookup(&section, 0x4fff), 70000, "after the last entry");
    CHECK_EQUAL(lookup(&section, 0x5000), 7, "another chunk");
    CHECK_EQUAL(lookup(&section, 0x5001), 8, "its second entry");
    CHECK_EQUAL(lookup(&section, UINTPTR_MAX), 8, "the end of the address space");
}

/* A delta of 0 makes a place unknown, and known again, without moving the base of the next delta. */
static void test_unknown(void)
{
    static const struct entry entries[] = {{0, 100}, {4, 0}, {4, 0}, {4, 0}, {4, 20}};
    struct section section = {.size = 0};
    put_chunk(&section, 0x1000, entries, 5);
    CHECK_EQUAL(lookup(&section, 0x1000), 100, "known");
    CHECK_EQUAL(lookup(&section, 0x1004), WASMC_MODULE_OFFSET_UNKNOWN, "unknown");
    CHECK_EQUAL(lookup(&section, 0x1008), 100, "known again");
    CHECK_EQUAL(lookup(&section, 0x100c), WASMC_MODULE_OFFSET_UNKNOWN, "unknown again");
    CHECK_EQUAL(lookup(&section, 0x1010), 120, "relative to the last known place");
}

/* Whatever the bytes are, the lookup ends and reads nothing outside (the sanitizer watches). */
static void test_malformed(void)
{
    struct section section;
    uint64_t state = 3;
    for (int round = 0; round < 20000; round++) {
        make_section(&section);
        for (int i = 0; i < 3; i++) {
            state = state * UINT64_C(6364136223846793005) + 1;
            section.bytes[(state >> 33) % section.size] = (uint8_t)(state >> 24);
        }
        uint8_t exact[512];
        size_t size = (state >> 40) % (section.size + 1);
        memcpy(exact + sizeof exact - size, section.bytes, size);
        (void)wasmc_pcmap_lookup_in(exact + sizeof exact - size, size, 0x1000 + (state >> 50));
    }
    checks_passed++;
    CHECK_EQUAL(wasmc_pcmap_lookup_in(section.bytes, 0, 5), WASMC_MODULE_OFFSET_UNKNOWN, "no section");

    /* A number that never ends, and an entry count beyond the payload. */
    section.size = 0;
    put_chunk(&section, 0x1000, (const struct entry[]){{1, 1}}, 1);
    memset(section.bytes + 16, 0xff, section.size - 16);
    CHECK_EQUAL(lookup(&section, 0x2000), WASMC_MODULE_OFFSET_UNKNOWN, "endless number");
    section.size = 0;
    put_chunk(&section, 0x1000, (const struct entry[]){{1, 1}}, 1);
    memset(section.bytes + 8, 0xff, 4);
    CHECK_EQUAL(lookup(&section, 0x2000), 1, "too many entries");
}

void test_pcmap(void)
{
    test_lookup();
    test_unknown();
    test_malformed();
    CHECK_EQUAL(wasmc_pcmap_lookup(0x1000), WASMC_MODULE_OFFSET_UNKNOWN, "a program without the section");
}
