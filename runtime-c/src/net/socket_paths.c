#include "socket_paths.h"

#include <string.h>

#include "../ctx.h"
#include "../lock.h"
#include "broker_parts.h"
#include "channel.h"

/* What the broker knows, in its order. A name is one grant's: the pointer tells which. */
static struct known {
    const struct wasmc_ctx *ctx;
    const char *name;
} known[WASMC_BROKER_DIRECTORIES];
static uint32_t known_count;

static void tell(struct wasmc_ctx *ctx, const struct wasmc_desc *desc)
{
    const struct wasmc_net_request request = {
        .operation = WASMC_NET_DIRECTORY, .module = wasmc_net_module_number(ctx)};
    struct wasmc_net_reply reply;
    int unused;
    if (known_count == WASMC_BROKER_DIRECTORIES ||
        wasmc_channel_call(WASMC_BROKER_HOST, &request, NULL, desc->host, &reply, &unused) != 0 || reply.error != 0 ||
        reply.number >= WASMC_BROKER_DIRECTORIES)
        return;
    known[reply.number] = (struct known){ctx, desc->preopen_name};
    known_count = reply.number + 1;
}

void wasmc_socket_paths_start(struct wasmc_ctx *ctx)
{
    if (!wasmc_channel_has(WASMC_BROKER_HOST))
        return;
    for (uint32_t fd = 0; fd < ctx->fds.slot_count; fd++) {
        const struct wasmc_desc *desc = ctx->fds.slots[fd];
        if (desc != NULL && desc->kind == WASMC_DESC_DIRECTORY && desc->preopen_name != NULL && !desc->read_only)
            tell(ctx, desc);
    }
}

/* As C libraries of guests have it: "/", "./" at the start, and "." alone, say nothing. */
static const char *strip(const char *path, size_t *bytes)
{
    for (;;) {
        if (*bytes > 0 && path[0] == '/') {
            path++;
            --*bytes;
        } else if (*bytes > 1 && path[0] == '.' && path[1] == '/') {
            path += 2;
            *bytes -= 2;
        } else if (*bytes == 1 && path[0] == '.') {
            path++;
            *bytes = 0;
        } else {
            return path;
        }
    }
}

/* How many bytes of a path name the directory and what separates it; -1: it is not below it. */
static long prefix_of(const char *path, size_t bytes, const char *name, size_t name_bytes)
{
    name = strip(name, &name_bytes);
    while (name_bytes > 0 && name[name_bytes - 1] == '/')
        name_bytes--;
    if (name_bytes == 0)
        return 0;
    if (bytes <= name_bytes || memcmp(path, name, name_bytes) != 0 || path[name_bytes] != '/')
        return -1;
    return (long)name_bytes + 1;
}

static bool find_known(const struct wasmc_ctx *ctx, const char *name, uint32_t *directory)
{
    for (*directory = 0; *directory < known_count; ++*directory) {
        if (known[*directory].ctx == ctx && known[*directory].name == name)
            return true;
    }
    return false;
}

wasi_errno wasmc_socket_path_find(struct wasmc_ctx *ctx, const struct wasmc_endpoint *endpoint,
                                  struct wasmc_socket_path *path)
{
    size_t bytes = endpoint->path_bytes;
    const char *text = strip(endpoint->path, &bytes);
    const char *name = NULL;
    long longest = -1;
    wasmc_lock(&ctx->fds.lock);
    /* Of those that are still open: who closes a directory has given it up. */
    for (uint32_t fd = 0; fd < ctx->fds.slot_count; fd++) {
        const struct wasmc_desc *desc = ctx->fds.slots[fd];
        if (desc == NULL || desc->kind != WASMC_DESC_DIRECTORY || desc->preopen_name == NULL)
            continue;
        long prefix = prefix_of(text, bytes, desc->preopen_name, desc->preopen_name_bytes);
        if (prefix > longest) {
            longest = prefix;
            name = desc->preopen_name;
        }
    }
    wasmc_unlock(&ctx->fds.lock);
    if (bytes == 0)
        return WASI_ERRNO_INVAL;
    if (name == NULL || !find_known(ctx, name, &path->directory))
        return WASI_ERRNO_ACCES;
    path->below = text + longest;
    path->below_bytes = bytes - (size_t)longest;
    return path->below_bytes > 0 ? WASI_ERRNO_SUCCESS : WASI_ERRNO_INVAL;
}
