/* forward.h - --forward [ADDR:]HOST:GUEST[/udp]: brings what comes to a port of the host to a port of the isolated
 * network.
 *
 *     8080:3000           127.0.0.1:8080 of the host to port 3000 of the program
 *     0.0.0.0:8080:3000   for other hosts, too; [::]:8080:3000 the same for IPv6, and for that alone
 *     0:3000              to a free port, which is told on standard error
 *     5353:53/udp         datagrams
 *
 * A process beside the program (relay.h) does it, made in the program's network with the host's sockets, which the
 * program does not have. The program finds connections on its own loopback: on 127.0.0.1 or 0.0.0.0, or else ::1 or ::.
 */
#ifndef WASMC_NET_FORWARD_H
#define WASMC_NET_FORWARD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "name.h"

struct wasmc_grants;

#define WASMC_FORWARDS 64 /* of one program */

struct wasmc_forward {
    const char *word;
    size_t address_bytes; /* of the word: the address that it begins with; 0: none, 127.0.0.1 is meant */
    union wasmc_forward_address {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } host;
    uint16_t guest_port;
    bool is_udp;
};

/* On failure `error` receives what was expected, and where in the word something else is. */
bool wasmc_forward_parse(const char *word, struct wasmc_forward *forward, struct wasmc_net_error *error);

/* Makes the host's sockets, before the process is isolated. Ends the program with one clear line when one cannot be
 * made. They are where `wasmc_seal_descriptors` would close them: it comes first. */
void wasmc_forward_open(const struct wasmc_grants *grants);

/* Starts the process that forwards, in the isolated network, and closes what wasmc_forward_open made. */
void wasmc_forward_start(const struct wasmc_grants *grants);

#endif
