/* fd_table.c - threads of a guest that open, use, move and close each other's descriptors, under ThreadSanitizer: a
 * million operations. However they meet, a host descriptor stays open while somebody uses it and is closed once. */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ctx.h"
#include "runtime.h"
#include "wasmc/wasi.h"

#define THREADS 4
#define NUMBERS 12u /* of descriptors that the threads fight for, from FIRST on */
#define FIRST 3u

const struct wasmc_program wasmc_program = {.abi_version = WASMC_ABI_VERSION};

static struct wasmc_ctx ctx;
static struct wasmc_memory memory;
static _Alignas(16) uint8_t bytes[65536];
static int null_file;
static long operations_of_thread;
static atomic_long failures;
static atomic_long used;

static void check(int condition, const char *what)
{
    if (!condition && atomic_fetch_add(&failures, 1) < 10)
        printf("fd_table.c: failed: %s\n", what);
}

static void open_one(void)
{
    uint32_t fd = 0;
    struct wasmc_desc desc = {
        .host = dup(null_file), .kind = WASMC_DESC_FILE, .base = WASI_RIGHTS_OF_FILE,
            .inheriting = WASI_RIGHTS_OF_FILE};
    if (desc.host >= 0)
        check(wasmc_fd_insert(&ctx, &desc, &fd) == WASI_ERRNO_SUCCESS, "inserting");
}

/* While it is held, the host's descriptor is open, whatever the others do. */
static void use_one(uint32_t fd)
{
    struct wasmc_desc *desc;
    if (wasmc_fd_get(&ctx, fd, WASMC_FD_ANY, 0, &desc) != WASI_ERRNO_SUCCESS)
        return;
    atomic_fetch_add(&used, 1);
    int host = desc->host;
    check(fcntl(host, F_GETFD) >= 0, "a descriptor in use is closed");
    check(desc->host == host, "a descriptor in use became another");
    check(wasmc_fd_put(&ctx, desc) == WASI_ERRNO_SUCCESS, "the host's close");
}

static void *run(void *argument)
{
    uint32_t number = (uint32_t)(uintptr_t)argument;
    uint64_t state = number * UINT64_C(0x9e3779b97f4a7c15) + 1;
    uint32_t result_addr = 1024 + number * 256;
    for (long i = 0; i < operations_of_thread; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        uint32_t fd = FIRST + (uint32_t)(state >> 40) % NUMBERS;
        uint32_t to = FIRST + (uint32_t)(state >> 50) % NUMBERS;
        switch ((state >> 33) % 8) {
        case 0:
        case 1: open_one(); break;
        case 2:
        case 3: use_one(fd); break;
        case 4: (void)wasmc_wasi_fd_close(&ctx, fd); break;
        case 5: (void)wasmc_wasi_fd_renumber(&ctx, fd, to); break;
        case 6:
            if ((state >> 60) == 0)
                (void)wasmc_wasi_fd_fdstat_set_rights(&ctx, fd, WASI_RIGHTS_FD_READ, 0);
            else
                (void)wasmc_wasi_fd_fdstat_get(&ctx, fd, result_addr);
            break;
        default: (void)wasmc_wasi_fd_tell(&ctx, fd, result_addr); break;
        }
        /* Closing keeps up with opening. */
        if ((state >> 33) % 8 == 1)
            (void)wasmc_wasi_fd_close(&ctx, FIRST + (uint32_t)(state >> 20) % (2 * NUMBERS));
    }
    return NULL;
}

static int count_open(void)
{
    int count = 0;
    for (int fd = 0; fd < 2048; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

int main(int argc, char **argv)
{
    long operations = argc > 1 ? atol(argv[1]) : 1000000;
    operations_of_thread = operations / THREADS;
    null_file = open("/dev/null", O_RDWR | O_CLOEXEC);
    memory.base = bytes;
    memory.size_bytes = sizeof bytes;
    ctx.memory = &memory;
    wasmc_fd_table_init(&ctx.fds);
    struct wasmc_desc standard = {.borrowed = true, .host = 0, .kind = WASMC_DESC_STREAM};
    for (uint32_t fd = 0; fd < FIRST; fd++)
        check(wasmc_fd_set(&ctx.fds, fd, &standard, wasmc_arena_allocate) == WASI_ERRNO_SUCCESS, "a standard stream");
    int before = count_open();
    pthread_t threads[THREADS];
    for (uintptr_t i = 0; i < THREADS; i++)
        check(pthread_create(&threads[i], NULL, run, (void *)(i + 1)) == 0, "pthread_create");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    int in_table = 0;
    for (uint32_t fd = FIRST; fd < ctx.fds.slot_count; fd++)
        in_table += ctx.fds.slots[fd] != NULL;
    check(count_open() - before == in_table, "host descriptors that nobody closed, or that are closed twice");
    for (uint32_t fd = FIRST; fd < ctx.fds.slot_count; fd++)
        (void)wasmc_fd_remove(&ctx, fd);
    check(count_open() == before, "host descriptors left at the end");
    check(used > operations / 50, "the threads met");
    printf("descriptor table: %ld operations in %d threads, %ld descriptors used\n", operations, THREADS, (long)used);
    printf("%d passed, %ld failed\n", failures == 0, (long)failures);
    return failures != 0;
}
