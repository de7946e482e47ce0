#include "keeper.h"

#include <string.h>

#include "../sys/namespace.h"
#include "../sys/sandbox.h"
#include "../sys/sys.h"

#define DIRECTORY "/run/netns"

enum { NAME_BYTES = WASMC_KEEPER_PREFIX_BYTES + 1 + 10 + 1 };

static void put_name(char name[NAME_BYTES], const char *prefix, int process)
{
    size_t at = strlen(prefix);
    char digits[10];
    size_t count = 0;
    memcpy(name, prefix, at);
    name[at++] = '-';
    do {
        digits[count++] = (char)('0' + process % 10);
        process /= 10;
    } while (process > 0);
    while (count > 0)
        name[at++] = digits[--count];
    name[at] = '\0';
}

/* The keeper's life: it can do nothing but wait and take the name away. */
static _Noreturn void keep(const char *name, int answer)
{
    int error = wasmc_sys_mount_network_ambient(DIRECTORY, name);
    if (error == 0) {
        (void)wasmc_sys_no_new_privileges();
        (void)wasmc_sys_keep_capabilities(WASMC_CAPABILITY_MOUNT);
        (void)wasmc_sys_seccomp(WASMC_SECCOMP_KILL, WASMC_ROLE_KEEPER, false);
    }
    wasmc_sys_answer_beside(answer, error);
    if (error == 0) {
        wasmc_sys_await_end();
        (void)wasmc_sys_unmount_network_ambient(DIRECTORY, name);
    }
    wasmc_sys_exit(0);
}

int wasmc_keeper_start(const char *prefix)
{
    char name[NAME_BYTES];
    put_name(name, prefix, wasmc_sys_process_id());
    int answer;
    int process = wasmc_sys_start_beside("wasmc keeper", NULL, 0, &answer);
    if (process == 0)
        keep(name, answer);
    return process < 0 ? process : wasmc_sys_await_beside(answer);
}
