/* copy_stdin.c - copies standard input to standard output with buffers of odd sizes: `copy_stdin [SIZE]`; prints the
 * number of bytes and a checksum to standard error's stream and, in text, at the end of the output.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    size_t size = argc > 1 ? strtoul(argv[1], NULL, 10) : 4096;
    unsigned char *buffer = malloc(size);
    unsigned long long total = 0;
    uint32_t first = 1, second = 0; /* Adler-32 */
    ssize_t got;

    if (buffer == NULL) {
        return 1;
    }
    while ((got = read(STDIN_FILENO, buffer, size)) > 0) {
        for (ssize_t i = 0; i < got; i++) {
            first = (first + buffer[i]) % 65521;
            second = (second + first) % 65521;
        }
        total += (unsigned long long)got;
        for (ssize_t written = 0; written < got;) {
            ssize_t put = write(STDOUT_FILENO, buffer + written, (size_t)(got - written));

            if (put < 0) {
                perror("write");
                return 2;
            }
            written += put;
        }
    }
    if (got < 0) {
        perror("read");
        return 3;
    }
    printf("\n%llu bytes, checksum %08x\n", total, second << 16 | first);
    free(buffer);
    return 0;
}
