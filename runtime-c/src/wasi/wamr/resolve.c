/* resolve.c - WAMR's sock_addr_resolve. */
#include <netdb.h>
#include <string.h>

#include "../../net/socket.h"
#include "../trace_line.h"
#include "address.h"
#include "wasmc/wasi.h"

/* Longer ones are no names. */
#define HOST_BYTES 1023u
#define SERVICE_BYTES 255u

/* In guest memory. */
struct hints {
    int32_t type;
    uint32_t family;
    uint8_t is_enabled, reserved[3];
};

struct info {
    uint8_t address[WAMR_ADDRESS_BYTES];
    int32_t type;
};

/* A text that ends with a NUL, which is in memory; null (0) is empty. False: it is too long. */
static bool read_text(const struct wasmc_guest *guest, guest_addr addr, char *text, uint32_t limit)
{
    text[0] = '\0';
    if (addr == 0)
        return true;
    for (uint32_t i = 0; i <= limit; i++) {
        text[i] = (char)wasmc_guest_bytes(guest, addr, (uint64_t)i + 1)[i];
        if (text[i] == '\0')
            return true;
    }
    text[limit] = '\0';
    return false;
}

/* Errors: AFNOSUPPORT, PROTOTYPE. */
static wasi_errno read_hints(const struct hints *hints, struct wasmc_net_question *question)
{
    if (hints->is_enabled == 0)
        return WASI_ERRNO_SUCCESS;
    switch (hints->family) {
    case WAMR_FAMILY_UNSPEC: break;
    case WAMR_FAMILY_INET4: question->family = AF_INET; break;
    case WAMR_FAMILY_INET6: question->family = AF_INET6; break;
    default: return WASI_ERRNO_AFNOSUPPORT;
    }
    switch (hints->type) {
    case WAMR_TYPE_ANY: break;
    case WAMR_TYPE_DGRAM: question->type = SOCK_DGRAM; break;
    case WAMR_TYPE_STREAM: question->type = SOCK_STREAM; break;
    default: return WASI_ERRNO_PROTOTYPE;
    }
    return WASI_ERRNO_SUCCESS;
}

/* As WAMR's host says it: it has no errors of names. */
static wasi_errno name_error(int error)
{
    switch (error) {
    case 0: return WASI_ERRNO_SUCCESS;
    case WASMC_NET_EAI_DENIED: return WASI_ERRNO_ACCES;
    case EAI_AGAIN: return WASI_ERRNO_AGAIN;
    case EAI_FAIL: return WASI_ERRNO_FAULT;
    case EAI_MEMORY: return WASI_ERRNO_NOMEM;
    case EAI_SYSTEM: return WASI_ERRNO_IO;
    default: return WASI_ERRNO_INVAL;
    }
}

static void write_info(const struct wasmc_guest *guest, guest_addr addr, const struct wasmc_net_found *found,
                       uint32_t i)
{
    struct wasmc_endpoint endpoint = {.family = found->items[i].family, .port = found->items[i].port};
    struct info info = {.type = found->items[i].type == SOCK_DGRAM ? WAMR_TYPE_DGRAM : WAMR_TYPE_STREAM};
    memcpy(endpoint.address, found->items[i].address, sizeof endpoint.address);
    (void)wasmc_wamr_encode_address(&endpoint, info.address);
    wasmc_guest_copy_out(guest, addr, &info, sizeof info);
}

/* The guest's texts, for the trace, too. */
struct texts {
    char host[HOST_BYTES + 1], service[SERVICE_BYTES + 1];
};

static wasi_errno sock_addr_resolve(const struct wasmc_guest *guest, guest_addr host_addr, guest_addr service_addr,
                                    guest_addr hints_addr, guest_addr infos_addr, uint32_t capacity,
                                    guest_addr count_addr, struct texts *texts)
{
    struct hints hints;
    struct wasmc_net_found found;
    bool is_short = read_text(guest, host_addr, texts->host, HOST_BYTES);
    is_short &= read_text(guest, service_addr, texts->service, SERVICE_BYTES);
    wasmc_guest_copy_in(guest, &hints, hints_addr, sizeof hints);
    (void)wasmc_guest_bytes(guest, infos_addr, (uint64_t)capacity * sizeof(struct info));
    (void)wasmc_guest_bytes(guest, count_addr, 4);
    struct wasmc_net_question question = {.host = texts->host[0] != '\0' ? texts->host : NULL,
                                          .service = texts->service[0] != '\0' ? texts->service : NULL};
    wasi_errno error = read_hints(&hints, &question);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (!is_short || (question.host == NULL && question.service == NULL))
        return WASI_ERRNO_INVAL;
    error = name_error(wasmc_net_resolve(guest->ctx, &question, &found));
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    for (uint32_t i = 0; i < found.count && i < capacity; i++)
        write_info(guest, infos_addr + i * (uint32_t)sizeof(struct info), &found, i);
    wasmc_guest_write_u32(guest, count_addr, found.count);
    return WASI_ERRNO_SUCCESS;
}

/* sock_addr_resolve - looks a name up.
 *
 *   host_addr      guest address of the name, or of an address as text; ends with a NUL. 0: this host
 *   service_addr   guest address of a service or a port, the same; 0 or empty: port 0
 *   hints_addr     guest address of {i32 type, u32 family, u8 is_enabled, u8[3]}: type -1 any, 0 datagrams, 1 stream;
 *                  family 0 IPv4, 1 IPv6, 2 both; anything, when they are not enabled
 *   infos_addr     guest address of `capacity` {address of 24 bytes (address.h), i32 type} for what is found
 *   count_addr     guest address of a u32 that receives how many there are, which may be more
 *
 * Rights: none.
 * Errors: ACCES the name is not allowed (--allow-resolve); INVAL no such name or service; AGAIN, FAULT the name server;
 *         AFNOSUPPORT; PROTOTYPE; NOMEM; IO.
 * WAMR: __wasi_sock_addr_resolve     POSIX: getaddrinfo(3)
 */
uint32_t wasmc_wamr_sock_addr_resolve(struct wasmc_ctx *ctx, uint32_t host_addr, uint32_t service_addr,
                                      uint32_t hints_addr, uint32_t infos_addr, uint32_t capacity,
                                      uint32_t count_addr)
{
    struct wasmc_guest guest = {ctx, "sock_addr_resolve"};
    struct texts texts;
    wasi_errno error = sock_addr_resolve(&guest, host_addr, service_addr, hints_addr, infos_addr, capacity,
                                         count_addr, &texts);
    if (!ctx->trace)
        return error;
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, &guest);
    wasmc_trace_text(&line, "host", texts.host, strlen(texts.host));
    wasmc_trace_text(&line, "service", texts.service, strlen(texts.service));
    wasmc_trace_decimal(&line, "capacity", capacity);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS) {
        uint32_t count;
        wasmc_guest_copy_in(&guest, &count, count_addr, sizeof count);
        wasmc_trace_decimal(&line, "count", count);
    }
    wasmc_trace_end(&line);
    return error;
}
