/* resolv_conf.h - what a resolv.conf says: resolv.conf(5), with its limits. */
#ifndef WASMC_NET_RESOLV_CONF_H
#define WASMC_NET_RESOLV_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WASMC_RESOLV_SERVERS 3
#define WASMC_RESOLV_SEARCH_BYTES 256 /* what musl has room for, and its NUL */
#define WASMC_RESOLV_SCOPE_BYTES 16   /* as the name of a link, and its NUL */
#define WASMC_RESOLV_PORT 53

struct wasmc_resolv_server {
    uint16_t family; /* AF_INET, AF_INET6 */
    uint16_t port;
    uint8_t address[16]; /* as on the wire; IPv4 is the first 4 bytes */
    char scope[WASMC_RESOLV_SCOPE_BYTES]; /* the link's name or number; "" */
};

struct wasmc_resolv_conf {
    struct wasmc_resolv_server servers[WASMC_RESOLV_SERVERS];
    uint8_t server_count; /* at least 1 */
    uint8_t ndots;        /* 0 to 15 */
    uint8_t timeout_s;    /* 1 to 30: until a server is given up */
    uint8_t attempts;     /* 1 to 5: at all servers */
    bool rotates;
    char search[WASMC_RESOLV_SEARCH_BYTES]; /* domains with a blank between them, as many as there is room for */
};

/* Reads a file's text, which may be anything: what is not understood is passed over. Without a server it is 127.0.0.1.
 * A server may have a port: "nameserver [127.0.0.1]:5353", "nameserver [fe80::1%eth0]:53". */
void wasmc_resolv_conf_parse(const char *text, size_t bytes, struct wasmc_resolv_conf *conf);

#endif
