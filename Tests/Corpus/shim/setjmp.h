/* setjmp.h for programs of the corpus that use it for their error paths.
 *
 * WASI has no setjmp/longjmp without the exception handling proposal, and wasi-libc's own header refuses to be
 * included. The corpus runs these programs on inputs that take no error path, so setjmp only ever returns
 * directly; a longjmp says so and aborts, which is a trap, instead of going on with a wrong state.
 */
#ifndef CORPUS_SHIM_SETJMP_H
#define CORPUS_SHIM_SETJMP_H

#include <stdio.h>
#include <stdlib.h>

typedef int jmp_buf[1];
typedef jmp_buf sigjmp_buf;

#define setjmp(environment) ((void)(environment), 0)
#define _setjmp(environment) setjmp(environment)
#define sigsetjmp(environment, save_mask) setjmp(environment)

/* A function and not a macro: libpng takes its address. */
static inline _Noreturn void longjmp(jmp_buf environment, int value)
{
    (void)environment;
    fflush(stdout);
    fprintf(stderr, "longjmp(%d): no non-local jumps in this build\n", value);
    abort();
}

#define _longjmp(environment, value) longjmp((environment), (value))
#define siglongjmp(environment, value) longjmp((environment), (value))

#endif
