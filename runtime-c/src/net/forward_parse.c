#include <string.h>

#include "address.h"
#include "forward.h"

#define WORD_BYTES 128 /* more than any that is right */

/* What is left of a word: its bytes up to `end`. */
struct reader {
    const char *word;
    size_t end;
    struct wasmc_net_error *error;
};

static bool refuse(const struct reader *reader, const char *expected, size_t at, size_t end)
{
    *reader->error = (struct wasmc_net_error){expected, at, end - at};
    return false;
}

/* Takes /udp or /tcp off the end. */
static bool read_protocol(struct reader *reader, bool *is_udp)
{
    const char *slash = memchr(reader->word, '/', reader->end);
    *is_udp = false;
    if (slash == NULL)
        return true;
    size_t at = (size_t)(slash - reader->word) + 1;
    size_t bytes = reader->end - at;
    *is_udp = bytes == 3 && memcmp(reader->word + at, "udp", 3) == 0;
    if (!*is_udp && !(bytes == 3 && memcmp(reader->word + at, "tcp", 3) == 0))
        return refuse(reader, "udp or tcp behind '/'", at, reader->end);
    reader->end = at - 1;
    return true;
}

/* A port that ends at `end`. */
static bool read_port(const struct reader *reader, size_t at, size_t end, bool may_be_zero, uint16_t *port)
{
    uint32_t value = 0;
    size_t i = at;
    for (; i < end && reader->word[i] >= '0' && reader->word[i] <= '9' && value <= UINT16_MAX; i++)
        value = value * 10 + (uint32_t)(reader->word[i] - '0');
    bool is_zero = end - at == 1 && reader->word[at] == '0';
    if (i == end && i > at && value <= UINT16_MAX && (is_zero ? may_be_zero : reader->word[at] != '0')) {
        *port = (uint16_t)value;
        return true;
    }
    return refuse(reader, may_be_zero ? "a port of the host from 1 to 65535, or 0 for a free one"
                                      : "a port of the program from 1 to 65535", at, end);
}

static bool read_address(const struct reader *reader, size_t bytes, wasmc_net_address *address)
{
    const char *word = reader->word;
    if (bytes >= 2 && word[0] == '[' && word[bytes - 1] == ']' && wasmc_net_parse_v6(word + 1, bytes - 2, address))
        return true;
    if (wasmc_net_parse_v4(word, bytes, address))
        return true;
    return refuse(reader, "an address such as 127.0.0.1 or [::1] before the ports; names are not looked up", 0, bytes);
}

static void set_host(union wasmc_forward_address *host, wasmc_net_address address, uint16_t port)
{
    memset(host, 0, sizeof *host);
    if (wasmc_net_is_v4(address)) {
        host->v4.sin_family = AF_INET;
        host->v4.sin_port = htons(port);
        host->v4.sin_addr.s_addr = htonl((uint32_t)address);
        return;
    }
    host->v6.sin6_family = AF_INET6;
    host->v6.sin6_port = htons(port);
    for (int i = 0; i < 16; i++)
        host->v6.sin6_addr.s6_addr[i] = (uint8_t)(address >> (8 * (15 - i)));
}

/* The last ':' of the first `end` bytes, or `end`. */
static size_t find_colon(const char *word, size_t end)
{
    for (size_t at = end; at > 0; at--) {
        if (word[at - 1] == ':')
            return at - 1;
    }
    return end;
}

bool wasmc_forward_parse(const char *word, struct wasmc_forward *forward, struct wasmc_net_error *error)
{
    struct reader reader = {word, strnlen(word, WORD_BYTES), error};
    *forward = (struct wasmc_forward){.word = word};
    if (!read_protocol(&reader, &forward->is_udp))
        return false;
    size_t end = reader.end;
    size_t guest = find_colon(word, end);
    if (guest == end)
        return refuse(&reader, "a port of the host, ':' and a port of the program, such as 8080:3000", 0, end);
    if (!read_port(&reader, guest + 1, end, false, &forward->guest_port))
        return false;
    size_t host = find_colon(word, guest);
    bool has_address = host != guest;
    uint16_t port;
    if (!read_port(&reader, has_address ? host + 1 : 0, guest, true, &port))
        return false;
    wasmc_net_address address = WASMC_NET_V4_FIRST | 0x7f000001;
    if (has_address && !read_address(&reader, host, &address))
        return false;
    forward->address_bytes = has_address ? host : 0;
    set_host(&forward->host, address, port);
    return true;
}
