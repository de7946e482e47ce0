#include "forward.h"

#include <errno.h>

#include "../grants.h"
#include "../runtime.h"
#include "../sys/namespace.h"
#include "../sys/relay.h"
#include "../sys/sys.h"
#include "../text.h"
#include "relay.h"
#include "rule.h"

/* What wasmc_forward_open made, until wasmc_forward_start. */
static struct wasmc_forward *forwards;
static int sockets[WASMC_FORWARDS];
static size_t forward_count;

static _Noreturn void fail_word(const char *word, const struct wasmc_net_error *error)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, "--forward ");
    wasmc_net_error_print(&text, word, error);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    wasmc_sys_exit(WASMC_EXIT_START);
}

static const char *reason(int error)
{
    switch (-error) {
    case EADDRINUSE:
        return ": the port is in use; end the program that has it, or name another one, or 0 for a free one";
    case EADDRNOTAVAIL: return ": not an address of this host; 127.0.0.1 is its own, 0.0.0.0 all of them";
    case EACCES:
        return ": permission denied; take a port from 1024 on, or lower the sysctl net.ipv4.ip_unprivileged_port_start";
    case EAFNOSUPPORT: return ": this host has no IPv6";
    case EMFILE: return ": too many open files; raise ulimit -n";
    default: return ": the host refuses";
    }
}

static void open_one(const char *word)
{
    struct wasmc_forward *forward = &forwards[forward_count];
    struct wasmc_net_error error;
    if (forward_count == WASMC_FORWARDS)
        wasmc_fail(WASMC_EXIT_START, "", "--forward ", word, ": expected at most 64 of them");
    if (!wasmc_forward_parse(word, forward, &error))
        fail_word(word, &error);
    int fd = wasmc_sys_relay_open(&forward->host.any, forward->is_udp);
    if (fd < 0)
        wasmc_fail(WASMC_EXIT_START, "", "cannot listen for --forward ", word, reason(fd));
    sockets[forward_count++] = fd;
}

void wasmc_forward_open(const struct wasmc_grants *grants)
{
    const struct wasmc_grant *grant = wasmc_grants_next(grants, WASMC_GRANT_FORWARD, NULL);
    if (grant == NULL)
        return;
    if (!wasmc_grants_have(grants, WASMC_GRANT_ISOLATE_NETWORK))
        wasmc_fail(WASMC_EXIT_START, "", "--forward ", grant->word,
                   ": expected --isolate-network, too: it brings connections into a network of the program's own");
    if (wasmc_grants_have(grants, WASMC_GRANT_NO_LOOPBACK))
        wasmc_fail(WASMC_EXIT_START, "", "--forward ", grant->word,
                   ": found --no-loopback, too (loopback_enabled = false): connections come in by the loopback");
    forwards = wasmc_arena_allocate(WASMC_FORWARDS * sizeof *forwards);
    if (forwards == NULL)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the memory for the list of forwards", NULL, "");
    for (; grant != NULL; grant = wasmc_grants_next(grants, WASMC_GRANT_FORWARD, grant))
        open_one(grant->word);
}

/* Where a port was left to the host. */
static void tell_port(const struct wasmc_forward *forward, int fd)
{
    if (forward->host.v4.sin_port != 0) /* of both families it lies there */
        return;
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "network");
    wasmc_text_string(&text, "forwarding ");
    if (forward->address_bytes == 0)
        wasmc_text_string(&text, "127.0.0.1");
    else
        wasmc_text_bytes(&text, forward->word, forward->address_bytes);
    wasmc_text_string(&text, ":");
    wasmc_text_decimal(&text, wasmc_sys_relay_port(fd));
    wasmc_text_string(&text, " to ");
    wasmc_text_decimal(&text, forward->guest_port);
    wasmc_text_string(&text, forward->is_udp ? "/udp" : "");
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
}

void wasmc_forward_start(const struct wasmc_grants *grants)
{
    if (forward_count == 0)
        return;
    int process = wasmc_sys_start_beside("wasmc forward", sockets, forward_count, NULL);
    if (process == 0)
        wasmc_relay_run(forwards, forward_count, wasmc_grants_seal(grants));
    if (process < 0)
        wasmc_fail(WASMC_EXIT_START, "", "--forward: the host refuses a process for it", NULL, "");
    for (size_t i = 0; i < forward_count; i++) {
        tell_port(&forwards[i], sockets[i]);
        (void)wasmc_sys_close(sockets[i]);
    }
    forward_count = 0;
}
