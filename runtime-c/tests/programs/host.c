/* host.c - runs a command on another host than this one, for the tests:
 *
 *   host [-u UID] [-e ERRNO NUMBER...] -- COMMAND...
 *
 *   -u   as this user, without any group
 *   -e   these system calls fail with ERRNO, as on an old kernel (38) or in a container (1)
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <grp.h>

static struct sock_filter filter[256];
static unsigned short used;

static void emit(struct sock_filter instruction)
{
    filter[used++] = instruction;
}

static void deny(unsigned number, unsigned error)
{
    emit((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1));
    emit((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
}

static int fail(const char *what)
{
    fprintf(stderr, "host: %s: %s\n", what, strerror(errno));
    return 125;
}

int main(int argc, char **argv)
{
    int at = 1;
    uid_t user = getuid();
    emit((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
        if (strcmp(argv[at], "-u") == 0 && at + 1 < argc) {
            user = (uid_t)atoi(argv[++at]);
        } else if (strcmp(argv[at], "-e") == 0 && at + 1 < argc) {
            unsigned error = (unsigned)atoi(argv[++at]);
            for (; at + 1 < argc && argv[at + 1][0] != '-' && used < 200; at++)
                deny((unsigned)atoi(argv[at + 1]), error);
        }
    }
    if (at + 1 >= argc)
        return 125;
    emit((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    if (user != getuid() && (setgroups(0, NULL) != 0 || setgid(user) != 0 || setuid(user) != 0))
        return fail("setuid");
    struct sock_fprog program = {used, filter};
    if (used > 2 && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, 2, &program) != 0))
        return fail("seccomp");
    execv(argv[at + 1], argv + at + 1);
    return fail(argv[at + 1]);
}
