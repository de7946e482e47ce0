#include "dir_cookies.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../lock.h"
#include "../sys/sys.h"
#include "host_dirent.h"

/* Cookies below are the host's positions; from here on they are numbers. A guest's long is below twice as much. */
#define FIRST_NUMBER (UINT64_C(1) << 30)
#define NUMBER_LIMIT ((uint32_t)1 << 30)

/* The first number of a place: 1 is the directory's start, and 0 is no number. */
#define FIRST_PLACE 2u

/* Numbers that a table starts with room for. */
#define CAPACITY_MIN 256u

/* Places of before, at equal distances. */
#define CHECKPOINTS 1024u
#define STRIDE_MIN 64u

/* Of all tables together; beyond it they stay as small as they are. */
#define BYTES_LIMIT (UINT64_C(32) << 20)

/* Numbers in the order of the directory, from its start on. */
struct run {
    uint32_t origin; /* the number of the directory's start */
    uint32_t stride; /* checkpoints[i] has the number origin + (i + 1) * stride */
    uint32_t checkpoint_count;
    int64_t checkpoints[CHECKPOINTS];
};

struct wasmc_dir_cookies {
    uint32_t capacity; /* a power of two */
    uint32_t first;    /* the number of positions[0]; those before it are forgotten */
    uint32_t count;
    struct run run;
    struct run older;  /* before the last start from cookie 0; ends where `run` begins */
    int64_t positions[]; /* then the index: of 2 * capacity, a position's place in positions + 1, or 0 */
};

static uint64_t bytes_in_use;

static size_t table_bytes(uint32_t capacity)
{
    return sizeof(struct wasmc_dir_cookies) + capacity * (sizeof(int64_t) + 2 * sizeof(uint32_t));
}

static uint32_t *index_of(struct wasmc_dir_cookies *cookies)
{
    return (uint32_t *)(cookies->positions + cookies->capacity);
}

static struct wasmc_dir_cookies *allocate(uint32_t capacity)
{
    size_t bytes = table_bytes(capacity);
    if (__atomic_add_fetch(&bytes_in_use, bytes, __ATOMIC_RELAXED) <= BYTES_LIMIT || capacity == CAPACITY_MIN) {
        struct wasmc_dir_cookies *cookies = wasmc_sys_map(bytes);
        if (cookies != NULL) {
            cookies->capacity = capacity;
            return cookies;
        }
    }
    __atomic_sub_fetch(&bytes_in_use, bytes, __ATOMIC_RELAXED);
    return NULL;
}

void wasmc_dir_cookies_free(struct wasmc_dir_cookies *cookies)
{
    size_t bytes = table_bytes(cookies->capacity);
    __atomic_sub_fetch(&bytes_in_use, bytes, __ATOMIC_RELAXED);
    wasmc_sys_unmap(cookies, bytes);
}

/* Where in the index a position is, or would be. */
static uint32_t *find(struct wasmc_dir_cookies *cookies, int64_t position)
{
    uint32_t *index = index_of(cookies);
    uint32_t mask = 2 * cookies->capacity - 1;
    uint32_t at = (uint32_t)((uint64_t)position * UINT64_C(0x9e3779b97f4a7c15) >> 32) & mask;
    while (index[at] != 0 && cookies->positions[index[at] - 1] != position)
        at = (at + 1) & mask;
    return &index[at];
}

static void rebuild_index(struct wasmc_dir_cookies *cookies)
{
    memset(index_of(cookies), 0, 2 * cookies->capacity * sizeof(uint32_t));
    for (uint32_t i = 0; i < cookies->count; i++)
        *find(cookies, cookies->positions[i]) = i + 1;
}

/* Makes room for a number more: by a larger table, or by forgetting the older half. */
static struct wasmc_dir_cookies *make_room(struct wasmc_dir_cookies *old)
{
    struct wasmc_dir_cookies *cookies = old->capacity < WASMC_DIR_COOKIES ? allocate(2 * old->capacity) : NULL;
    if (cookies != NULL) {
        uint32_t capacity = cookies->capacity;
        memcpy(cookies, old, sizeof *old + old->count * sizeof old->positions[0]);
        cookies->capacity = capacity;
        wasmc_dir_cookies_free(old);
    } else {
        cookies = old;
        uint32_t forgotten = cookies->count / 2;
        cookies->count -= forgotten;
        cookies->first += forgotten;
        memmove(cookies->positions, cookies->positions + forgotten, cookies->count * sizeof cookies->positions[0]);
    }
    rebuild_index(cookies);
    return cookies;
}

/* Begins a run with an empty window. */
static void begin_run(struct wasmc_dir_cookies *cookies, uint32_t origin)
{
    cookies->run.origin = origin;
    cookies->run.stride = STRIDE_MIN;
    cookies->run.checkpoint_count = 0;
    cookies->first = origin + 1;
    cookies->count = 0;
    rebuild_index(cookies);
}

/* Forgets every number. */
static void start_again(struct wasmc_dir_cookies *cookies)
{
    begin_run(cookies, FIRST_PLACE - 1);
    cookies->older = cookies->run;
}

