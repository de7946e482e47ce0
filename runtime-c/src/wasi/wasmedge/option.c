/* option.c - WasmEdge's calls for the options of sockets: numbers of its own, values as Linux has them. */
#include <string.h>

#include "../../net/socket.h"
#include "../trace.h"
#include "address.h"
#include "wasmc/wasi.h"

/* The only level. */
#define LEVEL_SOCKET 0u

/* An address of a length is never this low; stealthrocket/net passes the length itself, 4. */
#define LENGTH_ADDRESSES 64u

/* How a value lies in memory. */
enum form {
    FORM_FLAG,   /* i32, 0 or 1 */
    FORM_NUMBER, /* i32 */
    FORM_TYPE,   /* i32 WASMEDGE_TYPE_... */
    FORM_LINGER, /* {i32 is_on, i32 seconds} */
    FORM_TIME,   /* {i64 seconds, i64 microseconds}; 0 is for ever */
    FORM_DEVICE, /* a text; no socket is bound to a device */
};

struct option {
    uint8_t option; /* enum wasmc_net_option */
    uint8_t form;
};

/* By WasmEdge's number. */
static const struct option options[] = {
    {WASMC_NET_REUSE_ADDRESS, FORM_FLAG},
    {WASMC_NET_TYPE, FORM_TYPE},
    {WASMC_NET_ERROR, FORM_NUMBER},
    {WASMC_NET_DONT_ROUTE, FORM_FLAG},
    {WASMC_NET_BROADCAST, FORM_FLAG},
    {WASMC_NET_SEND_BUFFER, FORM_NUMBER},
    {WASMC_NET_RECEIVE_BUFFER, FORM_NUMBER},
    {WASMC_NET_KEEP_ALIVE, FORM_FLAG},
    {WASMC_NET_OOB_INLINE, FORM_FLAG},
    {WASMC_NET_LINGER, FORM_LINGER},
    {WASMC_NET_RECEIVE_LOW_WATER, FORM_NUMBER},
    {WASMC_NET_RECEIVE_TIMEOUT, FORM_TIME},
    {WASMC_NET_SEND_TIMEOUT, FORM_TIME},
    {WASMC_NET_ACCEPTING, FORM_FLAG},
    {WASMC_NET_TYPE, FORM_DEVICE}, /* asked for the errors of the descriptor */
};

#define VALUE_BYTES 16u

static uint32_t bytes_of(enum form form)
{
    static const uint8_t bytes[] = {[FORM_FLAG] = 4, [FORM_NUMBER] = 4, [FORM_TYPE] = 4, [FORM_LINGER] = 8,
                                    [FORM_TIME] = 16, [FORM_DEVICE] = 0};
    return bytes[form];
}

static const struct option *find(uint32_t level, uint32_t name)
{
    return level == LEVEL_SOCKET && name < sizeof options / sizeof options[0] ? &options[name] : NULL;
}

static wasi_errno decode_linger(const uint8_t *bytes, uint64_t *value)
{
    int32_t fields[2];
    memcpy(fields, bytes, sizeof fields);
    *value = fields[0] != 0 ? (uint64_t)fields[1] + 1 : 0;
    return fields[0] != 0 && fields[1] < 0 ? WASI_ERRNO_INVAL : WASI_ERRNO_SUCCESS;
}

static wasi_errno decode_time(const uint8_t *bytes, uint64_t *value)
{
    int64_t fields[2];
    memcpy(fields, bytes, sizeof fields);
    if (fields[0] < 0 || fields[0] > INT64_MAX / 1000000 - 1 || fields[1] < 0 || fields[1] >= 1000000)
        return WASI_ERRNO_DOM;
    *value = (uint64_t)fields[0] * 1000000 + (uint64_t)fields[1];
    return WASI_ERRNO_SUCCESS;
}

static wasi_errno decode(enum form form, const uint8_t *bytes, uint64_t *value)
{
    if (form == FORM_LINGER)
        return decode_linger(bytes, value);
    if (form == FORM_TIME)
        return decode_time(bytes, value);
    int32_t number;
    memcpy(&number, bytes, sizeof number);
    *value = form == FORM_FLAG ? number != 0 : (uint32_t)number;
    return form == FORM_NUMBER && number < 0 ? WASI_ERRNO_INVAL : WASI_ERRNO_SUCCESS;
}

static void encode(enum form form, uint64_t value, uint8_t *bytes)
{
    int32_t pair[2] = {(int32_t)value, 0};
    int64_t time[2] = {(int64_t)(value / 1000000), (int64_t)(value % 1000000)};
    if (form == FORM_TIME) {
        memcpy(bytes, time, sizeof time);
        return;
    }
    if (form == FORM_LINGER) {
        pair[0] = value != 0;
        pair[1] = value != 0 ? (int32_t)(value - 1) : 0;
    } else if (form == FORM_TYPE) {
        pair[0] = wasmc_wasmedge_type((int)value);
    }
    memcpy(bytes, pair, sizeof pair);
}

