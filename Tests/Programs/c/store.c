/* store.c - a key-value store with a log file, the kind of small service that people deploy.
 *
 *   store LOG [COMMAND]...      commands from the arguments, or from standard input, one on a line
 *
 *   set KEY VALUE    get KEY    del KEY    list [PREFIX]    incr KEY    count    compact    verify
 *
 * Each change is appended to LOG as a record with a checksum; at the start the log is replayed, and a damaged tail is
 * cut off. STORE_LIMIT in the environment is the largest number of keys.
 * Exit status: 0; 1 when a command failed; 2 for a usage error; 3 when the log cannot be used.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEADER_BYTES 12
#define MAX_TEXT 4096

struct entry {
    struct entry *next;
    char *key, *value;
};

struct store {
    struct entry **buckets;
    size_t bucket_count, count, limit;
    const char *path;
    FILE *log;
};

enum record_kind { RECORD_SET = 1, RECORD_DELETE = 2 };

static uint32_t crc32(uint32_t crc, const void *bytes, size_t size)
{
    const uint8_t *byte = bytes;

    crc = ~crc;
    while (size-- > 0) {
        crc ^= *byte++;
        for (int i = 0; i < 8; i++) {
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
        }
    }
    return ~crc;
}

static size_t hash_of(const char *key)
{
    uint64_t hash = 0xcbf29ce484222325u;

    while (*key != '\0') {
        hash = (hash ^ (uint8_t)*key++) * 0x100000001b3u;
    }
    return (size_t)(hash ^ hash >> 32);
}

static void *checked(void *memory)
{
    if (memory == NULL) {
        fprintf(stderr, "store: out of memory\n");
        exit(3);
    }
    return memory;
}

static struct entry **find(struct store *store, const char *key)
{
    struct entry **place = &store->buckets[hash_of(key) % store->bucket_count];

    while (*place != NULL && strcmp((*place)->key, key) != 0) {
        place = &(*place)->next;
    }
    return place;
}

static void grow(struct store *store)
{
    size_t old_count = store->bucket_count;
    struct entry **old = store->buckets;

    store->bucket_count = old_count * 2;
    store->buckets = checked(calloc(store->bucket_count, sizeof old[0]));
    for (size_t i = 0; i < old_count; i++) {
        for (struct entry *entry = old[i], *next; entry != NULL; entry = next) {
            struct entry **place = &store->buckets[hash_of(entry->key) % store->bucket_count];

            next = entry->next;
            entry->next = *place;
            *place = entry;
        }
    }
    free(old);
}

static bool put(struct store *store, const char *key, const char *value)
{
    struct entry **place = find(store, key);

    if (*place != NULL) {
        free((*place)->value);
        (*place)->value = checked(strdup(value));
        return true;
    }
    if (store->count >= store->limit) {
        return false;
    }
    *place = checked(calloc(1, sizeof **place));
    (*place)->key = checked(strdup(key));
    (*place)->value = checked(strdup(value));
    if (++store->count > 2 * store->bucket_count) {
        grow(store);
    }
    return true;
}

static bool erase(struct store *store, const char *key)
{
    struct entry **place = find(store, key), *entry = *place;

    if (entry == NULL) {
        return false;
    }
    *place = entry->next;
    free(entry->key);
    free(entry->value);
    free(entry);
    store->count--;
    return true;
}

static void put_u32(uint8_t *bytes, uint32_t value)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(value >> 8 * i);
    }
}

static uint32_t get_u32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* A record: checksum of the rest, kind and key size, value size, key, value. */
static bool append_record(FILE *log, enum record_kind kind, const char *key, const char *value)
{
    uint8_t header[HEADER_BYTES];
    size_t key_size = strlen(key), value_size = strlen(value);
    uint32_t crc;

    put_u32(header + 4, (uint32_t)kind << 24 | (uint32_t)key_size);
    put_u32(header + 8, (uint32_t)value_size);
    crc = crc32(0, header + 4, HEADER_BYTES - 4);
    crc = crc32(crc, key, key_size);
    put_u32(header, crc32(crc, value, value_size));
    return fwrite(header, 1, sizeof header, log) == sizeof header && fwrite(key, 1, key_size, log) == key_size &&
           fwrite(value, 1, value_size, log) == value_size && fflush(log) == 0;
}

/* Reads one record; false at the end of the log or of its undamaged part. */
static bool read_record(FILE *log, enum record_kind *kind, char *key, char *value)
{
    uint8_t header[HEADER_BYTES];
    size_t key_size, value_size;
    uint32_t crc;

    if (fread(header, 1, sizeof header, log) != sizeof header) {
        return false;
    }
    *kind = (enum record_kind)(get_u32(header + 4) >> 24);
    key_size = get_u32(header + 4) & 0xffffff;
    value_size = get_u32(header + 8);
    if (key_size >= MAX_TEXT || value_size >= MAX_TEXT || fread(key, 1, key_size, log) != key_size ||
        fread(value, 1, value_size, log) != value_size) {
        return false;
    }
    key[key_size] = value[value_size] = '\0';
    crc = crc32(crc32(crc32(0, header + 4, HEADER_BYTES - 4), key, key_size), value, value_size);
    return crc == get_u32(header);
}

