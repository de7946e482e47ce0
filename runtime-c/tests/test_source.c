#include <stdlib.h>
#include <unistd.h>

#include "../src/source.h"
#include "check.h"
#include "wasmc/pcmap.h"
#include "wasmc/source.h"

/* The section, with one chunk of a program; a chunk of another instance lies before it. */
#define OTHER_BYTES 24
#define PLACES 5, 2, 1, 9, 4, 1, 0, 5, 0x7f, 2, 7, 5, 0x7f, 0, 0
#define SCOPES 0, 1, 1, 3, 2, 2, 7
#define STRINGS 0, 3, 'a', '.', 'c', 2, 1, 'h', 0, 5, 'c', 'h', 'e', 'c', 'k'

static const uint8_t original[] = {
    7, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0,
    3, 0, 0, 0, 15, 0, 0, 0, 7, 0, 0, 0, 15, 0, 0, 0, PLACES, SCOPES, STRINGS, 0, 0, 0,
};
__attribute__((section(WASMC_SOURCE_SECTION), aligned(4))) static uint8_t table[sizeof original];

/* What a frame at a module offset looks like. */
static const char *text_at(uint32_t instance, uint32_t offset)
{
    static char bytes[20000];
    int ends[2];
    if (pipe(ends) != 0)
        abort();
    struct wasmc_text text;
    struct wasmc_trap_frames frames;
    wasmc_text_begin(&text, ends[1]);
    wasmc_trap_frames_begin(&frames, &text);
    wasmc_source_put(&frames, &(struct wasmc_trap_place){.module_offset = offset, .func_name = "f"}, instance);
    wasmc_text_flush(&text);
    close(ends[1]);
    ssize_t count = read(ends[0], bytes, sizeof bytes - 1);
    close(ends[0]);
    bytes[count > 0 ? count : 0] = '\0';
    return bytes;
}

static void test_places(void)
{
    CHECK_TEXT(text_at(3, 1), "\n    at f (module offset 0x1)");
    CHECK_TEXT(text_at(3, 2), "\n    at check (inlined) a.h:1:9\n    at f (module offset 0x2) a.c:2:7");
    CHECK_TEXT(text_at(3, 3), "\n    at check (inlined) a.h:1:9\n    at f (module offset 0x3) a.c:2:7");
    CHECK_TEXT(text_at(3, 4), "\n    at check (inlined) a.h:2\n    at f (module offset 0x4) a.c:2:7");
    CHECK_TEXT(text_at(3, 6), "\n    at f (module offset 0x6) a.c:4:7");
    CHECK_TEXT(text_at(3, 100), "\n    at f (module offset 0x64)");
    CHECK_TEXT(text_at(3, WASMC_MODULE_OFFSET_UNKNOWN), "\n    at f (module offset unknown)");
    CHECK_TEXT(text_at(5, 2), "\n    at f (module offset 0x2)");
}

/* Any bytes end, within the section. */
static void test_damaged(void)
{
    srand(1);
    for (int i = 0; i < 20000; i++) {
        memcpy(table, original, sizeof table);
        for (int k = rand() % 4; k >= 0; k--)
            table[OTHER_BYTES + rand() % (int)(sizeof table - OTHER_BYTES)] = (uint8_t)rand();
        const char *text = text_at(3, (uint32_t)(rand() % 16));
        if (strstr(text, "at f (module offset") == NULL)
            CHECK_TEXT(text, "at f (module offset");
    }
    CHECK(true);
    memcpy(table, original, sizeof table);
}

void test_source(void)
{
    memcpy(table, original, sizeof table);
    test_places();
    test_damaged();
}
