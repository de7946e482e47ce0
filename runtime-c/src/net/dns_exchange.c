/* dns_exchange.c - who is asked when, and what becomes of what comes back.
 *
 * Each question has a socket of its own at each server, and an id: whoever guesses has two numbers of 16 bits to guess,
 * of one question. A connected socket gets nothing from other addresses.
 */
#include "dns_exchange.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "../sys/resolver.h"
#include "dns_server.h"

/* One question at one server. */
struct asking {
    int fd; /* or -1 */
    uint16_t id;
    bool has_no_edns;
    bool has_failed; /* since it was last asked */
};

struct exchange {
    const struct wasmc_resolv_conf *conf;
    const struct wasmc_dns_question *questions;
    struct wasmc_dns_answer *answers;
    unsigned count;
    bool is_answered[WASMC_DNS_QUESTIONS];
    struct asking askings[WASMC_DNS_QUESTIONS][WASMC_RESOLV_SERVERS];
};

/* What is received: once for all, as 64 KiB are a lot for a stack. */
static uint8_t message[WASMC_DNS_MESSAGE_BYTES];

static bool is_complete(const struct exchange *exchange)
{
    bool is = true;
    for (unsigned i = 0; i < exchange->count; i++)
        is = is && exchange->is_answered[i];
    return is;
}

static void ask(struct exchange *exchange, unsigned question, unsigned server)
{
    struct asking *asking = &exchange->askings[question][server];
    uint8_t query[WASMC_DNS_QUERY_BYTES];
    asking->has_failed = true;
    if (asking->fd < 0) {
        if (!wasmc_sys_resolver_random(&asking->id, sizeof asking->id))
            return;
        asking->fd = wasmc_dns_connect(&exchange->conf->servers[server], SOCK_DGRAM);
    }
    size_t bytes = wasmc_dns_write_query(&exchange->questions[question], asking->id, !asking->has_no_edns, query);
    if (asking->fd < 0)
        return;
    ssize_t sent = wasmc_sys_resolver_send(asking->fd, query, bytes);
    if (sent == -ECONNREFUSED) /* of the time before */
        sent = wasmc_sys_resolver_send(asking->fd, query, bytes);
    asking->has_failed = sent != (ssize_t)bytes;
}

/* An answer that does not hold everything is asked for over TCP. Where TCP does not go, addresses are better than none;
 * they are kept until another server has more. */
static bool complete(struct exchange *exchange, unsigned question, unsigned server, struct wasmc_dns_answer *answer)
{
    const struct wasmc_resolv_conf *conf = exchange->conf;
    struct wasmc_dns_answer whole;
    if (!answer->is_truncated)
        return true;
    uint64_t end_ms = wasmc_sys_resolver_now_ms() + 1000u * conf->timeout_s;
    if (wasmc_dns_ask_tcp(&conf->servers[server], &exchange->questions[question], end_ms, message, &whole)) {
        *answer = whole;
        return true;
    }
    if (answer->code == WASMC_DNS_NO_ERROR && answer->count > exchange->answers[question].count)
        exchange->answers[question] = *answer;
    return false;
}

static void take(struct exchange *exchange, unsigned question, unsigned server, size_t bytes)
{
    struct asking *asking = &exchange->askings[question][server];
    struct wasmc_dns_answer answer;
    enum wasmc_dns_verdict verdict =
        wasmc_dns_read_answer(&exchange->questions[question], asking->id, message, bytes, &answer);
    if (verdict == WASMC_DNS_FOREIGN)
        return;
    if (verdict == WASMC_DNS_MALFORMED || !complete(exchange, question, server, &answer)) {
        asking->has_failed = true;
        return;
    }
    if (answer.code == WASMC_DNS_NO_ERROR || answer.code == WASMC_DNS_NO_NAME) {
        exchange->answers[question] = answer;
        exchange->is_answered[question] = true;
        return;
    }
    asking->has_failed = true;
    bool knows_no_edns = answer.code == WASMC_DNS_FORMAT_ERROR || answer.code == WASMC_DNS_NOT_IMPLEMENTED;
    if (knows_no_edns && !asking->has_no_edns) {
        asking->has_no_edns = true;
        ask(exchange, question, server);
    }
}

