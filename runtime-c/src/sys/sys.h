/* sys.h - the system calls the runtime makes, one function each.
 *
 * Convention: 0 or a count on success, a negative errno on failure; wasi/errno.c turns that into
 * WASI's. Calls that the kernel may interrupt are made again on EINTR. Every descriptor that comes
 * from here is close-on-exec and at least 3, so that 0 to 2 stay the standard streams.
 *
 * What a sealed program may call follows from these functions: each names its system calls (syscalls.h). Those
 * without an entry are for start-up, before the program is sealed.
 *
 * `_ambient` marks what takes a path of the host: only start-up code, for grants, may call it.
 * Everything else is relative to a descriptor; none of it may be given a guest's path except by
 * wasi/path.c.
 */
#ifndef WASMC_SYS_H
#define WASMC_SYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>

struct epoll_event;
struct pollfd;

_Noreturn void wasmc_sys_exit(int status); /* at once; nothing is buffered anywhere */

int wasmc_sys_process_id(void);
int wasmc_sys_parent_id(void); /* start-up */
bool wasmc_sys_is_privileged(void); /* by its file, which is setuid, setgid or has capabilities (AT_SECURE) */
uint64_t wasmc_sys_unblock_signals(uint64_t signals); /* start-up; signal n is bit n - 1; what was blocked before */
int wasmc_sys_prepare_abort(void); /* start-up; 0, or a negative errno */
void wasmc_sys_abort(void);        /* SIGABRT; comes back where that does not end the process */
void wasmc_sys_stop_timer(void);   /* of --timeout */

/* Memory. */
uint64_t wasmc_sys_page_bytes(void);
void *wasmc_sys_reserve(size_t bytes);              /* inaccessible address space, or null */
int wasmc_sys_reserve_at(void *base, size_t bytes); /* -EEXIST when something is there */
int wasmc_sys_make_accessible(void *base, size_t bytes);
/* Start-up: pages of a private mapping get another place, over what is there, and may be written. On failure they stay. */
int wasmc_sys_move_writable(void *from, size_t bytes, void *to);
uint8_t *wasmc_sys_map_record(int fd, uint64_t *bytes); /* start-up; a whole file, for writing, which is closed; or null */
void *wasmc_sys_map(size_t bytes);                  /* zeroed memory, or null */
void wasmc_sys_unmap(void *base, size_t bytes);
int wasmc_sys_protect_constants(void); /* start-up: what relocation has written is read-only from here on */

/* Opening and closing. */
int wasmc_sys_create_ambient(const char *path); /* start-up; a regular file, empty, for writing */
int wasmc_sys_openat(int dir, const char *path, int flags, mode_t mode);
#define WASMC_RESOLVE_NO_XDEV 0x01 /* of linux/openat2.h, which the build host may not have */
#define WASMC_RESOLVE_NO_MAGICLINKS 0x02
#define WASMC_RESOLVE_BENEATH 0x08
int wasmc_sys_openat2(int dir, const char *path, uint64_t flags, uint64_t mode, uint64_t resolve);
int wasmc_sys_close(int fd);
void wasmc_sys_raise_open_files(void); /* start-up; the process may have as many descriptors as RLIMIT_NOFILE lets it have */
int wasmc_sys_duplicate(int fd); /* the same open file, under another descriptor */

/* Reading and writing. */
ssize_t wasmc_sys_readv(int fd, const struct iovec *iovs, int count);
ssize_t wasmc_sys_writev(int fd, const struct iovec *iovs, int count);
ssize_t wasmc_sys_preadv(int fd, const struct iovec *iovs, int count, off_t offset);
ssize_t wasmc_sys_pwritev(int fd, const struct iovec *iovs, int count, off_t offset);

/* Best effort, for messages. False: some bytes could not be written, or no reader came for patience_ms (-1: for ever). */
bool wasmc_sys_write_all(int fd, const char *bytes, size_t count, int patience_ms);

