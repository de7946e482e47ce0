#include "jmp_buf.h"

__asm__(".globl __c_longjmp\n.tagtype __c_longjmp i32\n__c_longjmp:\n");

void __wasm_setjmp(struct jump *jump, uint32_t label, void *frame)
{
    jump->frame = frame;
    jump->label = label;
}

uint32_t __wasm_setjmp_test(const struct jump *jump, const void *frame)
{
    return jump->frame == frame ? jump->label : 0;
}

void __wasm_longjmp(struct jump *jump, int value)
{
    jump->thrown.jump = jump;
    jump->thrown.value = value == 0 ? 1 : value;
    __builtin_wasm_throw(1, &jump->thrown);
}
