/* broker_names.c - looking names up: a process for each, which ends with its answer and holds nothing but the way to the
 * broker. What it found opens the rules with that name to the module that asked, before the guest learns of it. */
#include "broker_parts.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>

#include "../runtime.h"
#include "../sys/network.h"
#include "resolver.h"
#include "socket.h"

static struct lookup {
    int child;  /* the answer comes from here; -1: not in use */
    int asking; /* and goes there */
    struct wasmc_net_module *module;
    char host[WASMC_NET_NAME_BYTES + 2];
} lookups[WASMC_BROKER_LOOKUPS];
static unsigned lookup_count;

void wasmc_broker_names_start(const struct wasmc_net_rules *rules)
{
    wasmc_resolver_start(rules->resolv_conf);
}

uint32_t wasmc_broker_names_directories(const char *directories[WASMC_RESOLVER_DIRECTORIES])
{
    return wasmc_resolver_directories(directories);
}

static _Noreturn void look_up(const struct wasmc_net_asked *asked, int answer)
{
    static struct wasmc_net_answered answered;
    wasmc_broker_keep_only(answer);
    struct wasmc_net_question question = asked->question;
    question.host = asked->has_host ? asked->host : NULL;
    question.service = asked->has_service ? asked->service : NULL;
    wasmc_resolver_lookup(&question, &answered);
    (void)wasmc_broker_send(answer, &answered, sizeof answered, -1);
    wasmc_broker_exit();
}

static struct lookup *take_lookup(void)
{
    for (unsigned i = 0; i < lookup_count; i++) {
        if (lookups[i].child < 0)
            return &lookups[i];
    }
    return lookup_count < WASMC_BROKER_LOOKUPS ? &lookups[lookup_count++] : NULL;
}

static int start(struct lookup *lookup, const struct wasmc_net_asked *asked)
{
    int answer[2], asking[2];
    lookup->child = -1;
    if (wasmc_broker_pair(answer) < 0)
        return -EMFILE;
    if (wasmc_broker_pair(asking) < 0) {
        wasmc_broker_close(answer[0]);
        wasmc_broker_close(answer[1]);
        return -EMFILE;
    }
    int process = wasmc_broker_fork();
    if (process == 0)
        look_up(asked, answer[1]);
    wasmc_broker_close(answer[1]);
    if (process < 0) {
        wasmc_broker_close(answer[0]);
        wasmc_broker_close(asking[0]);
        wasmc_broker_close(asking[1]);
        return process;
    }
    lookup->child = answer[0];
    lookup->asking = asking[0];
    return asking[1];
}

/* Bytes that may be anybody's: a flag that were neither false nor true could be one here and the other in the child. */
static bool is_well_formed(const uint8_t *payload)
{
#define FLAG(name) offsetof(struct wasmc_net_asked, question.name)
    static const size_t flags[] = {FLAG(is_passive),         FLAG(wants_canonical),   FLAG(is_numeric_host),
                                   FLAG(is_numeric_service), FLAG(is_address_config), FLAG(is_v4_mapped),
                                   FLAG(wants_all)};
#undef FLAG
    bool is = true;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        is = is && payload[flags[i]] <= 1;
    return is;
}

/* Whether the text is an address, for which nobody is asked, or what only fails as one (127.1.). */
static bool is_address(const char *host)
{
    wasmc_net_address unused;
    size_t bytes = strcspn(host, "%");
    return wasmc_net_ends_in_number(host, strlen(host)) || wasmc_net_parse_v6(host, bytes, &unused);
}

void wasmc_broker_look_up(struct wasmc_broker_call *call)
{
    struct wasmc_net_asked asked;
    if (call->request->payload_bytes != sizeof asked || !is_well_formed(call->payload)) {
        call->reply->error = -EINVAL;
        return;
    }
    memcpy(&asked, call->payload, sizeof asked);
    asked.host[sizeof asked.host - 1] = '\0';
    asked.service[sizeof asked.service - 1] = '\0';
    /* What needs no pattern must not become a question to a server: not with a domain behind it either. */
    if (is_address(asked.host))
        asked.question.is_numeric_host = true;
    bool is_name = asked.has_host && !asked.question.is_numeric_host;
    if (is_name && wasmc_net_decide_name(&call->module->policy, asked.host, strlen(asked.host)) == WASMC_NET_DENIED) {
        call->reply->error = WASMC_NET_NO_RULE;
        return;
    }
    struct lookup *lookup = take_lookup();
    if (lookup == NULL) {
        call->reply->error = -EAGAIN;
        return;
    }
    lookup->module = is_name ? call->module : NULL;
    memcpy(lookup->host, asked.host, sizeof lookup->host);
    call->reply_fd = start(lookup, &asked);
    call->reply->error = call->reply_fd < 0 ? call->reply_fd : 0;
}

size_t wasmc_broker_lookups_poll(struct pollfd *fds)
{
    size_t count = 0;
    for (unsigned i = 0; i < lookup_count; i++) {
        if (lookups[i].child >= 0)
            fds[count++] = (struct pollfd){.fd = lookups[i].child, .events = POLLIN};
    }
    return count;
}

static void finish(struct lookup *lookup)
{
    static struct wasmc_net_answered answered;
    struct iovec part = {&answered, sizeof answered};
    int passed;
    memset(&answered, 0, sizeof answered);
    /* A process that ended without an answer has met one that it could not bear. */
    if (wasmc_broker_receive(lookup->child, &part, 1, false, &passed) != (ssize_t)sizeof answered ||
        answered.found.count > WASMC_NET_FOUND)
        answered = (struct wasmc_net_answered){.error = EAI_FAIL};
    /* It reads what strangers send: what they could make of it passes nothing on but an answer. */
    if (passed >= 0)
        wasmc_broker_close(passed);
    answered.found.canonical[sizeof answered.found.canonical - 1] = '\0';
    if (lookup->module != NULL && answered.error == 0)
        wasmc_net_learn(&lookup->module->policy, lookup->host, &answered, wasmc_broker_now_ns());
    (void)wasmc_broker_send(lookup->asking, &answered, sizeof answered, -1);
    wasmc_broker_close(lookup->child);
    wasmc_broker_close(lookup->asking);
    lookup->child = -1;
}

void wasmc_broker_lookups_ready(const struct pollfd *fds, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        for (unsigned i = 0; fds[at].revents != 0 && i < lookup_count; i++) {
            if (lookups[i].child == fds[at].fd)
                finish(&lookups[i]);
        }
    }
}
