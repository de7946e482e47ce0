#include "text.h"

#include <string.h>

#include "sys/sys.h"

void wasmc_text_begin(struct wasmc_text *text, int fd)
{
    text->fd = fd;
    text->patience_ms = -1;
    text->used = 0;
}

void wasmc_text_begin_last(struct wasmc_text *text, int patience_ms)
{
    wasmc_text_begin(text, 2);
    text->patience_ms = patience_ms;
}

void wasmc_text_flush(struct wasmc_text *text)
{
    if (!wasmc_sys_write_all(text->fd, text->bytes, text->used, text->patience_ms))
        text->patience_ms = 0;
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

static void put_escape(struct wasmc_text *text, unsigned char byte)
{
    char escape[4] = {'\\', 'x', "0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]};
    wasmc_text_bytes(text, escape, sizeof escape);
}

void wasmc_text_escaped(struct wasmc_text *text, const char *bytes, size_t count, size_t limit)
{
    size_t shown = count < limit ? count : limit;
    for (size_t i = 0; i < shown; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        /* C1 controls are C2 80 to C2 9F in UTF-8. */
        int c1 = byte == 0xc2 && i + 1 < count && (unsigned char)bytes[i + 1] < 0xa0;
        if (byte < 0x20 || byte == 0x7f || c1)
            put_escape(text, byte);
        else
            wasmc_text_bytes(text, bytes + i, 1);
        if (c1 && i + 1 < shown)
            put_escape(text, (unsigned char)bytes[++i]);
    }
    if (shown < count)
        wasmc_text_string(text, "...");
}

_Noreturn void wasmc_fail(int status, const char *where, const char *before, const char *value, const char *after)
{
    struct wasmc_text text;
    wasmc_text_begin_last(&text, WASMC_LAST_WORDS_MS);
    wasmc_text_string(&text, "wasmc: ");
    wasmc_text_string(&text, where);
    wasmc_text_string(&text, before);
    if (value != NULL) {
        wasmc_text_string(&text, "'");
        wasmc_text_escaped(&text, value, strlen(value), 400);
        wasmc_text_string(&text, "'");
    }
    wasmc_text_string(&text, after);
    wasmc_text_string(&text, "\n");
    wasmc_text_flush(&text);
    wasmc_sys_exit(status);
}
