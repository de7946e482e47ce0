/* pointers.c - guest addresses outside memory in WASI calls: `pointers WHAT`. Each is a trap or an error, never more;
 * prints the call's result where there is one.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

static int outcome(__wasi_errno_t error)
{
    puts(error == 0 ? "WRONG: success" : "refused");
    return error == 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    uint8_t *outside = (uint8_t *)0xfffffff0u;
    uint8_t *last = (uint8_t *)(__builtin_wasm_memory_size(0) * 65536u - 1);
    __wasi_size_t size;
    __wasi_ciovec_t huge = {(const uint8_t *)1024, UINT32_MAX};
    __wasi_ciovec_t across = {last, 2};

    puts(what);
    fflush(stdout);
    if (strcmp(what, "random") == 0) {
        return outcome(__wasi_random_get(outside, 64));
    }
    if (strcmp(what, "random-across") == 0) {
        return outcome(__wasi_random_get(last, 2));
    }
    if (strcmp(what, "clock") == 0) {
        return outcome(__wasi_clock_time_get(__WASI_CLOCKID_REALTIME, 0, (__wasi_timestamp_t *)(uintptr_t)(last - 3)));
    }
    if (strcmp(what, "write-huge") == 0) {
        return outcome(__wasi_fd_write(1, &huge, 1, &size));
    }
    if (strcmp(what, "write-across") == 0) {
        return outcome(__wasi_fd_write(1, &across, 1, &size));
    }
    if (strcmp(what, "write-many") == 0) {
        return outcome(__wasi_fd_write(1, &huge, 0x20000001u, &size));
    }
    if (strcmp(what, "arguments") == 0) {
        return outcome(__wasi_args_get((uint8_t **)(uintptr_t)outside, last));
    }
    if (strcmp(what, "poll") == 0) {
        return outcome(__wasi_poll_oneoff((const __wasi_subscription_t *)(uintptr_t)outside,
                                          (__wasi_event_t *)(uintptr_t)outside, 3, &size));
    }
    fprintf(stderr, "usage: pointers WHAT\n");
    return 2;
}
