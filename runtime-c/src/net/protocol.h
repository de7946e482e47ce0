/* protocol.h - what the guest's process and a broker say to each other, a datagram each way on a SOCK_SEQPACKET pair.
 *
 * The broker keeps nothing about a socket: a request carries the socket that it is about, and the broker asks the kernel
 * what that is. What a request says of itself decides nothing but whose rules count; a process that was taken over
 * speaks for every module in it.
 */
#ifndef WASMC_NET_PROTOCOL_H
#define WASMC_NET_PROTOCOL_H

#include <stdint.h>

#include "endpoint.h"
#include "name.h"
#include "question.h"

/* A broker in an isolated network says first, and unasked, whether there is one: a struct wasmc_net_reply whose number is an
 * enum wasmc_isolate_step. */
enum wasmc_net_operation {
    WASMC_NET_OPEN,       /* family, type -> a socket */
    WASMC_NET_CONNECT,    /* socket, address; AF_UNSPEC: of datagrams, to nobody */
    WASMC_NET_CONNECT_NEW, /* family, address, flags -> a socket of a stream that connects */
    WASMC_NET_REPLACE,    /* socket, address -> a socket like it in the broker's network, which connects unless it is of
                           * datagrams */
    WASMC_NET_BIND,       /* socket, address -> number: 0, or what the broker keeps instead, and its address */
    WASMC_NET_LISTEN,     /* socket or number, backlog in flags -> of a number, what is readable when there is a peer */
    WASMC_NET_ACCEPT,     /* number, flags -> a connection, its peer */
    WASMC_NET_SEND_TO,    /* socket, address, payload */
    WASMC_NET_TWIN,       /* socket of datagrams, address -> one that is connected, on the same local port */
    WASMC_NET_MEMBERSHIP, /* socket, address: the group; number: the interface; flags: whether it joins */
    WASMC_NET_DIRECTORY,  /* a granted directory in the place of a socket, for sockets of Unix below it; before the guest runs */
    WASMC_NET_BEGIN,      /* the guest runs from now on: no more directories, and the broker seals itself -> number: what
                           * restricts it, see below */
    WASMC_NET_UNIX_BIND,  /* socket; number: the directory; payload: the path below it, without a NUL */
    WASMC_NET_UNIX_CONNECT, /* likewise */
    WASMC_NET_UNIX_SEND,  /* likewise, with the length of the path in flags; behind it the datagram */
    WASMC_NET_RESOLVE,    /* payload: struct wasmc_net_asked -> a descriptor that struct wasmc_net_answered comes from */
};

/* The most that a datagram of UDP has, and a path before it. */
#define WASMC_NET_PAYLOAD_BYTES (65535 + WASMC_NET_PATH_BYTES)
#define WASMC_NET_DATAGRAM_BYTES 65535

struct wasmc_net_request {
    uint32_t operation; /* enum wasmc_net_operation */
    uint32_t module;    /* whose rules count: the number of the instance in the program */
    uint16_t family;
    uint16_t type;
    uint32_t flags;
    uint32_t number;
    uint32_t payload_bytes;
    union wasmc_net_sockaddr address; /* family 0: none */
};

struct wasmc_net_reply {
    int32_t error; /* 0, a negative errno, or WASMC_NET_NO_RULE */
    uint32_t number;
    union wasmc_net_sockaddr address;
};

/* In the reply to WASMC_NET_BEGIN: how many system calls its filter lets through, and in the upper half the version of
 * Landlock; 0: not restricted so. */
#define WASMC_NET_SEALED_CALLS(number) ((number) & 0xffff)
#define WASMC_NET_SEALED_LANDLOCK(number) ((number) >> 16)

/* No rule admits it. */
#define WASMC_NET_NO_RULE INT32_MIN

/* A flag of WASMC_NET_SEND_TO and WASMC_NET_TWIN: the address has sent to this socket, and inbound rules may admit it. */
#define WASMC_NET_REPLIES 1u

/* A flag of WASMC_NET_CONNECT_NEW: the guest's socket does not block. */
#define WASMC_NET_NONBLOCK 1u

/* Two names in one payload, and what else getaddrinfo is asked. */
#define WASMC_NET_SERVICE_BYTES 63
struct wasmc_net_asked {
    struct wasmc_net_question question; /* its pointers mean nothing */
    uint8_t has_host;
    uint8_t has_service;
    char host[WASMC_NET_NAME_BYTES + 2]; /* a name may have a dot at the end */
    char service[WASMC_NET_SERVICE_BYTES + 1];
};

#endif
