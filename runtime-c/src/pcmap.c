#include "wasmc/pcmap.h"

#include <string.h>

extern const uint8_t __start_wasmc_pcmap[] __attribute__((weak));
extern const uint8_t __stop_wasmc_pcmap[] __attribute__((weak));

#define HEADER_BYTES sizeof(struct wasmc_pcmap_header)

/* Reads a field of the wasmc_pcmap_header at `header`. */
#define READ_FIELD(variable, header, field) \
    memcpy(&(variable), (header) + offsetof(struct wasmc_pcmap_header, field), sizeof (variable))

struct chunk {
    uintptr_t text_start;
    uint32_t entry_count;
    const uint8_t *payload;
    size_t payload_bytes;
};

struct cursor {
    const uint8_t *next;
    const uint8_t *end;
};

/* Reads up to 10 bytes of LEB128. False when the data ends or the number does not. */
static int read_leb128(struct cursor *cursor, int is_signed, uint64_t *value)
{
    uint64_t result = 0;
    for (unsigned shift = 0; shift < 70 && cursor->next < cursor->end; shift += 7) {
        uint8_t byte = *cursor->next++;
        if (shift < 64)
            result |= (uint64_t)(byte & 0x7f) << shift;
        if (byte & 0x80)
            continue;
        if (is_signed && (byte & 0x40) && shift + 7 < 64)
            result |= ~UINT64_C(0) << (shift + 7);
        *value = result;
        return 1;
    }
    return 0;
}

/* Reads the chunk at *at and moves *at to the next. False at the end and at malformed data. */
static int next_chunk(const uint8_t *bytes, size_t size, size_t *at, struct chunk *chunk)
{
    if (size - *at < HEADER_BYTES)
        return 0;
    const uint8_t *header = bytes + *at;
    int64_t text_start_rel;
    uint32_t payload_bytes;
    READ_FIELD(text_start_rel, header, text_start_rel);
    READ_FIELD(chunk->entry_count, header, entry_count);
    READ_FIELD(payload_bytes, header, payload_bytes);
    size_t left = size - *at - HEADER_BYTES;
    if (payload_bytes > left)
        return 0;
    chunk->text_start = (uintptr_t)header + (uintptr_t)text_start_rel;
    chunk->payload = header + HEADER_BYTES;
    chunk->payload_bytes = payload_bytes;
    size_t padded = ((size_t)payload_bytes + 7) & ~(size_t)7;
    *at += HEADER_BYTES + (padded < left ? padded : left);
    return 1;
}

static uint32_t lookup_in_chunk(const struct chunk *chunk, uint64_t target)
{
    struct cursor cursor = {chunk->payload, chunk->payload + chunk->payload_bytes};
    uint64_t pc = 0;
    uint64_t offset = 0;
    int is_known = 0;
    for (uint32_t i = 0; i < chunk->entry_count; i++) {
        uint64_t pc_delta;
        uint64_t offset_delta;
        if (!read_leb128(&cursor, 0, &pc_delta) || !read_leb128(&cursor, 1, &offset_delta))
            break;
        if (pc_delta > target - pc)
            break;
        pc += pc_delta;
        offset += offset_delta;
        is_known = offset_delta != 0 || !is_known;
    }
    return !is_known || offset == 0 || offset > UINT32_MAX ? WASMC_MODULE_OFFSET_UNKNOWN : (uint32_t)offset;
}

uint32_t wasmc_pcmap_lookup_in(const uint8_t *bytes, size_t size, uintptr_t pc)
{
    struct chunk best = {0};
    int found = 0;
    struct chunk chunk;
    for (size_t at = 0; next_chunk(bytes, size, &at, &chunk);) {
        if (chunk.text_start <= pc && (!found || chunk.text_start >= best.text_start)) {
            best = chunk;
            found = 1;
        }
    }
    return found ? lookup_in_chunk(&best, pc - best.text_start) : WASMC_MODULE_OFFSET_UNKNOWN;
}

uint32_t wasmc_pcmap_lookup(uintptr_t pc)
{
    size_t size = (size_t)(__stop_wasmc_pcmap - __start_wasmc_pcmap);
    return wasmc_pcmap_lookup_in(__start_wasmc_pcmap, size, pc);
}
