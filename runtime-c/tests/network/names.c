/* names.c - a sealed program that looks names up by way of its broker, one for each argument, and prints for each the
 * error and how many addresses there are; at the argument "-" it waits for a byte. */
#include <sys/socket.h>

#include "net/socket.h"
#include "../programs/program.h"

CTX_STORAGE(ctx);
static struct wasmc_memory memories[1];
static const struct wasmc_memory_desc memory_descs[1] = {MEMORY_DESC(1, 1)};

enum { COUNT = 0, TEXT_BYTES = 4, DONE = 8, IOVEC = 16, LINE = 64, POINTERS = 1024, TEXT = 4096, LINE_BYTES = 64 };

GUEST static uint32_t put_number(uint32_t at, int number)
{
    unsigned rest = number < 0 ? 0u - (unsigned)number : (unsigned)number;
    char digits[12];
    uint32_t count = 0;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[count++] = '-';
    while (count > 0)
        *guest_memory(at++) = (uint8_t)digits[--count];
    return at;
}

GUEST static void print(int error, int count)
{
    uint32_t at = put_number(LINE, error);
    *guest_memory(at++) = ' ';
    at = put_number(at, count);
    *guest_memory(at++) = '\n';
    guest_store(IOVEC, LINE);
    guest_store(IOVEC + 4, at - LINE);
    (void)wasmc_wasi_fd_write(ctx, 1, IOVEC, 1, DONE);
}

GUEST static void wait_for_byte(void)
{
    guest_store(IOVEC, LINE);
    guest_store(IOVEC + 4, 1);
    (void)wasmc_wasi_fd_read(ctx, 0, IOVEC, 1, DONE);
}

GUEST static void start(void)
{
    static struct wasmc_net_found found;
    (void)wasmc_wasi_args_sizes_get(ctx, COUNT, TEXT_BYTES);
    (void)wasmc_wasi_args_get(ctx, POINTERS, TEXT);
    for (uint32_t i = 1; i < guest_load(COUNT); i++) {
        const char *name = (const char *)(uintptr_t)guest_memory(guest_load(POINTERS + 4 * i));
        struct wasmc_net_question question = {.host = name, .service = "80", .type = SOCK_STREAM};
        if (name[0] == '-') {
            wait_for_byte();
            continue;
        }
        found.count = 0;
        int error = wasmc_net_resolve(ctx, &question, &found);
        print(error, found.count);
    }
}

static const struct wasmc_instance instances[1] = {{
    .module_name = "names",
    .ctx = (struct wasmc_ctx *)ctx_storage,
    .memories = memories,
    .memory_descs = memory_descs,
    .memory_count = 1,
    .wasi_memory = &memories[0],
    .entry = start,
    .entry_kind = WASMC_ENTRY_COMMAND,
}};

const struct wasmc_program wasmc_program = {
    .abi_version = WASMC_ABI_VERSION,
    .instance_count = 1,
    .instances = instances,
    .default_stack_bytes = 1 << 20,
};
