#include "broker.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "../sys/namespace.h"
#include "../sys/network.h"
#include "../sys/sandbox.h"
#include "../sys/start.h"
#include "broker_parts.h"
#include "isolate.h"

/* Of a process that has nothing but its channel. */
#define CHANNEL 3

/* Whether the guest runs, and what restricts this process then, as the protocol has it. */
static bool has_begun;
static uint32_t sealed;

/* Files are for names, and then only to be read; and those that are sockets of Unix, where the guest may make files. */
static void seal(const struct wasmc_broker *broker)
{
    const char *names[WASMC_RESOLVER_DIRECTORIES];
    static struct wasmc_landlock_dir dirs[WASMC_BROKER_DIRECTORIES + WASMC_RESOLVER_DIRECTORIES];
    uint32_t count = wasmc_broker_directories(dirs), name_count = 0;
    if (broker->network == WASMC_BROKER_HOST && broker->rules->has_names && wasmc_broker_names_directories != NULL)
        name_count = wasmc_broker_names_directories(names);
    uint32_t opened = count;
    for (uint32_t i = 0; i < name_count; i++) {
        int fd = wasmc_sys_open_ambient(names[i], 0);
        if (fd >= 0)
            dirs[opened++] = (struct wasmc_landlock_dir){fd, true};
    }
    if (wasmc_sys_no_new_privileges() != 0)
        wasmc_broker_exit();
    /* Of root's, those for ports below 1024 remain, and those for the files of a granted directory. */
    (void)wasmc_sys_keep_capabilities(WASMC_CAPABILITY_LOW_PORTS | (count > 0 ? WASMC_CAPABILITIES_OF_FILES : 0));
    int version = wasmc_sys_landlock_version();
    if (version >= 1 && wasmc_sys_landlock_files(version, dirs, opened) == 0)
        sealed = (uint32_t)version << 16;
    for (uint32_t i = count; i < opened; i++)
        wasmc_broker_close(dirs[i].fd);
    (void)wasmc_sys_deny_write_execute(false);
    int calls = wasmc_sys_seccomp(WASMC_SECCOMP_KILL, WASMC_ROLE_BROKER, false);
    sealed |= calls > 0 ? (uint32_t)calls : 0;
}

static void begin(struct wasmc_broker_call *call)
{
    if (!has_begun && call->broker->is_sealed)
        seal(call->broker);
    has_begun = true;
    call->reply->number = sealed;
}

static void dispatch(struct wasmc_broker_call *call)
{
    switch ((enum wasmc_net_operation)call->request->operation) {
    case WASMC_NET_OPEN: wasmc_broker_open(call); return;
    case WASMC_NET_CONNECT: wasmc_broker_connect_to(call); return;
    case WASMC_NET_CONNECT_NEW: wasmc_broker_connect_new(call); return;
    case WASMC_NET_REPLACE: wasmc_broker_replace(call); return;
    case WASMC_NET_BIND: wasmc_broker_bind_to(call); return;
    case WASMC_NET_LISTEN: wasmc_broker_listen_on(call); return;
    case WASMC_NET_ACCEPT: wasmc_broker_accept_from(call); return;
    case WASMC_NET_SEND_TO: wasmc_broker_send_datagram(call); return;
    case WASMC_NET_TWIN: wasmc_broker_twin(call); return;
    case WASMC_NET_MEMBERSHIP: wasmc_broker_join(call); return;
    case WASMC_NET_DIRECTORY: wasmc_broker_add_directory(call); return;
    case WASMC_NET_UNIX_BIND: wasmc_broker_unix_bind(call); return;
    case WASMC_NET_UNIX_CONNECT: wasmc_broker_unix_connect(call); return;
    case WASMC_NET_UNIX_SEND: wasmc_broker_unix_send(call); return;
    case WASMC_NET_BEGIN: begin(call); return;
    case WASMC_NET_RESOLVE:
        if (wasmc_broker_look_up != NULL)
            wasmc_broker_look_up(call);
        else
            call->reply->error = -EOPNOTSUPP;
        return;
    }
    call->reply->error = -EINVAL;
}

