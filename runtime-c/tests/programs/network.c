/* network.c - a guest that does what it is told on standard input, so that one start of it serves many rows: the calls
 * of sockets as every ABI has them (net/socket.h), in the main module or the linked one, and system calls of its own, as
 * of a process that was taken over. ../network/guest.py speaks to it:
 *
 *     struct told, payload   ->   struct done, payload
 */
#include <string.h>

#include "program.h"

#include "ctx.h"
#include "net/socket.h"
#include "net/protocol.h"

CTX_STORAGE(other_ctx);
CTX_STORAGE(ctx);
static struct wasmc_memory memories[2];
static const struct wasmc_memory_desc memory_descs[2] = {
    MEMORY_DESC(4, 4),
    {.min_pages = 1, .max_pages = 1, .fixed_base = WASMC_MEMORY_BASE + WASMC_MEMORY_STRIDE,
     .guard_bytes = WASMC_MEMORY32_GUARD_BYTES, .page_log2 = 16},
};

enum action {
    OPEN,         /* family, a: type -> fd */
    BIND,         /* fd, address */
    LISTEN,       /* fd, a: backlog */
    ACCEPT,       /* fd, a: fdflags -> fd, peer */
    CONNECT,      /* fd, address */
    SEND_TO,      /* fd, address, payload -> bytes */
    RECEIVE,      /* fd, a: room, b: flags -> bytes, peer, payload */
    LOCAL,        /* fd -> address */
    REMOTE,       /* fd -> address */
    GET_OPTION,   /* fd, a: option -> value */
    SET_OPTION,   /* fd, a: option, b: value */
    MEMBERSHIP,   /* fd, address, a: interface, b: whether it joins */
    RESOLVE,      /* family, a: type, payload: name -> count, payload: struct wasmc_net_found */
    CLOSE,        /* fd */
    SHUTDOWN,     /* fd, a: sdflags */
    SET_FLAGS,    /* fd, a: fdflags */
    HAND_OVER,    /* fd, payload: module -> fd */
    SEND,         /* fd, payload -> bytes; by fd_write */
    HOST,         /* fd -> the host's descriptor */
    MEMORY,       /* payload -> its address, of a: which of the blocks */
    SYSTEM_CALL,  /* payload: number, six arguments -> result */
    LOOK,         /* payload: address, bytes -> payload */
};

/* As guest.py packs them. */
struct told {
    uint32_t action;
    uint32_t module; /* 0: the main one */
    uint32_t fd;
    uint32_t a;
    uint32_t b;
    uint32_t payload_bytes;
    uint16_t family;
    uint16_t port;
    uint32_t scope_id;
    uint8_t address[16];
};

struct done {
    uint32_t error;
    uint32_t payload_bytes;
    uint64_t value;
    uint16_t family;
    uint16_t port;
    uint32_t scope_id;
    uint8_t address[16];
};

enum { COUNT = 4, IOVEC = 8, NEW_FD = 16, TOLD = 64, DONE = 128, PAYLOAD = 1024, ROOM = 3 * 65536 };
enum { BLOCKS = 8, BLOCK_BYTES = 80 * 1024 };

static uint8_t blocks[BLOCKS][BLOCK_BYTES];

static void *at(uint32_t addr)
{
    return (void *)(uintptr_t)(WASMC_MEMORY_BASE + addr);
}

static void read_all(uint32_t addr, uint32_t bytes)
{
    while (bytes > 0) {
        guest_store(IOVEC, addr);
        guest_store(IOVEC + 4, bytes);
        if (wasmc_wasi_fd_read(ctx, 0, IOVEC, 1, COUNT) != 0 || guest_load(COUNT) == 0)
            wasmc_wasi_proc_exit(ctx, 0);
        addr += guest_load(COUNT);
        bytes -= guest_load(COUNT);
    }
}

static uint32_t write_all(uint32_t fd, uint32_t addr, uint32_t bytes)
{
    uint32_t error;
    do {
        guest_store(IOVEC, addr);
        guest_store(IOVEC + 4, bytes);
        error = wasmc_wasi_fd_write(ctx, fd, IOVEC, 1, COUNT);
        addr += guest_load(COUNT);
        bytes -= guest_load(COUNT);
    } while (error == 0 && bytes > 0 && fd == 1);
    return error;
}

