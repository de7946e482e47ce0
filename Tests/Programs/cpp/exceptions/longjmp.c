/* setjmp and longjmp, which clang makes of exceptions: out of calls, again and again, in turn. */
#include <stdio.h>

#include "jmp_buf.h"

static jmp_buf outer;
static jmp_buf inner;

__attribute__((noinline)) static void deep(int depth)
{
    if (depth == 0)
        longjmp(outer, 42);
    deep(depth - 1);
    __asm__ volatile("");
}

__attribute__((noinline)) static int again(int times)
{
    volatile int count = 0;
    int result = setjmp(inner);
    if (result < times) {
        count++;
        longjmp(inner, result + 1);
    }
    return count * 100 + result;
}

int main(void)
{
    volatile int before = 0;
    int result = setjmp(outer);
    if (result == 0) {
        before = 1;
        deep(50);
    }
    printf("%d %d\n", result, before);
    printf("%d\n", again(7));
    long sum = 0;
    for (volatile int i = 0; i < 20000; i++) {
        result = setjmp(outer);
        if (result != 0)
            sum += result;
        else if (i % 2 != 0)
            deep(i % 20);
    }
    printf("%ld\n", sum);
}
