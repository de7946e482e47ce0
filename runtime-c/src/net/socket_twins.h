/* socket_twins.h - sockets by which datagrams go to those whom a guest writes to again and again.
 *
 * The guest's process may not say whom a datagram is for: that is the broker's to do, and takes as long as many datagrams.
 * So whom a socket of datagrams sends to for the second time gets a twin of it: a socket that the broker has connected to
 * that address, on the same port, by which is sent and received as fast as by any. What its peer sends comes to the twin,
 * everything else to the socket itself; who receives, or waits, looks at all of them.
 *
 * Twins belong to the open file: descriptors of different modules that name the same one share them. */
#ifndef WASMC_NET_SOCKET_TWINS_H
#define WASMC_NET_SOCKET_TWINS_H

#include "socket_state.h"
#include "spin.h"

/* The socket itself, in the place of a twin's index; nothing. */
#define WASMC_TWINS_OWN (-1)
#define WASMC_TWINS_NONE (-2)

/* So many are sent by, and about as many more may have datagrams that nobody has received yet. */
#define WASMC_TWINS 8
#define WASMC_TWINS_KEPT (2 * WASMC_TWINS)
/* Of a program; each is a descriptor of the host's. */
#define WASMC_TWINS_OF_ALL 128u
/* Whom a datagram was sent to, lately. */
#define WASMC_TWINS_KNOWN 16

struct wasmc_twin {
    int host;        /* -1: none */
    bool is_retired; /* nothing is sent by it any more; what has come is received, then it is closed */
    bool is_settled; /* it was found empty: what comes from now on is its peer's, before it may be anybody's */
    uint64_t last_use;   /* in sendings */
    uint64_t expires_ns; /* until then no rule needs to be asked */
    union wasmc_net_sockaddr remote; /* as the guest said it */
};

/* A datagram that poll_oneoff has received to tell how long it is, and that the guest has not asked for yet. One call less
 * than to ask for the length first; what is longer than the last datagrams were is copied once more. */
struct wasmc_ahead {
    bool is_there;
    uint32_t bytes;
    socklen_t sender_bytes;
    union wasmc_net_sockaddr sender;
    uint8_t data[WASMC_NET_DATAGRAM_BYTES];
};

struct wasmc_twins {
    struct wasmc_twins *next_free;
    struct wasmc_ahead *ahead; /* or null; stays with the structure */
    bool is_long;              /* the last datagram was: one more copy would cost more than one more call */
    bool is_guess;             /* something is expected without having waited for it */
    struct wasmc_spin guesses;
    uint32_t users;
    int set;           /* of epoll: the socket itself and its twins; -1: there are none */
    uint64_t sendings; /* how many, so far */
    uint64_t refused_until; /* in sendings: somebody had no room for another */
    int last;          /* where something was found last */
    int likely;        /* where something is expected */
    uint32_t in_a_row; /* how often that was right */
    bool is_own_first; /* the socket itself may have datagrams that came before those of its twins */
    bool is_early;     /* an answer is expected to something that was sent just now */
    bool is_peeked;    /* what is received next must come from there, too */
    int8_t next[WASMC_TWINS_KEPT + 1]; /* where something was found after the socket itself, after each twin */
    struct wasmc_twin items[WASMC_TWINS_KEPT];
    struct {
        uint64_t sending; /* 0: none */
        union wasmc_net_sockaddr remote;
    } known[WASMC_TWINS_KNOWN];
};

/* What becomes readable when a descriptor has something to read. */
static inline int wasmc_socket_where_to_read(const struct wasmc_desc *desc)
{
    bool has_twins = desc->socket != NULL && desc->socket->twins != NULL && desc->socket->twins->set >= 0;
    return has_twins ? desc->socket->twins->set : desc->host;
}

/* How long a datagram is that was received ahead; -1: none was. */
static inline int wasmc_socket_bytes_ahead(const struct wasmc_desc *desc)
{
    bool is_there = desc->socket != NULL && desc->socket->twins != NULL && desc->socket->twins->ahead != NULL &&
                    desc->socket->twins->ahead->is_there;
    return is_there ? (int)desc->socket->twins->ahead->bytes : -1;
}

/* --- socket_twins.c -------------------------------------------------------------------------- */

/* The structure that a descriptor's twins will be in, with the set if that is wanted. False: the host has no room for it. */
bool wasmc_twins_begin(struct wasmc_ctx *ctx, struct wasmc_desc *desc, bool wants_set);

/* A place for another, and the one that it takes the place of is retired. Null: there is none, or the others are worth more. */
struct wasmc_twin *wasmc_twins_find_place(struct wasmc_twins *twins);

/* A socket that the broker made is in it from now on, or is closed: false. */
bool wasmc_twins_add(struct wasmc_twins *twins, struct wasmc_twin *twin, int host);

/* Nothing is sent by it any more. It is closed when nothing is left in it. */
void wasmc_twins_retire_one(struct wasmc_twins *twins, struct wasmc_twin *twin);
void wasmc_twins_retire(const struct wasmc_socket *socket);

/* An option of the socket's has been set. */
void wasmc_twins_set_option(const struct wasmc_socket *socket, int level, int name, const void *value, socklen_t bytes);

/* The descriptor has none any more; those that only it has are closed. Weak for socket_state.c. */
void wasmc_twins_give_up(struct wasmc_socket *socket) __attribute__((weak));

/* Those that there are, or will be, are also those of a copy of the descriptor's socket. */
void wasmc_twins_share(struct wasmc_ctx *ctx, struct wasmc_desc *desc) __attribute__((weak));

/* --- socket_twins_receive.c ------------------------------------------------------------------- */

/* Where to look for a datagram first, if one is waited for or not; WASMC_TWINS_NONE: where the set says. */
int wasmc_twins_likely(struct wasmc_twins *twins, bool waits);

/* Something was sent there, and an answer is likely. */
void wasmc_twins_expect(struct wasmc_twins *twins, int index);

/* Where there is something, each in its turn; waits for it up to a time (0: for ever). WASMC_TWINS_NONE: nowhere. */
int wasmc_twins_look(struct wasmc_twins *twins, bool waits, uint64_t timeout_us);

/* A datagram was found there, and stays or not; none, for this reason. */
void wasmc_twins_found(struct wasmc_twins *twins, int index, bool is_peeked);
void wasmc_twins_not_found(struct wasmc_twins *twins, int index, int error);

/* Whether what a twin has can only be from its peer, and no rule needs to be asked whether that may send. */
bool wasmc_twins_is_certain(const struct wasmc_twin *twin);

/* How long the next datagram is; -1: there is none, whatever the host said (of an unconnected socket it would not tell that
 * nobody listens where a datagram went to). Weak for the files of poll_oneoff. */
int wasmc_twins_bytes(const struct wasmc_desc *desc) __attribute__((weak));

/* Waits until there may be a datagram, as ppoll would for the set alone: 1, 0 at the end of the time, a negative errno. Who was
 * right with that lately does not ask the host whether there is one before it is asked for. Weak likewise. */
int wasmc_twins_await(const struct wasmc_desc *desc, const struct timespec *timeout) __attribute__((weak));

/* --- socket_twins_send.c ------------------------------------------------------------------------ */

/* Sends by a twin, which comes to be where it is worth while. False: it is for the broker to send. */
bool wasmc_twins_send(struct wasmc_ctx *ctx, struct wasmc_desc *desc, const union wasmc_net_sockaddr *remote,
                      const struct iovec *bytes, wasi_errno *error);

#endif
