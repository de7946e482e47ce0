/* embedding.c - the network of an interpreted program. Sockets are opened by processes, as for a compiled one; they cannot be
 * forked from this process, which has threads, so that an executable of the runtime's starts them. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../helper/embedding.h"
#include "../net/channel.h"
#include "../net/socket_paths.h"
#include "../sys/sys.h"
#include "../text.h"
#include "../wasi/sock_listen.h"
#include "attempt.h"
#include "host.h"

uint32_t wasmc_net_module_number(const struct wasmc_ctx *ctx)
{
    /* A context is the first field of its host. */
    return ((const struct wasmc_host *)ctx)->number;
}
static_assert(offsetof(struct wasmc_host, ctx) == 0, "the context of a host");

struct starting {
    struct wasmc_host *main;
    char *const *names;
    const char *helper;
    char *block; /* of names, with a NUL behind each */
    size_t block_bytes;
};

static const char *module_name(const void *context, uint32_t index)
{
    return ((const struct starting *)context)->names[index];
}

static _Noreturn void fail(const char *what)
{
    wasmc_fail(WASMC_EXIT_START, "", "the program's network cannot be started: ", NULL, what);
}

/* Descriptor 3 of the new process is the stream, and its standard streams are this one's. */
static pid_t spawn(const struct starting *starting, int stream)
{
    posix_spawn_file_actions_t actions;
    char *const arguments[] = {(char *)"wasmc-network", NULL};
    pid_t process;
    if (posix_spawn_file_actions_init(&actions) != 0)
        fail("no memory");
    posix_spawn_file_actions_adddup2(&actions, stream, 3);
    int error = posix_spawn(&process, starting->helper, &actions, NULL, arguments, starting->main->starters_envp);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        wasmc_fail(WASMC_EXIT_START, "the program's network cannot be started: ", "", starting->helper,
                   error == ENOENT ? " is missing; `make runtime` makes it, `make install` installs it"
                                   : " cannot be executed");
    return process;
}

