/* resolver_musl.h - the seams at which musl's getaddrinfo is given another resolv.conf, another transport and another
 * reader of answers.
 *
 * They are hidden functions of musl's (src/network/lookup.h). As libc.a is linked statically and behind the runtime,
 * those defined here are taken and its own are not. What remains musl's is the hosts file, services, numeric names,
 * families, the list of domains and ndots, sorting, and the result; its own transport would cut answers off. Nothing of
 * this is promised by musl: known are the versions of WASMC_MUSL_VERSIONS, and building the runtime runs
 * tests/network/musl.c, which fails with another.
 */
#ifndef WASMC_NET_RESOLVER_MUSL_H
#define WASMC_NET_RESOLVER_MUSL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns_exchange.h"

/* To add one: what is declared below is the same in its lookup.h, and lookup_name.c uses it in the same way. */
#define WASMC_MUSL_VERSIONS "1.2.3", "1.2.4", "1.2.5"
extern const char __libc_version[] __attribute__((visibility("hidden")));

/* MAXADDRS, MAXNS. */
#define WASMC_MUSL_ADDRESSES 48
#define WASMC_MUSL_SERVERS 3

struct wasmc_musl_address {
    int family;
    unsigned scope_id;
    uint8_t address[16];
    int sort_key;
};

struct wasmc_musl_resolv_conf {
    struct wasmc_musl_address servers[WASMC_MUSL_SERVERS];
    unsigned server_count, attempts, ndots, timeout_s;
};

int __get_resolv_conf(struct wasmc_musl_resolv_conf *conf, char *search, size_t search_bytes);
int __res_msend_rc(int count, const unsigned char *const *queries, const int *query_bytes,
                   unsigned char *const *answers, int *answer_bytes, int room,
                   const struct wasmc_musl_resolv_conf *conf);

/* What is called of each record; before 1.2.4 without the last argument, which a callee does not see. */
typedef int wasmc_musl_take_record(void *context, int type, const void *data, int bytes, const void *message,
                                   int message_bytes);
int __dns_parse(const unsigned char *answer, int bytes, wasmc_musl_take_record *take, void *context);

/* What getaddrinfo has asked of the network. */
struct wasmc_musl_asked {
    bool is_asked;
    unsigned count;
    struct wasmc_dns_question questions[WASMC_DNS_QUESTIONS]; /* the last ones */
    struct wasmc_dns_answer answers[WASMC_DNS_QUESTIONS];
};

/* Before each lookup, with the path of resolv.conf. */
void wasmc_musl_start(const char *resolv_conf);
const struct wasmc_musl_asked *wasmc_musl_asked(void);

/* getaddrinfo takes WASMC_MUSL_ADDRESSES. When there are more, the next call of it gets the following ones for the
 * questions that were asked last, without asking again; false: there are none. */
bool wasmc_musl_turn_page(void);

#endif
