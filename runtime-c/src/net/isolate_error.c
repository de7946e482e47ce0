#include "isolate_error.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#include "../sys/namespace.h"
#include "../sys/sys.h"
#include "../text.h"

/* Of the program whose network is not isolated as it was said to be. */
#define STATUS_REFUSED 1

static const char *const reasons[] = {
    [WASMC_ISOLATE_NAMESPACE] = "the kernel refuses this program a network of its own",
    [WASMC_ISOLATE_LOOPBACK] = "the kernel refuses to bring up the loopback of this program's network",
    [WASMC_ISOLATE_COOKIE] = "this kernel does not tell one network's sockets from another's (SO_NETNS_COOKIE)",
    [WASMC_ISOLATE_CAPABILITIES] = "the kernel refuses to take this program's capabilities away",
    [WASMC_ISOLATE_NAME] = "the network cannot be named in /run/netns as --namespace-prefix says",
};

/* A setting of the kernel's that explains a refusal when it begins with this byte. */
struct cause {
    const char *setting;
    const char *remedy;
    char first_byte;
};

static const struct cause not_permitted[] = {
    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
     "AppArmor restricts user namespaces here; give this executable a profile with `userns,`, or set the sysctl "
     "kernel.apparmor_restrict_unprivileged_userns to 0",
     '1'},
    {"/proc/sys/kernel/unprivileged_userns_clone",
     "only root may make user namespaces here; set the sysctl kernel.unprivileged_userns_clone to 1", '0'},
    {NULL,
     "a container's seccomp profile or a security module forbids it; allow unshare with CLONE_NEWUSER and CLONE_NEWNET "
     "(docker and podman: --security-opt seccomp=FILE), or start the program with CAP_SYS_ADMIN",
     0},
};

static const struct cause no_room[] = {
    {"/proc/sys/user/max_user_namespaces",
     "user namespaces are switched off here; set the sysctl user.max_user_namespaces to more than 0", '0'},
    {"/proc/sys/user/max_net_namespaces",
     "network namespaces are switched off here; set the sysctl user.max_net_namespaces to more than 0", '0'},
    {NULL,
     "there are as many namespaces as the sysctls user.max_user_namespaces and user.max_net_namespaces allow; raise them, "
     "or end other programs",
     0},
};

static const char *remedy_among(const struct cause *cause)
{
    while (cause->setting != NULL && wasmc_sys_setting_ambient(cause->setting) != cause->first_byte)
        cause++;
    return cause->remedy;
}

static const char *remedy_of(enum wasmc_isolate_step step, int error)
{
    if (step == WASMC_ISOLATE_COOKIE)
        return "it takes Linux 5.14";
    if (step == WASMC_ISOLATE_NAME)
        return "leave --namespace-prefix out, or let this program mount there";
    switch (-error) {
    case EPERM:
    case EACCES: return remedy_among(not_permitted);
    case ENOSPC: return remedy_among(no_room);
    case EUSERS: return "user namespaces are nested too deep; start it outside of some of them";
    case ENOMEM: return "there is not enough memory";
    default: return "it takes a kernel with user and network namespaces (CONFIG_USER_NS, CONFIG_NET_NS)";
    }
}

/* What is known of a kernel is also known by these names. */
static void put_error(struct wasmc_text *text, int error)
{
    static const struct {
        int number;
        const char *name;
    } names[] = {{EPERM, "EPERM"},   {EACCES, "EACCES"}, {ENOSPC, "ENOSPC"}, {EUSERS, "EUSERS"},
                 {ENOSYS, "ENOSYS"}, {EINVAL, "EINVAL"}, {ENOMEM, "ENOMEM"}, {EROFS, "EROFS"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].number == -error) {
            wasmc_text_string(text, names[i].name);
            return;
        }
    }
    wasmc_text_string(text, "errno ");
    wasmc_text_decimal(text, (uint64_t)-error);
}

_Noreturn void wasmc_isolate_refused(enum wasmc_isolate_step step, int error)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, "--isolate-network: ");
    wasmc_text_string(&text, reasons[step]);
    if (error != 0) {
        wasmc_text_string(&text, " (");
        put_error(&text, error);
        wasmc_text_string(&text, ")");
    }
    wasmc_text_string(&text, ": ");
    wasmc_text_string(&text, remedy_of(step, error));
    if (step != WASMC_ISOLATE_NAME)
        wasmc_text_string(&text, ". Or run it in the host's network (isolation = false, no --isolate-network), with "
                          "--allow-inbound and --allow-outbound for what it needs");
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    wasmc_sys_exit(STATUS_REFUSED);
}
