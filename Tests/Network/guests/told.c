/* told.c - a guest that does what it is told on standard input, call after call: the same that
 * runtime-c/tests/programs/network.c is told, as far as an ABI has it. */
#include <string.h>

#include "sockets.h"

/* In the order of ACTIONS in runtime-c/tests/network/guest.py. */
enum action {
    OPEN, BIND, LISTEN, ACCEPT, CONNECT, SEND_TO, RECEIVE, LOCAL, REMOTE, RESOLVE = 12, CLOSE, SHUTDOWN, SET_FLAGS,
};
enum { LINUX_IPV4 = 2, LINUX_IPV6 = 10, LINUX_STREAM = 1 };

struct told {
    uint32_t action, module, fd, a, b, payload_bytes;
    uint16_t family, port;
    uint32_t scope_id;
    uint8_t address[16];
};

struct done {
    uint32_t error, payload_bytes;
    uint64_t value;
    uint16_t family, port;
    uint32_t scope_id;
    uint8_t address[16];
};

static uint8_t payload[70000];

void check(const char *what, long found, long expected)
{
    (void)what;
    (void)found;
    (void)expected;
}

static int read_all(void *bytes, uint32_t count)
{
    for (uint32_t got; count > 0; count -= got) {
        struct vector vector = {bytes, count};
        if (p1_read(0, &vector, 1, &got) != 0 || got == 0)
            return -1;
        bytes = (uint8_t *)bytes + got;
    }
    return 0;
}

static void write_all(const void *bytes, uint32_t count)
{
    for (uint32_t sent; count > 0; count -= sent) {
        struct vector vector = {(void *)bytes, count};
        if (p1_write(1, &vector, 1, &sent) != 0)
            return;
        bytes = (const uint8_t *)bytes + sent;
    }
}

static int act(const struct told *told, struct address *address, struct done *done)
{
    int fd = 0, error;
    uint32_t count = 0;
    switch (told->action) {
    case OPEN: error = s_open(address->family, told->a == LINUX_STREAM ? STREAM : DATAGRAMS, &fd); break;
    case BIND: return s_bind((int)told->fd, address);
    case LISTEN: return s_listen((int)told->fd, (int)told->a);
    case ACCEPT:
        error = s_accept((int)told->fd, &fd);
        if (error == 0)
            error = s_remote(fd, address);
        break;
    case CONNECT: return s_connect((int)told->fd, address);
    case SEND_TO:
        error = s_send_to((int)told->fd, payload, told->payload_bytes, address, &count);
        done->value = count;
        return error;
    case RECEIVE:
        error = s_receive_from((int)told->fd, payload, sizeof payload, &count, address);
        done->value = done->payload_bytes = error == 0 ? count : 0;
        return error;
    case LOCAL: return s_local((int)told->fd, address);
    case REMOTE: return s_remote((int)told->fd, address);
    case RESOLVE: {
        struct address found[8];
        payload[told->payload_bytes] = '\0';
        error = s_resolve((const char *)payload, "80", found, 8, &count);
        done->value = count;
        return error;
    }
    case CLOSE: return p1_close((int)told->fd);
    case SHUTDOWN: return p1_shutdown((int)told->fd, (int)told->a);
    case SET_FLAGS: return p1_set_flags((int)told->fd, (int)told->a);
    default: return -1;
    }
    done->value = (uint64_t)fd;
    return error;
}

int main(void)
{
    struct told told;
    while (read_all(&told, sizeof told) == 0 && read_all(payload, told.payload_bytes) == 0) {
        struct done done = {0};
        struct address address = {.port = told.port};
        address.family = told.family == LINUX_IPV4 ? IPV4 : told.family == LINUX_IPV6 ? IPV6 : 0;
        memcpy(address.bytes, told.address, sizeof told.address);
        done.error = (uint32_t)act(&told, &address, &done);
        done.family = address.family == IPV4 ? LINUX_IPV4 : address.family == IPV6 ? LINUX_IPV6 : 0;
        done.port = address.port;
        memcpy(done.address, address.bytes, sizeof done.address);
        write_all(&done, sizeof done);
        write_all(payload, done.payload_bytes);
    }
    return 0;
}
