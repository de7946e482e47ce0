#include "wasmc/pcmap.h"

#include <string.h>

#include "leb128.h"

extern const uint8_t __start_wasmc_pcmap[] __attribute__((weak));
extern const uint8_t __stop_wasmc_pcmap[] __attribute__((weak));

#define HEADER_BYTES sizeof(struct wasmc_pcmap_header)

/* Reads the chunk at *at and moves *at to the next. False at the end and at malformed data. */
static bool next_chunk(const uint8_t *bytes, size_t size, size_t *at, struct wasmc_pcmap *map)
{
    if (size - *at < HEADER_BYTES)
        return false;
    struct wasmc_pcmap_header header;
    memcpy(&header, bytes + *at, HEADER_BYTES);
    size_t left = size - *at - HEADER_BYTES;
    uint64_t payload_bytes = (uint64_t)header.place_bytes + header.inlined_bytes + header.frame_bytes;
    if (payload_bytes > left)
        return false;
    *map = (struct wasmc_pcmap){
        .text_start = (uintptr_t)(bytes + *at) + (uintptr_t)header.text_start_rel,
        .instance = header.instance,
        .place_bytes = header.place_bytes,
        .inlined_bytes = header.inlined_bytes,
        .frame_bytes = header.frame_bytes,
        .places = bytes + *at + HEADER_BYTES,
    };
    size_t padded = ((size_t)payload_bytes + 7) & ~(size_t)7;
    *at += HEADER_BYTES + (padded < left ? padded : left);
    return true;
}

bool wasmc_pcmap_find_in(const uint8_t *bytes, size_t size, uintptr_t pc, struct wasmc_pcmap *map)
{
    bool is_found = false;
    struct wasmc_pcmap chunk;
    for (size_t at = 0; next_chunk(bytes, size, &at, &chunk);) {
        if (chunk.text_start <= pc && (!is_found || chunk.text_start >= map->text_start)) {
            *map = chunk;
            is_found = true;
        }
    }
    return is_found;
}

bool wasmc_pcmap_find(uintptr_t pc, struct wasmc_pcmap *map)
{
    return wasmc_pcmap_find_in(__start_wasmc_pcmap, (size_t)(__stop_wasmc_pcmap - __start_wasmc_pcmap), pc, map);
}

static struct wasmc_pcmap_place make_place(bool is_known, uint64_t offset, uint64_t inlined)
{
    is_known = is_known && offset != 0 && offset < WASMC_MODULE_OFFSET_UNKNOWN;
    return (struct wasmc_pcmap_place){
        .module_offset = is_known ? (uint32_t)offset : WASMC_MODULE_OFFSET_UNKNOWN,
        .inlined = inlined <= UINT32_MAX ? (uint32_t)inlined : 0,
    };
}

struct wasmc_pcmap_place wasmc_pcmap_place(const struct wasmc_pcmap *map, uintptr_t pc)
{
    struct wasmc_leb128 cursor = {map->places, map->places + map->place_bytes};
    uint64_t target = pc - map->text_start;
    uint64_t at = 0, offset = 0, inlined = 0;
    bool is_known = false;
    uint64_t head, next_offset = 0, next_inlined = 0;
    while (wasmc_leb128_unsigned(&cursor, &head) && wasmc_leb128_add(&cursor, &next_offset)) {
        bool is_other = head & 1;
        if ((is_other && !wasmc_leb128_add(&cursor, &next_inlined)) || head >> 1 > target - at)
            break;
        at += head >> 1;
        is_known = is_other || next_offset != offset || !is_known;
        offset = next_offset;
        inlined = next_inlined;
    }
    return make_place(is_known, offset, is_known ? inlined : 0);
}

struct wasmc_pcmap_place wasmc_pcmap_inlined(const struct wasmc_pcmap *map, uint32_t inlined)
{
    const uint8_t *start = map->places + map->place_bytes;
    struct wasmc_leb128 cursor = {start, start + map->inlined_bytes};
    uint64_t offset = 0, distance = 0;
    uint32_t number = 0;
    while (number < inlined && wasmc_leb128_unsigned(&cursor, &distance) && wasmc_leb128_add(&cursor, &offset))
        number++;
    if (inlined == 0 || number != inlined)
        return make_place(false, 0, 0);
    return make_place(true, offset, distance != 0 && distance < inlined ? inlined - distance : 0);
}

/* Goes through the rows of a function that starts at `at`, and takes the last at or before target. */
static bool read_rows(struct wasmc_leb128 *cursor, uint64_t count, uint64_t at, uint64_t target,
                      struct wasmc_pcmap_frame *frame)
{
    for (uint64_t i = 0; i < count; i++) {
        uint64_t delta, value;
        if (!wasmc_leb128_unsigned(cursor, &delta) || !wasmc_leb128_unsigned(cursor, &value))
            return false;
        at += delta;
        if (at <= target) {
            frame->cfa_words = value >> 1 <= UINT32_MAX / 8 ? (uint32_t)(value >> 1) : 0;
            frame->is_probe = value & 1;
        }
    }
    return true;
}

struct wasmc_pcmap_frame wasmc_pcmap_frame(const struct wasmc_pcmap *map, uintptr_t pc)
{
    const uint8_t *start = map->places + map->place_bytes + map->inlined_bytes;
    struct wasmc_leb128 cursor = {start, start + map->frame_bytes};
    uint64_t target = pc - map->text_start;
    struct wasmc_pcmap_frame result = {0};
    uint64_t at = 0, func = 0, delta, head;
    while (wasmc_leb128_unsigned(&cursor, &delta) && delta <= target - at && wasmc_leb128_add(&cursor, &func) &&
           wasmc_leb128_unsigned(&cursor, &head)) {
        at += delta;
        uint64_t pops = 0;
        if ((head & 1) && !wasmc_leb128_unsigned(&cursor, &pops))
            break;
        result = (struct wasmc_pcmap_frame){
            .func = (uint32_t)func,
            .popped_bytes = pops != 0 && pops < UINT32_MAX / 16 ? (uint32_t)pops * 16 - 8 : 0,
            .cfa_words = 1,
        };
        if (!read_rows(&cursor, head >> 1, at, target, &result))
            break;
    }
    return result;
}

uint32_t wasmc_pcmap_lookup(uintptr_t pc)
{
    struct wasmc_pcmap map;
    return wasmc_pcmap_find(pc, &map) ? wasmc_pcmap_place(&map, pc).module_offset : WASMC_MODULE_OFFSET_UNKNOWN;
}