static void add_checkpoint(struct run *run, uint32_t number, int64_t position)
{
    if ((number - run->origin) % run->stride != 0)
        return;
    if (run->checkpoint_count == CHECKPOINTS) {
        run->checkpoint_count /= 2;
        run->stride *= 2;
        for (uint32_t i = 0; i < run->checkpoint_count; i++)
            run->checkpoints[i] = run->checkpoints[2 * i + 1];
        if ((number - run->origin) % run->stride != 0)
            return;
    }
    run->checkpoints[run->checkpoint_count++] = position;
}

/* The number of a position, known or new; `previous` is that of the place before it. */
static uint32_t number_of(struct wasmc_dir_cookies **table, uint32_t previous, int64_t position)
{
    struct wasmc_dir_cookies *cookies = *table;
    uint32_t next = previous + 1;
    if (previous != 0 && previous >= cookies->older.origin && next < cookies->first)
        return next; /* forgotten: counted out */
    if (next >= cookies->first && next - cookies->first < cookies->count &&
        cookies->positions[next - cookies->first] == position)
        return next;
    uint32_t place = *find(cookies, position);
    if (place != 0)
        return cookies->first + place - 1;
    if (cookies->count == cookies->capacity)
        cookies = *table = make_room(cookies);
    if (cookies->first + cookies->count >= NUMBER_LIMIT)
        start_again(cookies);
    uint32_t number = cookies->first + cookies->count;
    cookies->positions[cookies->count++] = position;
    *find(cookies, position) = cookies->count;
    add_checkpoint(&cookies->run, number, position);
    return number;
}

static bool is_cookie(int64_t position)
{
    return position > 0 && position < (int64_t)FIRST_NUMBER;
}

int64_t wasmc_dir_cookie(struct wasmc_dir_scan *scan, int64_t position)
{
    if (is_cookie(position))
        return position;
    struct wasmc_desc *desc = scan->desc;
    if (desc->cookies == NULL) {
        desc->cookies = allocate(CAPACITY_MIN);
        if (desc->cookies == NULL)
            return -ENOMEM;
        start_again(desc->cookies);
    }
    scan->previous = number_of(&desc->cookies, scan->previous, position);
    return (int64_t)(FIRST_NUMBER + scan->previous);
}

/* Reads past `count` places that have numbers, from the host's position. */
static int skip(int host, uint32_t count)
{
    _Alignas(8) char entries[WASMC_HOST_DIRENT_BYTES];
    while (count > 0) {
        ssize_t bytes = wasmc_sys_read_dir(host, entries, sizeof entries);
        if (bytes <= 0)
            return (int)bytes; /* fewer are there than were: this is the end */
        for (ssize_t at = 0; at < bytes && count > 0;) {
            const struct wasmc_host_dirent *entry = (const struct wasmc_host_dirent *)(entries + at);
            at += entry->reclen;
            if (is_cookie(entry->next) || --count > 0)
                continue;
            off_t position = wasmc_sys_seek(host, entry->next, SEEK_SET);
            return position < 0 ? (int)position : 0;
        }
    }
    return 0;
}

static int seek_number(const struct wasmc_dir_cookies *cookies, int host, uint32_t number)
{
    if (cookies == NULL || number <= cookies->older.origin || number >= cookies->first + cookies->count)
        return -EINVAL;
    int64_t position = 0;
    uint32_t rest = 0;
    if (number >= cookies->first) {
        position = cookies->positions[number - cookies->first];
    } else {
        const struct run *run = number > cookies->run.origin ? &cookies->run : &cookies->older;
        uint32_t checkpoint = (number - run->origin) / run->stride;
        if (checkpoint > run->checkpoint_count)
            checkpoint = run->checkpoint_count;
        if (checkpoint > 0)
            position = run->checkpoints[checkpoint - 1];
        rest = number - run->origin - checkpoint * run->stride;
    }
    off_t result = wasmc_sys_seek(host, position, SEEK_SET);
    return result < 0 ? (int)result : skip(host, rest);
}

int wasmc_dir_seek(struct wasmc_dir_scan *scan, uint64_t cookie)
{
    struct wasmc_dir_cookies *cookies = scan->desc->cookies;
    scan->previous = 0;
    if (cookie >= FIRST_NUMBER) {
        if (cookie - FIRST_NUMBER >= NUMBER_LIMIT)
            return -EINVAL;
        scan->previous = (uint32_t)(cookie - FIRST_NUMBER);
        return seek_number(cookies, scan->desc->host, scan->previous);
    }
    if (cookie == 0) {
        if (cookies != NULL && cookies->first > cookies->run.origin + 1) {
            cookies->older = cookies->run;
            begin_run(cookies, cookies->first + cookies->count);
        }
        scan->previous = cookies != NULL ? cookies->run.origin : FIRST_PLACE - 1;
    }
    off_t position = wasmc_sys_seek(scan->desc->host, (off_t)cookie, SEEK_SET);
    return position < 0 ? (int)position : 0;
}
