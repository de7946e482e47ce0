/* behaviour.c - a guest that does one thing, `behaviour WHAT`, and prints what came of it: an errno and a number. The
 * rest is the host's part, rules.py. */
#include "guest.h"

static uint8_t buffer[65536];
static __wasi_size_t used;

static unsigned read_some(__wasi_fd_t fd)
{
    __wasi_iovec_t iovec = {buffer, sizeof buffer};
    return __wasi_fd_read(fd, &iovec, 1, &used);
}

static unsigned write_some(__wasi_fd_t fd, __wasi_size_t bytes)
{
    __wasi_ciovec_t iovec = {buffer, bytes};
    return __wasi_fd_write(fd, &iovec, 1, &used);
}

/* Until the disk is full. */
static unsigned fill(void)
{
    unsigned error = 0;
    __wasi_fd_t fd = must_open(GRANTED, "filled", __WASI_OFLAGS_CREAT, ALL_RIGHTS);
    __wasi_size_t total = 0;
    for (int i = 0; i < 1000 && error == 0; i++) {
        error = write_some(fd, sizeof buffer);
        total += error == 0 ? used : 0;
    }
    used = total;
    return error;
}

static unsigned sleep_until(__wasi_timestamp_t timeout, int forever_fd)
{
    __wasi_subscription_t subscription = {.userdata = 1, .u = {.tag = __WASI_EVENTTYPE_CLOCK}};
    __wasi_event_t event;
    subscription.u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    subscription.u.u.clock.timeout = timeout;
    if (forever_fd >= 0) {
        subscription.u.tag = __WASI_EVENTTYPE_FD_READ;
        subscription.u.u.fd_read.file_descriptor = forever_fd;
    }
    return __wasi_poll_oneoff(&subscription, &event, 1, &used);
}

/* Linux appends whatever the offset; without the flag the offset counts again. */
static unsigned append(void)
{
    __wasi_fd_t fd;
    __wasi_ciovec_t iovec = {(const uint8_t *)"abc", 3};
    unsigned error = __wasi_path_open(GRANTED, 0, "appended", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_TRUNC, ALL_RIGHTS, 0,
                                      __WASI_FDFLAGS_APPEND, &fd);
    for (int i = 0; i < 3 && error == 0; i++)
        error = __wasi_fd_pwrite(fd, &iovec, 1, 0, &used);
    if (error == 0)
        error = __wasi_fd_fdstat_set_flags(fd, 0);
    iovec.buf = (const uint8_t *)"x";
    iovec.buf_len = 1;
    if (error == 0)
        error = __wasi_fd_pwrite(fd, &iovec, 1, 1, &used);
    return error;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    unsigned error = 0;
    if (strcmp(what, "mkdir") == 0) {
        error = __wasi_path_create_directory(GRANTED, "made");
    } else if (strcmp(what, "read") == 0) {
        error = read_some(0);
    } else if (strcmp(what, "write") == 0) {
        error = write_some(1, 100);
        fprintf(stderr, "%u %u\n", error, (unsigned)used);
        return 0;
    } else if (strcmp(what, "poll") == 0) {
        error = sleep_until(0, 0);
    } else if (strcmp(what, "sleep") == 0) {
        error = sleep_until(UINT64_C(700000000), -1);
    } else if (strcmp(what, "sleep for ever") == 0) {
        error = sleep_until(UINT64_MAX, -1);
    } else if (strcmp(what, "accept") == 0) {
        __wasi_fd_t fd;
        error = __wasi_sock_accept(0, 0, &fd);
    } else if (strcmp(what, "receive") == 0) {
        __wasi_iovec_t iovec = {buffer, sizeof buffer};
        __wasi_roflags_t flags;
        error = __wasi_sock_recv(0, &iovec, 1, __WASI_RIFLAGS_RECV_WAITALL, &used, &flags);
    } else if (strcmp(what, "send") == 0) {
        __wasi_ciovec_t iovec = {buffer, sizeof buffer};
        for (int i = 0; i < 1000 && error == 0; i++)
            error = __wasi_sock_send(0, &iovec, 1, 0, &used);
    } else if (strcmp(what, "fill") == 0) {
        error = fill();
    } else if (strcmp(what, "append") == 0) {
        error = append();
    } else if (strcmp(what, "create") == 0) {
        error = try_open(GRANTED, 0, "made", __WASI_OFLAGS_CREAT, WRITES);
        error = error != 0 ? error : __wasi_path_create_directory(GRANTED, "made-too");
    } else if (strcmp(what, "fifo") == 0) {
        __wasi_fd_t fd = must_open(GRANTED, "fifo", 0, READS);
        error = read_some(fd);
    } else if (strcmp(what, "nonblock") == 0 || strcmp(what, "nonblock and trap") == 0) {
        for (__wasi_fd_t fd = 0; fd < 3 && error == 0; fd++)
            error = __wasi_fd_fdstat_set_flags(fd, __WASI_FDFLAGS_NONBLOCK);
        used = read_some(0);
        if (strcmp(what, "nonblock and trap") == 0)
            __builtin_trap();
    } else if (strcmp(what, "environment") == 0) {
        size_t bytes;
        error = __wasi_environ_sizes_get(&used, &bytes);
    } else {
        return 2;
    }
    printf("%u %u\n", error, (unsigned)used);
    return 0;
}
