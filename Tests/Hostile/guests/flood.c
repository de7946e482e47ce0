/* flood.c - arguments and environment, counted: what floods of them come to. */
#include <stdio.h>
#include <string.h>

extern char **environ;

int main(int argc, char **argv)
{
    size_t bytes = 0;
    size_t variables = 0;
    size_t variable_bytes = 0;
    for (int i = 0; i < argc; i++)
        bytes += strlen(argv[i]) + 1;
    for (char **variable = environ; *variable != NULL; variable++) {
        variables++;
        variable_bytes += strlen(*variable) + 1;
    }
    printf("%d %zu %zu %zu\n", argc, bytes, variables, variable_bytes);
    return 0;
}
