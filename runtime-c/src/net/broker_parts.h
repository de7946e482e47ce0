/* broker_parts.h - what the broker's files share. */
#ifndef WASMC_NET_BROKER_PARTS_H
#define WASMC_NET_BROKER_PARTS_H

#include "broker.h"
#include "resolver.h"

struct wasmc_broker {
    const struct wasmc_net_rules *rules;
    enum wasmc_broker_network network;
    bool is_sealed;  /* shall be */
    uint64_t cookie; /* of the network; 0: the kernel does not tell */
    int channel;
};

/* What arrived: a request, the socket that it is about or -1, its payload. */
struct wasmc_broker_call {
    const struct wasmc_broker *broker;
    const struct wasmc_net_request *request;
    struct wasmc_net_module *module;
    int fd;
    bool keeps_fd; /* it is not closed afterwards */
    const uint8_t *payload;
    struct wasmc_net_reply *reply;
    int reply_fd; /* goes back, and is closed then; -1: none */
};

/* What the kernel knows about a socket. */
struct wasmc_broker_socket {
    int family;
    enum wasmc_net_protocol protocol;
    bool is_v6_only;
};

/* --- broker_sockets.c -------------------------------------------------------------------------- */

/* 0 or a negative errno: ENOTSOCK for what is no socket of TCP or UDP in the broker's network. */
int wasmc_broker_identify(const struct wasmc_broker *broker, int fd, struct wasmc_broker_socket *socket);

void wasmc_broker_open(struct wasmc_broker_call *call);
void wasmc_broker_connect_to(struct wasmc_broker_call *call);
void wasmc_broker_connect_new(struct wasmc_broker_call *call);
void wasmc_broker_replace(struct wasmc_broker_call *call);
void wasmc_broker_send_datagram(struct wasmc_broker_call *call);
void wasmc_broker_twin(struct wasmc_broker_call *call);
void wasmc_broker_join(struct wasmc_broker_call *call);

/* Copies the options of one socket that a new one in its place must have. */
void wasmc_broker_copy_options(int from, int to, enum wasmc_net_protocol protocol);

/* --- broker_listeners.c: binding, and peers that rules are about ------------------------------- */

void wasmc_broker_bind_to(struct wasmc_broker_call *call);
void wasmc_broker_listen_on(struct wasmc_broker_call *call);
void wasmc_broker_accept_from(struct wasmc_broker_call *call);

struct pollfd;
/* Descriptors to wait for, at most two for each of WASMC_BROKER_KEPT; how many, and how long (-1: until there is something). */
#define WASMC_BROKER_KEPT 256
size_t wasmc_broker_kept_poll(struct pollfd *fds, int *timeout_ms);
void wasmc_broker_kept_ready(const struct pollfd *fds, size_t count);

/* --- broker_paths.c: sockets of Unix, below granted directories ---------------------------------- */

void wasmc_broker_add_directory(struct wasmc_broker_call *call);
void wasmc_broker_unix_bind(struct wasmc_broker_call *call);
void wasmc_broker_unix_connect(struct wasmc_broker_call *call);
void wasmc_broker_unix_send(struct wasmc_broker_call *call);

/* Whether it is a socket of Unix that a module may have. */
bool wasmc_broker_is_unix(const struct wasmc_broker_call *call);

struct wasmc_landlock_dir;
#define WASMC_BROKER_DIRECTORIES 256
uint32_t wasmc_broker_directories(struct wasmc_landlock_dir *dirs);

/* --- broker_names.c: lookups --------------------------------------------------------------------- */

/* Referred to weakly: only a program that can ask for names has it. */
void wasmc_broker_look_up(struct wasmc_broker_call *call) __attribute__((weak));
#define WASMC_BROKER_LOOKUPS 32
size_t wasmc_broker_lookups_poll(struct pollfd *fds) __attribute__((weak));
void wasmc_broker_lookups_ready(const struct pollfd *fds, size_t count) __attribute__((weak));
void wasmc_broker_names_start(const struct wasmc_net_rules *rules) __attribute__((weak));
uint32_t wasmc_broker_names_directories(const char *directories[WASMC_RESOLVER_DIRECTORIES]) __attribute__((weak));

#endif