static void receive(struct exchange *exchange, unsigned question, unsigned server)
{
    struct asking *asking = &exchange->askings[question][server];
    ssize_t received = wasmc_sys_resolver_receive(asking->fd, message, sizeof message);
    if (received >= 0)
        take(exchange, question, server, (size_t)received);
    else if (received != -EAGAIN)
        asking->has_failed = true;
}

/* Waits once, and receives one message of each socket that has any. False: nothing came. */
static bool wait_once(struct exchange *exchange, uint64_t timeout_ms)
{
    struct pollfd polled[WASMC_DNS_QUESTIONS][WASMC_RESOLV_SERVERS];
    for (unsigned i = 0; i < WASMC_DNS_QUESTIONS; i++) {
        for (unsigned server = 0; server < WASMC_RESOLV_SERVERS; server++) {
            int fd = exchange->is_answered[i] ? -1 : exchange->askings[i][server].fd;
            polled[i][server] = (struct pollfd){fd, POLLIN, 0};
        }
    }
    int ready = wasmc_sys_resolver_poll(polled[0], WASMC_DNS_QUESTIONS * WASMC_RESOLV_SERVERS, timeout_ms);
    if (ready <= 0)
        return ready == -EINTR;
    for (unsigned i = 0; i < exchange->count; i++) {
        for (unsigned server = 0; server < WASMC_RESOLV_SERVERS; server++) {
            if (polled[i][server].revents != 0 && !exchange->is_answered[i])
                receive(exchange, i, server);
        }
    }
    return true;
}

static bool may_still_answer(const struct exchange *exchange, unsigned server)
{
    for (unsigned i = 0; i < exchange->count; i++) {
        if (!exchange->is_answered[i] && !exchange->askings[i][server].has_failed)
            return true;
    }
    return false;
}

/* Until all is answered, the server that was asked last has failed, or its time has passed; then what has come is
 * looked at once more, as TCP may have taken the time. */
static void wait_for(struct exchange *exchange, unsigned server)
{
    uint64_t end_ms = wasmc_sys_resolver_now_ms() + 1000u * exchange->conf->timeout_s;
    while (may_still_answer(exchange, server)) {
        uint64_t now_ms = wasmc_sys_resolver_now_ms();
        bool is_last = now_ms >= end_ms;
        if (!wait_once(exchange, is_last ? 0 : end_ms - now_ms) || is_last)
            return;
    }
}

static void ask_all(struct exchange *exchange, unsigned first)
{
    const struct wasmc_resolv_conf *conf = exchange->conf;
    for (unsigned i = 0; i < (unsigned)conf->attempts * conf->server_count; i++) {
        unsigned server = (first + i) % conf->server_count;
        for (unsigned question = 0; question < exchange->count; question++) {
            if (!exchange->is_answered[question])
                ask(exchange, question, server);
        }
        wait_for(exchange, server);
        if (is_complete(exchange))
            return;
    }
}

void wasmc_dns_exchange(const struct wasmc_resolv_conf *conf, const struct wasmc_dns_question *questions,
                        unsigned count, struct wasmc_dns_answer *answers)
{
    struct exchange exchange = {.conf = conf, .questions = questions, .answers = answers, .count = count};
    uint8_t first = 0;
    for (unsigned i = 0; i < WASMC_DNS_QUESTIONS; i++) {
        for (unsigned server = 0; server < WASMC_RESOLV_SERVERS; server++)
            exchange.askings[i][server].fd = -1;
    }
    for (unsigned i = 0; i < count; i++) {
        answers[i].code = WASMC_DNS_SERVER_FAILURE;
        answers[i].count = 0;
        answers[i].ttl_s = 0;
    }
    if (conf->rotates)
        (void)wasmc_sys_resolver_random(&first, sizeof first);
    ask_all(&exchange, first);
    for (unsigned i = 0; i < WASMC_DNS_QUESTIONS; i++) {
        for (unsigned server = 0; server < WASMC_RESOLV_SERVERS; server++) {
            if (exchange.askings[i][server].fd >= 0)
                wasmc_sys_resolver_close(exchange.askings[i][server].fd);
        }
    }
}
