/* poll.c - threads that poll a long list while others open, close, move and use what is in it, under ThreadSanitizer.
 * One of them has the host's set, the others do without; however they meet, each call ends. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ctx.h"
#include "runtime.h"
#include "wasi/poll.h"
#include "wasmc/wasi.h"

enum { POLLERS = 2, CHANGERS = 2, NUMBERS = 40, FIRST = 3, LIST = 64 };
enum { SUBSCRIPTION_BYTES = 48, EVENT_BYTES = 32, AREA = 8192 };

const struct wasmc_program wasmc_program = {.abi_version = WASMC_ABI_VERSION};

static struct wasmc_ctx ctx;
static struct wasmc_memory memory;
static _Alignas(16) uint8_t bytes[AREA * POLLERS];
static long calls_of_thread;
static atomic_long failures;
static atomic_long events;
static atomic_bool is_over;

static void check(int condition, const char *what)
{
    if (!condition && atomic_fetch_add(&failures, 1) < 10)
        printf("poll.c: failed: %s\n", what);
}

static uint32_t pick(uint64_t *state, uint32_t limit)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 40) % limit;
}

/* A socket of which something can be read. */
static void open_one(void)
{
    int ends[2];
    uint32_t fd;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return;
    check(write(ends[1], "x", 1) == 1, "a byte to read");
    close(ends[1]);
    struct wasmc_desc desc = {.host = ends[0], .kind = WASMC_DESC_SOCKET, .base = WASI_RIGHTS_OF_SOCKET};
    check(wasmc_fd_insert(&ctx, &desc, &fd) == WASI_ERRNO_SUCCESS, "inserting");
}

static void *change(void *argument)
{
    uint64_t state = (uintptr_t)argument * UINT64_C(0x9e3779b97f4a7c15) + 1;
    while (!atomic_load(&is_over)) {
        uint32_t fd = FIRST + pick(&state, NUMBERS);
        switch (pick(&state, 8)) {
        case 0:
        case 1: open_one(); break;
        case 2:
        case 3:
        case 4: (void)wasmc_wasi_fd_close(&ctx, fd); break;
        case 5: (void)wasmc_wasi_fd_renumber(&ctx, fd, FIRST + pick(&state, NUMBERS)); break;
        case 6: (void)wasmc_wasi_fd_fdstat_set_rights(&ctx, fd, WASI_RIGHTS_FD_READ, 0); break;
        default: (void)wasmc_wasi_fd_close(&ctx, FIRST + NUMBERS + pick(&state, NUMBERS)); break;
        }
    }
    return NULL;
}

static void *wait_often(void *argument)
{
    uint64_t state = (uintptr_t)argument;
    uint32_t list = (uint32_t)((uintptr_t)argument - 1) * AREA;
    uint32_t event_addr = list + LIST * SUBSCRIPTION_BYTES;
    uint32_t count_addr = list + AREA - 4;
    for (long i = 0; i < calls_of_thread; i++) {
        for (uint32_t k = 0; k < LIST; k++) {
            uint32_t fd = FIRST + pick(&state, NUMBERS);
            memset(bytes + list + k * SUBSCRIPTION_BYTES, 0, SUBSCRIPTION_BYTES);
            bytes[list + k * SUBSCRIPTION_BYTES + 8] = (uint8_t)(k == 0 ? 0 : 1 + pick(&state, 2));
            memcpy(bytes + list + k * SUBSCRIPTION_BYTES + 16, &(uint32_t){k == 0 ? WASI_CLOCKID_MONOTONIC : fd}, 4);
        }
        check(wasmc_wasi_poll_oneoff(&ctx, list, event_addr, LIST, count_addr) == WASI_ERRNO_SUCCESS, "polling");
        uint32_t count;
        memcpy(&count, bytes + count_addr, sizeof count);
        check(count >= 1 && count <= LIST, "the clock at least");
        atomic_fetch_add(&events, count);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    calls_of_thread = argc > 1 ? atol(argv[1]) : 5000;
    memory.base = bytes;
    memory.size_bytes = sizeof bytes;
    ctx.memory = &memory;
    wasmc_fd_table_init(&ctx.fds);
    struct wasmc_desc standard = {.borrowed = true, .host = 0, .kind = WASMC_DESC_FILE};
    for (uint32_t fd = 0; fd < FIRST; fd++)
        check(wasmc_fd_set(&ctx.fds, fd, &standard, wasmc_arena_allocate) == WASI_ERRNO_SUCCESS, "a standard stream");
    pthread_t threads[POLLERS + CHANGERS];
    for (uintptr_t i = 0; i < POLLERS + CHANGERS; i++)
        check(pthread_create(&threads[i], NULL, i < POLLERS ? wait_often : change, (void *)(i + 1)) == 0,
              "pthread_create");
    for (int i = 0; i < POLLERS; i++)
        pthread_join(threads[i], NULL);
    atomic_store(&is_over, true);
    for (int i = POLLERS; i < POLLERS + CHANGERS; i++)
        pthread_join(threads[i], NULL);
    check(ctx.poll_set != NULL, "a set");
    check(events > calls_of_thread * POLLERS, "more than clocks");
    printf("polling: %ld calls in %d threads, %ld events\n", calls_of_thread * POLLERS, POLLERS, (long)events);
    printf("%d passed, %ld failed\n", failures == 0, (long)failures);
    return failures != 0;
}
