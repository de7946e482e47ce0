/* host.h - a context as an embedder has it. */
#ifndef WASMC_HOST_HOST_H
#define WASMC_HOST_HOST_H

#include "../ctx.h"
#include "../grants.h"
#include "../net/endpoint.h"
#include "wasmc_host.h"

/* A socket of --tcplisten that is to listen in the program's network. */
struct wasmc_host_listener {
    int fd; /* in its place */
    union wasmc_net_sockaddr address;
};

#define WASMC_HOST_LISTENERS 64

struct wasmc_host {
    struct wasmc_ctx ctx;
    struct wasmc_memory memory; /* as the last call said */
    struct wasmc_grants grants;
    char **argv;                /* copies; wasmc_grants_start may replace argv[0] */
    char **envp;                /* a copy; wasmc_grants_start cuts WASMC_GRANTS into words in place */
    char **starters_envp;       /* a copy that stays as it was, for processes that read it anew */
    char *argv0;                /* the copy that argv[0] was */
    char *baked;                /* a copy */
    size_t baked_bytes;
    uint32_t number;            /* of the module in the program */
    uint32_t linked_count;      /* of the main one: how many have been made */
    char *name;                 /* of a linked module, a copy */
    uint32_t (*spawn)(void *context, uint32_t argument); /* starts a thread, or null */
    void *spawn_context;
    struct wasmc_host *main;    /* of a linked module */
    bool is_closed;             /* the main one: nothing is opened for any module */
    /* Of the main one: until its network is made. */
    struct wasmc_host_listener listeners[WASMC_HOST_LISTENERS];
    uint32_t listener_count;
};

/* Whether this thread is in a call of a host function. Async-signal-safe. */
bool wasmc_host_is_calling(void);

#endif
