/* socket_names.c - looking names up, by way of the broker. */
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <time.h>

#include "../ctx.h"
#include "../sys/network.h"
#include "../text.h"
#include "broker_parts.h"
#include "channel.h"
#include "resolver.h"
#include "socket.h"

/* A program that opens no socket has a broker, too. broker.c refers to the others weakly: only a program that can ask for
 * names has what looks them up. */
WASMC_BRINGS(wasmc_net_start);
WASMC_BRINGS(wasmc_broker_look_up);
WASMC_BRINGS(wasmc_broker_names_start);

static void explain(const struct wasmc_ctx *ctx, const char *host)
{
    if (!ctx->trace)
        return;
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: no pattern admits this; --allow-resolve ");
    wasmc_text_escaped(&text, host, strlen(host), WASMC_NET_NAME_BYTES);
    wasmc_text_string(&text, " would\n");
    wasmc_text_flush(&text);
}

/* The process's own policy learns what the broker's has learned: it decides about datagrams that come in. */
static void learn(uint32_t module, const char *host, const struct wasmc_net_answered *answered)
{
    struct timespec now = {0};
    (void)wasmc_sys_clock_get(CLOCK_BOOTTIME, &now);
    wasmc_net_learn(&wasmc_network.rules.modules[module].policy, host, answered,
                    (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec);
}

static int receive(int fd, struct wasmc_net_answered *answered)
{
    ssize_t bytes;
    do {
        bytes = wasmc_sys_receive(fd, answered, sizeof *answered, 0);
    } while (bytes == -EAGAIN);
    (void)wasmc_sys_close(fd);
    return bytes == (ssize_t)sizeof *answered ? answered->error : EAI_FAIL;
}

static enum wasmc_broker_network who_knows(void)
{
    return wasmc_channel_has(WASMC_BROKER_HOST) ? WASMC_BROKER_HOST : WASMC_BROKER_INNER;
}

int wasmc_net_resolve(struct wasmc_ctx *ctx, const struct wasmc_net_question *question, struct wasmc_net_found *found)
{
    struct wasmc_net_asked asked = {.question = *question};
    struct wasmc_net_answered answered;
    struct wasmc_net_reply reply;
    int fd;
    asked.question.host = asked.question.service = NULL;
    asked.has_host = question->host != NULL;
    asked.has_service = question->service != NULL;
    if ((asked.has_host && strlen(question->host) >= sizeof asked.host) ||
        (asked.has_service && strlen(question->service) >= sizeof asked.service))
        return EAI_NONAME;
    if (asked.has_host)
        strcpy(asked.host, question->host);
    if (asked.has_service)
        strcpy(asked.service, question->service);
    const struct wasmc_net_request request = {
        .operation = WASMC_NET_RESOLVE,
        .module = wasmc_net_module_number(ctx),
        .payload_bytes = sizeof asked,
    };
    if (!wasmc_channel_has(who_knows())) {
        explain(ctx, asked.has_host ? asked.host : "");
        return WASMC_NET_EAI_DENIED;
    }
    int error = wasmc_channel_call(who_knows(), &request, &asked, -1, &reply, &fd);
    if (error == 0)
        error = reply.error;
    if (error == WASMC_NET_NO_RULE) {
        explain(ctx, asked.has_host ? asked.host : "");
        return WASMC_NET_EAI_DENIED;
    }
    if (error != 0 || fd < 0)
        return error == -EAGAIN ? EAI_AGAIN : EAI_SYSTEM;
    error = receive(fd, &answered);
    if (error != 0)
        return error;
    if (asked.has_host)
        learn(request.module, asked.host, &answered);
    *found = answered.found;
    return 0;
}
