/* support.c - see support.h; also what Embedded Swift's runtime expects of its environment. */
#include "support.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasi/api.h>

static char **arguments;
static __wasi_size_t argument_count;

static void load_arguments(void)
{
    __wasi_size_t bytes = 0;

    if (arguments != NULL || __wasi_args_sizes_get(&argument_count, &bytes) != 0) {
        return;
    }
    arguments = calloc(argument_count + 1, sizeof arguments[0]);
    uint8_t *text = malloc(bytes);
    if (arguments == NULL || text == NULL || __wasi_args_get((uint8_t **)arguments, text) != 0) {
        abort();
    }
}

int32_t support_argument_count(void)
{
    load_arguments();
    return (int32_t)argument_count;
}

const char *support_argument(int32_t index)
{
    load_arguments();
    return index < 0 || (__wasi_size_t)index >= argument_count ? NULL : arguments[index];
}

const char *support_environment(const char *name)
{
    return getenv(name);
}

uint8_t *support_read(const char *path, size_t *size, int32_t *error)
{
    FILE *file = path == NULL ? stdin : fopen(path, "rb");
    size_t capacity = 4096, used = 0, got;
    uint8_t *bytes = file == NULL ? NULL : malloc(capacity);

    while (bytes != NULL && (got = fread(bytes + used, 1, capacity - used, file)) > 0) {
        used += got;
        if (used == capacity) {
            bytes = realloc(bytes, capacity *= 2);
        }
    }
    *error = errno;
    *size = used;
    if (file != NULL && path != NULL) {
        fclose(file);
    }
    return bytes;
}

bool support_write(const char *path, const uint8_t *bytes, size_t size, int32_t *error)
{
    FILE *file = fopen(path, "wb");
    bool written = file != NULL && fwrite(bytes, 1, size, file) == size;

    written = file != NULL && fclose(file) == 0 && written;
    *error = errno;
    return written;
}

void support_free(void *memory)
{
    free(memory);
}

_Noreturn void support_exit(int32_t status)
{
    exit(status);
}

size_t support_format(double number, int32_t digits, char *buffer, size_t size)
{
    int length = snprintf(buffer, size, "%.*f", (int)digits, number);

    return length < 0 || (size_t)length >= size ? 0 : (size_t)length;
}

/* The seed of Swift's hash tables, and its system random number generator. */
void arc4random_buf(void *buffer, size_t size)
{
    uint8_t *bytes = buffer;

    for (size_t offset = 0; offset < size; offset += 256) {
        if (getentropy(bytes + offset, size - offset < 256 ? size - offset : 256) != 0) {
            abort();
        }
    }
}

/* Swift's stack protector. */
uintptr_t __stack_chk_guard = 0x5bd1e995;

_Noreturn void __stack_chk_fail(void)
{
    abort();
}
