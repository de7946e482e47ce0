/* dns_exchange.h - asks servers, and waits for the first answer that is one. */
#ifndef WASMC_NET_DNS_EXCHANGE_H
#define WASMC_NET_DNS_EXCHANGE_H

#include "dns_message.h"
#include "resolv_conf.h"

/* Questions at a time: the addresses of both families. */
#define WASMC_DNS_QUESTIONS 2

/* Asks as resolv.conf(5) says: each server after the one before has failed or has let the time pass, all of them again
 * as often as there are attempts; answers of those that were given up count as long as one is waited for. The code of
 * an answer is NO_ERROR or NO_NAME; or SERVER_FAILURE, when nobody had one. */
void wasmc_dns_exchange(const struct wasmc_resolv_conf *conf, const struct wasmc_dns_question *questions,
                        unsigned count, struct wasmc_dns_answer *answers);

#endif
