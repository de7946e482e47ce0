#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "fixture.h"
#include "net/channel.h"
#include "net/socket.h"
#include "net/socket_ahead.h"
#include "threads_started.h"
#include "wasi/poll_watch.h"
#include "wasmc/wasi.h"

/* What polling has received of a connection is as what the host has: its bytes, their number, their order, its end. */

#define HERE "127.77.4.1"
enum { NAME = 512, RESULT = 600, ROOM = 700, SUBSCRIPTIONS = 1024, EVENTS = 16384, EVENT_COUNT = 720 };

static struct fixture giver;
static struct fixture taker;
static struct wasmc_net_module module;
static struct wasmc_net_rule rules[1];
static struct sockaddr_in address;
static uint32_t listener;

static void begin(void)
{
    static const char words[] = "--accept-from=main\0";
    struct wasmc_net_error rule_error;
    struct wasmc_endpoint local = {.family = AF_INET};
    wasmc_threads_started = false;
    fixture_start_two(&giver, &taker, words);
    module = (struct wasmc_net_module){.policy = {.rules = rules, .rule_capacity = 1}, .has_sockets = true};
    CHECK(wasmc_net_policy_add(&module.policy, WASMC_NET_INBOUND, "tcp://" HERE ":*", &rule_error));
    wasmc_network.rules = (struct wasmc_net_rules){.modules = &module, .count = 1, .has_any = true};
    wasmc_network.channels[WASMC_BROKER_HOST] = wasmc_broker_start(&wasmc_network.rules, WASMC_BROKER_HOST, false);
    CHECK(inet_pton(AF_INET, HERE, local.address) == 1);
    CHECK(wasmc_net_open(&giver.ctx, AF_INET, SOCK_STREAM, &listener) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_net_bind(&giver.ctx, listener, &local) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_net_listen(&giver.ctx, listener, 200) == WASI_ERRNO_SUCCESS);
    CHECK(wasmc_net_local(&giver.ctx, listener, &local) == WASI_ERRNO_SUCCESS);
    address = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(local.port)};
    memcpy(&address.sin_addr, local.address, 4);
}

static void end(void)
{
    close(wasmc_network.channels[WASMC_BROKER_HOST]);
    wasmc_network.channels[WASMC_BROKER_HOST] = -1;
    fixture_end(&taker);
    fixture_end(&giver);
}

static int connect_peer(uint32_t *fd, uint16_t flags)
{
    int peer = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(peer, (struct sockaddr *)&address, sizeof address) == 0);
    CHECK(wasmc_net_accept(&giver.ctx, listener, flags, fd, NULL) == WASI_ERRNO_SUCCESS);
    return peer;
}

static void say(int peer, const char *text)
{
    CHECK_EQUAL(send(peer, text, strlen(text), 0), strlen(text), "the peer sends");
}

/* What a list of a clock and so many descriptors has, the first of which is this one: its bytes; -1: nothing. */
static int64_t poll_for(struct fixture *fixture, const uint32_t *fds, uint32_t count)
{
    memset(fixture->bytes + SUBSCRIPTIONS, 0, 48 * (count + 1));
    fixture_put_u64(fixture, SUBSCRIPTIONS, 99);
    fixture->bytes[SUBSCRIPTIONS + 16] = WASI_CLOCKID_MONOTONIC;
    fixture_put_u64(fixture, SUBSCRIPTIONS + 24, 1000000);
    for (uint32_t i = 1; i <= count; i++) {
        fixture_put_u64(fixture, SUBSCRIPTIONS + 48 * i, i);
        fixture->bytes[SUBSCRIPTIONS + 48 * i + 8] = WASI_EVENTTYPE_FD_READ;
        fixture_put_u32(fixture, SUBSCRIPTIONS + 48 * i + 16, fds[i - 1]);
    }
    CHECK_EQUAL(wasmc_wasi_poll_oneoff(&fixture->ctx, SUBSCRIPTIONS, EVENTS, count + 1, EVENT_COUNT),
                WASI_ERRNO_SUCCESS, "poll");
    for (uint32_t i = 0; i < fixture_u32(fixture, EVENT_COUNT); i++) {
        if (fixture_u64(fixture, EVENTS + 32 * i) == 1)
            return (int64_t)fixture_u64(fixture, EVENTS + 32 * i + 16);
    }
    return -1;
}

