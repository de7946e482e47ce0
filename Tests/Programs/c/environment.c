/* environment.c - prints arguments and environment byte by byte where they are not plain, with digests of both.
 *
 * Exit status: the number of arguments modulo 100.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static uint64_t digest(uint64_t hash, const char *text)
{
    do {
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    } while (*text++ != '\0');
    return hash;
}

static void print_quoted(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\') {
            printf("\\x%02x", byte);
        } else {
            putchar(byte);
        }
    }
    puts("\"");
}

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

int main(int argc, char **argv)
{
    const char *chosen = getenv("CHOSEN");
    uint64_t hash = 0xcbf29ce484222325u;
    size_t bytes = 0, count = 0;

    for (int i = 0; i < argc; i++) {
        hash = digest(hash, argv[i]);
        bytes += strlen(argv[i]) + 1;
        if (i < 20) {
            printf("argument %d ", i);
            print_quoted(argv[i]);
        }
    }
    printf("%d arguments, %zu bytes, digest %016llx, argv[argc] is %s\n", argc, bytes, (unsigned long long)hash,
           argv[argc] == NULL ? "null" : "not null");

    while (environ != NULL && environ[count] != NULL) {
        count++;
    }
    if (count > 0) {
        qsort(environ, count, sizeof environ[0], compare); /* the order is the host's */
    }
    for (size_t i = 0; i < count; i++) {
        printf("variable ");
        print_quoted(environ[i]);
    }
    printf("%zu variables, CHOSEN is %s\n", count, chosen == NULL ? "not set" : chosen);
    return (argc - 1) % 100;
}
