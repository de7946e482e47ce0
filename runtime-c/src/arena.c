#include "lock.h"
#include "runtime.h"
#include "sys/start.h"
#include "sys/sys.h"

/* Small programs need a few hundred bytes at most; those come from here, without a system call. */
static _Alignas(16) uint8_t first_block[2048];

#define BLOCK_BYTES ((size_t)64 * 1024)

static uint8_t *block = first_block;
static size_t block_left = sizeof first_block;
static uint32_t arena_lock;

static void *take(size_t bytes)
{
    uint8_t *result = block;
    block += bytes;
    block_left -= bytes;
    return result;
}

static inline __attribute__((always_inline)) void *allocate(size_t bytes, void *(*map)(size_t bytes))
{
    if (bytes > SIZE_MAX / 2)
        return NULL;
    bytes = (bytes + 15) & ~(size_t)15;
    if (bytes > BLOCK_BYTES / 4 && bytes > block_left)
        return map(bytes);

    void *result = NULL;
    wasmc_lock(&arena_lock);
    if (bytes > block_left) {
        uint8_t *fresh = map(BLOCK_BYTES);
        if (fresh != NULL) {
            block = fresh;
            block_left = BLOCK_BYTES;
        }
    }
    if (bytes <= block_left)
        result = take(bytes);
    wasmc_unlock(&arena_lock);
    return result;
}

void *wasmc_arena_allocate(size_t bytes)
{
    return allocate(bytes, wasmc_sys_map);
}

void *wasmc_arena_start_allocate(size_t bytes)
{
    return allocate(bytes, wasmc_sys_start_map);
}
