#include "fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "wasi/poll.h"
#include "wasmc/wasi.h"

const char *fixture_host_path(struct fixture *fixture, const char *name)
{
    static char paths[4][512];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", fixture->top, name);
    return path;
}

void fixture_make_file(struct fixture *fixture, const char *name, const char *content)
{
    FILE *file = fopen(fixture_host_path(fixture, name), "w");
    CHECK(file != NULL);
    if (file != NULL) {
        fputs(content, file);
        fclose(file);
    }
}

void fixture_make_dir(struct fixture *fixture, const char *name)
{
    CHECK(mkdir(fixture_host_path(fixture, name), 0755) == 0);
}

void fixture_make_link(struct fixture *fixture, const char *content, const char *name)
{
    CHECK(symlink(content, fixture_host_path(fixture, name)) == 0);
}

void fixture_start(struct fixture *fixture, bool read_only)
{
    memset(fixture, 0, sizeof *fixture);
    const char *directory = getenv("TMPDIR");
    snprintf(fixture->top, sizeof fixture->top, "%s/wasmc-test-XXXXXX", directory != NULL ? directory : "/tmp");
    CHECK(mkdtemp(fixture->top) != NULL);
    fixture_make_dir(fixture, "root");
    fixture_make_dir(fixture, "outside");

    fixture->memory.base = fixture->bytes;
    fixture->memory.size_bytes = FIXTURE_MEMORY_BYTES;
    fixture->next_addr = 32768;
    int bytes = snprintf(fixture->words, sizeof fixture->words, "--dir=%s/root::/%s", fixture->top,
                         read_only ? "::ro" : "");
    fixture->words[bytes + 1] = '\0';
    struct wasmc_grant_error error;
    CHECK(wasmc_grants_add(&fixture->grants, WASMC_GRANTS_BAKED, wasmc_words_of(fixture->words), &error));
    fixture->ctx.memory = &fixture->memory;
    fixture->ctx.grants = &fixture->grants;
    fixture->ctx.name = WASMC_MAIN_MODULE;
    fixture->ctx.is_main = true;
    wasmc_fd_table_start(&fixture->ctx);
}

static int remove_entry(const char *path, const struct stat *stat, int type, struct FTW *at)
{
    (void)stat;
    (void)type;
    (void)at;
    return remove(path);
}

void fixture_end(struct fixture *fixture)
{
    for (uint32_t fd = 0; fd < fixture->ctx.fds.slot_count; fd++)
        (void)wasmc_fd_remove(&fixture->ctx, fd);
    wasmc_poll_set_end(&fixture->ctx);
    CHECK(nftw(fixture->top, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0);
}

uint32_t fixture_text(struct fixture *fixture, const char *text)
{
    uint32_t addr = fixture->next_addr;
    size_t bytes = strlen(text) + 1;
    if (addr + bytes > FIXTURE_MEMORY_BYTES) {
        addr = 32768;
        fixture->next_addr = addr;
    }
    memcpy(fixture->bytes + addr, text, bytes);
    fixture->next_addr += (uint32_t)bytes;
    return addr;
}

uint32_t fixture_u32(struct fixture *fixture, uint32_t addr)
{
    uint32_t value;
    memcpy(&value, fixture->bytes + addr, sizeof value);
    return value;
}

uint64_t fixture_u64(struct fixture *fixture, uint32_t addr)
{
    uint64_t value;
    memcpy(&value, fixture->bytes + addr, sizeof value);
    return value;
}

void fixture_put_u32(struct fixture *fixture, uint32_t addr, uint32_t value)
{
    memcpy(fixture->bytes + addr, &value, sizeof value);
}

void fixture_put_u64(struct fixture *fixture, uint32_t addr, uint64_t value)
{
    memcpy(fixture->bytes + addr, &value, sizeof value);
}

uint32_t fixture_open(struct fixture *fixture, uint32_t dir, const char *path, uint32_t oflags, uint64_t rights,
                      uint32_t *fd)
{
    uint32_t error = wasmc_wasi_path_open(&fixture->ctx, dir, WASI_LOOKUPFLAGS_SYMLINK_FOLLOW,
                                          fixture_text(fixture, path), (uint32_t)strlen(path), oflags, rights,
                                          ~UINT64_C(0), 0, 16);
    *fd = fixture_u32(fixture, 16);
    return error;
}

void fixture_start_two(struct fixture *giver, struct fixture *taker, const char *taker_words)
{
    struct wasmc_grant_error error;
    fixture_start(giver, false);
    fixture_start(taker, false);
    taker->grants.module = "taker";
    taker->ctx.name = "taker";
    taker->ctx.is_main = false;
    CHECK(wasmc_grants_add(&taker->grants, WASMC_GRANTS_ENVIRONMENT, wasmc_words_of(taker_words), &error));
    wasmc_ctx_join(&taker->ctx, &giver->ctx);
}

static jmp_buf trap_back;
static uint32_t trap_code;

static void catch_trap(uint32_t code, uint32_t module_offset, uint64_t element)
{
    (void)module_offset;
    (void)element;
    trap_code = code;
    longjmp(trap_back, 1);
}

uint32_t fixture_trap_of(void (*body)(struct fixture *), struct fixture *fixture)
{
    trap_code = WASMC_TRAP_NONE;
    wasmc_trap_hook = catch_trap;
    if (setjmp(trap_back) == 0)
        body(fixture);
    wasmc_trap_hook = NULL;
    return trap_code;
}
