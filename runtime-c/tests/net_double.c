#include "net_double.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

struct net_double net_double;

void net_double_begin(void)
{
    memset(&net_double, 0, sizeof net_double);
    net_double.is_active = true;
    net_double.data = "";
}

void net_double_end(void)
{
    net_double.is_active = false;
}

struct wasmc_endpoint net_double_endpoint(int family, const char *text, uint16_t port)
{
    struct wasmc_endpoint endpoint = {.family = (uint16_t)family, .port = port};
    if (family == AF_UNIX) {
        endpoint.path_bytes = (uint16_t)strlen(text);
        memcpy(endpoint.path, text, strlen(text) + 1);
    } else if (family != AF_UNSPEC) {
        (void)inet_pton(family, text, endpoint.address);
    }
    return endpoint;
}

bool net_double_got(const char *call, int family, const char *text, uint16_t port)
{
    struct wasmc_endpoint wanted = net_double_endpoint(family, text, port);
    const struct wasmc_endpoint *got = &net_double.endpoint;
    if (net_double.call == NULL || strcmp(net_double.call, call) != 0 || got->family != family || got->port != port)
        return false;
    if (family == AF_UNIX)
        return got->path_bytes == wanted.path_bytes && strcmp(got->path, wanted.path) == 0;
    return memcmp(got->address, wanted.address, family == AF_INET ? 4 : 16) == 0;
}

static wasi_errno asked(const char *call, uint32_t fd)
{
    net_double.call = call;
    net_double.fd = fd;
    return net_double.error;
}

/* The real one, and what the linker puts in its place. No other test looks names up. */
#define DOUBLE(result, name, parameters) \
    result __real_##name parameters;     \
    result __wrap_##name parameters

DOUBLE(wasi_errno, wasmc_net_open, (struct wasmc_ctx *ctx, int family, int type, uint32_t *fd));
wasi_errno __wrap_wasmc_net_open(struct wasmc_ctx *ctx, int family, int type, uint32_t *fd)
{
    if (!net_double.is_active)
        return __real_wasmc_net_open(ctx, family, type, fd);
    net_double.family = family;
    net_double.type = type;
    *fd = net_double.new_fd;
    return asked("open", 0);
}

DOUBLE(wasi_errno, wasmc_net_bind, (struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *local));
wasi_errno __wrap_wasmc_net_bind(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *local)
{
    if (!net_double.is_active)
        return __real_wasmc_net_bind(ctx, fd, local);
    net_double.endpoint = *local;
    return asked("bind", fd);
}

DOUBLE(wasi_errno, wasmc_net_listen, (struct wasmc_ctx *ctx, uint32_t fd, int backlog));
wasi_errno __wrap_wasmc_net_listen(struct wasmc_ctx *ctx, uint32_t fd, int backlog)
{
    if (!net_double.is_active)
        return __real_wasmc_net_listen(ctx, fd, backlog);
    net_double.backlog = backlog;
    return asked("listen", fd);
}

DOUBLE(wasi_errno, wasmc_net_accept, (struct wasmc_ctx *ctx, uint32_t fd, uint16_t fdflags, uint32_t *new_fd,
                                      struct wasmc_endpoint *peer));
wasi_errno __wrap_wasmc_net_accept(struct wasmc_ctx *ctx, uint32_t fd, uint16_t fdflags, uint32_t *new_fd,
                                   struct wasmc_endpoint *peer)
{
    if (!net_double.is_active)
        return __real_wasmc_net_accept(ctx, fd, fdflags, new_fd, peer);
    net_double.fdflags = fdflags;
    *new_fd = net_double.new_fd;
    if (peer != NULL)
        *peer = net_double.answer;
    return asked("accept", fd);
}

DOUBLE(wasi_errno, wasmc_net_connect, (struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *remote));
wasi_errno __wrap_wasmc_net_connect(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *remote)
{
    if (!net_double.is_active)
        return __real_wasmc_net_connect(ctx, fd, remote);
    net_double.endpoint = *remote;
    return asked("connect", fd);
}

DOUBLE(wasi_errno, wasmc_net_receive, (struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count, int flags,
                                       size_t *bytes, bool *is_truncated, struct wasmc_endpoint *peer));