/* One request; the end of the program ends the broker. */
static void serve_one(const struct wasmc_broker *broker, bool waits)
{
    static uint8_t payload[WASMC_NET_PAYLOAD_BYTES];
    struct wasmc_net_request request;
    struct wasmc_net_reply reply = {0};
    struct iovec parts[2] = {{&request, sizeof request}, {payload, sizeof payload}};
    struct wasmc_broker_call call = {
        .broker = broker, .request = &request, .payload = payload, .reply = &reply, .reply_fd = -1};
    ssize_t bytes = wasmc_broker_receive(broker->channel, parts, 2, waits, &call.fd);
    if (bytes == -EAGAIN)
        return;
    if (bytes <= 0)
        wasmc_broker_exit();
    if ((size_t)bytes < sizeof request || request.payload_bytes != (size_t)bytes - sizeof request ||
        request.module >= broker->rules->count) {
        reply.error = -EINVAL;
    } else {
        call.module = &broker->rules->modules[request.module];
        if (request.operation == WASMC_NET_DIRECTORY && has_begun)
            reply.error = -EINVAL;
        else if (request.operation == WASMC_NET_BEGIN || call.module->has_sockets || call.module->has_directories)
            dispatch(&call);
        else
            reply.error = WASMC_NET_NO_RULE;
    }
    if (wasmc_broker_send(broker->channel, &reply, sizeof reply, call.reply_fd) < 0)
        wasmc_broker_exit();
    if (call.reply_fd >= 0)
        wasmc_broker_close(call.reply_fd);
    if (call.fd >= 0 && !call.keeps_fd)
        wasmc_broker_close(call.fd);
}

static _Noreturn void serve(const struct wasmc_broker *broker)
{
    static struct pollfd fds[1 + 2 * WASMC_BROKER_KEPT + WASMC_BROKER_LOOKUPS];
    for (;;) {
        int timeout_ms;
        fds[0] = (struct pollfd){.fd = broker->channel, .events = POLLIN};
        size_t kept = wasmc_broker_kept_poll(fds + 1, &timeout_ms);
        size_t lookups = wasmc_broker_lookups_poll != NULL ? wasmc_broker_lookups_poll(fds + 1 + kept) : 0;
        if (kept + lookups == 0 && timeout_ms < 0) { /* nobody else to wait for */
            serve_one(broker, true);
            continue;
        }
        if (wasmc_broker_poll(fds, 1 + kept + lookups, timeout_ms) < 0)
            wasmc_broker_exit();
        if (lookups > 0)
            wasmc_broker_lookups_ready(fds + 1 + kept, lookups);
        if (kept > 0)
            wasmc_broker_kept_ready(fds + 1, kept);
        if (fds[0].revents != 0)
            serve_one(broker, false);
    }
}

/* While the guest's process goes on to start, which waits for this when it has to. */
static void furnish(const struct wasmc_broker *broker)
{
    enum wasmc_isolate_step step;
    struct wasmc_net_reply reply = {.error = wasmc_isolate_furnish(broker->rules->has_loopback, &step)};
    reply.number = step;
    if (wasmc_broker_send(CHANNEL, &reply, sizeof reply, -1) < 0)
        wasmc_broker_exit();
    /* Who ends with a request unread takes away what he has said. The program's end is this process's. */
    if (reply.error != 0)
        (void)wasmc_broker_poll(NULL, 0, -1);
    if (reply.error != 0)
        wasmc_broker_exit();
}

static _Noreturn void run(struct wasmc_broker *broker, int channel, int life, bool is_sealed)
{
    if (wasmc_sys_become_helper(channel, life) != 0)
        wasmc_broker_exit();
    broker->channel = CHANNEL;
    if (broker->network == WASMC_BROKER_INNER)
        furnish(broker);
    if (broker->network == WASMC_BROKER_HOST && broker->rules->has_names && wasmc_broker_names_start != NULL)
        wasmc_broker_names_start(broker->rules);
    broker->is_sealed = is_sealed;
    serve(broker);
}

int wasmc_broker_start(const struct wasmc_net_rules *rules, enum wasmc_broker_network network, bool is_sealed)
{
    int pair[2];
    struct wasmc_broker broker = {.rules = rules, .network = network};
    if (rules->is_isolated)
        broker.cookie = wasmc_netns_cookie();
    int error = wasmc_sys_channel_pair(pair);
    if (error != 0)
        return error;
    int life;
    int process = wasmc_sys_fork_helper(&life);
    if (process == 0)
        run(&broker, pair[1], life, is_sealed);
    wasmc_sys_close(pair[1]);
    if (process > 0)
        return pair[0];
    wasmc_sys_close(pair[0]);
    return process;
}
