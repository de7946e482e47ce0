/* linux_landlock.c - Landlock, closing of descriptors, no_new_privs and executable memory: sandbox.h on Linux but the
 * filter. */
#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox.h"

/* linux/landlock.h, which the build host may not have; the numbers are the same on every architecture. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

#ifndef PR_SET_MDWE
#define PR_SET_MDWE 65
#define PR_GET_MDWE 66
#define PR_MDWE_REFUSE_EXEC_GAIN 1
#endif

#define CREATE_RULESET_VERSION 1u
#define RULE_PATH_BENEATH 1
#define RULE_NET_PORT 2

#define ACCESS_READ ((UINT64_C(1) << 2) | (UINT64_C(1) << 3)) /* files, directories */
#define ACCESS_OF_VERSION_1 ((UINT64_C(1) << 13) - 1)
#define ACCESS_EXECUTE (UINT64_C(1) << 0)
#define ACCESS_REFER (UINT64_C(1) << 13)    /* version 2: rename and link into another directory */
#define ACCESS_TRUNCATE (UINT64_C(1) << 14) /* version 3 */
#define ACCESS_TCP UINT64_C(3)              /* version 4: bind, connect */
#define ACCESS_TCP_CONNECT UINT64_C(2)
#define SCOPES UINT64_C(3)                  /* version 6: abstract sockets, signals */

struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

struct path_beneath {
    uint64_t allowed;
    int32_t fd;
} __attribute__((packed));

struct net_port {
    uint64_t allowed;
    uint64_t port;
};

/* More are not closed one by one: 10 ms. */
#define CLOSE_LIMIT 65536

int wasmc_sys_close_from(int first)
{
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0) == 0)
        return 0;
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > CLOSE_LIMIT)
        return -ENOSYS;
    for (int fd = first; fd < (int)limit.rlim_cur; fd++)
        close(fd);
    return 0;
}

int wasmc_sys_no_new_privileges(void)
{
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? -errno : 0;
}

int wasmc_sys_deny_write_execute(bool only_ask)
{
    int result = only_ask ? prctl(PR_GET_MDWE, 0, 0, 0, 0) : prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0);
    return result < 0 ? -errno : 0;
}

int wasmc_sys_landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
    return version < 0 ? -errno : (int)version;
}

static uint64_t handled_files(int version)
{
    uint64_t access = ACCESS_OF_VERSION_1;
    access |= version >= 2 ? ACCESS_REFER : 0;
    access |= version >= 3 ? ACCESS_TRUNCATE : 0;
    return access; /* not version 5's ioctl: the filter lets FIONREAD through only */
}

static int create_ruleset(int version, uint64_t network)
{
    struct ruleset ruleset = {handled_files(version), version >= 4 ? network : 0, version >= 6 ? SCOPES : 0};
    size_t bytes = sizeof ruleset;
    if (version < 6)
        bytes = version < 4 ? 8 : 16;
    long fd = syscall(SYS_landlock_create_ruleset, &ruleset, bytes, 0);
    return fd < 0 ? -errno : (int)fd;
}

static int add_dir(int ruleset, int version, const struct wasmc_landlock_dir *dir)
{
    uint64_t allowed = dir->read_only ? ACCESS_READ : handled_files(version) & ~ACCESS_EXECUTE;
    struct path_beneath rule = {allowed, dir->fd};
    return syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0) < 0 ? -errno : 0;
}

/* Puts a ruleset in force, unless `error` says that it is not complete, and closes it. */
static int finish(int ruleset, int error)
{
    if (error == 0 && syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
        error = -errno;
    close(ruleset);
    return error;
}

static int restrict_self(int version, uint64_t network, const struct wasmc_landlock_dir *dirs, size_t count)
{
    int ruleset = create_ruleset(version, network);
    if (ruleset < 0)
        return ruleset;
    int result = 0;
    for (size_t i = 0; i < count && result == 0; i++)
        result = add_dir(ruleset, version, &dirs[i]);
    return finish(ruleset, result);
}

int wasmc_sys_landlock(int version, const struct wasmc_landlock_dir *dirs, size_t count)
{
    return restrict_self(version, ACCESS_TCP, dirs, count);
}

int wasmc_sys_landlock_files(int version, const struct wasmc_landlock_dir *dirs, size_t count)
{
    return restrict_self(version, 0, dirs, count);
}

int wasmc_sys_landlock_ports(int version, const uint16_t *ports, size_t count)
{
    int ruleset = create_ruleset(version, ACCESS_TCP);
    if (ruleset < 0)
        return ruleset;
    int result = 0;
    for (size_t i = 0; version >= 4 && i < count && result == 0; i++) {
        struct net_port rule = {ACCESS_TCP_CONNECT, ports[i]};
        if (syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0) < 0)
            result = -errno;
    }
    return finish(ruleset, result);
}
