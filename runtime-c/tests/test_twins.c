#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "net/channel.h"
#include "net/socket.h"
#include "net/socket_twins.h"
#include "wasmc/wasi.h"

/* What Tests/Network/datagrams.py cannot see: the end of an answer, and sockets that two modules have. */

#define PEERS "127.77.3.1"

static struct fixture giver;
static struct fixture taker;
static struct wasmc_net_module module;
static struct wasmc_net_rule rules[4];
static struct wasmc_net_answer answers[4];

/* The broker has the rules as they are now. */
static void begin(const char *rule)
{
    static const char words[] = "--accept-from=main\0";
    struct wasmc_net_error rule_error;
    fixture_start_two(&giver, &taker, words);
    memset(answers, 0, sizeof answers);
    module = (struct wasmc_net_module){
        .policy = {.rules = rules, .rule_capacity = 4, .answers = answers, .answer_capacity = 4}, .has_sockets = true};
    CHECK(wasmc_net_policy_add(&module.policy, WASMC_NET_OUTBOUND, rule, &rule_error));
    if (rules[0].is_named) {
        uint8_t bytes[4];
        CHECK(inet_pton(AF_INET, PEERS, bytes) == 1);
        /* No answer leads to a loopback, so that this one is put there. */
        answers[0] = (struct wasmc_net_answer){
            .address = wasmc_net_from_bytes(bytes, 4), .rules = {1}, .expires_ns = UINT64_MAX / 2};
        module.policy.answer_count = 1;
    }
    wasmc_network.rules = (struct wasmc_net_rules){.modules = &module, .count = 1, .has_any = true};
    wasmc_network.channels[WASMC_BROKER_HOST] = wasmc_broker_start(&wasmc_network.rules, WASMC_BROKER_HOST, false);
    CHECK(wasmc_network.channels[WASMC_BROKER_HOST] >= 0);
}

static void end(void)
{
    close(wasmc_network.channels[WASMC_BROKER_HOST]);
    wasmc_network.channels[WASMC_BROKER_HOST] = -1;
    fixture_end(&taker);
    fixture_end(&giver);
}

