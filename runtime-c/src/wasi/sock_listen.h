/* sock_listen.h - the listening sockets that a context starts with. */
#ifndef WASMC_WASI_SOCK_LISTEN_H
#define WASMC_WASI_SOCK_LISTEN_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

struct wasmc_ctx;

/* Fills in the sockets of --listenfd, then those of --tcplisten, from `fd` on; returns the next fd. Ends the process
 * when one cannot be opened. Weak: absent in a program that cannot accept. */
uint32_t wasmc_sock_start(struct wasmc_ctx *ctx, uint32_t fd) __attribute__((weak));

union wasmc_sock_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* A socket that listens, or a negative errno: for an embedder whose program has a network of its own, which is not this
 * process's and is made later, one that will listen there. Weak: other processes are in their program's network. */
int wasmc_sock_listen_inside(const struct wasmc_ctx *ctx, const union wasmc_sock_address *address, socklen_t bytes)
    __attribute__((weak));

/* An address and a port: 127.0.0.1:8080, 0.0.0.0:0 or [::1]:80. No names: nothing here asks a resolver. */
bool wasmc_sock_parse_address(const char *word, union wasmc_sock_address *address);

#endif
