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

static void put_leb128(struct section *section, int64_t value, bool is_signed)
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

/* A list of numbers, of which those are signed whose letter in `kinds` is 's'; the letters repeat. */
struct list {
    const int64_t *numbers;
    size_t count;
    const char *kinds;
};

#define LIST(kinds, ...)                                                                   \
    (struct list)                                                                          \
    {                                                                                      \
        (const int64_t[]){__VA_ARGS__}, sizeof((const int64_t[]){__VA_ARGS__}) / 8, kinds  \
    }
#define NO_LIST ((struct list){.kinds = "u"})

static uint32_t put_list(struct section *section, struct list list)
{
    size_t before = section->size;
    for (size_t i = 0; i < list.count; i++)
        put_leb128(section, list.numbers[i], list.kinds[i % strlen(list.kinds)] == 's');
    return (uint32_t)(section->size - before);
}

static void put_chunk(struct section *section, uintptr_t text_start, uint32_t instance, struct list places,
                      struct list inlined, struct list frames)
{
    size_t at = section->size;
    struct wasmc_pcmap_header header = {.text_start_rel = (int64_t)(text_start - (uintptr_t)(section->bytes + at)),
                                        .instance = instance};
    put(section, &header, sizeof header);
    header.place_bytes = put_list(section, places);
    header.inlined_bytes = put_list(section, inlined);
    header.frame_bytes = put_list(section, frames);
    memcpy(section->bytes + at, &header, sizeof header);
    while (section->size % 8 != 0)
        put(section, "", 1);
}

static struct wasmc_pcmap find(const struct section *section, uintptr_t pc)
{
    struct wasmc_pcmap map = {.instance = UINT32_MAX};
    (void)wasmc_pcmap_find_in(section->bytes, section->size, pc, &map);
    return map;
}

static uint32_t lookup(const struct section *section, uintptr_t pc)
{
    struct wasmc_pcmap map = find(section, pc);
    return map.instance == UINT32_MAX ? WASMC_MODULE_OFFSET_UNKNOWN : wasmc_pcmap_place(&map, pc).module_offset;
}

static void make_section(struct section *section)
{
    section->size = 0;
    put_chunk(section, 0x5000, 1, LIST("us", 0, 7, 2, 1), NO_LIST, NO_LIST);
    put_chunk(section, 0x1000, 0, LIST("us", 8, 100, 20, 300, 400, -350, 10, -50, 10, 70000),
              LIST("us", 0, 40, 1, 5), LIST("u", 16, 5, 4, 1, 4, 8, 6));
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
    struct section section = {.size = 0};
    put_chunk(&section, 0x1000, 0, LIST("us", 0, 100, 8, 0, 8, 0, 8, 0, 8, 20), NO_LIST, NO_LIST);
    CHECK_EQUAL(lookup(&section, 0x1000), 100, "known");
    CHECK_EQUAL(lookup(&section, 0x1004), WASMC_MODULE_OFFSET_UNKNOWN, "unknown");
    CHECK_EQUAL(lookup(&section, 0x1008), 100, "known again");
    CHECK_EQUAL(lookup(&section, 0x100c), WASMC_MODULE_OFFSET_UNKNOWN, "unknown again");
    CHECK_EQUAL(lookup(&section, 0x1010), 120, "relative to the last known place");
}

static void check_place(struct wasmc_pcmap_place place, uint32_t offset, uint32_t inlined, const char *what)
{
    CHECK_EQUAL(place.module_offset, offset, what);
    CHECK_EQUAL(place.inlined, inlined, what);
}

/* The same offset, inlined elsewhere, and then nowhere. */
static void test_inlined(void)
{
    struct section section = {.size = 0};
    put_chunk(&section, 0x1000, 3, LIST("uss", 1, 100, 2, 9, 0, 1), LIST("us", 0, 40, 1, 5, 0, -30), NO_LIST);
    struct wasmc_pcmap map = find(&section, 0x1004);
    CHECK_EQUAL(map.instance, 3, "the instance");
    check_place(wasmc_pcmap_place(&map, 0x1000), 100, 2, "inlined through two calls");
    check_place(wasmc_pcmap_place(&map, 0x1004), 100, 3, "the same instruction through another call");
    check_place(wasmc_pcmap_inlined(&map, 2), 45, 1, "a call in a function that was inlined");
    check_place(wasmc_pcmap_inlined(&map, 1), 40, 0, "a call in one that was not");
    check_place(wasmc_pcmap_inlined(&map, 3), 15, 0, "the last call");
    check_place(wasmc_pcmap_inlined(&map, 0), WASMC_MODULE_OFFSET_UNKNOWN, 0, "no call");
    check_place(wasmc_pcmap_inlined(&map, 4), WASMC_MODULE_OFFSET_UNKNOWN, 0, "a call that is not there");
}

