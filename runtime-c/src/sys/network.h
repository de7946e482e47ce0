/* network.h - system calls of sockets that only some processes of a program may make. Convention of sys.h. */
#ifndef WASMC_SYS_NETWORK_H
#define WASMC_SYS_NETWORK_H

#include "sys.h"

/* --- linux_network.c: the guest's process ----------------------------------------------------- */

/* Where the guest's process has its ends of the channels to the brokers. No other descriptor ever has these numbers once the
 * program is sealed: close(2) refuses them (wasmc_sys_pin_channels). */
#define WASMC_CHANNEL_FD 254
#define WASMC_CHANNEL_COUNT 2 /* WASMC_CHANNEL_FD is even, so that one check knows both */

/* Moves a descriptor to the number of a channel. -EMFILE: the process may not have so many. */
int wasmc_sys_place_channel(int fd, unsigned channel);

/* Takes the number of a channel that there is not, so that no other descriptor ever gets it: a socket with that number
 * could be told where to send (wasmc_sys_channel_send), and could not be closed. */
int wasmc_sys_occupy_channel(unsigned channel);

/* From here on the channels cannot be closed. Before the filter of seal.h; needs no_new_privs. */
int wasmc_sys_pin_channels(void);

/* One datagram of two parts and a descriptor (or -1) to a channel, and one back. */
ssize_t wasmc_sys_channel_send(int channel, const struct iovec *parts, int count, int fd);
ssize_t wasmc_sys_channel_receive(int channel, void *bytes, size_t count, bool waits, int *fd);

/* The sender's or the peer's address is written where it is wanted; `bytes` is its room, and receives its length. */
ssize_t wasmc_sys_receive_from(int fd, void *buffer, size_t count, int flags, struct sockaddr *address, socklen_t *bytes);
int wasmc_sys_local_address(int fd, struct sockaddr *address, socklen_t *bytes);
int wasmc_sys_remote_address(int fd, struct sockaddr *address, socklen_t *bytes);

/* Options of the list in linux_network.c; others end a sealed program. */
int wasmc_sys_get_option(int fd, int level, int name, void *value, socklen_t *bytes);
int wasmc_sys_set_option(int fd, int level, int name, const void *value, socklen_t bytes);

/* --- linux_broker.c: the broker ---------------------------------------------------------------- */

/* A process of our own beside the guest's: its number; 0 in it, where `life` is what tells of the end of this one.
 * Start-up. */
int wasmc_sys_fork_helper(int *life);

/* In the new process: dies with its parent; handlers of signals are gone, those of a terminal are ignored; has no
 * descriptor but `channel`, which becomes 3, and `life`, which becomes 4. Start-up. */
int wasmc_sys_become_helper(int channel, int life);

int wasmc_sys_channel_pair(int pair[2]); /* SOCK_SEQPACKET */

/* What a broker may do. Every socket that comes from here is close-on-exec. */
ssize_t wasmc_broker_receive(int channel, struct iovec *parts, int count, bool waits, int *fd);
int wasmc_broker_send(int channel, const void *bytes, size_t count, int fd); /* does not wait */
int wasmc_broker_pair(int pair[2]);
int wasmc_broker_socket(int family, int type);
int wasmc_broker_bind(int fd, const struct sockaddr *address, socklen_t bytes);
int wasmc_broker_connect(int fd, const struct sockaddr *address, socklen_t bytes); /* does not wait: -EINPROGRESS */
/* A socket of a stream that connects, and how far it is: 0 or -EINPROGRESS. Of who waits, which its socket then does, it is
 * looked at once more: what is on this machine answers at once. Or -1, and the error. */
int wasmc_broker_connect_new_socket(int family, const struct sockaddr *address, socklen_t bytes, bool waits, int *error);
int wasmc_broker_set_nonblocking(int fd);
int wasmc_broker_listen(int fd, int backlog);
int wasmc_broker_accept(int fd, struct sockaddr *address, socklen_t *bytes, int flags);
int wasmc_broker_send_to(int fd, const void *bytes, size_t count, const struct sockaddr *address, socklen_t address_bytes);
int wasmc_broker_get_option(int fd, int level, int name, void *value, socklen_t *bytes);
int wasmc_broker_set_option(int fd, int level, int name, const void *value, socklen_t bytes);
int wasmc_broker_local_address(int fd, struct sockaddr *address, socklen_t *bytes);
int wasmc_broker_poll(struct pollfd *fds, size_t count, int timeout_ms);
uint64_t wasmc_broker_now_ns(void);
int wasmc_broker_open_below(int dir, const char *path, int flags); /* O_PATH; never leaves dir */
int wasmc_broker_change_directory(int dir);
bool wasmc_broker_is_socket_file(int fd);
void wasmc_broker_close(int fd);
int wasmc_broker_fork(void); /* for a lookup; the child has no descriptor but `kept` */
void wasmc_broker_keep_only(int kept);
_Noreturn void wasmc_broker_exit(void);

#endif