static bool send_all(int stream, const void *bytes, size_t count)
{
    const char *at = bytes;
    while (count > 0) {
        ssize_t sent = send(stream, at, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        count -= (size_t)sent;
    }
    return true;
}

/* The process has ended and said why: this one ends as it did, with status 1 where isolation is refused. */
static _Noreturn void end_as(pid_t process)
{
    int status;
    pid_t ended;
    do {
        ended = waitpid(process, &status, 0);
    } while (ended < 0 && errno == EINTR);
    bool has_status = ended == process && WIFEXITED(status) && WEXITSTATUS(status) != 0;
    wasmc_sys_exit(has_status ? WEXITSTATUS(status) : WASMC_EXIT_START);
}

static void receive_channels(int stream, pid_t process)
{
    union {
        struct cmsghdr head;
        char bytes[CMSG_SPACE(WASMC_EMBEDDING_CHANNELS * sizeof(int))];
    } control = {0};
    char there[WASMC_EMBEDDING_CHANNELS];
    int passed[WASMC_EMBEDDING_CHANNELS];
    struct iovec part = {there, sizeof there};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    ssize_t bytes;
    do {
        bytes = recvmsg(stream, &message, MSG_CMSG_CLOEXEC);
    } while (bytes < 0 && errno == EINTR);
    if (bytes != (ssize_t)sizeof there)
        end_as(process);
    size_t used = 0;
    if (message.msg_controllen >= CMSG_LEN(sizeof(int)))
        memcpy(passed, CMSG_DATA(&control.head), control.head.cmsg_len - CMSG_LEN(0));
    for (unsigned i = 0; i < WASMC_EMBEDDING_CHANNELS; i++)
        wasmc_network.channels[i] = there[i] ? passed[used++] : -1;
}

int wasmc_sock_listen_inside(const struct wasmc_ctx *ctx, const union wasmc_sock_address *address, socklen_t bytes)
{
    struct wasmc_host *host = (struct wasmc_host *)(uintptr_t)ctx; /* as above */
    struct wasmc_host *main = host->main != NULL ? host->main : host;
    if (!wasmc_grants_have(&main->grants, WASMC_GRANT_ISOLATE_NETWORK))
        return wasmc_sys_listen(&address->any, bytes);
    if (main->listener_count == WASMC_HOST_LISTENERS)
        return -EMFILE;
    /* Unbound: what takes its place later comes under its number. */
    int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    struct wasmc_host_listener *listener = &main->listeners[main->listener_count++];
    listener->fd = fd;
    memcpy(&listener->address, address, bytes);
    return fd;
}

/* One thing that the process in the program's network does with a socket; a negative errno. */
static int ask_inside(struct wasmc_net_request *request, enum wasmc_net_operation operation, int fd, int *reply_fd)
{
    struct wasmc_net_reply reply;
    request->operation = operation;
    int error = wasmc_channel_call(WASMC_BROKER_INNER, request, NULL, fd, &reply, reply_fd);
    return error != 0 ? error : reply.error;
}

/* Makes a socket of --tcplisten where the program is. */
static int listen_inside(const struct wasmc_host_listener *listener)
{
    /* There, the main module may do what it likes. */
    struct wasmc_net_request request = {.module = wasmc_network.rules.count - 1,
                                        .family = listener->address.any.sa_family,
                                        .type = SOCK_STREAM,
                                        .flags = SOMAXCONN};
    int fd, none, yes = 1;
    int error = ask_inside(&request, WASMC_NET_OPEN, -1, &fd);
    if (error != 0)
        return error;
    request.address = listener->address;
    error = setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 ? 0 : -errno;
    if (error == 0)
        error = ask_inside(&request, WASMC_NET_BIND, fd, &none);
    if (error == 0)
        error = ask_inside(&request, WASMC_NET_LISTEN, fd, &none);
    if (error == 0)
        error = wasmc_sys_set_flags(fd, O_NONBLOCK);
    if (error == 0 && dup3(fd, listener->fd, O_CLOEXEC) < 0)
        error = -errno;
    close(fd);
    return error;
}

static void start(void *argument)
{
    struct starting *starting = argument;
    const struct wasmc_host *main = starting->main;
    struct wasmc_net_rules *rules = &wasmc_network.rules;
    wasmc_net_rules_start(rules, &main->grants, main->number + 1, module_name, starting);
    if (!rules->has_any && !rules->has_directories && !rules->is_isolated)
        return;
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        fail("no more descriptors");
    /* dup2 to the same number would leave the flag that closes it. */
    if (pair[1] == 3)
        pair[1] = fcntl(pair[1], F_DUPFD_CLOEXEC, 4);
    pid_t process = spawn(starting, pair[1]);
    close(pair[1]);
    const struct wasmc_embedding embedding = {
        main->number + 1, (uint32_t)starting->block_bytes, (uint32_t)main->baked_bytes};
    if (!send_all(pair[0], &embedding, sizeof embedding) ||
        !send_all(pair[0], starting->block, starting->block_bytes) ||
        !send_all(pair[0], main->baked, main->baked_bytes))
        fail("its process has ended");
    /* The stream stays open: its end is the program's. */
    receive_channels(pair[0], process);
    for (uint32_t i = 0; i < main->listener_count; i++) {
        int error = listen_inside(&main->listeners[i]);
        if (error != 0)
            fail(error == -EADDRINUSE ? "two sockets of --tcplisten have one address"
                                      : "a socket of --tcplisten cannot listen in it");
    }
    struct wasmc_ctx *ctx = &starting->main->ctx;
    do {
        wasmc_socket_paths_start(ctx);
        ctx = ctx->next;
    } while (ctx != NULL && ctx != &main->ctx);
    wasmc_channel_begin();
}

void wasmc_host_start_network(struct wasmc_host *main, size_t linked_count, char *const *names, const char *helper,
                              struct wasmc_host_outcome *outcome)
{
    struct starting starting = {.main = main, .names = names, .helper = helper};
    main->number = (uint32_t)linked_count;
    for (size_t i = 0; i < linked_count; i++)
        starting.block_bytes += strlen(names[i]) + 1;
    starting.block = malloc(starting.block_bytes + 1);
    *outcome = (struct wasmc_host_outcome){.end = WASMC_HOST_EXITED, .status = WASMC_EXIT_START};
    if (starting.block == NULL)
        return;
    size_t at = 0;
    for (size_t i = 0; i < linked_count; at += strlen(names[i]) + 1, i++)
        memcpy(starting.block + at, names[i], strlen(names[i]) + 1);
    wasmc_host_attempt(start, &starting, outcome);
    free(starting.block);
}