off_t wasmc_sys_seek(int fd, off_t offset, int whence);
int wasmc_sys_sync(int fd);
int wasmc_sys_datasync(int fd);
int wasmc_sys_advise(int fd, off_t offset, off_t bytes, int advice);
int wasmc_sys_allocate(int fd, off_t offset, off_t bytes);
int wasmc_sys_truncate(int fd, off_t bytes);
int wasmc_sys_set_flags(int fd, int flags); /* O_APPEND and O_NONBLOCK, which are what F_SETFL changes for us */
int wasmc_sys_bytes_to_read(int fd);        /* FIONREAD */

/* Metadata. */
int wasmc_sys_stat(int fd, struct stat *stat);
int wasmc_sys_is_procfs(int fd); /* 1: it lies on a procfs */
int wasmc_sys_stat_at(int dir, const char *name, struct stat *stat); /* never follows a link at the end */
int wasmc_sys_set_open_times(int fd, const struct timespec times[2]);
int wasmc_sys_set_path_times(int fd, const struct timespec times[2]); /* of an O_PATH fd; since Linux 5.8 */
int wasmc_sys_set_times_at(int dir, const char *name, const struct timespec times[2]); /* never follows */

/* Directories. None follows a link at the end. */
ssize_t wasmc_sys_read_dir(int fd, void *buffer, size_t bytes);
int wasmc_sys_make_dir_at(int dir, const char *name);
int wasmc_sys_remove_at(int dir, const char *name, int flags); /* AT_REMOVEDIR or 0 */
int wasmc_sys_rename_at(int from_dir, const char *from, int to_dir, const char *to);
int wasmc_sys_link_at(int from_dir, const char *from, int to_dir, const char *to);
int wasmc_sys_symlink_at(const char *content, int dir, const char *name);
ssize_t wasmc_sys_read_link_at(int dir, const char *name, char *buffer, size_t bytes);

/* Sockets. */
ssize_t wasmc_sys_receive(int fd, void *buffer, size_t bytes, int flags); /* MSG_DONTWAIT, _PEEK, _TRUNC, _WAITALL */
ssize_t wasmc_sys_send(int fd, const void *buffer, size_t bytes, int flags); /* MSG_DONTWAIT, _MORE; no signal */
int wasmc_sys_accept(int fd, int flags);
int wasmc_sys_shutdown(int fd, int how);
int wasmc_sys_socket_type(int fd);
int wasmc_sys_is_listening(int fd); /* 1 or 0 */
int wasmc_sys_listen(const struct sockaddr *address, socklen_t bytes); /* a TCP socket that listens */

/* Time, waiting, randomness. */
int wasmc_sys_clock_get(clockid_t id, struct timespec *time);
int wasmc_sys_clock_resolution(clockid_t id, struct timespec *resolution);
int wasmc_sys_poll_ms(struct pollfd *fds, size_t count, int timeout_ms); /* may be -EINTR; negative: no end */
/* The same to the nanosecond; NULL: no end. */
int wasmc_sys_poll(struct pollfd *fds, size_t count, const struct timespec *timeout);
int wasmc_sys_epoll_create(void);
int wasmc_sys_epoll_change(int set, int operation, int fd, uint32_t events, uint64_t data); /* EPOLL_CTL_ADD, ... */
/* May be -EINTR, or 0 before the time has come. */
int wasmc_sys_epoll_wait(int set, struct epoll_event *events, uint32_t most, const struct timespec *timeout);
void wasmc_sys_yield(void);
/* Futexes of this process: waits while the word has this value, until `deadline` of CLOCK_MONOTONIC (null: for ever). 0,
 * -ETIMEDOUT, or -EAGAIN and -EINTR: look again. */
int wasmc_sys_futex_wait(uint32_t *word, uint32_t value, const struct timespec *deadline);
void wasmc_sys_futex_wake(uint32_t *word); /* one who waits */

/* Threads. One that is created begins with the signals blocked that its creator has blocked, and nobody joins it. */
int wasmc_sys_thread_create(void *(*run)(void *), void *argument);
void wasmc_sys_signal_stack(void *base, size_t bytes); /* the thread's own; 0 bytes: none */
ssize_t wasmc_sys_random(void *buffer, size_t bytes);

#endif