/* In a list of one, or of so many that a set is kept. */
static int64_t poll_one(struct fixture *fixture, uint32_t fd, bool in_set)
{
    uint32_t fds[20];
    for (uint32_t i = 0; i < 20; i++)
        fds[i] = fd;
    return poll_for(fixture, fds, in_set ? 20 : 1);
}

static bool is_ahead(const struct fixture *fixture, uint32_t fd)
{
    return wasmc_socket_is_ahead(fixture->ctx.fds.slots[fd]);
}

/* Text of at most so many bytes. */
static void check_received(struct fixture *fixture, uint32_t fd, uint32_t most, int flags, const char *expected)
{
    char text[200] = "";
    struct iovec room = {text, most};
    struct wasmc_endpoint sender;
    size_t bytes = 0;
    bool is_truncated;
    wasi_errno error = wasmc_net_receive(&fixture->ctx, fd, &room, 1, flags, &bytes, &is_truncated, &sender);
    CHECK_EQUAL(error, WASI_ERRNO_SUCCESS, expected);
    CHECK_TEXT(text, expected);
    CHECK_EQUAL(bytes, strlen(expected), expected);
}

static wasi_errno receive_error(struct fixture *fixture, uint32_t fd)
{
    char byte;
    struct iovec room = {&byte, 1};
    struct wasmc_endpoint sender;
    size_t bytes = 0;
    bool is_truncated;
    return wasmc_net_receive(&fixture->ctx, fd, &room, 1, 0, &bytes, &is_truncated, &sender);
}

static void test_bytes(bool in_set, uint16_t flags)
{
    uint32_t fd;
    int peer = connect_peer(&fd, flags);
    CHECK_EQUAL(poll_one(&giver, fd, in_set), -1, "nothing yet");
    say(peer, "abcdef");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 6, "six");
    CHECK(is_ahead(&giver, fd));
    CHECK_EQUAL(poll_one(&giver, fd, !in_set), 6, "in the other way");
    say(peer, "gh");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 8, "with what came since");
    check_received(&giver, fd, 100, MSG_PEEK, "abcdef");
    check_received(&giver, fd, 3, 0, "abc");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 5, "what is left");
    check_received(&giver, fd, 0, 0, "");
    check_received(&giver, fd, 5, MSG_WAITALL | MSG_PEEK, "defgh");
    check_received(&giver, fd, 5, MSG_WAITALL, "defgh");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), -1, "nothing is left");
    /* Into several buffers, by fd_read. */
    say(peer, "0123456789");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 10, "ten");
    for (uint32_t i = 0; i < 2; i++) {
        fixture_put_u32(&giver, RESULT + 8 * i, ROOM + 5 * i);
        fixture_put_u32(&giver, RESULT + 8 * i + 4, 4);
    }
    memset(giver.bytes + ROOM, '-', 10);
    CHECK_EQUAL(wasmc_wasi_fd_read(&giver.ctx, fd, RESULT, 2, RESULT + 32), WASI_ERRNO_SUCCESS, "fd_read");
    CHECK_EQUAL(fixture_u32(&giver, RESULT + 32), 8, "both");
    CHECK(memcmp(giver.bytes + ROOM, "0123-4567-", 10) == 0);
    check_received(&giver, fd, 100, 0, "89");
    /* The end comes behind it. */
    say(peer, "last");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 4, "the last");
    CHECK(shutdown(peer, SHUT_WR) == 0);
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 4, "still");
    check_received(&giver, fd, 100, 0, "last");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 0, "the end");
    check_received(&giver, fd, 100, 0, "");
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "close");
    char byte;
    CHECK_EQUAL(recv(peer, &byte, 1, 0), 0, "an end, as everything was read");
    close(peer);
}

