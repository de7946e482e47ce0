#include <stdlib.h>
#include <sys/stat.h>

#include "check.h"
#include "fixture.h"
#include "wasmc/wasi.h"

#define FILES 300
#define BUFFER 4096u

struct entry {
    uint64_t next;
    uint64_t ino;
    uint32_t name_bytes;
    uint8_t filetype;
    char name[64];
};

/* Reads the entry at addr; false when less than a whole one is before end. */
static bool parse(struct fixture *fixture, uint32_t addr, uint32_t end, struct entry *entry)
{
    if (end - addr < 24)
        return false;
    entry->next = fixture_u64(fixture, addr);
    entry->ino = fixture_u64(fixture, addr + 8);
    entry->name_bytes = fixture_u32(fixture, addr + 16);
    entry->filetype = fixture->bytes[addr + 20];
    if (end - addr - 24 < entry->name_bytes || entry->name_bytes >= sizeof entry->name)
        return false;
    memcpy(entry->name, fixture->bytes + addr + 24, entry->name_bytes);
    entry->name[entry->name_bytes] = '\0';
    return true;
}

static uint32_t list(struct fixture *fixture, uint32_t buffer_bytes, uint64_t cookie)
{
    memset(fixture->bytes + BUFFER, 0xee, buffer_bytes + 8);
    CHECK(wasmc_wasi_fd_readdir(&fixture->ctx, 3, BUFFER, buffer_bytes, cookie, 200) == WASI_ERRNO_SUCCESS);
    uint32_t used = fixture_u32(fixture, 200);
    CHECK(used <= buffer_bytes);
    CHECK(fixture->bytes[BUFFER + buffer_bytes] == 0xee);
    return used;
}

/* Lists everything through a buffer of this size, as wasi-libc does, and counts each name. */
static void check_whole(struct fixture *fixture, uint32_t buffer_bytes)
{
    int seen[FILES] = {0};
    int dots = 0;
    uint64_t cookie = 0;
    for (;;) {
        uint32_t used = list(fixture, buffer_bytes, cookie);
        uint32_t at = BUFFER;
        struct entry entry;
        while (parse(fixture, at, BUFFER + used, &entry)) {
            if (entry.name[0] == '.') {
                dots++;
                CHECK(entry.filetype == WASI_FILETYPE_DIRECTORY);
            } else {
                int number = atoi(entry.name + 1);
                CHECK(number >= 0 && number < FILES);
                seen[number]++;
                CHECK(entry.filetype == WASI_FILETYPE_REGULAR_FILE);
            }
            cookie = entry.next;
            at += 24 + entry.name_bytes;
        }
        if (used < buffer_bytes)
            break;
        CHECK(at > BUFFER); /* or this would not end */
    }
    int wrong = 0;
    for (int i = 0; i < FILES; i++)
        wrong += seen[i] != 1;
    CHECK_EQUAL(wrong, 0, "files not seen once");
    CHECK_EQUAL(dots, 2, "dots");
}

/* Each cookie leads to the entry after its own, in any order of asking. */
static void check_cookies(struct fixture *fixture)
{
    static struct entry entries[FILES + 2];
    size_t count = 0;
    uint32_t used = list(fixture, 20000, 0);
    for (uint32_t at = BUFFER; count < FILES + 2 && parse(fixture, at, BUFFER + used, &entries[count]); count++)
        at += 24 + entries[count].name_bytes;
    CHECK_EQUAL(count, FILES + 2, "entries");
    for (size_t i = count - 1; i-- > 0;) {
        struct entry entry;
        used = list(fixture, 100, entries[i].next);
        CHECK(parse(fixture, BUFFER, BUFFER + used, &entry));
        CHECK_TEXT(entry.name, entries[i + 1].name);
    }
    CHECK_EQUAL(list(fixture, 100, entries[count - 1].next), 0, "after the last");
}

static void check_inodes(struct fixture *fixture)
{
    struct stat root;
    struct entry entry;
    CHECK(stat(fixture_host_path(fixture, "root"), &root) == 0);
    uint32_t used = list(fixture, 20000, 0);
    int dots = 0;
    for (uint32_t at = BUFFER; parse(fixture, at, BUFFER + used, &entry); at += 24 + entry.name_bytes) {
        if (entry.name[0] != '.')
            continue;
        /* Also "..": what lies above is not told. */
        CHECK(entry.ino == root.st_ino);
        dots++;
    }
    CHECK_EQUAL(dots, 2, "dots");
}

void test_readdir(void)
{
    static struct fixture fixture;
    fixture_start(&fixture, false);
    for (int i = 0; i < FILES; i++) {
        char name[32];
        snprintf(name, sizeof name, "root/f%d", i);
        fixture_make_file(&fixture, name, "");
    }
    static const uint32_t sizes[] = {28, 64, 100, 256, 1000, 4096, 20000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        check_whole(&fixture, sizes[i]);
    check_cookies(&fixture);
    check_inodes(&fixture);
    CHECK_EQUAL(list(&fixture, 0, 0), 0, "no room");
    CHECK_EQUAL(list(&fixture, 10, 0), 10, "room for a part");
    CHECK(wasmc_wasi_fd_readdir(&fixture.ctx, 3, BUFFER, 100, UINT64_MAX, 200) == WASI_ERRNO_INVAL);
    uint32_t fd;
    CHECK(fixture_open(&fixture, 3, "f1", 0, ~UINT64_C(0), &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_readdir(&fixture.ctx, fd, BUFFER, 100, 0, 200) == WASI_ERRNO_NOTDIR);
    fixture_end(&fixture);
}
