/* resolve.c - WasmEdge's sock_getaddrinfo. The guest brings a linked list of places, which the host fills:
 *
 *     info    {u16 flags, u8 family, u8 type, u8 protocol, u8[3], u32 bytes, u32 address, u32 canonical,
 *              u32 canonical_bytes, u32 next}
 *     address {u8 family, u8[3], u32 bytes, u32 data}
 *     data    of IPv4: u16 port, 4 bytes, 8 zeros; of IPv6: u16 port, u32 flow, 16 bytes, u32 scope; as on the wire
 */
#include <string.h>

#include "../trace_line.h"
#include "address.h"
#include "errno.h"
#include "lookup.h"
#include "wasmc/wasi.h"

/* Longer ones are no names. */
#define HOST_BYTES 1023u
#define SERVICE_BYTES 255u

/* `address` in guest memory. */
struct address {
    uint8_t family, reserved[3];
    uint32_t data_bytes;
    guest_addr data_addr;
};

struct place {
    guest_addr info_addr;
    struct wasmc_wasmedge_info info;
    struct address address;
};

struct resolving {
    char host[HOST_BYTES + 1], service[SERVICE_BYTES + 1];
    struct wasmc_wasmedge_info hints;
    struct place places[WASMC_NET_FOUND];
    uint32_t place_count;
};

/* A text, to its NUL if it has one: guests pass their C strings with it. False: it is too long. */
static bool read_text(const struct wasmc_guest *guest, guest_addr addr, uint32_t bytes, char *text, uint32_t limit)
{
    (void)wasmc_guest_bytes(guest, addr, bytes);
    uint32_t kept = bytes <= limit ? bytes : limit;
    wasmc_guest_copy_in(guest, text, addr, kept);
    text[kept] = '\0';
    return bytes <= limit || strlen(text) < limit;
}

/* Who asks for IPv6 has room for one, whatever is said: known guests say 14, as of IPv4, and have 26. */
static uint32_t data_room(const struct resolving *call, uint32_t bytes)
{
    bool is_v6 = call->hints.family == WASMEDGE_FAMILY_INET6 && bytes == WASMEDGE_V4_DATA_BYTES;
    return is_v6 ? WASMEDGE_V6_DATA_BYTES : bytes;
}

/* Goes along the list, all of which is in memory. It may be a circle. */
static void read_places(const struct wasmc_guest *guest, guest_addr list_addr, uint32_t capacity,
                        struct resolving *call)
{
    guest_addr at;
    wasmc_guest_copy_in(guest, &at, list_addr, sizeof at);
    call->place_count = 0;
    while (at != 0 && call->place_count < capacity && call->place_count < WASMC_NET_FOUND) {
        struct place *place = &call->places[call->place_count++];
        place->info_addr = at;
        wasmc_guest_copy_in(guest, &place->info, at, sizeof place->info);
        wasmc_guest_copy_in(guest, &place->address, place->info.address_addr, sizeof place->address);
        place->address.data_bytes = data_room(call, place->address.data_bytes);
        (void)wasmc_guest_bytes(guest, place->address.data_addr, place->address.data_bytes);
        (void)wasmc_guest_bytes(guest, place->info.canonical_addr, place->info.canonical_bytes);
        at = place->info.next_addr;
    }
}

/* Puts an address into a place, when it fits; the name, if there is one and room for it was offered, too. */
static bool write_place(const struct wasmc_guest *guest, const struct resolving *call, struct place *place,
                        const struct wasmc_net_found *found, uint32_t i, const char *canonical)
{
    uint8_t data[WASMEDGE_V6_DATA_BYTES];
    uint32_t bytes = wasmc_wasmedge_encode_data(found, i, data);
    size_t name_bytes = place->info.canonical_bytes > 0 ? strlen(canonical) : 0;
    if (place->address.data_bytes < bytes || (name_bytes > 0 && place->info.canonical_bytes <= name_bytes))
        return false;
    wasmc_guest_copy_out(guest, place->address.data_addr, data, bytes);
    if (name_bytes > 0)
        wasmc_guest_copy_out(guest, place->info.canonical_addr, canonical, name_bytes + 1);
    place->address.family = wasmc_wasmedge_family(found->items[i].family);
    place->address.data_bytes = bytes;
    wasmc_guest_copy_out(guest, place->info.address_addr, &place->address, sizeof place->address);
    place->info.flags = call->hints.flags;
    place->info.family = place->address.family;
    place->info.type = wasmc_wasmedge_type(found->items[i].type);
    place->info.protocol = found->items[i].type == SOCK_DGRAM ? WASMEDGE_PROTOCOL_UDP : WASMEDGE_PROTOCOL_TCP;
    place->info.address_bytes = bytes + (uint32_t)offsetof(struct sockaddr_in, sin_port);
    place->info.canonical_bytes = (uint32_t)name_bytes;
    wasmc_guest_copy_out(guest, place->info_addr, &place->info, sizeof place->info);
    return true;
}

