/* resolver.h - the system calls of the resolver (net/resolver.h), which a child of the broker makes: their entries are
 * in the broker's filter, and none is in the guest's. Convention of sys.h.
 */
#ifndef WASMC_SYS_RESOLVER_H
#define WASMC_SYS_RESOLVER_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

struct addrinfo;
struct pollfd;

/* libc's getaddrinfo, with what it calls. */
int wasmc_sys_resolver_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                                   struct addrinfo **found);

/* The first bytes of a file of the host's. Returns how many. */
ssize_t wasmc_sys_resolver_read_file_ambient(const char *path, char *text, size_t bytes);

/* Start-up: the directory in which a file really lies, when that is another than where its path says. */
bool wasmc_sys_resolver_real_directory_ambient(const char *path, char directory[PATH_MAX]);

uint32_t wasmc_sys_resolver_link_number(const char *name); /* of a network interface; 0: there is none */

/* A non-blocking socket, SOCK_DGRAM or SOCK_STREAM, connected or, of the latter, about to be; its port is the kernel's
 * choice, at random. */
int wasmc_sys_resolver_connect(int type, const struct sockaddr *server, socklen_t bytes);
ssize_t wasmc_sys_resolver_send(int fd, const void *bytes, size_t count);
ssize_t wasmc_sys_resolver_receive(int fd, void *bytes, size_t count);
int wasmc_sys_resolver_poll(struct pollfd *fds, size_t count, uint64_t timeout_ms);
void wasmc_sys_resolver_close(int fd);

uint64_t wasmc_sys_resolver_now_ms(void); /* of the monotonic clock */
bool wasmc_sys_resolver_random(void *bytes, size_t count);

#endif