/* Who closes what he has not read resets the connection, as the host does. */
static void test_close(void)
{
    uint32_t fd;
    char byte;
    int peer = connect_peer(&fd, 0);
    say(peer, "unread");
    CHECK_EQUAL(poll_one(&giver, fd, false), 6, "six");
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "close");
    CHECK(recv(peer, &byte, 1, 0) == -1 && errno == ECONNRESET);
    close(peer);
    /* A reset that comes while something is there does not take it away. */
    peer = connect_peer(&fd, WASI_FDFLAGS_NONBLOCK);
    say(peer, "there");
    CHECK_EQUAL(poll_one(&giver, fd, false), 5, "five");
    const struct linger at_once = {1, 0};
    CHECK(setsockopt(peer, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
    close(peer);
    CHECK_EQUAL(poll_one(&giver, fd, false), 5, "still");
    check_received(&giver, fd, 100, 0, "there");
    CHECK_EQUAL(receive_error(&giver, fd), WASI_ERRNO_CONNRESET, "then the reset");
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "close");
}

/* Much at a time stays with the host, and is counted. */
static void test_bulk(bool in_set)
{
    static char bytes[6000], got[6000];
    uint32_t fd;
    int peer = connect_peer(&fd, WASI_FDFLAGS_NONBLOCK);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    for (int round = 0; round < 3; round++) {
        CHECK_EQUAL(send(peer, bytes, sizeof bytes, 0), sizeof bytes, "much");
        CHECK_EQUAL(poll_one(&giver, fd, in_set), sizeof bytes, "all of it");
        CHECK_EQUAL(is_ahead(&giver, fd), round == 0, "the first time");
        size_t at = 0;
        while (at < sizeof got) {
            struct iovec room = {got + at, sizeof got - at};
            struct wasmc_endpoint sender;
            size_t count;
            bool is_truncated;
            if (wasmc_net_receive(&giver.ctx, fd, &room, 1, 0, &count, &is_truncated, &sender) != WASI_ERRNO_SUCCESS ||
                count == 0)
                break;
            at += count;
        }
        CHECK(at == sizeof got && memcmp(bytes, got, sizeof got) == 0);
    }
    for (int round = 0; round < 2; round++) {
        say(peer, "few");
        CHECK_EQUAL(poll_one(&giver, fd, in_set), 3, "few");
        /* Of the set, the same is asked for again and again. */
        CHECK_EQUAL(is_ahead(&giver, fd), round == 1 || in_set, "from the second time on");
        check_received(&giver, fd, 100, 0, "few");
    }
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "close");
    close(peer);
}

static uint32_t hand_over(uint32_t fd)
{
    memcpy(giver.bytes + NAME, "taker", 5);
    CHECK_EQUAL(wasmc_capability_fd_hand_over(&giver.ctx, fd, NAME, 5, WASI_RIGHTS_OF_SOCKET, 0, RESULT),
                WASI_ERRNO_SUCCESS, "hand over");
    return fixture_u32(&giver, RESULT);
}

static void test_handed_over(bool in_set)
{
    uint32_t fd;
    int peer = connect_peer(&fd, WASI_FDFLAGS_NONBLOCK);
    say(peer, "both");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 4, "four");
    uint32_t given = hand_over(fd);
    CHECK_EQUAL(poll_one(&taker, given, in_set), 4, "of the taker, too");
    check_received(&taker, given, 2, 0, "bo");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), 2, "two");
    check_received(&giver, fd, 100, 0, "th");
    CHECK_EQUAL(poll_one(&taker, given, in_set), -1, "nothing is left");
    CHECK_EQUAL(poll_one(&giver, fd, in_set), -1, "nothing is left");
    CHECK_EQUAL(receive_error(&taker, given), WASI_ERRNO_AGAIN, "nothing is left");
    CHECK_EQUAL(receive_error(&giver, fd), WASI_ERRNO_AGAIN, "nothing is left");
    say(peer, "more");
    CHECK_EQUAL(poll_one(&taker, given, in_set), 4, "more");
    CHECK(!is_ahead(&taker, given));
    check_received(&giver, fd, 100, 0, "more");
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "close");
    say(peer, "end");
    check_received(&taker, given, 100, 0, "end");
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, given), WASI_ERRNO_SUCCESS, "close");
    close(peer);
}

