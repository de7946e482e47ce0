/* What clang's setjmp and longjmp for WebAssembly work on: Debian's libc for WASI has none. */
#ifndef JMP_BUF_H
#define JMP_BUF_H

#include <stdint.h>

struct jump {
    void *frame;
    uint32_t label;
    struct {
        struct jump *jump;
        int value;
    } thrown;
};
typedef struct jump jmp_buf[1];

int setjmp(jmp_buf) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf, int);

#endif
