#include "text.h"

#include <string.h>

#include "sys/sys.h"

void wasmc_text_begin(struct wasmc_text *text, int fd)
{
    text->fd = fd;
    text->patience_ms = -1;
    text->used = 0;
    text->in_json = 0;
    text->is_lost = false;
}

void wasmc_text_begin_last(struct wasmc_text *text, int patience_ms)
{
    wasmc_text_begin(text, 2);
    text->patience_ms = patience_ms;
}

void wasmc_text_flush(struct wasmc_text *text)
{
    if (!wasmc_sys_write_all(text->fd, text->bytes, text->used, text->patience_ms)) {
        text->patience_ms = 0;
        text->is_lost = true;
    }
    text->used = 0;
}

void wasmc_text_bytes(struct wasmc_text *text, const char *bytes, size_t count)
{
    while (count > 0) {
        size_t room = sizeof text->bytes - text->used;
        size_t part = count < room ? count : room;
        memcpy(text->bytes + text->used, bytes, part);
        text->used += (uint32_t)part;
        bytes += part;
        count -= part;
        if (text->used == sizeof text->bytes)
            wasmc_text_flush(text);
    }
}

void wasmc_text_string(struct wasmc_text *text, const char *string)
{
    wasmc_text_bytes(text, string, strlen(string));
}

void wasmc_text_decimal(struct wasmc_text *text, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    wasmc_text_bytes(text, digits + at, sizeof digits - at);
}

void wasmc_text_signed(struct wasmc_text *text, int64_t value)
{
    if (value < 0)
        wasmc_text_bytes(text, "-", 1);
    wasmc_text_decimal(text, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void wasmc_text_hex(struct wasmc_text *text, uint64_t value)
{
    char digits[18];
    size_t at = sizeof digits;
    do {
        digits[--at] = "0123456789abcdef"[value & 15];
        value >>= 4;
    } while (value != 0);
    digits[--at] = 'x';
    digits[--at] = '0';
    wasmc_text_bytes(text, digits + at, sizeof digits - at);
}

static void put_hex_digits(struct wasmc_text *text, uint32_t value, int digits)
{
    while (digits-- > 0)
        wasmc_text_bytes(text, &"0123456789abcdef"[value >> (4 * digits) & 15], 1);
}

static void put_escape(struct wasmc_text *text, unsigned char byte)
{
    wasmc_text_string(text, "\\x");
    put_hex_digits(text, byte, 2);
}

/* In UTF-16, as JSON has it; -1 is the replacement character. */
static void put_json_escape(struct wasmc_text *text, int32_t scalar)
{
    uint32_t unit = scalar < 0 ? 0xfffd : (uint32_t)scalar;
    if (unit > 0xffff) {
        wasmc_text_string(text, "\\u");
        put_hex_digits(text, 0xd800 + ((unit - 0x10000) >> 10), 4);
        unit = 0xdc00 + ((unit - 0x10000) & 0x3ff);
    }
    wasmc_text_string(text, "\\u");
    put_hex_digits(text, unit, 4);
}

/* The scalar that the bytes begin with, and in *length how many of them it takes; -1 when they are not UTF-8. */
static int32_t decode_scalar(const unsigned char *bytes, size_t count, size_t *length)
{
    static const int32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = bytes[0];
    size_t wanted = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    *length = 1;
    if (wanted == 1)
        return first;
    if (first < 0xc0 || first > 0xf4 || count < wanted)
        return -1;
    int32_t scalar = first & (0xff >> (wanted + 1));
    for (size_t i = 1; i < wanted; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return -1;
        scalar = scalar << 6 | (bytes[i] & 0x3f);
    }
    if (scalar < smallest[wanted] || scalar > 0x10ffff || (scalar >= 0xd800 && scalar < 0xe000))
        return -1;
    *length = wanted;
    return scalar;
}

/* Whether a scalar is not seen or changes how others are seen: controls, format characters such as bidirectional
 * overrides, separators of lines, private use, noncharacters. */
static int is_unseen(int32_t scalar)
{
    static const struct {
        int32_t first, last;
    } ranges[] = {
        {-1, 0x1f},         {0x7f, 0x9f},       {0xad, 0xad},       {0x600, 0x605},     {0x61c, 0x61c},
        {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},     {0x8e2, 0x8e2},     {0x180e, 0x180e},
        {0x200b, 0x200f},   {0x2028, 0x202e},   {0x2060, 0x206f},   {0xe000, 0xf8ff},   {0xfdd0, 0xfdef},
        {0xfeff, 0xfeff},   {0xfff0, 0xfffb},   {0xfffe, 0xffff},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
        {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (scalar >= ranges[i].first && scalar <= ranges[i].last)
            return 1;
    }
    return 0;
}

void wasmc_text_escaped(struct wasmc_text *text, const char *bytes, size_t count, size_t limit)
{
    for (size_t at = 0, length; at < count; at += length) {
        int32_t scalar = decode_scalar((const unsigned char *)bytes + at, count - at, &length);
        if (at + length > limit) {
            wasmc_text_string(text, "...");
            return;
        }
        if (text->in_json && (is_unseen(scalar) || scalar == '"' || scalar == '\\'))
            put_json_escape(text, scalar);
        else if (is_unseen(scalar))
            for (size_t i = at; i < at + length; i++)
                put_escape(text, (unsigned char)bytes[i]);
        else
            wasmc_text_bytes(text, bytes + at, length);
    }
}

int wasmc_messages_are_json;

void wasmc_message_begin(struct wasmc_text *text, int patience_ms, const char *phase)
{
    wasmc_text_begin_last(text, patience_ms);
    text->in_json = wasmc_messages_are_json;
    if (text->in_json) {
        wasmc_text_string(text, "{\"phase\":\"");
        wasmc_text_string(text, phase);
        wasmc_text_string(text, "\",\"message\":\"");
    } else {
        wasmc_text_string(text, "wasmc: ");
    }
}

void wasmc_message_fields(struct wasmc_text *text)
{
    if (text->in_json)
        wasmc_text_string(text, "\"");
}

void wasmc_message_end(struct wasmc_text *text)
{
    wasmc_text_string(text, text->in_json ? "}\n" : "\n");
    wasmc_text_flush(text);
}

_Noreturn void wasmc_fail(int status, const char *where, const char *before, const char *value, const char *after)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, where);
    wasmc_text_string(&text, before);
    if (value != NULL) {
        size_t before_bytes = strlen(before);
        if (before_bytes > 0 && before[before_bytes - 1] != ' ')
            wasmc_text_string(&text, " ");
        wasmc_text_string(&text, "'");
        wasmc_text_escaped(&text, value, strlen(value), 400);
        wasmc_text_string(&text, "'");
    }
    wasmc_text_string(&text, after);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    wasmc_sys_exit(status);
}
