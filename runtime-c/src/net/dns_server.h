/* dns_server.h - one server: its address, and one question to it. */
#ifndef WASMC_NET_DNS_SERVER_H
#define WASMC_NET_DNS_SERVER_H

#include "dns_message.h"
#include "resolv_conf.h"

/* A socket that is connected to a server, SOCK_DGRAM or SOCK_STREAM, or a negative errno. */
int wasmc_dns_connect(const struct wasmc_resolv_server *server, int type);

/* One question over TCP, until end_ms of the monotonic clock. False: no answer to it.
 *
 *   message   room for any answer */
bool wasmc_dns_ask_tcp(const struct wasmc_resolv_server *server, const struct wasmc_dns_question *question,
                       uint64_t end_ms, uint8_t message[WASMC_DNS_MESSAGE_BYTES], struct wasmc_dns_answer *answer);

#endif