static bool replay(struct store *store)
{
    char key[MAX_TEXT], value[MAX_TEXT];
    enum record_kind kind;
    long end = 0, size;

    while (read_record(store->log, &kind, key, value)) {
        if (kind == RECORD_SET) {
            put(store, key, value);
        } else {
            erase(store, key);
        }
        end = ftell(store->log);
    }
    fseek(store->log, 0, SEEK_END);
    size = ftell(store->log);
    if (size > end) {
        printf("cut off %ld damaged bytes\n", size - end);
        return ftruncate(fileno(store->log), end) == 0 && fseek(store->log, 0, SEEK_END) == 0;
    }
    return true;
}

static bool open_log(struct store *store)
{
    store->log = fopen(store->path, "r+b");
    if (store->log == NULL && errno == ENOENT) {
        store->log = fopen(store->path, "w+b");
    }
    return store->log != NULL && replay(store);
}

static int by_key(const void *left, const void *right)
{
    return strcmp((*(struct entry *const *)left)->key, (*(struct entry *const *)right)->key);
}

static struct entry **sorted(struct store *store)
{
    struct entry **entries = checked(calloc(store->count + 1, sizeof entries[0]));
    size_t used = 0;

    for (size_t i = 0; i < store->bucket_count; i++) {
        for (struct entry *entry = store->buckets[i]; entry != NULL; entry = entry->next) {
            entries[used++] = entry;
        }
    }
    qsort(entries, used, sizeof entries[0], by_key);
    return entries;
}

static bool list(struct store *store, const char *prefix)
{
    struct entry **entries = sorted(store);

    for (size_t i = 0; i < store->count; i++) {
        if (strncmp(entries[i]->key, prefix, strlen(prefix)) == 0) {
            printf("%s=%s\n", entries[i]->key, entries[i]->value);
        }
    }
    free(entries);
    return true;
}

/* Writes the living entries to a new log and puts it in the old one's place. */
static bool compact(struct store *store)
{
    char path[MAX_TEXT];
    struct entry **entries = sorted(store);
    FILE *log;
    bool written = true;

    snprintf(path, sizeof path, "%s.new", store->path);
    log = fopen(path, "w+b");
    for (size_t i = 0; log != NULL && i < store->count; i++) {
        written = written && append_record(log, RECORD_SET, entries[i]->key, entries[i]->value);
    }
    free(entries);
    if (log == NULL || !written || rename(path, store->path) != 0) {
        return false;
    }
    printf("compacted from %ld to %ld bytes\n", ftell(store->log), ftell(log));
    fclose(store->log);
    store->log = log;
    return true;
}

static bool change(struct store *store, const char *key, const char *value)
{
    if (!put(store, key, value)) {
        printf("full\n");
        return false;
    }
    return append_record(store->log, RECORD_SET, key, value);
}

static bool increment(struct store *store, const char *key)
{
    struct entry *entry = *find(store, key);
    char text[32];

    snprintf(text, sizeof text, "%lld", (entry == NULL ? 0 : strtoll(entry->value, NULL, 10)) + 1);
    printf("%s\n", text);
    return change(store, key, text);
}

static bool execute(struct store *store, char *line)
{
    char *verb = strtok(line, " \t\r\n");
    char *key = strtok(NULL, " \t\r\n");
    char *value = strtok(NULL, "\r\n");

    if (verb == NULL || verb[0] == '#') {
        return true;
    }
    if (strcmp(verb, "set") == 0 && value != NULL) {
        return change(store, key, value);
    }
    if (strcmp(verb, "get") == 0 && key != NULL) {
        struct entry *entry = *find(store, key);

        printf("%s\n", entry == NULL ? "(none)" : entry->value);
        return entry != NULL;
    }
    if (strcmp(verb, "del") == 0 && key != NULL) {
        return erase(store, key) && append_record(store->log, RECORD_DELETE, key, "");
    }
    if (strcmp(verb, "incr") == 0 && key != NULL) {
        return increment(store, key);
    }
    if (strcmp(verb, "list") == 0) {
        return list(store, key == NULL ? "" : key);
    }
    if (strcmp(verb, "count") == 0) {
        return printf("%zu\n", store->count) > 0;
    }
    if (strcmp(verb, "compact") == 0) {
        return compact(store);
    }
    printf("unknown command %s\n", verb);
    return false;
}

int main(int argc, char **argv)
{
    const char *limit = getenv("STORE_LIMIT");
    struct store store = {.bucket_count = 4, .limit = limit == NULL ? 1000000 : strtoul(limit, NULL, 10)};
    char line[2 * MAX_TEXT];
    bool succeeded = true;

    if (argc < 2) {
        fprintf(stderr, "usage: store LOG [COMMAND]...\n");
        return 2;
    }
    store.path = argv[1];
    store.buckets = checked(calloc(store.bucket_count, sizeof store.buckets[0]));
    if (!open_log(&store)) {
        printf("%s: %s\n", store.path, strerror(errno));
        return 3;
    }
    for (int i = 2; i < argc; i++) {
        snprintf(line, sizeof line, "%s", argv[i]);
        succeeded = execute(&store, line) && succeeded;
    }
    while (argc == 2 && fgets(line, sizeof line, stdin) != NULL) {
        succeeded = execute(&store, line) && succeeded;
    }
    fclose(store.log);
    return succeeded ? 0 : 1;
}
