#include "socket_ahead.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "../ctx.h"
#include "../lock.h"
#include "../sys/network.h"
#include "../threads_started.h"

/* Memory of the arena does not come back. Beyond that many, the host is asked. */
#define MOST 256u
static struct wasmc_bytes_ahead *free_list;
static uint32_t made;
static uint32_t lock;

static struct wasmc_bytes_ahead *allocate(void)
{
    wasmc_lock(&lock);
    struct wasmc_bytes_ahead *ahead = free_list;
    if (ahead != NULL)
        free_list = ahead->next_free;
    else if (made < MOST && (ahead = wasmc_arena_allocate(sizeof *ahead)) != NULL)
        made++;
    wasmc_unlock(&lock);
    return ahead;
}

static void let_go(struct wasmc_socket *socket)
{
    struct wasmc_bytes_ahead *ahead = socket->ahead;
    socket->ahead = NULL;
    wasmc_lock(&lock);
    if (--ahead->users == 0) {
        ahead->next_free = free_list;
        free_list = ahead;
    }
    wasmc_unlock(&lock);
}

static uint32_t bytes_of(const struct wasmc_bytes_ahead *ahead)
{
    return ahead->end - ahead->at;
}

static int receive(struct wasmc_desc *desc)
{
    struct wasmc_bytes_ahead *ahead = allocate();
    if (ahead == NULL)
        return wasmc_sys_bytes_to_read(desc->host);
    ssize_t bytes = wasmc_sys_receive(desc->host, ahead->data, sizeof ahead->data, MSG_DONTWAIT);
    desc->socket->ahead = ahead;
    ahead->users = 1;
    ahead->at = 0;
    ahead->end = bytes > 0 ? (uint32_t)bytes : 0;
    /* The end, which the host says again. Errors are the host's to say: who has one, or an end, is not asked here. */
    if (bytes <= 0) {
        let_go(desc->socket);
        return (int)bytes;
    }
    desc->asks_socket = true;
    if ((size_t)bytes < sizeof ahead->data)
        return (int)bytes;
    desc->socket->is_bulk = true;
    int more = wasmc_sys_bytes_to_read(desc->host);
    return (int)bytes + (more > 0 ? more : 0);
}

int wasmc_socket_bytes_to_read(struct wasmc_desc *desc, uint32_t revents, bool may_receive)
{
    struct wasmc_socket *socket = desc->socket;
    bool is_own = socket != NULL && socket->is_connection && !socket->is_shared;
    bool may_be_ahead = is_own && may_receive && revents == POLLIN && !socket->is_bulk && !wasmc_threads_started;
    if (may_be_ahead && socket->ahead == NULL)
        return receive(desc);
    int bytes = wasmc_sys_bytes_to_read(desc->host);
    if (is_own && bytes < (int)(WASMC_AHEAD_BYTES / 2))
        socket->is_bulk = false;
    if (!wasmc_socket_is_ahead(desc))
        return bytes;
    return (int)bytes_of(socket->ahead) + (bytes > 0 ? bytes : 0);
}

size_t wasmc_socket_copy_ahead(struct wasmc_desc *desc, const struct iovec *iovecs, int count, bool takes)
{
    struct wasmc_bytes_ahead *ahead = desc->socket->ahead;
    size_t copied = 0, there = bytes_of(ahead);
    if (there > sizeof ahead->data)
        there = 0; /* threads that share it may mix what they get, and nothing else */
    const uint8_t *from = ahead->data + (sizeof ahead->data - there < ahead->at ? 0 : ahead->at);
    for (int i = 0; i < count && copied < there; i++) {
        size_t part = there - copied < iovecs[i].iov_len ? there - copied : iovecs[i].iov_len;
        memcpy(iovecs[i].iov_base, from + copied, part);
        copied += part;
    }
    if (!takes)
        return copied;
    ahead->at += (uint32_t)copied;
    if (copied == there)
        let_go(desc->socket);
    if (desc->socket->ahead == NULL)
        desc->asks_socket = desc->socket->receive_timeout_us != 0 || desc->socket->send_timeout_us != 0;
    return copied;
}

void wasmc_socket_share_ahead(struct wasmc_socket *socket)
{
    socket->is_shared = true;
    if (socket->ahead != NULL)
        socket->ahead->users++;
}

void wasmc_socket_drop_ahead(const struct wasmc_desc *desc)
{
    static const struct linger at_once = {1, 0};
    if (wasmc_socket_is_ahead(desc) && desc->socket->ahead->users == 1)
        (void)wasmc_sys_set_option(desc->host, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    let_go(desc->socket);
}
