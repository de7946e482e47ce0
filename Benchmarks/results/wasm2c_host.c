// The host of a kernel that wasm2c has translated: what the C library of WASI asks for to print a line and end.
// Everything else is answered with ENOSYS, which the kernels do not meet.

#include "program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SUCCESS = 0, BADF = 8, NOSYS = 52, SPIPE = 70 };
enum { CHARACTER_DEVICE = 2, STREAM_RIGHTS = 0x40 };

struct w2c_wasi__snapshot__preview1 {
    w2c_program *program;
};

static uint8_t *at(struct w2c_wasi__snapshot__preview1 *host, u32 address, u32 size) {
    wasm_rt_memory_t *memory = w2c_program_memory(host->program);
    if ((uint64_t)address + size > memory->size) abort();
    return memory->data + address;
}

u32 w2c_wasi__snapshot__preview1_fd_write(struct w2c_wasi__snapshot__preview1 *host, u32 fd, u32 vectors, u32 count,
                                          u32 written) {
    u32 total = 0;
    for (u32 i = 0; i < count; i++) {
        u32 parts[2];
        memcpy(parts, at(host, vectors + 8 * i, 8), 8);
        const uint8_t *bytes = at(host, parts[0], parts[1]);
        for (u32 done = 0; done < parts[1];) {
            ssize_t now = write((int)fd, bytes + done, parts[1] - done);
            if (now < 0) return BADF;
            done += (u32)now;
        }
        total += parts[1];
    }
    memcpy(at(host, written, 4), &total, 4);
    return SUCCESS;
}

u32 w2c_wasi__snapshot__preview1_fd_fdstat_get(struct w2c_wasi__snapshot__preview1 *host, u32 fd, u32 result) {
    if (fd > 2) return BADF;
    uint8_t *status = at(host, result, 24);
    memset(status, 0, 24);
    status[0] = CHARACTER_DEVICE;
    status[8] = STREAM_RIGHTS;
    return SUCCESS;
}

u32 w2c_wasi__snapshot__preview1_fd_close(struct w2c_wasi__snapshot__preview1 *host, u32 fd) {
    (void)host, (void)fd;
    return SUCCESS;
}

u32 w2c_wasi__snapshot__preview1_fd_seek(struct w2c_wasi__snapshot__preview1 *host, u32 fd, u64 offset, u32 whence,
                                         u32 result) {
    (void)host, (void)fd, (void)offset, (void)whence, (void)result;
    return SPIPE;
}

u32 w2c_wasi__snapshot__preview1_args_sizes_get(struct w2c_wasi__snapshot__preview1 *host, u32 count, u32 size) {
    memset(at(host, count, 4), 0, 4);
    memset(at(host, size, 4), 0, 4);
    return SUCCESS;
}

u32 w2c_wasi__snapshot__preview1_args_get(struct w2c_wasi__snapshot__preview1 *host, u32 pointers, u32 bytes) {
    (void)host, (void)pointers, (void)bytes;
    return SUCCESS;
}

void w2c_wasi__snapshot__preview1_proc_exit(struct w2c_wasi__snapshot__preview1 *host, u32 status) {
    (void)host;
    _exit((int)status);
}

int main(void) {
    static w2c_program program;
    struct w2c_wasi__snapshot__preview1 host = {&program};
    wasm_rt_init();
    wasm2c_program_instantiate(&program, &host);
    w2c_program_0x5Fstart(&program);
    return 0;
}
