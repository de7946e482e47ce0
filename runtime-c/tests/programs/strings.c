/* strings.c - memcpy, memmove and memset of the archive against the obvious loops: every small size,
 * sizes around each threshold, every alignment, every overlap nearby, bytes around untouched. */
#include <stdint.h>
#include <string.h>

#include "program.h"

/* start.o is not needed: this program has its own main. */
const struct wasmc_program wasmc_program = {.abi_version = WASMC_ABI_VERSION};

#define MARGIN 80
#define LARGEST 9000

static uint8_t actual[LARGEST + 3 * MARGIN];
static uint8_t expected[LARGEST + 3 * MARGIN];

/* The compiler must not turn these into calls of what they check. */
#define PLAIN __attribute__((noinline, optnone))

PLAIN static void reset(uint8_t *bytes)
{
    for (size_t i = 0; i < sizeof actual; i++)
        bytes[i] = (uint8_t)(i * 7 + i / 256);
}

PLAIN static void plain_move(uint8_t *to, const uint8_t *from, size_t count)
{
    if (to < from) {
        for (size_t i = 0; i < count; i++)
            to[i] = from[i];
    } else {
        for (size_t i = count; i-- > 0;)
            to[i] = from[i];
    }
}

PLAIN static int differ(void)
{
    for (size_t i = 0; i < sizeof actual; i++) {
        if (actual[i] != expected[i])
            return 1;
    }
    return 0;
}

static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
static void *(*volatile move)(void *, const void *, size_t) = memmove;
static void *(*volatile set)(void *, int, size_t) = memset;

static int check_move(size_t to, size_t from, size_t count)
{
    reset(actual);
    reset(expected);
    plain_move(expected + to, expected + from, count);
    if (move(actual + to, actual + from, count) != actual + to || differ())
        return 1;
    if (to < from + count && from < to + count)
        return 0;
    reset(actual);
    return copy(actual + to, actual + from, count) != actual + to || differ();
}

static int check_set(size_t to, size_t count)
{
    reset(actual);
    reset(expected);
    for (size_t i = 0; i < count; i++)
        expected[to + i] = 0xab;
    return set(actual + to, 0x1ab, count) != actual + to || differ();
}

static int check_size(size_t count)
{
    for (size_t shift = 0; shift < 17; shift++) {
        if (check_set(MARGIN + shift, count))
            return 1;
        /* Towards lower and higher addresses, by less than a step of any loop. */
        if (check_move(MARGIN, MARGIN + shift, count) || check_move(MARGIN + shift, MARGIN, count))
            return 2;
    }
    static const size_t distances[] = {31, 63, 64, 65, 79};
    for (size_t i = 0; i < 5; i++) {
        if (check_move(MARGIN, MARGIN + distances[i], count) || check_move(MARGIN + distances[i], MARGIN, count))
            return 3;
    }
    /* Apart. */
    return count < LARGEST / 2 && check_move(MARGIN + 3, MARGIN + 3 + LARGEST / 2, count) ? 4 : 0;
}

int main(void)
{
    static const size_t large[] = {255, 256, 257, 1000, 3071, 3072, 3073, 4096, 9000};
    for (size_t count = 0; count <= 200; count++) {
        int result = check_size(count);
        if (result != 0)
            return result;
    }
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++) {
        int result = check_size(large[i]);
        if (result != 0)
            return result + 10;
    }
    return 0;
}
