#include "option.h"

#include "../trace.h"

static wasi_errno set(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option, uint64_t value,
                      bool is_possible)
{
    wasi_errno error =
        is_possible ? wasmc_net_set_option(guest->ctx, fd, option, value) : WASI_ERRNO_INVAL;
    if (guest->ctx->trace)
        wasmc_trace(guest, error, "fd:u value:d", fd, value);
    return error;
}

wasi_errno wasmc_wamr_set_flag(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               uint32_t value)
{
    return set(guest, fd, option, value != 0, true);
}

wasi_errno wasmc_wamr_set_number(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                                 uint32_t value)
{
    return set(guest, fd, option, value, value <= INT32_MAX);
}

wasi_errno wasmc_wamr_set_byte(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               uint32_t value)
{
    return set(guest, fd, option, value, value <= UINT8_MAX);
}

wasi_errno wasmc_wamr_set_time(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               uint64_t value_us)
{
    return set(guest, fd, option, value_us, true);
}

static wasi_errno get(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option, guest_addr addr,
                      uint32_t bytes)
{
    uint64_t value = 0;
    (void)wasmc_guest_bytes(guest, addr, bytes);
    wasi_errno error = wasmc_net_get_option(guest->ctx, fd, option, &value);
    /* The lower bytes come first. */
    if (error == WASI_ERRNO_SUCCESS)
        wasmc_guest_copy_out(guest, addr, &value, bytes);
    return error;
}

wasi_errno wasmc_wamr_get_byte(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               guest_addr flag_addr)
{
    wasi_errno error = get(guest, fd, option, flag_addr, 1);
    if (guest->ctx->trace)
        wasmc_trace(guest, error, "fd:u flag:x", fd, flag_addr);
    return error;
}

wasi_errno wasmc_wamr_get_number(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                                 guest_addr number_addr)
{
    wasi_errno error = get(guest, fd, option, number_addr, 4);
    if (guest->ctx->trace)
        wasmc_trace(guest, error, "fd:u >number:4", fd, number_addr);
    return error;
}

wasi_errno wasmc_wamr_get_time(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               guest_addr time_addr)
{
    wasi_errno error = get(guest, fd, option, time_addr, 8);
    if (guest->ctx->trace)
        wasmc_trace(guest, error, "fd:u >time:8", fd, time_addr);
    return error;
}
