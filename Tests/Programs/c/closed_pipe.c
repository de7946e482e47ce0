/* closed_pipe.c - writes to standard output until that fails. A closed pipe is an error and not a signal.
 *
 * Exit status: 3 when a write failed, 0 when a megabyte went through.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    char block[4096];

    memset(block, 'x', sizeof block);
    for (int i = 0; i < 256; i++) {
        if (write(STDOUT_FILENO, block, sizeof block) < 0) {
            fprintf(stderr, "write %d: %s\n", i, strerror(errno));
            return 3;
        }
    }
    return 0;
}
