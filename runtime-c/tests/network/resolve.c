/* resolve.c - looks a name up as the broker does: in a child that may make the broker's system calls and no other.
 *
 *     resolve RESOLV_CONF HOST SERVICE FAMILY TYPE [FLAG...]
 *
 * RESOLV_CONF, HOST and SERVICE are "-" for null. It prints the answer in one line, or what killed the child.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "net/resolver.h"
#include "sys/sandbox.h"

/* The runtime's own, as an entry belongs to who makes the call. */
static _Noreturn void answer(int to, const struct wasmc_net_question *question)
{
    WASMC_SYSCALL_OF(BROKER, write, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    WASMC_SYSCALL_OF(BROKER, exit_group, 0, WASMC_ANY, WASMC_ANY, WASMC_ANY);
    static struct wasmc_net_answered answered;
    if (wasmc_sys_no_new_privileges() != 0 || wasmc_sys_seccomp(WASMC_SECCOMP_KILL, WASMC_ROLE_BROKER, false) < 0)
        _exit(2);
    wasmc_resolver_lookup(question, &answered);
    _exit(write(to, &answered, sizeof answered) != sizeof answered);
}

static void print(const struct wasmc_net_answered *answered)
{
    printf("error=%d network=%d ttl=%u canonical=%s", (int)answered->error, answered->is_from_network,
           answered->ttl_s, answered->found.canonical);
    for (unsigned i = 0; i < answered->found.count; i++) {
        char text[INET6_ADDRSTRLEN];
        inet_ntop(answered->found.items[i].family, answered->found.items[i].address, text, sizeof text);
        printf(" %s|%u|%s", text, answered->found.items[i].port,
               answered->found.items[i].type == SOCK_STREAM ? "tcp" : "udp");
        if (answered->found.items[i].scope_id != 0)
            printf("|%u", answered->found.items[i].scope_id);
    }
    putchar('\n');
}

static bool has_flag(char **flags, const char *flag)
{
    for (; *flags != NULL; flags++) {
        if (strcmp(*flags, flag) == 0)
            return true;
    }
    return false;
}

static const char *text_of(const char *argument)
{
    return strcmp(argument, "-") == 0 ? NULL : argument;
}

static int list_directories(void)
{
    const char *directories[WASMC_RESOLVER_DIRECTORIES];
    uint32_t count = wasmc_resolver_directories(directories);
    for (uint32_t i = 0; i < count; i++)
        puts(directories[i]);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    wasmc_resolver_start(text_of(argv[1]));
    if (argc < 6)
        return list_directories();
    char **flags = argv + 6;
    struct wasmc_net_question question = {
        .host = text_of(argv[2]),
        .service = text_of(argv[3]),
        .family = atoi(argv[4]) == 4 ? AF_INET : atoi(argv[4]) == 6 ? AF_INET6 : AF_UNSPEC,
        .type = strcmp(argv[5], "tcp") == 0 ? SOCK_STREAM : strcmp(argv[5], "udp") == 0 ? SOCK_DGRAM : 0,
        .is_passive = has_flag(flags, "passive"),
        .wants_canonical = has_flag(flags, "canonical"),
        .is_numeric_host = has_flag(flags, "numeric-host"),
        .is_numeric_service = has_flag(flags, "numeric-service"),
        .is_address_config = has_flag(flags, "address-config"),
        .is_v4_mapped = has_flag(flags, "v4-mapped"),
        .wants_all = has_flag(flags, "all"),
    };
    int fds[2];
    if (pipe(fds) != 0)
        return 2;
    pid_t child = fork();
    if (child == 0)
        answer(fds[1], &question);
    close(fds[1]);
    struct wasmc_net_answered answered;
    bool is_whole = child > 0 && read(fds[0], &answered, sizeof answered) == sizeof answered;
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return 2;
    if (!is_whole || status != 0) {
        printf("the child ended with %#x\n", (unsigned)status);
        return 1;
    }
    print(&answered);
    return 0;
}