wasi_errno __wrap_wasmc_net_receive(struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count, int flags,
                                    size_t *bytes, bool *is_truncated, struct wasmc_endpoint *peer)
{
    if (!net_double.is_active)
        return __real_wasmc_net_receive(ctx, fd, iovecs, count, flags, bytes, is_truncated, peer);
    net_double.flags = flags;
    net_double.buffer_count = count;
    *bytes = 0;
    for (int i = 0; i < count; i++) {
        size_t left = strlen(net_double.data + *bytes);
        size_t part = left < iovecs[i].iov_len ? left : iovecs[i].iov_len;
        memcpy(iovecs[i].iov_base, net_double.data + *bytes, part);
        *bytes += part;
    }
    *is_truncated = net_double.is_truncated;
    if (peer != NULL)
        *peer = net_double.answer;
    return asked("receive", fd);
}

DOUBLE(wasi_errno, wasmc_net_send_to, (struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count,
                                       const struct wasmc_endpoint *remote, size_t *bytes));
wasi_errno __wrap_wasmc_net_send_to(struct wasmc_ctx *ctx, uint32_t fd, struct iovec *iovecs, int count,
                                    const struct wasmc_endpoint *remote, size_t *bytes)
{
    if (!net_double.is_active)
        return __real_wasmc_net_send_to(ctx, fd, iovecs, count, remote, bytes);
    net_double.endpoint = *remote;
    net_double.buffer_count = count;
    net_double.sent_bytes = 0;
    for (int i = 0; i < count; i++) {
        memcpy(net_double.sent + net_double.sent_bytes, iovecs[i].iov_base, iovecs[i].iov_len);
        net_double.sent_bytes += iovecs[i].iov_len;
    }
    *bytes = net_double.sent_bytes;
    return asked("send_to", fd);
}

DOUBLE(wasi_errno, wasmc_net_local, (struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *local));
wasi_errno __wrap_wasmc_net_local(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *local)
{
    if (!net_double.is_active)
        return __real_wasmc_net_local(ctx, fd, local);
    *local = net_double.answer;
    return asked("local", fd);
}

DOUBLE(wasi_errno, wasmc_net_remote, (struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *remote));
wasi_errno __wrap_wasmc_net_remote(struct wasmc_ctx *ctx, uint32_t fd, struct wasmc_endpoint *remote)
{
    if (!net_double.is_active)
        return __real_wasmc_net_remote(ctx, fd, remote);
    *remote = net_double.answer;
    return asked("remote", fd);
}

DOUBLE(wasi_errno, wasmc_net_get_option, (struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option,
                                          uint64_t *value));
wasi_errno __wrap_wasmc_net_get_option(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option,
                                       uint64_t *value)
{
    if (!net_double.is_active)
        return __real_wasmc_net_get_option(ctx, fd, option, value);
    net_double.option = option;
    *value = net_double.answer_value;
    return asked("get_option", fd);
}

DOUBLE(wasi_errno, wasmc_net_set_option, (struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option,
                                          uint64_t value));
wasi_errno __wrap_wasmc_net_set_option(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_net_option option, uint64_t value)
{
    if (!net_double.is_active)
        return __real_wasmc_net_set_option(ctx, fd, option, value);
    net_double.option = option;
    net_double.value = value;
    return asked("set_option", fd);
}

DOUBLE(wasi_errno, wasmc_net_membership, (struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *group,
                                          uint32_t interface, bool joins));
wasi_errno __wrap_wasmc_net_membership(struct wasmc_ctx *ctx, uint32_t fd, const struct wasmc_endpoint *group,
                                       uint32_t interface, bool joins)
{
    if (!net_double.is_active)
        return __real_wasmc_net_membership(ctx, fd, group, interface, joins);
    net_double.endpoint = *group;
    net_double.interface = interface;
    net_double.joins = joins;
    return asked("membership", fd);
}

int __wrap_wasmc_net_resolve(struct wasmc_ctx *ctx, const struct wasmc_net_question *question,
                                struct wasmc_net_found *found);
int __wrap_wasmc_net_resolve(struct wasmc_ctx *ctx, const struct wasmc_net_question *question,
                             struct wasmc_net_found *found)
{
    (void)ctx;
    net_double.question = *question;
    snprintf(net_double.host, sizeof net_double.host, "%s", question->host != NULL ? question->host : "(null)");
    snprintf(net_double.service, sizeof net_double.service, "%s",
             question->service != NULL ? question->service : "(null)");
    *found = net_double.found;
    (void)asked("resolve", 0);
    return net_double.name_error;
}
