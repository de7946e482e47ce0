/* strings.h - the form in which args_get and environ_get hand strings to the guest. */
#ifndef WASMC_WASI_STRINGS_H
#define WASMC_WASI_STRINGS_H

#include "../guest.h"

/* Writes how many strings there are and how many bytes they take, NULs included (two u32).
 * Errors: OVERFLOW when that does not fit; guest memory is then unchanged. */
wasi_errno wasmc_strings_sizes(const struct wasmc_guest *guest, struct wasmc_strings strings, guest_addr count_addr,
                               guest_addr bytes_addr);

/* Writes the strings one after the other to buffer_addr, each with its NUL, and their guest
 * addresses (u32) to array_addr:
 *
 *     array_addr:  | address of string 0 | address of string 1 | ...
 *     buffer_addr: | a r g 0 NUL a r g 1 NUL ...
 *
 * Errors: OVERFLOW as above. */
wasi_errno wasmc_strings_get(const struct wasmc_guest *guest, struct wasmc_strings strings, guest_addr array_addr,
                             guest_addr buffer_addr);

#endif