static void check_frame(const struct wasmc_pcmap *map, uintptr_t pc, uint32_t func, uint32_t words, const char *what)
{
    struct wasmc_pcmap_frame frame = wasmc_pcmap_frame(map, pc);
    CHECK_EQUAL(frame.func, func, what);
    CHECK_EQUAL(frame.cfa_words, words, what);
}

static void test_frames(void)
{
    struct section section = {.size = 0};
    /* Function 4 at 16 with three rows, one of them in the loop that probes; function 1 at 48, which pops 24 bytes, and
     * what the compiler made up, at 64. */
    put_chunk(&section, 0x1000, 0, NO_LIST, NO_LIST,
              LIST("u", 16, 5, 6, 1, 4, 4, 2 * 30 + 1, 6, 8, 32, 0x7d, 1, 2, 16, 0x7e, 0));
    struct wasmc_pcmap map = find(&section, 0x1000);
    check_frame(&map, 0x100f, 0, 0, "before every function");
    check_frame(&map, 0x1010, 5, 1, "the start of a function");
    check_frame(&map, 0x1011, 5, 2, "a row");
    check_frame(&map, 0x1014, 5, 2, "before the next row");
    CHECK_EQUAL(wasmc_pcmap_frame(&map, 0x1014).is_probe, false, "the stack pointer");
    check_frame(&map, 0x1015, 5, 30, "another register");
    CHECK_EQUAL(wasmc_pcmap_frame(&map, 0x1015).is_probe, true, "the probing register");
    check_frame(&map, 0x102f, 5, 4, "the last row");
    CHECK_EQUAL(wasmc_pcmap_frame(&map, 0x102f).popped_bytes, 0, "pops nothing");
    check_frame(&map, 0x1030, 2, 1, "another function");
    CHECK_EQUAL(wasmc_pcmap_frame(&map, 0x1030).popped_bytes, 24, "pops");
    check_frame(&map, 0x1040, 0, 1, "a function of no module");
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
        struct wasmc_pcmap map;
        uintptr_t pc = 0x1000 + (state >> 50);
        if (!wasmc_pcmap_find_in(exact + sizeof exact - size, size, pc, &map))
            continue;
        (void)wasmc_pcmap_frame(&map, pc);
        uint32_t inlined = wasmc_pcmap_place(&map, pc).inlined;
        for (int depth = 0; inlined != 0; depth++) {
            CHECK(depth < 600);
            inlined = wasmc_pcmap_inlined(&map, inlined).inlined;
        }
    }
    checks_passed++;
    struct wasmc_pcmap map;
    CHECK(!wasmc_pcmap_find_in(section.bytes, 0, 5, &map)); /* no section */

    /* A number that never ends. */
    section.size = 0;
    put_chunk(&section, 0x1000, 0, LIST("us", 2, 1), NO_LIST, NO_LIST);
    memset(section.bytes + sizeof(struct wasmc_pcmap_header), 0xff, 8);
    CHECK_EQUAL(lookup(&section, 0x2000), WASMC_MODULE_OFFSET_UNKNOWN, "endless number");
    /* Lists beyond the section. */
    memset(section.bytes + offsetof(struct wasmc_pcmap_header, frame_bytes), 0xff, 4);
    CHECK(!wasmc_pcmap_find_in(section.bytes, section.size, 0x2000, &map));
}

void test_pcmap(void)
{
    test_lookup();
    test_unknown();
    test_inlined();
    test_frames();
    test_malformed();
    CHECK_EQUAL(wasmc_pcmap_lookup(0x1000), WASMC_MODULE_OFFSET_UNKNOWN, "a program without the section");
}