static long system_call(const uint64_t words[7])
{
    long result;
    register uint64_t r10 __asm__("r10") = words[4];
    register uint64_t r8 __asm__("r8") = words[5];
    register uint64_t r9 __asm__("r9") = words[6];
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(words[0]), "D"(words[1]), "S"(words[2]), "d"(words[3]), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static int host_of(struct wasmc_ctx *module, uint32_t fd)
{
    return fd < module->fds.slot_count && module->fds.slots[fd] != NULL ? module->fds.slots[fd]->host : -1;
}

/* What needs no socket: what a process can do that was taken over. */
static void take_over(struct wasmc_ctx *module, const struct told *told, struct done *done)
{
    uint64_t words[7];
    switch (told->action) {
    case HOST: done->value = (uint64_t)host_of(module, told->fd); return;
    case MEMORY:
        memcpy(blocks[told->a % BLOCKS], at(PAYLOAD), told->payload_bytes);
        done->value = (uintptr_t)blocks[told->a % BLOCKS];
        return;
    case SYSTEM_CALL:
        memcpy(words, at(PAYLOAD), sizeof words);
        done->value = (uint64_t)system_call(words);
        return;
    case LOOK:
        memcpy(words, at(PAYLOAD), 2 * sizeof words[0]);
        done->payload_bytes = (uint32_t)words[1];
        memcpy(at(PAYLOAD), (const void *)(uintptr_t)words[0], words[1]);
        return;
    default: done->error = UINT32_MAX; return;
    }
}

static struct wasmc_endpoint endpoint_of(const struct told *told)
{
    struct wasmc_endpoint endpoint = {.family = told->family, .port = told->port, .scope_id = told->scope_id};
    memcpy(endpoint.address, told->address, sizeof endpoint.address);
    return endpoint;
}

static uint32_t resolve(struct wasmc_ctx *module, const struct told *told, struct done *done)
{
    struct wasmc_net_found *found = at(PAYLOAD + 1024);
    char *host = at(PAYLOAD);
    host[told->payload_bytes] = '\0';
    const struct wasmc_net_question question = {.host = host, .family = told->family, .type = (int)told->a};
    int error = wasmc_net_resolve(module, &question, found);
    if (error != 0)
        return (uint32_t)error;
    done->value = found->count;
    done->payload_bytes = sizeof *found;
    memmove(at(PAYLOAD), found, sizeof *found);
    return 0;
}

static uint32_t move_bytes(struct wasmc_ctx *module, const struct told *told, struct wasmc_endpoint *endpoint,
                           struct done *done)
{
    struct iovec iovec = {at(PAYLOAD), told->payload_bytes};
    size_t bytes = 0;
    bool is_truncated;
    uint32_t error;
    if (told->action == SEND_TO) {
        error = wasmc_net_send_to(module, told->fd, &iovec, 1, endpoint, &bytes);
    } else {
        iovec.iov_len = told->a;
        error = wasmc_net_receive(module, told->fd, &iovec, 1, (int)told->b, &bytes, &is_truncated, endpoint);
        done->payload_bytes = error == 0 ? (uint32_t)bytes : 0;
    }
    done->value = bytes;
    return error;
}

static uint32_t act(struct wasmc_ctx *module, const struct told *told, struct wasmc_endpoint *endpoint,
                    struct done *done)
{
    uint32_t fd = 0, error;
    switch (told->action) {
    case OPEN: error = wasmc_net_open(module, told->family, (int)told->a, &fd); break;
    case ACCEPT: error = wasmc_net_accept(module, told->fd, (uint16_t)told->a, &fd, endpoint); break;
    case BIND: return wasmc_net_bind(module, told->fd, endpoint);
    case LISTEN: return wasmc_net_listen(module, told->fd, (int)told->a);
    case CONNECT: return wasmc_net_connect(module, told->fd, endpoint);
    case SEND_TO:
    case RECEIVE: return move_bytes(module, told, endpoint, done);
    case LOCAL: return wasmc_net_local(module, told->fd, endpoint);
    case REMOTE: return wasmc_net_remote(module, told->fd, endpoint);
    case GET_OPTION: return wasmc_net_get_option(module, told->fd, (enum wasmc_net_option)told->a, &done->value);
    case SET_OPTION: return wasmc_net_set_option(module, told->fd, (enum wasmc_net_option)told->a, told->b);
    case MEMBERSHIP: return wasmc_net_membership(module, told->fd, endpoint, told->a, told->b != 0);
    case RESOLVE: return resolve(module, told, done);
    case CLOSE: return wasmc_wasi_fd_close(module, told->fd);
    case SHUTDOWN: return wasmc_wasi_sock_shutdown(module, told->fd, told->a);
    case SET_FLAGS: return wasmc_wasi_fd_fdstat_set_flags(module, told->fd, told->a);
    case SEND: return write_all(told->fd, PAYLOAD, told->payload_bytes);
    case HAND_OVER:
        error = wasmc_capability_fd_hand_over(module, told->fd, PAYLOAD, told->payload_bytes, WASI_RIGHTS_OF_SOCKET, 0,
                                              NEW_FD);
        fd = guest_load(NEW_FD);
        break;
    default: take_over(module, told, done); return done->error;
    }
    done->value = fd;
    return error;
}

GUEST static void serve(void)
{
    for (;;) {
        struct told told;
        struct done done = {0};
        read_all(TOLD, sizeof told);
        memcpy(&told, at(TOLD), sizeof told);
        if (told.payload_bytes > ROOM)
            wasmc_wasi_proc_exit(ctx, 1);
        read_all(PAYLOAD, told.payload_bytes);
        struct wasmc_endpoint endpoint = endpoint_of(&told);
        done.error = act(told.module == 0 ? ctx : other_ctx, &told, &endpoint, &done);
        done.family = endpoint.family;
        done.port = endpoint.port;
        done.scope_id = endpoint.scope_id;
        memcpy(done.address, endpoint.address, sizeof done.address);
        memcpy(at(DONE), &done, sizeof done);
        bool is_lost = write_all(1, DONE, sizeof done) != 0 ||
                       (done.payload_bytes > 0 && write_all(1, PAYLOAD, done.payload_bytes) != 0);
        if (is_lost)
            wasmc_wasi_proc_exit(ctx, 2);
    }
}

static const struct wasmc_instance instances[2] = {
    {
        .module_name = "other",
        .ctx = (struct wasmc_ctx *)other_ctx_storage,
        .memories = &memories[1],
        .memory_descs = &memory_descs[1],
        .memory_count = 1,
        /* So that the one program can fill in what the other passes. */
        .wasi_memory = &memories[0],
    },
    {
        .module_name = "network",
        .ctx = (struct wasmc_ctx *)ctx_storage,
        .memories = memories,
        .memory_descs = memory_descs,
        .memory_count = 1,
        .wasi_memory = &memories[0],
        .entry = serve,
        .entry_kind = WASMC_ENTRY_COMMAND,
    },
};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instance_count = 2,
    .instances = instances,
    .default_stack_bytes = 1 << 20,
};