static int open_peer(struct wasmc_endpoint *endpoint)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t bytes = sizeof address;
    int peer = socket(AF_INET, SOCK_DGRAM, 0);
    CHECK(inet_pton(AF_INET, PEERS, &address.sin_addr) == 1);
    CHECK(bind(peer, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(getsockname(peer, (struct sockaddr *)&address, &bytes) == 0);
    *endpoint = (struct wasmc_endpoint){.family = AF_INET, .port = ntohs(address.sin_port)};
    memcpy(endpoint->address, &address.sin_addr, 4);
    return peer;
}

static wasi_errno send_to(struct fixture *fixture, uint32_t fd, const struct wasmc_endpoint *to)
{
    struct iovec datagram = {"abc", 3};
    size_t bytes;
    return wasmc_net_send_to(&fixture->ctx, fd, &datagram, 1, to, &bytes);
}

/* Two datagrams, and the peer answers both. */
static void acquaint(struct fixture *fixture, uint32_t fd, int peer, const struct wasmc_endpoint *endpoint)
{
    char buffer[8];
    struct sockaddr_in sender;
    for (int i = 0; i < 2; i++) {
        socklen_t bytes = sizeof sender;
        CHECK_EQUAL(send_to(fixture, fd, endpoint), WASI_ERRNO_SUCCESS, "send");
        CHECK_EQUAL(recvfrom(peer, buffer, sizeof buffer, 0, (struct sockaddr *)&sender, &bytes), 3, "arrives");
        CHECK_EQUAL(sendto(peer, "xy", 2, 0, (struct sockaddr *)&sender, bytes), 2, "answer");
    }
}

static wasi_errno receive(struct fixture *fixture, uint32_t fd, uint16_t *port)
{
    char buffer[8];
    struct iovec room = {buffer, sizeof buffer};
    struct wasmc_endpoint sender = {0};
    size_t bytes;
    bool is_truncated;
    wasi_errno error =
        wasmc_net_receive(&fixture->ctx, fd, &room, 1, 0, &bytes, &is_truncated, &sender);
    *port = sender.port;
    return error;
}

static struct wasmc_twins *twins_of(const struct fixture *fixture, uint32_t fd)
{
    return fixture->ctx.fds.slots[fd]->socket->twins;
}

static int count(const struct fixture *fixture, uint32_t fd)
{
    int found = 0;
    for (int i = 0; i < WASMC_TWINS_KEPT; i++)
        found += twins_of(fixture, fd) != NULL && twins_of(fixture, fd)->items[i].host >= 0;
    return found;
}

static void check_received(struct fixture *fixture, uint32_t fd, uint16_t port, const char *what)
{
    uint16_t from;
    CHECK_EQUAL(receive(fixture, fd, &from), WASI_ERRNO_SUCCESS, what);
    CHECK_EQUAL(from, port, what);
}

/* Of one with a number: as long as the answer lives, and no longer. */
static void test_answer_ends(void)
{
    struct wasmc_endpoint endpoint;
    uint32_t fd;
    uint16_t port;
    begin("udp://peer.test:*");
    int peer = open_peer(&endpoint);
    CHECK(wasmc_net_open(&giver.ctx, AF_INET, SOCK_DGRAM, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(&giver.ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    acquaint(&giver, fd, peer, &endpoint);
    CHECK_EQUAL(count(&giver, fd), 1, "there is a twin");
    struct wasmc_twin *twin = twins_of(&giver, fd)->items;
    while (twin->host < 0)
        twin++;
    CHECK_EQUAL(twin->expires_ns, UINT64_MAX / 2, "as long as the answer");
    check_received(&giver, fd, endpoint.port, "the first answer");
    check_received(&giver, fd, endpoint.port, "the second answer");
    CHECK_EQUAL(receive(&giver, fd, &port), WASI_ERRNO_AGAIN, "no more");
    /* A newer answer prolongs it. */
    twin->expires_ns = 1;
    CHECK_EQUAL(send_to(&giver, fd, &endpoint), WASI_ERRNO_SUCCESS, "a newer answer");
    CHECK_EQUAL(count(&giver, fd), 1, "the twin stays");
    CHECK_EQUAL(twin->expires_ns, UINT64_MAX / 2, "as long as that");
    /* When it has ended, what comes is not for the guest, and the broker is asked. */
    acquaint(&giver, fd, peer, &endpoint);
    twin->expires_ns = answers[0].expires_ns = 1;
    CHECK_EQUAL(receive(&giver, fd, &port), WASI_ERRNO_AGAIN, "from whom may not be sent to any more");
    CHECK_EQUAL(send_to(&giver, fd, &endpoint), WASI_ERRNO_SUCCESS, "the broker's answers live on");
    CHECK_EQUAL(count(&giver, fd), 0, "no twin");
    CHECK_EQUAL(send_to(&giver, fd, &endpoint), WASI_ERRNO_SUCCESS, "and once more");
    CHECK_EQUAL(count(&giver, fd), 0, "no new one");
    close(peer);
    end();
}

/* Of a rule with an address there is no end. */
static void test_no_answer(void)
{
    struct wasmc_endpoint endpoint;
    uint32_t fd;
    begin("udp://127.77.3.0/24:*");
    int peer = open_peer(&endpoint);
    CHECK(wasmc_net_open(&giver.ctx, AF_INET, SOCK_DGRAM, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(&giver.ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    acquaint(&giver, fd, peer, &endpoint);
    CHECK_EQUAL(count(&giver, fd), 1, "there is a twin");
    for (int i = 0; i < WASMC_TWINS_KEPT; i++)
        CHECK(twins_of(&giver, fd)->items[i].host < 0 || twins_of(&giver, fd)->items[i].expires_ns == UINT64_MAX);
    close(peer);
    end();
}

enum { NAME = 512, RESULT = 600, SUBSCRIPTIONS = 1024, EVENTS = 16384, EVENT_COUNT = 700 };

static uint32_t hand_over(uint32_t fd)
{
    memcpy(giver.bytes + NAME, "taker", 5);
    CHECK_EQUAL(wasmc_capability_fd_hand_over(&giver.ctx, fd, NAME, 5, WASI_RIGHTS_OF_SOCKET, 0, RESULT), WASI_ERRNO_SUCCESS,
                "hand over");
    return fixture_u32(&giver, RESULT);
}

/* How many of a list of a clock and so many times the descriptor are ready. */
static uint32_t poll_for(struct fixture *fixture, uint32_t fd, uint32_t times)
{
    memset(fixture->bytes + SUBSCRIPTIONS, 0, 48 * (times + 1));
    fixture->bytes[SUBSCRIPTIONS + 16] = WASI_CLOCKID_MONOTONIC;
    for (uint32_t i = 1; i <= times; i++) {
        fixture->bytes[SUBSCRIPTIONS + 48 * i + 8] = WASI_EVENTTYPE_FD_READ;
        fixture_put_u32(fixture, SUBSCRIPTIONS + 48 * i + 16, fd);
    }
    CHECK_EQUAL(wasmc_wasi_poll_oneoff(&fixture->ctx, SUBSCRIPTIONS, EVENTS, times + 1, EVENT_COUNT), WASI_ERRNO_SUCCESS,
                "poll");
    return fixture_u32(fixture, EVENT_COUNT) - 1;
}

/* One open file, whoever made its twins, and whether that was before or after. */
static void test_handed_over(void)
{
    struct wasmc_endpoint endpoints[2];
    uint32_t fd;
    uint16_t port;
    begin("udp://127.77.3.0/24:*");
    int peers[2] = {open_peer(&endpoints[0]), open_peer(&endpoints[1])};
    CHECK(wasmc_net_open(&giver.ctx, AF_INET, SOCK_DGRAM, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(&giver.ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(poll_for(&giver, fd, 20), 0, "the giver's set knows it");
    uint32_t given = hand_over(fd);
    CHECK_EQUAL(poll_for(&taker, given, 20), 0, "the taker's set knows it");
    acquaint(&giver, fd, peers[0], &endpoints[0]);
    CHECK_EQUAL(poll_for(&taker, given, 1), 1, "the taker sees what comes");
    CHECK_EQUAL(poll_for(&taker, given, 20), 20, "in its set, too");
    check_received(&taker, given, endpoints[0].port, "and has it");
    check_received(&taker, given, endpoints[0].port, "all of it");
    acquaint(&taker, given, peers[1], &endpoints[1]);
    CHECK_EQUAL(count(&giver, fd), 2, "one of each");
    CHECK_EQUAL(poll_for(&giver, fd, 20), 20, "the giver sees what comes to the taker's");
    check_received(&giver, fd, endpoints[1].port, "and has it");
    check_received(&giver, fd, endpoints[1].port, "all of it");
    CHECK_EQUAL(poll_for(&giver, fd, 20), 0, "nothing is left");
    /* Closed by one, the other has all. */
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "the giver closes");
    CHECK_EQUAL(count(&taker, given), 2, "the twins stay");
    acquaint(&taker, given, peers[0], &endpoints[0]);
    CHECK_EQUAL(poll_for(&taker, given, 20), 20, "the taker still sees");
    check_received(&taker, given, endpoints[0].port, "and has");
    check_received(&taker, given, endpoints[0].port, "all");
    CHECK_EQUAL(receive(&taker, given, &port), WASI_ERRNO_AGAIN, "nothing is left");
    int host = twins_of(&taker, given)->set;
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, given), WASI_ERRNO_SUCCESS, "the taker closes");
    CHECK(close(host) != 0);
    close(peers[0]);
    close(peers[1]);
    end();
}

/* Of a datagram that polling has received, as of one that the host has. */
static void test_ahead(void)
{
    struct wasmc_endpoint endpoint;
    uint32_t fd;
    char one[2], two[2];
    struct iovec pieces[2] = {{one, 1}, {two, 2}};
    struct wasmc_endpoint sender;
    size_t bytes;
    bool is_truncated;
    begin("udp://127.77.3.0/24:*");
    int peer = open_peer(&endpoint);
    CHECK(wasmc_net_open(&giver.ctx, AF_INET, SOCK_DGRAM, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(&giver.ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    acquaint(&giver, fd, peer, &endpoint);
    check_received(&giver, fd, endpoint.port, "an answer");
    check_received(&giver, fd, endpoint.port, "another");
    for (int pieces_count = 0; pieces_count <= 2; pieces_count++) {
        acquaint(&giver, fd, peer, &endpoint);
        CHECK_EQUAL(poll_for(&giver, fd, 1), 1, "there is one");
        CHECK(twins_of(&giver, fd)->ahead != NULL && twins_of(&giver, fd)->ahead->is_there);
        for (int flags = MSG_PEEK; flags >= 0; flags -= MSG_PEEK) {
            memset(one, '-', sizeof one);
            memset(two, '-', sizeof two);
            CHECK_EQUAL(wasmc_net_receive(&giver.ctx, fd, pieces, pieces_count, flags, &bytes, &is_truncated, &sender),
                        WASI_ERRNO_SUCCESS, "receive");
            CHECK_EQUAL(bytes, (uint32_t)pieces_count, "as much as there is room");
            CHECK_EQUAL(is_truncated, pieces_count < 2, "the rest is gone");
            CHECK_EQUAL(sender.port, endpoint.port, "who sent it");
            CHECK(one[0] == (pieces_count > 0 ? 'x' : '-') && two[0] == (pieces_count > 1 ? 'y' : '-') && two[1] == '-');
        }
        CHECK(!twins_of(&giver, fd)->ahead->is_there);
        check_received(&giver, fd, endpoint.port, "the next is another");
    }
    /* Handed over, it is there for both; and nothing is received ahead any more. */
    acquaint(&giver, fd, peer, &endpoint);
    CHECK_EQUAL(poll_for(&giver, fd, 1), 1, "there is one");
    uint32_t given = hand_over(fd);
    CHECK_EQUAL(poll_for(&taker, given, 20), 20, "the taker sees it");
    CHECK_EQUAL(poll_for(&giver, fd, 20), 20, "as does the giver");
    check_received(&taker, given, endpoint.port, "who has it");
    CHECK_EQUAL(poll_for(&giver, fd, 1), 1, "the next");
    CHECK(!twins_of(&giver, fd)->ahead->is_there);
    check_received(&giver, fd, endpoint.port, "is the giver's");
    CHECK_EQUAL(poll_for(&taker, given, 20), 0, "nothing is left");
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, given), WASI_ERRNO_SUCCESS, "the taker closes");
    /* A socket that is closed takes it along. */
    acquaint(&giver, fd, peer, &endpoint);
    CHECK_EQUAL(poll_for(&giver, fd, 1), 1, "there is one");
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "the giver closes");
    CHECK(wasmc_net_open(&giver.ctx, AF_INET, SOCK_DGRAM, &fd) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(&giver.ctx, fd, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    acquaint(&giver, fd, peer, &endpoint);
    check_received(&giver, fd, endpoint.port, "its own");
    check_received(&giver, fd, endpoint.port, "its own");
    CHECK_EQUAL(poll_for(&giver, fd, 1), 0, "nothing of the other's");
    close(peer);
    end();
}

void test_twins(void)
{
    test_ahead();
    test_answer_ends();
    test_no_answer();
    test_handed_over();
}
