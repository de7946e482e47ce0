// The host of a kernel that wasm2c has translated: what the C library of WASI asks for to print a line and end.
// Everything else is answered with ENOSYS, which the kernels do not meet.

#include "program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// WABT 1.0.32, which distributions have, has other names than those that came after it.
#ifdef WASM2C_NAMES_WITH_Z
#define HOST Z_wasi_snapshot_preview1_instance_t
#define CALL(name) Z_wasi_snapshot_preview1Z_##name
#define PROGRAM Z_program_instance_t
#define MEMORY Z_programZ_memory
#define START Z_programZ__start
#define INITIALIZE(program, host) (Z_program_init_module(), Z_program_instantiate(program, host))
#else
#define HOST w2c_wasi__snapshot__preview1
#define CALL(name) w2c_wasi__snapshot__preview1_##name
#define PROGRAM w2c_program
#define MEMORY w2c_program_memory
#define START w2c_program_0x5Fstart
#define INITIALIZE wasm2c_program_instantiate
#endif

enum { SUCCESS = 0, BADF = 8, NOSYS = 52, SPIPE = 70 };
enum { CHARACTER_DEVICE = 2, STREAM_RIGHTS = 0x40 };

struct HOST {
    PROGRAM *program;
};

static uint8_t *at(struct HOST *host, u32 address, u32 size) {
    wasm_rt_memory_t *memory = MEMORY(host->program);
    if ((uint64_t)address + size > memory->size) abort();
    return memory->data + address;
}

u32 CALL(fd_write)(struct HOST *host, u32 fd, u32 vectors, u32 count,
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

u32 CALL(fd_fdstat_get)(struct HOST *host, u32 fd, u32 result) {
    if (fd > 2) return BADF;
    uint8_t *status = at(host, result, 24);
    memset(status, 0, 24);
    status[0] = CHARACTER_DEVICE;
    status[8] = STREAM_RIGHTS;
    return SUCCESS;
}

u32 CALL(fd_close)(struct HOST *host, u32 fd) {
    (void)host, (void)fd;
    return SUCCESS;
}

u32 CALL(fd_seek)(struct HOST *host, u32 fd, u64 offset, u32 whence,
                                         u32 result) {
    (void)host, (void)fd, (void)offset, (void)whence, (void)result;
    return SPIPE;
}

u32 CALL(args_sizes_get)(struct HOST *host, u32 count, u32 size) {
    memset(at(host, count, 4), 0, 4);
    memset(at(host, size, 4), 0, 4);
    return SUCCESS;
}

u32 CALL(args_get)(struct HOST *host, u32 pointers, u32 bytes) {
    (void)host, (void)pointers, (void)bytes;
    return SUCCESS;
}

void CALL(proc_exit)(struct HOST *host, u32 status) {
    (void)host;
    _exit((int)status);
}

int main(void) {
    static PROGRAM program;
    struct HOST host = {&program};
    wasm_rt_init();
    INITIALIZE(&program, &host);
    START(&program);
    return 0;
}
