/* host.h - a context as an embedder has it. */
#ifndef WASMC_HOST_HOST_H
#define WASMC_HOST_HOST_H

#include "../ctx.h"
#include "../grants.h"
#include "wasmc_host.h"

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
    struct wasmc_host *main;    /* of a linked module */
};

#endif
