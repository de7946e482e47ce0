#include "fd_table.h"

#include "../ctx.h"
#include "../lock.h"
#include "../sys/sys.h"
#include "dir_cookies.h"
#include "errno_map.h"

/* instance.c refers to it weakly: only a program that uses descriptors has any to begin with. */
WASMC_BRINGS(wasmc_fd_table_start);

/* The lowest free slot, or how many there are. A block that has none is not looked at again until one of it is freed. */
static uint32_t find_free(struct wasmc_fd_table *table)
{
    uint32_t fd = table->first_free;
    while (fd < table->slot_count) {
        uint64_t *word = &table->blocks[fd / WASMC_FD_WORD_SLOTS];
        uint32_t bit = fd / WASMC_FD_BLOCK_SLOTS % 64;
        if (*word >> bit == 0) {
            fd = (fd / WASMC_FD_WORD_SLOTS + 1) * WASMC_FD_WORD_SLOTS;
            continue;
        }
        uint32_t full = (uint32_t)__builtin_ctzll(*word >> bit);
        if (full > 0) {
            fd = (fd / WASMC_FD_BLOCK_SLOTS + full) * WASMC_FD_BLOCK_SLOTS;
            continue;
        }
        for (uint32_t end = (fd / WASMC_FD_BLOCK_SLOTS + 1) * WASMC_FD_BLOCK_SLOTS; fd < end; fd++) {
            if (table->slots[fd] == NULL)
                return fd;
        }
        *word &= ~(UINT64_C(1) << bit);
    }
    return table->slot_count;
}

/* The caller holds the lock. */
static wasi_errno insert_locked(struct wasmc_fd_table *table, const struct wasmc_desc *value, uint32_t *fd)
{
    uint32_t free_fd = find_free(table);
    wasi_errno error = wasmc_fd_set(table, free_fd, value, wasmc_arena_allocate);
    if (error == WASI_ERRNO_SUCCESS) {
        table->first_free = free_fd + 1;
        *fd = free_fd;
    }
    return error;
}

wasi_errno wasmc_fd_close_host(const struct wasmc_desc *desc)
{
    if (desc->cookies != NULL && wasmc_dir_cookies_free != NULL)
        wasmc_dir_cookies_free(desc->cookies);
    return desc->borrowed ? WASI_ERRNO_SUCCESS : wasmc_wasi_errno(wasmc_sys_close(desc->host));
}

__attribute__((weak)) wasi_errno wasmc_fd_end(struct wasmc_ctx *ctx, const struct wasmc_desc *desc)
{
    (void)ctx;
    return wasmc_fd_close_host(desc);
}

wasi_errno wasmc_fd_insert(struct wasmc_ctx *ctx, const struct wasmc_desc *desc, uint32_t *fd)
{
    wasmc_lock(&ctx->fds.lock);
    wasi_errno error = insert_locked(&ctx->fds, desc, fd);
    wasmc_unlock(&ctx->fds.lock);
    if (error != WASI_ERRNO_SUCCESS)
        (void)wasmc_fd_end(ctx, desc);
    return error;
}

static wasi_errno check(const struct wasmc_desc *desc, enum wasmc_fd_want want, wasi_rights rights)
{
    bool is_directory = desc->kind == WASMC_DESC_DIRECTORY;
    if ((want == WASMC_FD_DATA || want == WASMC_FD_SEEKABLE) && is_directory)
        return WASI_ERRNO_ISDIR;
    if (want == WASMC_FD_SEEKABLE && desc->kind != WASMC_DESC_FILE)
        return WASI_ERRNO_SPIPE;
    if (want == WASMC_FD_DIRECTORY && !is_directory)
        return WASI_ERRNO_NOTDIR;
    if (want == WASMC_FD_SOCKET && desc->kind != WASMC_DESC_SOCKET)
        return WASI_ERRNO_NOTSOCK;
    return (desc->base & rights) == rights ? WASI_ERRNO_SUCCESS : WASI_ERRNO_NOTCAPABLE;
}

wasi_errno wasmc_fd_get(struct wasmc_ctx *ctx, uint32_t fd, enum wasmc_fd_want want, wasi_rights rights,
                        struct wasmc_desc **desc)
{
    struct wasmc_fd_table *table = &ctx->fds;
    wasi_errno error = WASI_ERRNO_BADF;
    wasmc_lock(&table->lock);
    struct wasmc_desc *found = fd < table->slot_count ? table->slots[fd] : NULL;
    if (found != NULL)
        error = check(found, want, rights);
    if (error == WASI_ERRNO_SUCCESS) {
        found->users++;
        *desc = found;
    }
    wasmc_unlock(&table->lock);
    return error;
}

wasi_errno wasmc_fd_put(struct wasmc_ctx *ctx, struct wasmc_desc *desc)
{
    wasmc_lock(&ctx->fds.lock);
    bool is_last = --desc->users == 0;
    wasmc_unlock(&ctx->fds.lock);
    if (!is_last)
        return WASI_ERRNO_SUCCESS;
    /* Nobody finds it any more. */
    wasi_errno error = wasmc_fd_end(ctx, desc);
    wasmc_lock(&ctx->fds.lock);
    wasmc_fd_add_free(&ctx->fds, desc, 1);
    wasmc_unlock(&ctx->fds.lock);
    return error;
}

wasi_errno wasmc_fd_remove(struct wasmc_ctx *ctx, uint32_t fd)
{
    struct wasmc_fd_table *table = &ctx->fds;
    wasmc_lock(&table->lock);
    struct wasmc_desc *desc = fd < table->slot_count ? table->slots[fd] : NULL;
    if (desc != NULL)
        wasmc_fd_set_free(table, fd);
    wasmc_unlock(&table->lock);
    return desc != NULL ? wasmc_fd_put(ctx, desc) : WASI_ERRNO_BADF;
}

wasi_errno wasmc_fd_move(struct wasmc_ctx *ctx, uint32_t from, uint32_t to)
{
    struct wasmc_fd_table *table = &ctx->fds;
    struct wasmc_desc *replaced = NULL;
    wasi_errno error = WASI_ERRNO_BADF;
    wasmc_lock(&table->lock);
    if (from < table->slot_count && to < table->slot_count && table->slots[from] != NULL && table->slots[to] != NULL) {
        error = WASI_ERRNO_SUCCESS;
        if (from != to) {
            replaced = table->slots[to];
            table->slots[to] = table->slots[from];
            wasmc_fd_set_free(table, from);
        }
    }
    wasmc_unlock(&table->lock);
    /* What close of the replaced one says is nobody's error: the move has happened. */
    if (replaced != NULL)
        (void)wasmc_fd_put(ctx, replaced);
    return error;
}
