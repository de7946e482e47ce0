/* fixture.h - a module's context with a memory of its own and a granted directory, for tests that
 * call host functions as compiled code would. */
#ifndef WASMC_TESTS_FIXTURE_H
#define WASMC_TESTS_FIXTURE_H

#include "ctx.h"
#include "grants.h"

#define FIXTURE_MEMORY_BYTES 65536u

struct fixture {
    struct wasmc_memory memory;
    struct wasmc_grants grants;
    struct wasmc_ctx ctx;
    char top[64];      /* a fresh directory of the host; holds `root` and `outside` */
    char words[128];   /* the grant */
    uint32_t next_addr; /* where fixture_text puts the next text */
    uint8_t bytes[FIXTURE_MEMORY_BYTES];
};

/* fd 3 is `root`, under the guest's name "/"; read_only grants it so. */
void fixture_start(struct fixture *fixture, bool read_only);

/* Both: `giver` is the module main, `taker` one of the same program that is linked as "taker", with `taker_words` as grants. */
void fixture_start_two(struct fixture *giver, struct fixture *taker, const char *taker_words);

/* Closes everything and removes the directory. */
void fixture_end(struct fixture *fixture);

/* A path of the host: top/name. */
const char *fixture_host_path(struct fixture *fixture, const char *name);
void fixture_make_file(struct fixture *fixture, const char *name, const char *content);
void fixture_make_dir(struct fixture *fixture, const char *name);
void fixture_make_link(struct fixture *fixture, const char *content, const char *name);

/* Puts a text into guest memory; returns its address. */
uint32_t fixture_text(struct fixture *fixture, const char *text);
uint32_t fixture_u32(struct fixture *fixture, uint32_t addr);
uint64_t fixture_u64(struct fixture *fixture, uint32_t addr);
void fixture_put_u32(struct fixture *fixture, uint32_t addr, uint32_t value);
void fixture_put_u64(struct fixture *fixture, uint32_t addr, uint64_t value);

/* Calls that many tests make: opens a path with all rights, follow at the end. Returns the errno. */
uint32_t fixture_open(struct fixture *fixture, uint32_t dir, const char *path, uint32_t oflags, uint64_t rights,
                      uint32_t *fd);

/* Whether running body() traps, and with what. */
uint32_t fixture_trap_of(void (*body)(struct fixture *), struct fixture *fixture);

#endif
