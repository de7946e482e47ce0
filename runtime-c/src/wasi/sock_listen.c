#include "sock_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "../ctx.h"
#include "../grants.h"
#include "../net/start.h"
#include "../sys/sys.h"
#include "../text.h"

static bool parse_port(const char *word, in_port_t *port)
{
    uint32_t value = 0;
    const char *at = word;
    for (; *at >= '0' && *at <= '9' && value <= UINT16_MAX; at++)
        value = value * 10 + (uint32_t)(*at - '0');
    *port = htons((uint16_t)value);
    return at != word && *at == '\0' && value <= UINT16_MAX;
}

bool wasmc_sock_parse_address(const char *word, union wasmc_sock_address *address)
{
    char text[INET6_ADDRSTRLEN];
    const char *colon = strrchr(word, ':');
    if (colon == NULL)
        return false;
    size_t bytes = (size_t)(colon - word);
    bool is_v6 = word[0] == '[' && bytes >= 2 && word[bytes - 1] == ']';
    if (is_v6) {
        word++;
        bytes -= 2;
    }
    if (bytes >= sizeof text)
        return false;
    memcpy(text, word, bytes);
    text[bytes] = '\0';
    memset(address, 0, sizeof *address);
    if (is_v6) {
        address->v6.sin6_family = AF_INET6;
        return inet_pton(AF_INET6, text, &address->v6.sin6_addr) == 1 && parse_port(colon + 1, &address->v6.sin6_port);
    }
    address->v4.sin_family = AF_INET;
    return inet_pton(AF_INET, text, &address->v4.sin_addr) == 1 && parse_port(colon + 1, &address->v4.sin_port);
}

static void add_listener(struct wasmc_ctx *ctx, uint32_t fd, int host, const char *word)
{
    struct wasmc_desc desc = {
        .host = host,
        .kind = WASMC_DESC_SOCKET,
        .filetype = WASI_FILETYPE_SOCKET_STREAM,
        .is_listener = true,
        .is_preopened_socket = true,
        .fdflags = WASI_FDFLAGS_NONBLOCK,
        .is_nonblock_unseen = true,
        .keeps_messages = wasmc_sys_socket_type(host) != SOCK_STREAM,
        .base = WASI_RIGHTS_OF_SOCKET,
    };
    /* Also what others share with us: between looking and accepting, they may have taken the connection. */
    if (wasmc_sys_set_flags(host, O_NONBLOCK) != 0)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses to make a socket non-blocking: ", word, "");
    if (wasmc_fd_set(&ctx->fds, fd, &desc, wasmc_arena_start_allocate) != WASI_ERRNO_SUCCESS)
        wasmc_fail(WASMC_EXIT_START, "", "too many sockets: ", word, "");
}

static int listen_on(const struct wasmc_ctx *ctx, const char *word)
{
    union wasmc_sock_address address;
    if (!wasmc_sock_parse_address(word, &address))
        wasmc_fail(WASMC_EXIT_START, "", "--tcplisten ", word,
                   ": expected an address and a port, such as 127.0.0.1:8080 or [::1]:8080 for this host, 0.0.0.0:8080 "
                   "or [::]:8080 for others too; names are not looked up");
    socklen_t bytes = address.any.sa_family == AF_INET6 ? sizeof address.v6 : sizeof address.v4;
    int host = wasmc_sock_listen_inside != NULL ? wasmc_sock_listen_inside(ctx, &address, bytes)
                                                : wasmc_sys_listen(&address.any, bytes);
    if (host >= 0)
        return host;
    const char *reason = ": the host refuses";
    if (host == -EADDRINUSE)
        reason = ": the address is in use";
    else if (host == -EADDRNOTAVAIL)
        reason = ": not an address of this host";
    else if (host == -EACCES)
        reason = ": permission denied";
    wasmc_fail(WASMC_EXIT_START, "", "cannot listen on the address of --tcplisten ", word, reason);
}

/* Never in the host's network instead: a program whose only sockets are granted ones has no more of the network's runtime
 * than that, unless it was built for isolation. */
static void check_isolation(const struct wasmc_grants *grants)
{
    /* Of net/start.c; an embedder has none, and what socket.c says it brings must not be referred to there. */
    if (wasmc_net_report != NULL || wasmc_sock_listen_inside != NULL)
        return;
    const struct wasmc_grant *forward = wasmc_grants_next(grants, WASMC_GRANT_FORWARD, NULL);
    if (wasmc_grants_have(grants, WASMC_GRANT_ISOLATE_NETWORK) || forward != NULL)
        wasmc_fail(WASMC_EXIT_START, "", "--isolate-network and --forward: this program was built without; build it with "
                   "--isolate-network", NULL, "");
}

uint32_t wasmc_sock_start(struct wasmc_ctx *ctx, uint32_t fd)
{
    check_isolation(ctx->grants);
    /* 1024 is what is usual, for the sake of programs that select(2). */
    wasmc_sys_raise_open_files();
    int passed = wasmc_grants_listen_fds(ctx->grants);
    for (int i = 0; i < passed; i++) {
        if (wasmc_sys_is_listening(3 + i) != 1)
            wasmc_fail(WASMC_EXIT_START, "", "--listenfd: a descriptor that was passed is not a listening socket", NULL, "");
        add_listener(ctx, fd++, 3 + i, "--listenfd");
    }
    for (const struct wasmc_grant *grant = NULL;
         (grant = wasmc_grants_next(ctx->grants, WASMC_GRANT_TCP_LISTEN, grant)) != NULL;)
        add_listener(ctx, fd++, listen_on(ctx, grant->word), grant->word);
    return fd;
}
