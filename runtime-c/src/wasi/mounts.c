#include "mounts.h"

#include <fcntl.h>
#include <string.h>

#include "../sys/start.h"
#include "../sys/sys.h"

static ssize_t read_some(int fd, char *bytes, size_t room)
{
    struct iovec iovec = {bytes, room};
    return wasmc_sys_readv(fd, &iovec, 1);
}

bool wasmc_mounts_open(struct wasmc_mounts *mounts)
{
    mounts->begin = 0;
    mounts->end = 0;
    mounts->fd = wasmc_sys_open_ambient("/proc/self/mountinfo", O_RDONLY);
    return mounts->fd >= 0;
}

void wasmc_mounts_close(struct wasmc_mounts *mounts)
{
    (void)wasmc_sys_close(mounts->fd);
}

/* The next line, with a NUL for its newline; null at the end. */
static char *next_line(struct wasmc_mounts *mounts)
{
    for (;;) {
        char *line = mounts->bytes + mounts->begin;
        char *newline = memchr(line, '\n', mounts->end - mounts->begin);
        if (newline != NULL) {
            *newline = '\0';
            mounts->begin = (size_t)(newline - mounts->bytes) + 1;
            return line;
        }
        /* A line that does not fit: its rest is no line either, and is passed over by who parses it. */
        size_t left = mounts->begin == 0 && mounts->end == sizeof mounts->bytes ? 0 : mounts->end - mounts->begin;
        memmove(mounts->bytes, line, left);
        ssize_t bytes = read_some(mounts->fd, mounts->bytes + left, sizeof mounts->bytes - left);
        mounts->begin = 0;
        mounts->end = left;
        if (bytes <= 0)
            return NULL;
        mounts->end += (size_t)bytes;
    }
}

/* Cuts a field off the line, up to a blank; null when there is none. */
static char *take_field(char **line)
{
    char *field = *line;
    char *blank = strchr(field, ' ');
    if (blank == NULL)
        return NULL;
    *blank = '\0';
    *line = blank + 1;
    return field;
}

static bool is_octal(char byte)
{
    return byte >= '0' && byte <= '7';
}

/* Blanks, newlines and backslashes come as \ and three octal digits. */
static char *unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0';) {
        if (from[0] == '\\' && is_octal(from[1]) && is_octal(from[2]) && is_octal(from[3])) {
            *to++ = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
            from += 4;
        } else {
            *to++ = *from++;
        }
    }
    *to = '\0';
    return text;
}

static bool parse_number(const char *text, uint64_t *value)
{
    *value = 0;
    if (*text == '\0')
        return false;
    for (; *text >= '0' && *text <= '9'; text++)
        *value = *value * 10 + (uint64_t)(*text - '0');
    return *text == '\0' || *text == '\n';
}

static bool parse_line(char *line, struct wasmc_mount *mount)
{
    const char *id = take_field(&line);
    if (id == NULL || !parse_number(id, &mount->id) || take_field(&line) == NULL)
        return false;
    const char *device = take_field(&line);
    char *root = device != NULL ? take_field(&line) : NULL;
    char *point = root != NULL ? take_field(&line) : NULL;
    if (point == NULL || strlen(device) >= sizeof mount->device || root[0] != '/' || point[0] != '/')
        return false;
    memset(mount->device, 0, sizeof mount->device);
    memcpy(mount->device, device, strlen(device));
    mount->root = unescape(root);
    mount->point = unescape(point);
    return true;
}

bool wasmc_mounts_next(struct wasmc_mounts *mounts, struct wasmc_mount *mount)
{
    char *line;
    while ((line = next_line(mounts)) != NULL) {
        if (parse_line(line, mount))
            return true;
    }
    return false;
}

/* "/proc/self/" what "/" fd. */
static void name_of(char name[64], const char *what, int fd)
{
    char digits[12];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do {
        digits[--at] = (char)('0' + fd % 10);
        fd /= 10;
    } while (fd != 0);
    strcpy(name, "/proc/self/");
    strcat(name, what);
    strcat(name, digits + at);
}

bool wasmc_mount_of(int fd, uint64_t *id)
{
    static const char key[] = "mnt_id:\t";
    char name[64];
    char text[512];
    name_of(name, "fdinfo/", fd);
    int info = wasmc_sys_open_ambient(name, O_RDONLY);
    if (info < 0)
        return false;
    ssize_t bytes = read_some(info, text, sizeof text - 1);
    (void)wasmc_sys_close(info);
    text[bytes > 0 ? bytes : 0] = '\0';
    char *value = strstr(text, key);
    if (value == NULL)
        return false;
    value += sizeof key - 1;
    value[strcspn(value, "\n")] = '\0';
    return parse_number(value, id);
}

bool wasmc_mount_path(int fd, char *path, size_t room)
{
    char name[64];
    name_of(name, "fd/", fd);
    ssize_t bytes = wasmc_sys_read_link_at(AT_FDCWD, name, path, room - 1);
    path[bytes > 0 ? bytes : 0] = '\0';
    return path[0] == '/' && (size_t)bytes < room - 1;
}
