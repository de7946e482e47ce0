/* rule.h - what --allow-outbound, --allow-inbound and --allow-resolve say.
 *
 *     RULE     tcp://HOST:PORTS or udp://HOST:PORTS
 *     HOST     10.1.2.3   [fd00::1]   10.1.0.0/16   [fd00::]/8   example.com   *.example.com
 *     PORTS    80   80,443   8000-8010   8000-8010,9000   *
 *     PATTERN  example.com   *.example.com   *              (--allow-resolve; name.h)
 *
 * There is one way to write each: lower-case tcp and udp, numbers without leading zeros, no bits behind a prefix, no
 * scope. [::ffff:a.b.c.d] is a.b.c.d, with a prefix from 96 on a prefix of it. A prefix gives all its addresses,
 * 0.0.0.0/0 also 127.0.0.1 and 169.254.169.254; [::]/0 is IPv6 alone. A name that must be loopback (localhost) is
 * refused, as no name leads there: such a rule would never admit anything.
 */
#ifndef WASMC_NET_RULE_H
#define WASMC_NET_RULE_H

#include "../text.h"
#include "address.h"
#include "name.h"

/* The longest name has 253 bytes, 16 ranges have 191. */
#define WASMC_NET_RULE_BYTES 512
#define WASMC_NET_PORT_RANGES 16

enum wasmc_net_protocol {
    WASMC_NET_TCP,
    WASMC_NET_UDP,
};

struct wasmc_net_port_range {
    uint16_t first;
    uint16_t last;
};

/* In order, and with something between each two. Of `*` inbound, 0 is one: any free port, which only `*` grants. */
struct wasmc_net_ports {
    struct wasmc_net_port_range ranges[WASMC_NET_PORT_RANGES];
    uint8_t count;
};

/* The text of a pattern is the word's, which lives as long. */
struct wasmc_net_rule {
    struct wasmc_net_prefix prefix;   /* unless is_named */
    struct wasmc_net_pattern pattern; /* when is_named */
    struct wasmc_net_ports ports;
    enum wasmc_net_direction direction;
    enum wasmc_net_protocol protocol;
    bool is_named;
};

/* On failure `error` receives what was expected, and where in the word something else is. */
bool wasmc_net_rule_parse(enum wasmc_net_direction direction, const char *word, struct wasmc_net_rule *rule,
                          struct wasmc_net_error *error);
bool wasmc_net_resolve_parse(const char *word, struct wasmc_net_pattern *pattern, struct wasmc_net_error *error);

/* WORD: expected ..., found '...' at byte N */
void wasmc_net_error_print(struct wasmc_text *text, const char *word, const struct wasmc_net_error *error);

/* The end of a rule: the ports of text[at..bytes). */
bool wasmc_net_ports_parse(enum wasmc_net_direction direction, const char *text, size_t at, size_t bytes,
                           struct wasmc_net_ports *ports, struct wasmc_net_error *error);

/* Of 0 to 65535. */
bool wasmc_net_ports_have(const struct wasmc_net_ports *ports, uint32_t port);

/* Whether a rule with a prefix gives a canonical address. 0.0.0.0 and :: are where a socket listens on every address of
 * the host: to be bound there takes a rule for just that, or for all addresses. */
bool wasmc_net_rule_has(const struct wasmc_net_rule *rule, wasmc_net_address address);

#endif
