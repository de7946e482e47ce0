/* trace.h - --trace-wasi: a line on standard error for each host call, such as
 *
 *     clock_time_get(id=1, precision=0, time=0x1028) = success, time=1234
 *
 * In a program of several modules it begins with the caller's name: "main: clock_time_get(...".
 */
#ifndef WASMC_WASI_TRACE_H
#define WASMC_WASI_TRACE_H

#include "../guest.h"

/* Prints a call and its outcome. Call it when guest->ctx->trace is set, after the call.
 *
 *   format   the parameters in order, separated by blanks, each `name:kind`, then results:
 *              name:u   u32, decimal           name:x   u32, hexadecimal: addresses and flags
 *              name:d   u64, signed decimal    name:r   u64, hexadecimal: rights
 *              name:s   two values: guest address and length of a text
 *              >name:4  guest address of a u32 result   >name:8  of a u64 result
 *   ...      the values, in the order of the format
 *
 * Results are shown after a success only: only then the call has written them.
 */
void wasmc_trace(const struct wasmc_guest *guest, wasi_errno error, const char *format, ...);

#endif
