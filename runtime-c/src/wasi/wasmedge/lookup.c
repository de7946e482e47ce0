#include "lookup.h"

#include <netdb.h>
#include <string.h>

#include "address.h"
#include "errno.h"

/* AF_...; -1 for a family that names have not. */
static int host_family(uint32_t family)
{
    return family == WASMEDGE_FAMILY_UNSPEC ? AF_UNSPEC : family == WASMEDGE_FAMILY_UNIX ? -1
                                                                   : wasmc_wasmedge_host_family(family);
}

/* Type and protocol say the same, where they say something. */
static wasi_errno find_type(const struct wasmc_wasmedge_info *hints, int *type)
{
    static const int by_protocol[] = {0, SOCK_STREAM, SOCK_DGRAM};
    if (hints->protocol > WASMEDGE_PROTOCOL_UDP || hints->type > WASMEDGE_TYPE_STREAM)
        return WASI_ERRNO_NOSYS;
    int wanted = by_protocol[hints->protocol];
    *type = hints->type == WASMEDGE_TYPE_ANY ? wanted : wasmc_wasmedge_host_type(hints->type);
    return wanted != 0 && wanted != *type ? WASMEDGE_ERRNO_AISERVICE : WASI_ERRNO_SUCCESS;
}

wasi_errno wasmc_wasmedge_question(const char *host, const char *service, const struct wasmc_wasmedge_info *hints,
                                   struct wasmc_net_question *question)
{
    int type = 0;
    int family = host_family(hints->family);
    if (host[0] == '\0' && service[0] == '\0')
        return WASMEDGE_ERRNO_AINONAME;
    if (hints->flags & ~WASMEDGE_AIFLAGS_KNOWN)
        return WASMEDGE_ERRNO_AIBADFLAG;
    if ((hints->flags & WASMEDGE_AIFLAGS_CANONNAME) && host[0] == '\0')
        return WASMEDGE_ERRNO_AIBADFLAG;
    if (family < 0)
        return WASMEDGE_ERRNO_AIFAMILY;
    wasi_errno error = find_type(hints, &type);
    *question = (struct wasmc_net_question){
        .host = host[0] != '\0' ? host : NULL,
        .service = service[0] != '\0' ? service : NULL,
        .family = family,
        .type = type,
        .is_passive = hints->flags & WASMEDGE_AIFLAGS_PASSIVE,
        .wants_canonical = hints->flags & WASMEDGE_AIFLAGS_CANONNAME,
        .is_numeric_host = hints->flags & WASMEDGE_AIFLAGS_NUMERICHOST,
        .is_numeric_service = hints->flags & WASMEDGE_AIFLAGS_NUMERICSERV,
        .is_v4_mapped = hints->flags & WASMEDGE_AIFLAGS_V4MAPPED,
        .wants_all = hints->flags & WASMEDGE_AIFLAGS_ALL,
        .is_address_config = hints->flags & WASMEDGE_AIFLAGS_ADDRCONFIG,
    };
    return error;
}

wasi_errno wasmc_wasmedge_name_error(int error)
{
    switch (error) {
    case 0: return WASI_ERRNO_SUCCESS;
    case WASMC_NET_EAI_DENIED: return WASI_ERRNO_ACCES;
    case EAI_AGAIN: return WASMEDGE_ERRNO_AIAGAIN;
    case EAI_BADFLAGS: return WASMEDGE_ERRNO_AIBADFLAG;
    case EAI_FAIL: return WASMEDGE_ERRNO_AIFAIL;
    case EAI_FAMILY: return WASMEDGE_ERRNO_AIFAMILY;
    case EAI_MEMORY: return WASMEDGE_ERRNO_AIMEMORY;
    case EAI_NODATA: return WASMEDGE_ERRNO_AINODATA;
    case EAI_NONAME: return WASMEDGE_ERRNO_AINONAME;
    case EAI_OVERFLOW: return WASMEDGE_ERRNO_AIMEMORY;
    case EAI_SERVICE: return WASMEDGE_ERRNO_AISERVICE;
    case EAI_SOCKTYPE: return WASMEDGE_ERRNO_AISOCKTYPE;
    default: return WASMEDGE_ERRNO_AISYSTEM;
    }
}

uint32_t wasmc_wasmedge_choose(const struct wasmc_net_found *found, uint8_t chosen[WASMC_NET_FOUND])
{
    uint32_t count = 0;
    for (uint16_t family = AF_INET; count == 0; family = AF_INET6) {
        for (uint8_t i = 0; i < found->count; i++) {
            if (found->items[i].family == family)
                chosen[count++] = i;
        }
        if (family == AF_INET6)
            break;
    }
    return count;
}

uint32_t wasmc_wasmedge_encode_data(const struct wasmc_net_found *found, uint32_t i,
                                    uint8_t data[WASMEDGE_V6_DATA_BYTES])
{
    union wasmc_net_sockaddr address;
    bool is_v4 = found->items[i].family == AF_INET;
    struct wasmc_endpoint endpoint = {
        .family = found->items[i].family, .port = found->items[i].port, .scope_id = found->items[i].scope_id};
    memcpy(endpoint.address, found->items[i].address, sizeof endpoint.address);
    memset(&address, 0, sizeof address);
    (void)wasmc_endpoint_to_kernel(&endpoint, &address);
    uint32_t count = is_v4 ? WASMEDGE_V4_DATA_BYTES : WASMEDGE_V6_DATA_BYTES;
    memcpy(data, (const uint8_t *)&address + offsetof(struct sockaddr_in, sin_port), count);
    return count;
}
