#include "seal.h"

#include <errno.h>

#include "ctx.h"
#include "grants.h"
#include "net/start.h"
#include "sys/sandbox.h"
#include "sys/sys.h"
#include "sys/syscalls.h"
#include "text.h"
#include "wasi/path.h"

/* What is in force, for --trace-wasi. */
struct sealed {
    int landlock_version; /* 0: none */
    int system_calls;     /* 0: any */
    uint32_t directories;
    bool no_new_privileges;
    bool no_write_execute;
};

static bool descriptors_closed;

static void require(const struct wasmc_grants *grants, bool is_done, const char *what)
{
    if (!is_done && wasmc_grants_seal(grants) == WASMC_SEAL_REQUIRE)
        wasmc_fail(WASMC_EXIT_START, "", "--seal require: this kernel refuses ", NULL, what);
}

void wasmc_seal_descriptors(const struct wasmc_grants *grants)
{
    enum wasmc_seal_mode mode = wasmc_grants_seal(grants);
    if (mode == WASMC_SEAL_OFF || mode == WASMC_SEAL_LOG)
        return;
    int first = 3 + wasmc_grants_listen_fds(grants);
    descriptors_closed = wasmc_sys_close_from(first) == 0;
    require(grants, descriptors_closed, "to close inherited descriptors (close_range)");
}

/* The granted directories of every context, into `dirs` unless it is null; returns how many there are. */
static uint32_t collect_dirs(const struct wasmc_program *program, struct wasmc_landlock_dir *dirs)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < program->instance_count; i++) {
        const struct wasmc_ctx *ctx = program->instances[i].ctx;
        for (uint32_t fd = 0; ctx != NULL && fd < ctx->fds.slot_count; fd++) {
            const struct wasmc_desc *desc = ctx->fds.slots[fd];
            if (desc == NULL || desc->kind != WASMC_DESC_DIRECTORY)
                continue;
            if (dirs != NULL)
                dirs[count] = (struct wasmc_landlock_dir){desc->host, desc->read_only};
            count++;
        }
    }
    return count;
}

static void restrict_files(const struct wasmc_program *program, struct sealed *sealed, bool is_log)
{
    int version = wasmc_sys_landlock_version();
    if (version < 1)
        return;
    /* As many as all modules together have: a list that is too short would leave the program without. */
    uint32_t count = collect_dirs(program, NULL);
    struct wasmc_landlock_dir *dirs = wasmc_arena_start_allocate(count * sizeof *dirs);
    if (dirs == NULL)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the memory for the list of directories", NULL, "");
    sealed->directories = collect_dirs(program, dirs);
    for (uint32_t i = 0; i < sealed->directories; i++) {
        /* A guest's rename within its directory must work: rather without. */
        if (version < WASMC_LANDLOCK_RENAMES && !dirs[i].read_only)
            return;
    }
    if (is_log || wasmc_sys_landlock(version, dirs, sealed->directories) == 0)
        sealed->landlock_version = version;
}

static void put_facts(struct wasmc_text *text, const struct sealed *sealed)
{
    if (sealed->no_new_privileges)
        wasmc_text_string(text, " no_new_privs,");
    if (sealed->no_write_execute)
        wasmc_text_string(text, " no writable memory executable,");
    if (sealed->landlock_version > 0) {
        wasmc_text_string(text, " Landlock ");
        wasmc_text_decimal(text, (uint64_t)sealed->landlock_version);
        wasmc_text_string(text, " (directories: ");
        wasmc_text_decimal(text, sealed->directories);
        wasmc_text_string(text, "),");
    } else {
        wasmc_text_string(text, " no Landlock,");
    }
    if (sealed->system_calls > 0) {
        wasmc_text_string(text, " system calls: ");
        wasmc_text_decimal(text, (uint64_t)sealed->system_calls);
    } else {
        wasmc_text_string(text, " any system call");
    }
}

static void report(const struct sealed *sealed, bool is_log)
{
    struct wasmc_text text;
    wasmc_text_begin(&text, 2);
    wasmc_text_string(&text, is_log ? "wasmc: would seal:" : "wasmc: sealed:");
    if (descriptors_closed || is_log)
        wasmc_text_string(&text, " inherited descriptors closed,");
    put_facts(&text, sealed);
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
}

/* Of a program without sockets. */
__attribute__((weak)) void wasmc_net_await(void)
{
}

__attribute__((weak)) const char *wasmc_net_seal(void)
{
    return NULL;
}

__attribute__((weak)) const char *wasmc_net_check_sealed(void)
{
    return NULL;
}

void wasmc_seal(const struct wasmc_program *program, const struct wasmc_grants *grants)
{
    enum wasmc_seal_mode mode = wasmc_grants_seal(grants);
    if (mode == WASMC_SEAL_OFF) {
        wasmc_net_await();
        return;
    }
    bool is_log = mode == WASMC_SEAL_LOG;
    struct sealed sealed = {0};
    /* The kernel installs neither of the others without. */
    sealed.no_new_privileges = wasmc_sys_no_new_privileges() == 0;
    require(grants, sealed.no_new_privileges, "no_new_privs");
    /* Not required: the filter below says the same, mmap and mprotect get no PROT_EXEC through it. This holds without
     * the filter, too. */
    sealed.no_write_execute = wasmc_sys_deny_write_execute(is_log) == 0;
    restrict_files(program, &sealed, is_log);
    require(grants, sealed.landlock_version > 0, "to restrict files (Landlock)");
    const char *refused = is_log ? NULL : wasmc_net_seal();
    require(grants, refused == NULL, refused);
    wasmc_net_await();
    bool without_openat = wasmc_path_start == NULL || wasmc_path_start();
    int calls = wasmc_sys_seccomp(is_log ? WASMC_SECCOMP_LOG : WASMC_SECCOMP_KILL, WASMC_ROLE_GUEST, without_openat);
    sealed.system_calls = calls > 0 ? calls : 0;
    require(grants, calls > 0, "to restrict system calls (seccomp)");
    refused = mode == WASMC_SEAL_REQUIRE ? wasmc_net_check_sealed() : NULL;
    require(grants, refused == NULL, refused);
    if (!is_log && !wasmc_grants_have(grants, WASMC_GRANT_TRACE_WASI))
        return;
    report(&sealed, is_log);
    if (wasmc_net_report != NULL)
        wasmc_net_report(grants);
}
