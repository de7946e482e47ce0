/* broker_paths.c - sockets of Unix. A path is resolved beneath a granted directory by the broker itself, which has the
 * directories since before the guest ran: a descriptor from the guest's process could be of anything that it can name. */
#include "broker_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "../sys/network.h"
#include "../sys/sandbox.h"

static struct directory {
    int fd;
    struct wasmc_net_module *module;
} directories[WASMC_BROKER_DIRECTORIES];
static uint32_t directory_count;

void wasmc_broker_add_directory(struct wasmc_broker_call *call)
{
    if (directory_count == WASMC_BROKER_DIRECTORIES || call->fd < 0) {
        call->reply->error = -ENOSPC;
        return;
    }
    directories[directory_count] = (struct directory){call->fd, call->module};
    call->keeps_fd = true;
    call->reply->number = directory_count++;
}

uint32_t wasmc_broker_directories(struct wasmc_landlock_dir *dirs)
{
    for (uint32_t i = 0; i < directory_count; i++)
        dirs[i] = (struct wasmc_landlock_dir){directories[i].fd, false};
    return directory_count;
}

static int get_int(int fd, int name)
{
    int value = -1;
    socklen_t bytes = sizeof value;
    return wasmc_broker_get_option(fd, SOL_SOCKET, name, &value, &bytes) == 0 ? value : -1;
}

/* Not one of the broker's own kind: those carry requests. */
bool wasmc_broker_is_unix(const struct wasmc_broker_call *call)
{
    int type = call->fd >= 0 && call->module->has_directories ? get_int(call->fd, SO_TYPE) : -1;
    return (type == SOCK_STREAM || type == SOCK_DGRAM) && get_int(call->fd, SO_DOMAIN) == AF_UNIX;
}

/* A path below a directory of the module's, cut from the payload. */
struct path {
    int directory;
    char text[WASMC_NET_PATH_BYTES + 1];
};

static int take_path(const struct wasmc_broker_call *call, size_t bytes, struct path *path)
{
    uint32_t number = call->request->number;
    if (!wasmc_broker_is_unix(call))
        return -ENOTSOCK;
    if (number >= directory_count || directories[number].module != call->module)
        return -EACCES;
    if (bytes == 0 || bytes > WASMC_NET_PATH_BYTES || bytes > call->request->payload_bytes ||
        memchr(call->payload, '\0', bytes) != NULL)
        return -EINVAL;
    path->directory = directories[number].fd;
    memcpy(path->text, call->payload, bytes);
    path->text[bytes] = '\0';
    return 0;
}

/* The kernel takes a name of 107 bytes: of a directory that is open, the name in it. */
static int bind_below(int fd, struct path *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char *slash = strrchr(path->text, '/');
    const char *name = slash != NULL ? slash + 1 : path->text;
    size_t bytes = strlen(name);
    if (bytes == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return -EINVAL;
    if (bytes >= sizeof address.sun_path)
        return -ENAMETOOLONG;
    memcpy(address.sun_path, name, bytes + 1);
    if (slash != NULL)
        *slash = '\0';
    int parent = wasmc_broker_open_below(path->directory, slash != NULL ? path->text : ".", O_PATH | O_DIRECTORY);
    if (parent < 0)
        return parent;
    int error = wasmc_broker_change_directory(parent);
    if (error == 0)
        error = wasmc_broker_bind(fd, (const struct sockaddr *)&address,
                                  (socklen_t)(offsetof(struct sockaddr_un, sun_path) + bytes + 1));
    wasmc_broker_close(parent);
    return error;
}

void wasmc_broker_unix_bind(struct wasmc_broker_call *call)
{
    struct path path;
    int error = take_path(call, call->request->payload_bytes, &path);
    call->reply->error = error != 0 ? error : bind_below(call->fd, &path);
}

/* The kernel's name for a descriptor: what a name leads to may change, this does not. */
static socklen_t name_descriptor(int fd, struct sockaddr_un *address)
{
    static const char prefix[] = "/proc/self/fd/";
    char digits[12];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    for (int rest = fd; at == sizeof digits - 1 || rest > 0; rest /= 10)
        digits[--at] = (char)('0' + rest % 10);
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, prefix, sizeof prefix);
    strcat(address->sun_path, digits + at);
    return sizeof *address;
}

/* The socket that a path leads to, or a negative errno. */
static int open_peer(const struct path *path)
{
    int fd = wasmc_broker_open_below(path->directory, path->text, O_PATH);
    if (fd >= 0 && !wasmc_broker_is_socket_file(fd)) {
        wasmc_broker_close(fd);
        return -ECONNREFUSED;
    }
    return fd;
}

/* Without procfs there is no name for a descriptor. */
static int error_of(int error)
{
    return error == -ENOENT ? -EOPNOTSUPP : error;
}

void wasmc_broker_unix_connect(struct wasmc_broker_call *call)
{
    struct path path;
    struct sockaddr_un address;
    int error = take_path(call, call->request->payload_bytes, &path);
    int peer = error != 0 ? error : open_peer(&path);
    call->reply->error = peer;
    if (peer < 0)
        return;
    socklen_t bytes = name_descriptor(peer, &address);
    call->reply->error = error_of(wasmc_broker_connect(call->fd, (const struct sockaddr *)&address, bytes));
    wasmc_broker_close(peer);
}

void wasmc_broker_unix_send(struct wasmc_broker_call *call)
{
    struct path path;
    struct sockaddr_un address;
    size_t path_bytes = call->request->flags;
    int error = take_path(call, path_bytes, &path);
    int peer = error != 0 ? error : open_peer(&path);
    call->reply->error = peer;
    if (peer < 0)
        return;
    socklen_t bytes = name_descriptor(peer, &address);
    call->reply->error = error_of(wasmc_broker_send_to(call->fd, call->payload + path_bytes,
                                                       call->request->payload_bytes - path_bytes,
                                                       (const struct sockaddr *)&address, bytes));
    wasmc_broker_close(peer);
}
