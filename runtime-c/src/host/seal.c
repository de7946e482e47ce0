/* seal.c - what the kernel enforces for an interpreted program: ../seal.c without the filter of system calls, as the
 * process is the compiler's and makes many, and without closing descriptors, which no interpreted code can name. */
#include <stdlib.h>

#include "../sys/sandbox.h"
#include "../text.h"
#include "host.h"

/* The granted directories of every module, into `dirs` unless it is null; returns how many there are. */
static size_t collect_dirs(const struct wasmc_ctx *main, struct wasmc_landlock_dir *dirs)
{
    size_t count = 0;
    const struct wasmc_ctx *ctx = main;
    do {
        for (uint32_t fd = 0; fd < ctx->fds.slot_count; fd++) {
            const struct wasmc_desc *desc = ctx->fds.slots[fd];
            if (desc == NULL || desc->kind != WASMC_DESC_DIRECTORY)
                continue;
            if (dirs != NULL)
                dirs[count] = (struct wasmc_landlock_dir){desc->host, desc->read_only};
            count++;
        }
        ctx = ctx->next;
    } while (ctx != NULL && ctx != main);
    return count;
}

/* The kernel's version of Landlock when it is in force, else 0. */
static int restrict_files(const struct wasmc_ctx *main, size_t *count)
{
    int version = wasmc_sys_landlock_version();
    *count = collect_dirs(main, NULL);
    struct wasmc_landlock_dir *dirs = calloc(*count + 1, sizeof *dirs);
    if (dirs == NULL)
        return 0;
    collect_dirs(main, dirs);
    bool is_possible = version >= 1;
    for (size_t i = 0; i < *count; i++) {
        /* As in ../seal.c. */
        if (version < WASMC_LANDLOCK_RENAMES && !dirs[i].read_only)
            is_possible = false;
    }
    is_possible = is_possible && wasmc_sys_landlock(version, dirs, *count) == 0;
    free(dirs);
    return is_possible ? version : 0;
}

void wasmc_host_seal(const struct wasmc_host *main)
{
    if (wasmc_grants_seal(&main->grants) == WASMC_SEAL_OFF)
        return;
    bool no_new_privileges = wasmc_sys_no_new_privileges() == 0;
    bool no_write_execute = wasmc_sys_deny_write_execute(false) == 0;
    size_t count;
    int version = restrict_files(&main->ctx, &count);
    if (!wasmc_grants_have(&main->grants, WASMC_GRANT_TRACE_WASI))
        return;
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, "wasmc: sealed as an interpreted program:");
    wasmc_text_string(&text, no_new_privileges ? " no_new_privs," : "");
    wasmc_text_string(&text, no_write_execute ? " no writable memory executable," : "");
    wasmc_text_string(&text, version > 0 ? " Landlock " : " no Landlock,");
    if (version > 0) {
        wasmc_text_decimal(&text, (uint64_t)version);
        wasmc_text_string(&text, " (directories: ");
        wasmc_text_decimal(&text, count);
        wasmc_text_string(&text, "),");
    }
    wasmc_text_string(&text, " any system call\n");
    wasmc_text_flush(&text);
}