/* Who blocks does so, though another module does not and has had what was received ahead. */
static void test_blocking_beside(void)
{
    uint32_t fd;
    int peer = connect_peer(&fd, 0);
    say(peer, "first");
    CHECK_EQUAL(poll_one(&giver, fd, false), 5, "five");
    uint32_t given = hand_over(fd);
    CHECK(wasmc_wasi_fd_fdstat_set_flags(&taker.ctx, given, WASI_FDFLAGS_NONBLOCK) == WASI_ERRNO_SUCCESS);
    check_received(&taker, given, 100, 0, "first");
    CHECK_EQUAL(receive_error(&taker, given), WASI_ERRNO_AGAIN, "which does not wait");
    pid_t child = fork();
    if (child == 0) {
        usleep(50000);
        _exit(send(peer, "second", 6, 0) != 6);
    }
    int status;
    check_received(&giver, fd, 100, 0, "second");
    CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "close");
    CHECK_EQUAL(wasmc_wasi_fd_close(&taker.ctx, given), WASI_ERRNO_SUCCESS, "close");
    close(peer);
}

/* More than a set knows of; each is there as often as it is asked for. */
static void test_many(void)
{
    enum { MANY = 90 };
    uint32_t fds[MANY], moved;
    int peers[MANY], ahead = 0;
    for (int i = 0; i < MANY; i++)
        peers[i] = connect_peer(&fds[i], WASI_FDFLAGS_NONBLOCK);
    CHECK_EQUAL(poll_for(&giver, fds, MANY), -1, "nothing yet");
    for (int i = 0; i < MANY; i++)
        say(peers[i], "one");
    for (int round = 0; round < 3; round++) {
        CHECK_EQUAL(poll_for(&giver, fds, MANY), 3, "the first");
        CHECK_EQUAL(fixture_u32(&giver, EVENT_COUNT), MANY, "all are there");
    }
    for (int i = 0; i < MANY; i++)
        ahead += is_ahead(&giver, fds[i]);
    CHECK_EQUAL(ahead, WASMC_WATCH_AHEAD, "as many as a set knows of");
    /* Under another number, and in another list. */
    CHECK(wasmc_net_open(&giver.ctx, AF_INET, SOCK_STREAM, &moved) == WASI_ERRNO_SUCCESS);
    CHECK_EQUAL(wasmc_wasi_fd_renumber(&giver.ctx, fds[0], moved), WASI_ERRNO_SUCCESS, "renumber");
    fds[0] = moved;
    CHECK_EQUAL(poll_for(&giver, fds, 40), 3, "the first");
    CHECK_EQUAL(fixture_u32(&giver, EVENT_COUNT), 40, "all of those");
    for (int i = 0; i < MANY; i++)
        check_received(&giver, fds[i], 100, 0, "one");
    CHECK_EQUAL(poll_for(&giver, fds, MANY), -1, "nothing is left");
    for (int i = 0; i < MANY; i++) {
        CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fds[i]), WASI_ERRNO_SUCCESS, "close");
        close(peers[i]);
    }
}

/* A thread may wait in the host for what another polls for. */
static void test_threads(void)
{
    uint32_t fd;
    int peer = connect_peer(&fd, 0);
    wasmc_threads_started = true;
    say(peer, "two");
    CHECK_EQUAL(poll_one(&giver, fd, false), 3, "three");
    CHECK(!is_ahead(&giver, fd));
    check_received(&giver, fd, 100, 0, "two");
    wasmc_threads_started = false;
    CHECK_EQUAL(wasmc_wasi_fd_close(&giver.ctx, fd), WASI_ERRNO_SUCCESS, "close");
    close(peer);
}

void test_stream_ahead(void)
{
    begin();
    for (int in_set = 0; in_set < 2; in_set++) {
        test_bytes(in_set, 0);
        test_bytes(in_set, WASI_FDFLAGS_NONBLOCK);
        test_bulk(in_set);
        test_handed_over(in_set);
    }
    test_close();
    test_blocking_beside();
    test_many();
    test_threads();
    end();
}
