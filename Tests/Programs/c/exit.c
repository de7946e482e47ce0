/* exit.c - every way to end: `exit HOW [STATUS]`. Prints a line first, without a newline, so that a lost buffer shows.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void at_exit(void)
{
    printf(" handler");
}

static void second_at_exit(void)
{
    printf(" second");
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "return";
    int status = argc > 2 ? atoi(argv[2]) : 0;

    atexit(at_exit);
    atexit(second_at_exit);
    printf("%s", how);
    if (strcmp(how, "exit") == 0) {
        exit(status);
    }
    if (strcmp(how, "_Exit") == 0) {
        _Exit(status); /* no handlers, and the buffer is lost */
    }
    if (strcmp(how, "abort") == 0) {
        fflush(stdout);
        abort();
    }
    if (strcmp(how, "trap") == 0) {
        fflush(stdout);
        __builtin_trap();
    }
    return status;
}
