/* dns_name.c - names in messages of DNS. */
#include <string.h>

#include "dns_message.h"

/* A name of one label after the other has no more; pointers to pointers are of no use. */
#define POINTER_LIMIT 127

enum { LABEL_BYTES = 63, POINTER = 0xc0 };

bool wasmc_dns_read_name(const uint8_t *message, size_t bytes, size_t *at, struct wasmc_dns_name *name)
{
    size_t start = *at; /* of the labels that follow each other */
    size_t next = start;
    size_t behind = 0; /* the first pointer */
    size_t count = 0;
    for (int pointers = 0; next < bytes;) {
        size_t length = message[next];
        if (length >= POINTER) {
            if (next + 1 == bytes || pointers++ == POINTER_LIMIT)
                return false;
            if (behind == 0)
                behind = next + 2;
            next = (length - POINTER) << 8 | message[next + 1];
            if (next >= start)
                return false;
            start = next;
            continue;
        }
        if (length > LABEL_BYTES || length >= bytes - next || count + 1 + length > sizeof name->bytes)
            return false;
        memcpy(name->bytes + count, message + next, 1 + length);
        count += 1 + length;
        next += 1 + length;
        if (length == 0) {
            name->count = (uint8_t)count;
            *at = behind != 0 ? behind : next;
            return true;
        }
    }
    return false;
}

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
}

/* Lengths are no letters. */
bool wasmc_dns_is_same_name(const struct wasmc_dns_name *one, const struct wasmc_dns_name *other)
{
    if (one->count != other->count)
        return false;
    for (size_t i = 0; i < one->count; i++) {
        if (lower(one->bytes[i]) != lower(other->bytes[i]))
            return false;
    }
    return true;
}

bool wasmc_dns_name_text(const struct wasmc_dns_name *name, char text[WASMC_DNS_NAME_BYTES])
{
    size_t used = 0;
    for (size_t at = 0; at < name->count && name->bytes[at] != 0; at += 1u + name->bytes[at]) {
        const uint8_t *label = name->bytes + at + 1;
        if (memchr(label, '.', name->bytes[at]) != NULL || memchr(label, '\0', name->bytes[at]) != NULL)
            return false;
        if (used > 0)
            text[used++] = '.';
        memcpy(text + used, label, name->bytes[at]);
        used += name->bytes[at];
    }
    text[used] = '\0';
    return true;
}
