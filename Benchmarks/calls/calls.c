/* calls - makes one kind of host call very often, on files of the current folder.
 *
 *     calls KIND COUNT
 *
 * write and read move 64 bytes each; open opens a file for reading and closes it; stat asks for a file of one component,
 * statpath for one of two; unlink makes a file of one component and removes it, over and over; poll asks whether standard
 * output can be written to, without waiting. */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static void ask(const char *path, long count)
{
    struct stat stat_of_file;
    transfer(1, 0);
    int fd = open("empty", O_WRONLY | O_CREAT, 0600);
    check(fd < 0, 0, "open");
    close(fd);
    for (long i = 0; i < count; i++)
        check(stat(path, &stat_of_file), 0, "stat");
}

static void make_and_unlink(long count)
{
    for (long i = 0; i < count; i++) {
        int fd = open("made", O_WRONLY | O_CREAT | O_EXCL, 0600);
        check(fd < 0, 0, "open");
        close(fd);
        check(unlink("made"), 0, "unlink");
    }
}

static void ask_without_waiting(long count)
{
    for (long i = 0; i < count; i++) {
        struct pollfd query = {.fd = STDOUT_FILENO, .events = POLLOUT};
        check(poll(&query, 1, 0), 1, "poll");
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    long count = atol(argv[2]);
    if (strcmp(argv[1], "open") == 0)
        open_and_close(count);
    else if (strcmp(argv[1], "stat") == 0)
        ask("empty", count);
    else if (strcmp(argv[1], "statpath") == 0)
        ask("folder/file", count);
    else if (strcmp(argv[1], "unlink") == 0)
        make_and_unlink(count);
    else if (strcmp(argv[1], "poll") == 0)
        ask_without_waiting(count);
    else
        transfer(strcmp(argv[1], "write") == 0, count);
    return 0;
}