static wasi_errno get_option(const struct wasmc_guest *guest, uint32_t fd, uint32_t level, uint32_t name,
                             guest_addr value_addr, uint32_t length_addr)
{
    bool is_length = length_addr < LENGTH_ADDRESSES;
    uint32_t length = length_addr;
    if (!is_length)
        wasmc_guest_copy_in(guest, &length, length_addr, sizeof length);
    (void)wasmc_guest_bytes(guest, value_addr, length);
    const struct option *option = find(level, name);
    if (option == NULL || length < bytes_of(option->form))
        return WASI_ERRNO_INVAL;
    uint64_t value = 0;
    uint8_t bytes[VALUE_BYTES];
    wasi_errno error = wasmc_net_get_option(guest->ctx, fd, option->option, &value);
    if (error != WASI_ERRNO_SUCCESS)
        return error;
    encode(option->form, value, bytes);
    wasmc_guest_copy_out(guest, value_addr, bytes, bytes_of(option->form));
    if (!is_length)
        wasmc_guest_write_u32(guest, length_addr, bytes_of(option->form));
    return WASI_ERRNO_SUCCESS;
}

/* sock_getsockopt - what an option is set to.
 *
 *   fd            socket
 *   level         0: of sockets
 *   name          0 reuse address, 1 type, 2 error, 3 do not route, 4 broadcast, 5 and 6 bytes to send and to
 *                 receive, 7 keep alive, 8 out of band in line, 9 linger, 10 low water of receiving, 11 and 12 time
 *                 to receive and to send, 13 listening, 14 device
 *   value_addr    guest address of what receives the value: i32, but linger {i32 is_on, i32 seconds}, times {i64
 *                 seconds, i64 microseconds}, device a text, which is always empty; error is WASI's
 *   length_addr   guest address of a u32: the room for the value, then its length; or below 64 the room itself
 *
 * Rights: none.   Errors: BADF; NOTSOCK; INVAL another level or name, too little room; NOPROTOOPT.
 * WasmEdge: sock_getsockopt     POSIX: getsockopt(2)
 */
uint32_t wasmc_wasmedge_sock_getsockopt(struct wasmc_ctx *ctx, uint32_t fd, uint32_t level, uint32_t name,
                                        uint32_t value_addr, uint32_t length_addr)
{
    struct wasmc_guest guest = {ctx, "sock_getsockopt"};
    wasi_errno error = get_option(&guest, fd, level, name, value_addr, length_addr);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u level:u name:u value:x length:x", fd, level, name, value_addr, length_addr);
    return error;
}

/* To no device is what every socket is bound to. */
static wasi_errno set_device(const struct wasmc_guest *guest, uint32_t fd, const uint8_t *text, uint32_t length)
{
    uint64_t type;
    wasi_errno error = wasmc_net_get_option(guest->ctx, fd, WASMC_NET_TYPE, &type);
    if (error == WASI_ERRNO_SUCCESS && length > 0 && text[0] != '\0')
        error = WASI_ERRNO_NOPROTOOPT;
    return error;
}

static wasi_errno set_option(const struct wasmc_guest *guest, uint32_t fd, uint32_t level, uint32_t name,
                             guest_addr value_addr, uint32_t length)
{
    uint8_t bytes[VALUE_BYTES] = {0};
    (void)wasmc_guest_bytes(guest, value_addr, length);
    wasmc_guest_copy_in(guest, bytes, value_addr, length < VALUE_BYTES ? length : VALUE_BYTES);
    const struct option *option = find(level, name);
    if (option == NULL || length < bytes_of(option->form))
        return WASI_ERRNO_INVAL;
    if (option->form == FORM_DEVICE)
        return set_device(guest, fd, bytes, length);
    uint64_t value;
    wasi_errno error = decode(option->form, bytes, &value);
    return error == WASI_ERRNO_SUCCESS ? wasmc_net_set_option(guest->ctx, fd, option->option, value) : error;
}

/* sock_setsockopt - sets an option.
 *
 *   fd            socket
 *   level, name   as of sock_getsockopt
 *   value_addr    guest address of the value, of its form there
 *   value_bytes   how long it is: at least what the option needs
 *
 * Rights: none.
 * Errors: BADF; NOTSOCK; INVAL another level or name, a value that is too short or not possible; DOM no time;
 *         NOPROTOOPT an option that cannot be set, or not of this socket.
 * WasmEdge: sock_setsockopt     POSIX: setsockopt(2)
 */
uint32_t wasmc_wasmedge_sock_setsockopt(struct wasmc_ctx *ctx, uint32_t fd, uint32_t level, uint32_t name,
                                        uint32_t value_addr, uint32_t value_bytes)
{
    struct wasmc_guest guest = {ctx, "sock_setsockopt"};
    wasi_errno error = set_option(&guest, fd, level, name, value_addr, value_bytes);
    if (ctx->trace)
        wasmc_trace(&guest, error, "fd:u level:u name:u value:x length:u", fd, level, name, value_addr, value_bytes);
    return error;
}
