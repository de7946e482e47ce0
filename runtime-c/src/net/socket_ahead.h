/* socket_ahead.h - bytes of a stream that poll_oneoff has received to tell how many there are, and that the guest has not
 * asked for yet.
 *
 * To ask the host how many bytes there are takes as long as to receive a few. So polling receives them, and the guest's
 * next call gets them from there, without the host. That is for connections of this program's alone: of one descriptor,
 * before there are threads (one might wait in the host for what another has received here), and as long as there are only
 * few bytes at a time, which then are copied once more. */
#ifndef WASMC_NET_SOCKET_AHEAD_H
#define WASMC_NET_SOCKET_AHEAD_H

#include "socket_state.h"

/* With that many more, to ask costs less than to copy. */
#define WASMC_AHEAD_BYTES 2048u

struct wasmc_bytes_ahead {
    struct wasmc_bytes_ahead *next_free;
    uint32_t users; /* descriptors of the same open file */
    uint32_t at;    /* the guest's from here on */
    uint32_t end;
    uint8_t data[WASMC_AHEAD_BYTES];
};

/* Whether there are any; another descriptor of the open file may have had them. */
static inline bool wasmc_socket_is_ahead(const struct wasmc_desc *desc)
{
    return desc->socket != NULL && desc->socket->ahead != NULL && desc->socket->ahead->at != desc->socket->ahead->end;
}

/* How many bytes there are to read, received ahead or not. `revents` is what the host says of the socket, and
 * `may_receive` whether whoever polls will know of what the host no longer has. Weak for the files of poll_oneoff. */
int wasmc_socket_bytes_to_read(struct wasmc_desc *desc, uint32_t revents, bool may_receive) __attribute__((weak));

/* Copies what is there, as far as there is room, and says how much that is; it stays unless it is taken. Weak for
 * sock_io.c. */
size_t wasmc_socket_copy_ahead(struct wasmc_desc *desc, const struct iovec *iovecs, int count, bool takes)
    __attribute__((weak));

/* Another descriptor has them, too; a descriptor is closed. What a connection has received and nobody has read makes its
 * end a reset. */
void wasmc_socket_share_ahead(struct wasmc_socket *socket);
void wasmc_socket_drop_ahead(const struct wasmc_desc *desc);

#endif
