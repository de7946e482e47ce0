/* address_text.c - addresses as they are written. Not inet_pton, which takes what the host's libc takes. */
#include "address.h"

bool wasmc_net_parse_v4(const char *text, size_t bytes, wasmc_net_address *address)
{
    uint32_t value = 0;
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        uint32_t octet = 0;
        size_t first = at;
        for (; at < bytes && at < first + 3 && text[at] >= '0' && text[at] <= '9'; at++)
            octet = octet * 10 + (uint32_t)(text[at] - '0');
        if (at == first || octet > 255 || (at > first + 1 && text[first] == '0'))
            return false;
        value = value << 8 | octet;
        if (i < 3 && (at == bytes || text[at++] != '.'))
            return false;
    }
    *address = WASMC_NET_V4_FIRST | value;
    return at == bytes;
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* Up to four hexadecimal digits, or 0 bytes. */
static size_t parse_group(const char *text, size_t bytes, uint32_t *group)
{
    size_t count = 0;
    *group = 0;
    for (; count < bytes && count < 4 && hex_digit(text[count]) >= 0; count++)
        *group = *group << 4 | (uint32_t)hex_digit(text[count]);
    return count;
}

/* The groups of a text, those behind "::" too; gap is how many come before it, or -1. */
struct groups {
    uint16_t values[8];
    int count;
    int gap;
};

static void add_group(struct groups *groups, uint32_t value)
{
    groups->values[groups->count++] = (uint16_t)value;
}

/* One group, or at the end the four numbers of IPv4, which are two; how many bytes, 0 when it is neither. */
static size_t parse_piece(const char *text, size_t bytes, struct groups *groups)
{
    uint32_t group;
    wasmc_net_address v4;
    size_t count = parse_group(text, bytes, &group);
    if (groups->count < 7 && count < bytes && text[count] == '.' && wasmc_net_parse_v4(text, bytes, &v4)) {
        add_group(groups, (uint32_t)v4 >> 16);
        add_group(groups, (uint32_t)v4 & 0xffff);
        return bytes;
    }
    if (count > 0 && groups->count < 8)
        add_group(groups, group);
    else
        return 0;
    return count;
}

static bool parse_groups(const char *text, size_t bytes, struct groups *groups)
{
    size_t at = 0;
    if (bytes >= 2 && text[0] == ':' && text[1] == ':') {
        groups->gap = 0;
        at = 2;
    }
    while (at < bytes) {
        size_t count = parse_piece(text + at, bytes - at, groups);
        at += count;
        if (count == 0 || at == bytes)
            return count != 0;
        if (text[at++] != ':' || at == bytes)
            return false;
        if (text[at] == ':') {
            if (groups->gap >= 0)
                return false;
            groups->gap = groups->count;
            at++;
        }
    }
    return true;
}

bool wasmc_net_parse_v6(const char *text, size_t bytes, wasmc_net_address *address)
{
    struct groups groups = {.gap = -1};
    if (!parse_groups(text, bytes, &groups) || (groups.gap < 0 ? groups.count != 8 : groups.count > 7))
        return false;
    *address = 0;
    for (int i = 0; i < 8; i++) {
        int skipped = groups.gap < 0 ? 0 : 8 - groups.count;
        bool is_before = groups.gap < 0 || i < groups.gap;
        uint32_t value = is_before ? groups.values[i] : i < groups.gap + skipped ? 0 : groups.values[i - skipped];
        *address = *address << 16 | value;
    }
    return true;
}
