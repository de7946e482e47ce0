#include "relay.h"

#include "../sys/namespace.h"
#include "../sys/sandbox.h"
#include "../sys/sys.h"
#include "wasmc/abi.h"

enum { EVENTS = 64 };

/* A user without privileges has 64 MiB of pipes. */
enum { PIPES = 128 };

/* When the program is gone: how long nothing may move, and how long all of it may take. */
#define IDLE_LIMIT_NS UINT64_C(1000000000)
#define END_LIMIT_NS UINT64_C(10000000000)

static void require(bool is_done, enum wasmc_seal_mode mode)
{
    if (!is_done && mode == WASMC_SEAL_REQUIRE)
        wasmc_sys_exit(WASMC_EXIT_START); /* the program is refused for the same reason, and says so */
}

static void seal(const struct wasmc_relay *relay, enum wasmc_seal_mode mode)
{
    (void)wasmc_sys_keep_capabilities(0);
    if (mode == WASMC_SEAL_OFF)
        return;
    require(wasmc_sys_no_new_privileges() == 0, mode);
    (void)wasmc_sys_deny_write_execute(mode == WASMC_SEAL_LOG);
    uint16_t ports[WASMC_FORWARDS];
    for (size_t i = 0; i < relay->door_count; i++)
        ports[i] = relay->doors[i].guest_port;
    int version = wasmc_sys_landlock_version();
    bool is_restricted = version > 0 &&
                         (mode == WASMC_SEAL_LOG || wasmc_sys_landlock_ports(version, ports, relay->door_count) == 0);
    require(is_restricted, mode);
    enum wasmc_seccomp_action action = mode == WASMC_SEAL_LOG ? WASMC_SECCOMP_LOG : WASMC_SECCOMP_KILL;
    require(wasmc_sys_seccomp(action, WASMC_ROLE_FORWARDER, false) > 0, mode);
}

/* Divides the descriptors that there can be among what needs them. */
static bool divide(struct wasmc_relay *relay)
{
    bool has_udp = false;
    for (size_t i = 0; i < relay->door_count; i++)
        has_udp |= relay->doors[i].source.kind == WASMC_SOURCE_DATAGRAMS;
    uint64_t limit = wasmc_sys_relay_raise_limit();
    uint64_t used = 3 + relay->door_count + 1;
    uint64_t left = limit > used ? limit - used : 0;
    left = left < 1 << 20 ? left : 1 << 20;
    uint64_t flows = has_udp ? left / 4 : 0;
    uint64_t pipes = left / 16 < PIPES ? left / 16 : PIPES;
    uint64_t links = (left - flows - 2 * pipes) / 2;
    return links > 0 && wasmc_flows_start(&relay->flows, (uint32_t)flows + 1) && wasmc_links_start(relay, links, pipes);
}

static bool open_doors(struct wasmc_relay *relay, const struct wasmc_forward *forwards, size_t count)
{
    bool is_open = true;
    relay->door_count = count;
    for (size_t i = 0; i < count; i++) {
        struct wasmc_door *door = &relay->doors[i];
        door->source.fd = 3 + (int)i;
        door->source.kind = forwards[i].is_udp ? WASMC_SOURCE_DATAGRAMS : WASMC_SOURCE_LISTENER;
        door->guest_port = forwards[i].guest_port;
        if (forwards[i].is_udp)
            door->early = wasmc_sys_map(sizeof *door->early);
        is_open &= !forwards[i].is_udp || door->early != NULL;
        door->is_watched = true;
        is_open &= wasmc_sys_relay_watch(relay->queue, WASMC_RELAY_ADD, door->source.fd, EPOLLIN, door) == 0;
    }
    return is_open;
}

static void end(struct wasmc_relay *relay)
{
    if (relay->is_ending)
        return;
    relay->is_ending = true;
    wasmc_links_end(relay);
    /* What the program sent last. */
    for (uint32_t i = 0; i < relay->flows.made; i++)
        wasmc_datagrams_out(relay, &relay->flows.storage[i]);
}

static void handle(struct wasmc_relay *relay, const struct epoll_event *event)
{
    struct wasmc_source *source = event->data.ptr;
    switch ((enum wasmc_source_kind)source->kind) {
    case WASMC_SOURCE_LIFE: end(relay); break;
    case WASMC_SOURCE_LISTENER: wasmc_links_accept(relay, (struct wasmc_door *)source); break;
    case WASMC_SOURCE_SIDE: wasmc_links_event(relay, source, event->events); break;
    case WASMC_SOURCE_DATAGRAMS: wasmc_datagrams_in(relay, (struct wasmc_door *)source); break;
    case WASMC_SOURCE_FLOW: wasmc_datagrams_out(relay, (struct wasmc_flow *)source); break;
    }
}

static void read_clock(struct wasmc_relay *relay)
{
    struct timespec now;
    (void)wasmc_sys_clock_get(CLOCK_MONOTONIC, &now);
    relay->now_ns = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Until then, in milliseconds; -1: for ever. */
static int milliseconds_to(const struct wasmc_relay *relay, uint64_t time_ns)
{
    if (time_ns == WASMC_NEVER)
        return -1;
    uint64_t wait_ns = time_ns > relay->now_ns ? time_ns - relay->now_ns : 0;
    return (int)((wait_ns + 999999) / 1000000);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* What is still on its way to clients when the program is gone has a limited time. */
struct ending {
    uint64_t idle_ns;
    uint64_t end_ns;
};

static uint64_t check_end(struct wasmc_relay *relay, struct ending *ending)
{
    if (!relay->is_ending)
        return WASMC_NEVER;
    if (ending->end_ns == 0)
        ending->end_ns = relay->now_ns + END_LIMIT_NS;
    if (relay->has_moved || ending->idle_ns == 0)
        ending->idle_ns = relay->now_ns + IDLE_LIMIT_NS;
    relay->has_moved = false;
    uint64_t last_ns = earlier(ending->idle_ns, ending->end_ns);
    if (!wasmc_links_are_open(relay) || last_ns <= relay->now_ns)
        wasmc_sys_exit(0);
    return last_ns;
}

_Noreturn void wasmc_relay_run(const struct wasmc_forward *forwards, size_t count, enum wasmc_seal_mode mode)
{
    static struct wasmc_relay relay;
    static struct wasmc_source life = {WASMC_LIFE, WASMC_SOURCE_LIFE};
    struct ending ending = {0};
    relay.queue = wasmc_sys_relay_make_queue();
    if (relay.queue < 0 || !open_doors(&relay, forwards, count) || !divide(&relay) ||
        wasmc_sys_relay_watch(relay.queue, WASMC_RELAY_ADD, life.fd, EPOLLIN | EPOLLET, &life) != 0)
        wasmc_sys_exit(WASMC_EXIT_START);
    seal(&relay, mode);
    for (uint64_t next_ns = WASMC_NEVER;;) {
        struct epoll_event events[EVENTS];
        int ready = wasmc_sys_relay_wait(relay.queue, events, EVENTS, milliseconds_to(&relay, next_ns));
        read_clock(&relay);
        for (int i = 0; i < ready; i++)
            handle(&relay, &events[i]);
        next_ns = earlier(wasmc_links_round(&relay), wasmc_datagrams_round(&relay));
        next_ns = earlier(next_ns, check_end(&relay, &ending));
    }
}