/* How many there was room for. */
static uint32_t write_places(const struct wasmc_guest *guest, struct resolving *call,
                             const struct wasmc_net_found *found)
{
    uint8_t chosen[WASMC_NET_FOUND];
    uint32_t wanted = wasmc_wasmedge_choose(found, chosen);
    uint32_t count = 0;
    while (count < wanted && count < call->place_count &&
           write_place(guest, call, &call->places[count], found, chosen[count], count == 0 ? found->canonical : ""))
        count++;
    return count;
}

static wasi_errno sock_getaddrinfo(const struct wasmc_guest *guest, struct resolving *call, guest_addr count_addr)
{
    struct wasmc_net_question question;
    struct wasmc_net_found found;
    wasi_errno error = wasmc_wasmedge_question(call->host, call->service, &call->hints, &question);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    if (call->place_count == 0)
        return WASMEDGE_ERRNO_AIMEMORY;
    error = wasmc_wasmedge_name_error(wasmc_net_resolve(guest->ctx, &question, &found));
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    uint32_t count = write_places(guest, call, &found);
    if (count == 0)
        return found.count > 0 ? WASMEDGE_ERRNO_AIMEMORY : WASMEDGE_ERRNO_AINODATA;
    wasmc_guest_write_u32(guest, count_addr, count);
    return WASI_ERRNO_SUCCESS;
}

static void trace(const struct wasmc_guest *guest, wasi_errno error, const struct resolving *call,
                  guest_addr count_addr)
{
    struct wasmc_trace_line line;
    wasmc_trace_begin(&line, guest);
    wasmc_trace_text(&line, "host", call->host, strlen(call->host));
    wasmc_trace_text(&line, "service", call->service, strlen(call->service));
    wasmc_trace_hex(&line, "flags", call->hints.flags);
    wasmc_trace_decimal(&line, "family", call->hints.family);
    wasmc_trace_decimal(&line, "type", call->hints.type);
    wasmc_trace_outcome(&line, error);
    if (error == WASI_ERRNO_SUCCESS) {
        uint32_t count;
        wasmc_guest_copy_in(guest, &count, count_addr, sizeof count);
        wasmc_trace_decimal(&line, "count", count);
    }
    wasmc_trace_end(&line);
}

/* sock_getaddrinfo - looks a name up.
 *
 *   host_addr, host_bytes         the name, or an address; empty: this host, or with flag 1 every address of it
 *   service_addr, service_bytes   a service or a port; empty: port 0
 *   hints_addr      guest address of an `info`: flags 1 passive, 2 canonical name, 4 numeric host, 8 numeric service,
 *                   16 addresses of IPv4 as IPv6, 32 all, 64 what this host has; family 0 to 2, type 0 to 2, protocol
 *                   0 to 2
 *   list_addr       guest address of the guest address of the first place
 *   capacity        how many places there are; a `next` of 0 ends the list, too
 *   count_addr      guest address of a u32 that receives how many places were filled
 *
 * A guest that asks for no family gets addresses of IPv6 only when there are none of IPv4. The canonical name goes
 * into the first place, and its length without the NUL.
 *
 * Rights: none.
 * Errors: ACCES the name is not allowed (--allow-resolve); AINONAME no such name; AINODATA no address; AIAGAIN, AIFAIL
 *         the name server; AIBADFLAG; AIFAMILY; AISERVICE; AISOCKTYPE; NOSYS another type or protocol; AIMEMORY no
 *         place, or too small ones; AISYSTEM.
 * WasmEdge: sock_getaddrinfo     POSIX: getaddrinfo(3)
 */
uint32_t wasmc_wasmedge_sock_getaddrinfo(struct wasmc_ctx *ctx, uint32_t host_addr, uint32_t host_bytes,
                                         uint32_t service_addr, uint32_t service_bytes, uint32_t hints_addr,
                                         uint32_t list_addr, uint32_t capacity, uint32_t count_addr)
{
    struct wasmc_guest guest = {ctx, "sock_getaddrinfo"};
    struct resolving call;
    bool is_host = read_text(&guest, host_addr, host_bytes, call.host, HOST_BYTES);
    bool is_service = read_text(&guest, service_addr, service_bytes, call.service, SERVICE_BYTES);
    wasmc_guest_copy_in(&guest, &call.hints, hints_addr, sizeof call.hints);
    read_places(&guest, list_addr, capacity, &call);
    (void)wasmc_guest_bytes(&guest, count_addr, 4);
    wasi_errno error = WASMEDGE_ERRNO_AINONAME;
    if (is_host)
        error = is_service ? sock_getaddrinfo(&guest, &call, count_addr) : WASMEDGE_ERRNO_AISERVICE;
    if (ctx->trace)
        trace(&guest, error, &call, count_addr);
    return error;
}
