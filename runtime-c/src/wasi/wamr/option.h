/* option.h - what WAMR's calls for options are made of: one that sets and one that gets for each form of a value. */
#ifndef WASMC_WASI_WAMR_OPTION_H
#define WASMC_WASI_WAMR_OPTION_H

#include "../../guest.h"
#include "../../net/socket.h"

/* 0 or not. */
wasi_errno wasmc_wamr_set_flag(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               uint32_t value);

/* An i32 that is not negative. Errors: INVAL. */
wasi_errno wasmc_wamr_set_number(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                                 uint32_t value);

/* At most 255. Errors: INVAL. */
wasi_errno wasmc_wamr_set_byte(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               uint32_t value);

/* Microseconds. */
wasi_errno wasmc_wamr_set_time(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               uint64_t value_us);

/* Into a u8, a u32, a u64. */
wasi_errno wasmc_wamr_get_byte(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               guest_addr flag_addr);
wasi_errno wasmc_wamr_get_number(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                                 guest_addr number_addr);
wasi_errno wasmc_wamr_get_time(const struct wasmc_guest *guest, uint32_t fd, enum wasmc_net_option option,
                               guest_addr time_addr);

#endif
