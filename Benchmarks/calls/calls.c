/* calls - makes one kind of host call very often, on files of the current folder.
 *
 *     calls write|read|open COUNT
 *
 * write and read move 64 bytes each; open opens a file for reading and closes it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BYTES 64
/* The file starts again from its beginning after so many. */
#define CALLS_PER_PASS 4096

static void check(long result, long expected, const char *what)
{
    if (result != expected) {
        perror(what);
        exit(1);
    }
}

static void transfer(int writes, long count)
{
    static char buffer[BYTES];
    int fd = open("folder/file", O_RDWR | O_CREAT, 0600);
    check(fd < 0, 0, "open");
    for (long i = 0; i < CALLS_PER_PASS; i++)
        check(write(fd, buffer, BYTES), BYTES, "write");
    for (long i = 0; i < count; i++) {
        if (i % CALLS_PER_PASS == 0)
            check(lseek(fd, 0, SEEK_SET), 0, "lseek");
        check(writes ? write(fd, buffer, BYTES) : read(fd, buffer, BYTES), BYTES, "transfer");
    }
    close(fd);
}

static void open_and_close(long count)
{
    transfer(1, 0);
    for (long i = 0; i < count; i++) {
        int fd = open("folder/file", O_RDONLY);
        check(fd < 0, 0, "open");
        close(fd);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    long count = atol(argv[2]);
    if (strcmp(argv[1], "open") == 0)
        open_and_close(count);
    else
        transfer(strcmp(argv[1], "write") == 0, count);
    return 0;
}
