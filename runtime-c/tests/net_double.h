/* net_double.h - stands in for net/socket.h: says what the ABIs' calls ask of it, and answers what a test has chosen.
 * The linker passes every call of the runtime's through here (--wrap); outside these tests it goes on to the real
 * one. */
#ifndef WASMC_TESTS_NET_DOUBLE_H
#define WASMC_TESTS_NET_DOUBLE_H

#include "fixture.h"
#include "net/socket.h"

struct net_double {
    bool is_active;

    /* What was asked last. */
    const char *call; /* null: nothing */
    uint32_t fd;
    int family, type, backlog, flags, buffer_count;
    uint16_t fdflags;
    struct wasmc_endpoint endpoint;
    uint8_t sent[64];
    size_t sent_bytes;
    enum wasmc_net_option option;
    uint64_t value;
    uint32_t interface;
    bool joins;
    struct wasmc_net_question question;
    char host[64], service[64]; /* its texts; "(null)" */

    /* What is answered. */
    wasi_errno error;
    uint32_t new_fd;
    struct wasmc_endpoint answer;
    const char *data; /* what is received, into as many buffers as it needs */
    bool is_truncated;
    uint64_t answer_value;
    int name_error;
    struct wasmc_net_found found;
};

extern struct net_double net_double;

/* Nothing asked, everything answered with success and zeros. */
void net_double_begin(void);
void net_double_end(void);

/* Endpoints for tests: the text is an address, or a path. */
struct wasmc_endpoint net_double_endpoint(int family, const char *text, uint16_t port);

/* Whether the last call was passed this endpoint. */
bool net_double_got(const char *call, int family, const char *text, uint16_t port);

/* The last address of the guest's memory. */
#define LAST (FIXTURE_MEMORY_BYTES - 1)

/* A function for fixture_trap_of, of a call with an address that is outside. */
#define TRAPS(name, call)                      \
    static void name(struct fixture *fixture)  \
    {                                          \
        struct wasmc_ctx *ctx = &fixture->ctx; \
        (void)(call);                          \
    }

#endif
