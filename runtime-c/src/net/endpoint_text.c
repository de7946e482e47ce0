/* endpoint_text.c - addresses for people. Not inet_ntop, which brings all of printf into a program. */
#include "endpoint.h"

static void put_v4(struct wasmc_text *text, const uint8_t *address)
{
    for (int i = 0; i < 4; i++) {
        wasmc_text_string(text, i > 0 ? "." : "");
        wasmc_text_decimal(text, address[i]);
    }
}

static uint32_t group_of(const uint8_t *address, int i)
{
    return (uint32_t)address[2 * i] << 8 | address[2 * i + 1];
}

/* Without leading zeros, as IPv6 is written; wasmc_text_hex begins with 0x. */
static void put_group(struct wasmc_text *text, uint32_t group)
{
    bool is_shown = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
        uint32_t digit = group >> shift & 15;
        is_shown |= digit != 0 || shift == 0;
        if (is_shown)
            wasmc_text_bytes(text, &"0123456789abcdef"[digit], 1);
    }
}

/* RFC 5952: the first of the longest runs of zeros is left out, when it is longer than one. */
static void put_v6(struct wasmc_text *text, const uint8_t *address)
{
    int left_out = 8, length = 1;
    for (int i = 0, run = 0; i < 8; i++) {
        run = group_of(address, i) == 0 ? run + 1 : 0;
        if (run > length) {
            length = run;
            left_out = i + 1 - run;
        }
    }
    for (int i = 0; i < 8; i++) {
        if (i == left_out) {
            wasmc_text_string(text, "::");
            i += length - 1;
            continue;
        }
        wasmc_text_string(text, i > 0 && i != left_out + length ? ":" : "");
        put_group(text, group_of(address, i));
    }
}

void wasmc_endpoint_put_address(struct wasmc_text *text, const struct wasmc_endpoint *endpoint)
{
    if (endpoint->family == AF_INET) {
        put_v4(text, endpoint->address);
        return;
    }
    wasmc_text_string(text, "[");
    put_v6(text, endpoint->address);
    wasmc_text_string(text, "]");
}
