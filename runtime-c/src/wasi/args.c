/* args.c - the command line. */
#include "../grants.h"
#include "strings.h"
#include "trace.h"
#include "wasmc/wasi.h"

/* A linked module's: its name and what --arg says; none when that says nothing. */
static struct wasmc_strings module_arguments(struct wasmc_ctx *ctx)
{
    const struct wasmc_grants *grants = ctx->grants;
    size_t count = 1;
    for (const struct wasmc_grant *arg = NULL; (arg = wasmc_grants_next(grants, WASMC_GRANT_ARG, arg)) != NULL;)
        count++;
    if (count == 1 || ctx->arguments.count != 0)
        return ctx->arguments;
    const char **items = wasmc_arena_allocate(count * sizeof *items);
    if (items == NULL)
        return ctx->arguments;
    items[0] = ctx->name;
    count = 1;
    for (const struct wasmc_grant *arg = NULL; (arg = wasmc_grants_next(grants, WASMC_GRANT_ARG, arg)) != NULL;)
        items[count++] = arg->word;
    ctx->arguments = (struct wasmc_strings){items, count};
    return ctx->arguments;
}

/* The process's arguments are the main module's, argv[0] as --argv0 says. */
static struct wasmc_strings arguments(struct wasmc_ctx *ctx)
{
    if (!ctx->is_main)
        return module_arguments(ctx);
    return (struct wasmc_strings){(const char *const *)ctx->grants->argv, (size_t)ctx->grants->argc};
}

/* args_sizes_get - how much args_get will write.
 *
 *   count_addr   guest address of a u32 that receives the number of arguments
 *   bytes_addr   guest address of a u32 that receives the size of the strings, NULs included
 *
 * Rights: none.   Errors: OVERFLOW the sizes do not fit; guest memory is then unchanged.
 * witx: args_sizes_get
 */
uint32_t wasmc_wasi_args_sizes_get(struct wasmc_ctx *ctx, uint32_t count_addr, uint32_t bytes_addr)
{
    struct wasmc_guest guest = {ctx, "args_sizes_get"};
    wasi_errno error = wasmc_strings_sizes(&guest, arguments(ctx), count_addr, bytes_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, ">count:4 >bytes:4", count_addr, bytes_addr);
    return error;
}

/* args_get - the arguments.
 *
 *   argv_addr     guest address of an array of u32 that receives the strings' addresses
 *   buffer_addr   guest address that receives the strings, each with its NUL
 *
 * Rights: none.   Errors: OVERFLOW as above.   witx: args_get
 */
uint32_t wasmc_wasi_args_get(struct wasmc_ctx *ctx, uint32_t argv_addr, uint32_t buffer_addr)
{
    struct wasmc_guest guest = {ctx, "args_get"};
    wasi_errno error = wasmc_strings_get(&guest, arguments(ctx), argv_addr, buffer_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "argv:x buffer:x", argv_addr, buffer_addr);
    return error;
}
