/* question.h - what getaddrinfo is asked, and what it finds. */
#ifndef WASMC_NET_QUESTION_H
#define WASMC_NET_QUESTION_H

#include <stdbool.h>
#include <stdint.h>

/* What getaddrinfo is asked. */
struct wasmc_net_question {
    const char *host;    /* NUL-terminated; null: the local host, or with is_passive every address */
    const char *service; /* a name or a number; null: port 0 */
    int family;          /* AF_UNSPEC, AF_INET, AF_INET6 */
    int type;            /* SOCK_STREAM, SOCK_DGRAM; 0: both */
    bool is_passive, wants_canonical, is_numeric_host, is_numeric_service, is_address_config, is_v4_mapped, wants_all;
};

/* Of one name. What is asked for both types is there twice, once for each. */
#define WASMC_NET_ADDRESSES 64
#define WASMC_NET_FOUND (2 * WASMC_NET_ADDRESSES)

struct wasmc_net_found {
    uint16_t count;
    struct {
        uint16_t family;
        uint8_t type; /* SOCK_... */
        uint8_t reserved;
        uint16_t port;
        uint16_t reserved1;
        uint32_t scope_id;
        uint8_t address[16];
    } items[WASMC_NET_FOUND];
    char canonical[256]; /* "" unless it was wanted */
};

#endif
