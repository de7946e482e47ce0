/* resolver.c - a question in the form of getaddrinfo's, its answer in ours. */
#include "resolver.h"

#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>

#include "../sys/resolver.h"
#include "resolver_musl.h"

#define RESOLV_CONF "/etc/resolv.conf"

static const char *resolv_conf = RESOLV_CONF;
static char directories[WASMC_RESOLVER_DIRECTORIES][PATH_MAX];
static uint32_t directory_count;

/* The one that was added last, unless it was there. */
static void keep_directory(void)
{
    for (uint32_t i = 0; i < directory_count; i++) {
        if (strcmp(directories[i], directories[directory_count]) == 0)
            return;
    }
    directory_count++;
}

/* Where it says that it lies. */
static void add_directory(const char *path)
{
    char *directory = directories[directory_count];
    const char *slash = strrchr(path, '/');
    size_t bytes = slash == NULL || slash == path ? 1 : (size_t)(slash - path);
    if (bytes >= PATH_MAX)
        return;
    memcpy(directory, slash == NULL ? "." : path, bytes);
    directory[bytes] = '\0';
    keep_directory();
}

static void add_real_directory(const char *path)
{
    if (wasmc_sys_resolver_real_directory_ambient(path, directories[directory_count]))
        keep_directory();
}

void wasmc_resolver_start(const char *path)
{
    resolv_conf = path == NULL ? RESOLV_CONF : path;
    directory_count = 0;
    add_directory("/etc/hosts"); /* services, too */
    add_directory(resolv_conf);
    add_real_directory("/etc/hosts");
    add_real_directory("/etc/services");
    add_real_directory(resolv_conf);
}

uint32_t wasmc_resolver_directories(const char *list[WASMC_RESOLVER_DIRECTORIES])
{
    for (uint32_t i = 0; i < directory_count; i++)
        list[i] = directories[i];
    return directory_count;
}

static struct addrinfo hints_of(const struct wasmc_net_question *question)
{
    struct addrinfo hints = {.ai_family = question->family, .ai_socktype = question->type};
    hints.ai_flags = (question->is_passive ? AI_PASSIVE : 0) | (question->wants_canonical ? AI_CANONNAME : 0) |
                     (question->is_numeric_host ? AI_NUMERICHOST : 0) |
                     (question->is_numeric_service ? AI_NUMERICSERV : 0) |
                     (question->is_address_config ? AI_ADDRCONFIG : 0) | (question->is_v4_mapped ? AI_V4MAPPED : 0) |
                     (question->wants_all ? AI_ALL : 0);
    return hints;
}

static void add(struct wasmc_net_found *found, const struct addrinfo *info)
{
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)info->ai_addr;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)info->ai_addr;
    bool is_v4 = info->ai_family == AF_INET;
    if (found->count == WASMC_NET_FOUND || (!is_v4 && info->ai_family != AF_INET6))
        return;
    uint16_t at = found->count++;
    found->items[at].family = (uint16_t)info->ai_family;
    found->items[at].type = (uint8_t)info->ai_socktype;
    found->items[at].port = ntohs(is_v4 ? v4->sin_port : v6->sin6_port);
    found->items[at].scope_id = is_v4 ? 0 : v6->sin6_scope_id;
    memcpy(found->items[at].address, is_v4 ? (const void *)&v4->sin_addr : &v6->sin6_addr, is_v4 ? 4 : 16);
}

static int look_up(const char *host, const struct wasmc_net_question *question, struct wasmc_net_found *found)
{
    struct addrinfo hints = hints_of(question);
    struct addrinfo *list = NULL;
    int error = wasmc_sys_resolver_getaddrinfo(host, question->service, &hints, &list);
    if (error != 0)
        return error;
    if (question->wants_canonical && found->count == 0 && list->ai_canonname != NULL)
        strncpy(found->canonical, list->ai_canonname, sizeof found->canonical - 1);
    for (const struct addrinfo *info = list; info != NULL; info = info->ai_next)
        add(found, info);
    return 0;
}

/* By the name that was asked about last, with a dot at the end: neither the hosts file nor the list of domains has a
 * say. Mapped, what is left out of one family depends on the other. */
static void look_up_rest(const struct wasmc_net_question *question, struct wasmc_net_found *found)
{
    char name[WASMC_DNS_NAME_BYTES + 1];
    if (question->is_v4_mapped || !wasmc_musl_turn_page() ||
        !wasmc_dns_name_text(&wasmc_musl_asked()->questions[0].name, name))
        return;
    strcat(name, ".");
    (void)look_up(name, question, found);
}

/* Whether the name that was asked about last is there; before 1.2.4, musl does not say. */
static bool is_without_address(const struct wasmc_musl_asked *asked)
{
    bool is = asked->count > 0;
    for (unsigned i = 0; i < asked->count; i++)
        is = is && asked->answers[i].code == WASMC_DNS_NO_ERROR && asked->answers[i].count == 0;
    return is;
}

/* Of all that was asked about the name: what comes first to its end, ends what is known. */
static uint32_t least_ttl(const struct wasmc_musl_asked *asked)
{
    uint32_t ttl_s = WASMC_RESOLVER_TTL_LIMIT_S;
    for (unsigned i = 0; i < asked->count; i++) {
        if (asked->answers[i].count > 0 && asked->answers[i].ttl_s < ttl_s)
            ttl_s = asked->answers[i].ttl_s;
    }
    return ttl_s;
}

void wasmc_resolver_lookup(const struct wasmc_net_question *question, struct wasmc_net_answered *answered)
{
    memset(answered, 0, sizeof *answered);
    wasmc_musl_start(resolv_conf);
    answered->error = look_up(question->host, question, &answered->found);
    const struct wasmc_musl_asked *asked = wasmc_musl_asked();
    answered->is_from_network = asked->is_asked;
    if (answered->error == EAI_NONAME && is_without_address(asked))
        answered->error = EAI_NODATA;
    if (answered->error != 0 || !asked->is_asked)
        return;
    answered->ttl_s = least_ttl(asked);
    look_up_rest(question, &answered->found);
}
