#include "tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

struct output {
    char *text;
    size_t used;
};

#define ADD(output, ...) \
    ((output)->used += (size_t)snprintf((output)->text + (output)->used, TREE_BYTES - (output)->used, __VA_ARGS__))

static void add_content(int dir, const char *name, const struct stat *stat, struct output *output)
{
    char content[4096];
    ssize_t bytes = -1;
    if (S_ISLNK(stat->st_mode)) {
        bytes = readlinkat(dir, name, content, sizeof content);
    } else if (S_ISREG(stat->st_mode)) {
        int fd = openat(dir, name, O_RDONLY | O_NOATIME | O_NOFOLLOW | O_CLOEXEC);
        bytes = read(fd, content, sizeof content);
        close(fd);
    }
    if (bytes >= 0)
        ADD(output, " '%.*s'", (int)bytes, content);
}

static void add(int dir, const char *name, int depth, enum tree_detail detail, struct output *output)
{
    struct stat stat;
    if (output->used > TREE_BYTES - 10000)
        return;
    if (fstatat(dir, name, &stat, AT_SYMLINK_NOFOLLOW) != 0) {
        ADD(output, "%*s%s is gone\n", depth, "", name);
        return;
    }
    bool is_dir = S_ISDIR(stat.st_mode);
    ADD(output, "%*s%s %o %ju", depth, "", depth == 0 ? "" : name, stat.st_mode & S_IFMT, (uintmax_t)stat.st_nlink);
    if (detail == TREE_EXACT)
        ADD(output, " %ju %o %u:%u %jd.%09ld %jd.%09ld", (uintmax_t)stat.st_ino, stat.st_mode, stat.st_uid, stat.st_gid,
            (intmax_t)stat.st_mtim.tv_sec, stat.st_mtim.tv_nsec, (intmax_t)stat.st_ctim.tv_sec, stat.st_ctim.tv_nsec);
    if (!is_dir)
        ADD(output, " %jd", (intmax_t)stat.st_size);
    add_content(dir, name, &stat, output);
    ADD(output, "\n");
    if (!is_dir)
        return;
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *directory = fdopendir(fd);
    CHECK(directory != NULL);
    if (directory == NULL)
        return;
    char *names[512];
    size_t count = 0;
    for (struct dirent *entry; count < 512 && (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            names[count++] = strdup(entry->d_name);
    }
    for (size_t i = 1; i < count; i++) { /* few, mostly */
        for (size_t j = i; j > 0 && strcmp(names[j - 1], names[j]) > 0; j--) {
            char *other = names[j];
            names[j] = names[j - 1];
            names[j - 1] = other;
        }
    }
    for (size_t i = 0; i < count; i++) {
        add(dirfd(directory), names[i], depth + 1, detail, output);
        free(names[i]);
    }
    closedir(directory);
}

void tree_describe(const char *path, enum tree_detail detail, char *text)
{
    struct output output = {text, 0};
    text[0] = '\0';
    add(AT_FDCWD, path, 0, detail, &output);
}

int tree_count(const char *path)
{
    int count = 0;
    DIR *directory = opendir(path);
    CHECK(directory != NULL);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (directory != NULL)
        closedir(directory);
    return count;
}
