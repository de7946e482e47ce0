/* files.c - file operations below the preopened folder `/`, each with its result and error by name.
 *
 * The folder starts empty. What is left in it at the end is part of the test. Exit status 0.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Prints an operation's result; a negative one with its error. */
static long report(const char *operation, long result)
{
    if (result < 0) {
        printf("%-34s %s\n", operation, strerror(errno));
    } else {
        printf("%-34s %ld\n", operation, result);
    }
    return result;
}

#define REPORT(operation) report(#operation, (long)(operation))

static int write_text(const char *path, int flags, const char *text)
{
    int fd = open(path, O_WRONLY | flags, 0666);

    if (fd < 0) {
        return -1;
    }
    ssize_t written = write(fd, text, strlen(text));
    close(fd);
    return (int)written;
}

static void print_content(const char *path)
{
    char bytes[256];
    int fd = open(path, O_RDONLY);
    ssize_t got = fd < 0 ? -1 : read(fd, bytes, sizeof bytes - 1);

    if (got < 0) {
        printf("  %s: %s\n", path, strerror(errno));
        return;
    }
    printf("  %s: ", path);
    for (ssize_t i = 0; i < got; i++) {
        putchar(bytes[i] == '\0' ? '_' : bytes[i]);
    }
    putchar('\n');
    close(fd);
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static void print_folder(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char *names[64];
    size_t count = 0;

    if (folder == NULL) {
        printf("  %s: %s\n", path, strerror(errno));
        return;
    }
    while ((entry = readdir(folder)) != NULL && count < 64) {
        char line[300];

        snprintf(line, sizeof line, "%s%s", entry->d_name,
                 entry->d_type == DT_DIR ? "/" : entry->d_type == DT_LNK ? "@" : "");
        names[count++] = strdup(line);
    }
    closedir(folder);
    qsort(names, count, sizeof names[0], by_name);
    printf("  %s:", path);
    for (size_t i = 0; i < count; i++) {
        printf(" %s", names[i]);
        free(names[i]);
    }
    putchar('\n');
}

static void creating(void)
{
    REPORT(write_text("/a.txt", O_CREAT | O_EXCL, "hello"));
    REPORT(write_text("/a.txt", O_CREAT | O_EXCL, "again"));
    REPORT(write_text("/a.txt", O_APPEND, ", world"));
    print_content("/a.txt");
    REPORT(write_text("/a.txt", O_TRUNC, "short"));
    print_content("/a.txt");
    REPORT(write_text("/absent.txt", 0, "x"));
    REPORT(write_text("/a.txt/below", O_CREAT, "x"));
    REPORT(write_text("/no/folder.txt", O_CREAT, "x"));
    REPORT(write_text("", O_CREAT, "x"));
    REPORT(open("/a.txt", O_RDONLY | O_DIRECTORY));
}

/* A host may write fewer pieces than it was given; what is left is written again. */
static ssize_t write_pieces(int fd, struct iovec *pieces, int count)
{
    ssize_t total = 0;

    while (count > 0) {
        ssize_t written = writev(fd, pieces, count);

        if (written < 0) {
            return -1;
        }
        total += written;
        for (; count > 0 && (size_t)written >= pieces->iov_len; pieces++, count--) {
            written -= (ssize_t)pieces->iov_len;
        }
        if (count > 0) {
            pieces->iov_base = (char *)pieces->iov_base + written;
            pieces->iov_len -= (size_t)written;
        }
    }
    return total;
}

static void positions(void)
{
    char bytes[16] = {0};
    struct iovec pieces[] = {{"one-", 4}, {"", 0}, {"two-", 4}, {"three", 5}};
    int fd = open("/positions", O_RDWR | O_CREAT, 0666);

    REPORT(write_pieces(fd, pieces, 4));
    REPORT(lseek(fd, 0, SEEK_CUR));
    REPORT(lseek(fd, -5, SEEK_END));
    REPORT(read(fd, bytes, 3));
    printf("  %.3s\n", bytes);
    REPORT(pread(fd, bytes, 3, 4));
    printf("  %.3s\n", bytes);
    REPORT(pwrite(fd, "TWO", 3, 4));
    REPORT(lseek(fd, 0, SEEK_CUR));
    REPORT(lseek(fd, -100, SEEK_CUR));
    REPORT(lseek(fd, 20, SEEK_SET));
    REPORT(write(fd, "gap", 3));
    REPORT(read(fd, bytes, 3));
    REPORT(pread(fd, bytes, 3, 1000));
    REPORT(ftruncate(fd, 30));
    REPORT(fsync(fd));
    REPORT(fdatasync(fd));
    REPORT(close(fd));
    REPORT(read(fd, bytes, 3));
    REPORT(close(fd));
    print_content("/positions");

    fd = open("/positions", O_RDONLY);
    REPORT(write(fd, "x", 1) < 0);
    close(fd);
    fd = open("/positions", O_WRONLY);
    REPORT(read(fd, bytes, 1) < 0);
    close(fd);
}

static void appending(void)
{
    int fd = open("/log", O_RDWR | O_CREAT | O_APPEND, 0666);
    char bytes[4] = {0};

    REPORT(write(fd, "abc", 3));
    REPORT(lseek(fd, 0, SEEK_SET));
    REPORT(write(fd, "def", 3));
    REPORT(lseek(fd, 0, SEEK_SET));
    REPORT(read(fd, bytes, 3));
    REPORT(fcntl(fd, F_SETFL, 0));
    REPORT(lseek(fd, 0, SEEK_SET));
    REPORT(write(fd, "XY", 2));
    close(fd);
    print_content("/log");
}

static void metadata(void)
{
    struct stat status;
    struct timespec times[2] = {{.tv_sec = 1000000000, .tv_nsec = 5000}, {.tv_sec = 1234567890, .tv_nsec = 7000}};

    if (REPORT(stat("/a.txt", &status)) == 0) {
        printf("  file %d, size %lld, links %d\n", S_ISREG(status.st_mode), (long long)status.st_size,
               (int)status.st_nlink);
    }
    if (REPORT(stat("/", &status)) == 0) {
        printf("  folder %d\n", S_ISDIR(status.st_mode));
    }
    REPORT(utimensat(AT_FDCWD, "/a.txt", times, 0));
    if (REPORT(stat("/a.txt", &status)) == 0) {
        printf("  accessed %lld.%09ld, modified %lld.%09ld\n", (long long)status.st_atim.tv_sec,
               status.st_atim.tv_nsec, (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    }
    REPORT(stat("/absent", &status));
    REPORT(access("/a.txt", R_OK | W_OK));
    REPORT(access("/absent", F_OK));
}

static void folders(void)
{
    REPORT(mkdir("/d", 0777));
    REPORT(mkdir("/d", 0777));
    REPORT(mkdir("/d/e/f", 0777));
    REPORT(mkdir("/d/e/", 0777));
    REPORT(write_text("/d/e/file", O_CREAT, "inner"));
    REPORT(write_text("/d/../d/./e//file2", O_CREAT, "dots"));
    print_folder("/d/e");
    REPORT(rmdir("/d/e"));
    REPORT(rmdir("/a.txt"));
    REPORT(unlink("/d/e"));
    REPORT(unlink("/d/e/file"));
    REPORT(unlink("/d/e/file"));
    REPORT(unlink("/d/e/file2/"));
    REPORT(unlink("/d/e/file2"));
    REPORT(rmdir("/d/e"));
    print_folder("/d");
    print_folder("/a.txt");
    print_folder("/absent");
}

static void renaming(void)
{
    REPORT(write_text("/from", O_CREAT, "moved"));
    REPORT(rename("/from", "/d/to"));
    print_content("/d/to");
    REPORT(rename("/from", "/d/to"));
    REPORT(write_text("/other", O_CREAT, "replaced"));
    REPORT(rename("/d/to", "/other"));
    print_content("/other");
    REPORT(mkdir("/full", 0777));
    REPORT(write_text("/full/x", O_CREAT, "x"));
    REPORT(rename("/d", "/full"));
    REPORT(rename("/full", "/d"));
    REPORT(rename("/d", "/other"));
    REPORT(rename("/other", "/d"));
    REPORT(rename("/d", "/d/inside"));
}

static void links(void)
{
    char target[64] = {0};
    struct stat status;

    REPORT(symlink("a.txt", "/link"));
    REPORT(symlink("a.txt", "/link"));
    if (REPORT(readlink("/link", target, sizeof target)) > 0) {
        printf("  %s\n", target);
    }
    REPORT(readlink("/link", target, 2));
    REPORT(readlink("/a.txt", target, sizeof target));
    if (REPORT(lstat("/link", &status)) == 0) {
        printf("  link %d\n", S_ISLNK(status.st_mode));
    }
    if (REPORT(stat("/link", &status)) == 0) {
        printf("  file %d\n", S_ISREG(status.st_mode));
    }
    print_content("/link");
    REPORT(open("/link", O_RDONLY | O_NOFOLLOW));
    REPORT(symlink("nowhere", "/dangling"));
    print_content("/dangling");
    REPORT(symlink("circle", "/circle"));
    print_content("/circle");
    REPORT(link("/a.txt", "/hard"));
    if (REPORT(stat("/hard", &status)) == 0) {
        printf("  links %d\n", (int)status.st_nlink);
    }
    REPORT(unlink("/link"));
    print_content("/a.txt");
}

static void escaping(void)
{
    REPORT(open("/../etc/passwd", O_RDONLY));
    REPORT(open("/d/../../etc/passwd", O_RDONLY));
    REPORT(symlink("../../../../../../../../etc/passwd", "/out"));
    REPORT(open("/out", O_RDONLY));
    REPORT(symlink("/etc/passwd", "/absolute"));
    REPORT(mkdir("/../outside", 0777));
    REPORT(rename("/a.txt", "/../outside"));
    REPORT(unlink("/out"));
}

int main(void)
{
    creating();
    positions();
    appending();
    metadata();
    folders();
    renaming();
    links();
    escaping();
    print_folder("/");
    return 0;
}
