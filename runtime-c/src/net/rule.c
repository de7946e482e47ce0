/* rule.c - the rules of the network. */
#include "rule.h"

#include <string.h>

static bool refuse(struct wasmc_net_error *error, const char *expected, size_t at, size_t bytes)
{
    *error = (struct wasmc_net_error){expected, at, bytes};
    return false;
}

/* A word while it is read. */
struct reader {
    const char *text;
    size_t bytes;
    size_t at;
    struct wasmc_net_error *error;
};

/* How long a word is; more than the most when it is longer. */
static bool start(struct reader *reader, const char *word, struct wasmc_net_error *error)
{
    *reader = (struct reader){.text = word, .bytes = strnlen(word, WASMC_NET_RULE_BYTES + 1), .error = error};
    return reader->bytes <= WASMC_NET_RULE_BYTES || refuse(error, "at most 512 bytes", WASMC_NET_RULE_BYTES, 1);
}

static bool read_protocol(struct reader *reader, enum wasmc_net_protocol *protocol)
{
    bool is_tcp = reader->bytes >= 6 && memcmp(reader->text, "tcp://", 6) == 0;
    bool is_udp = reader->bytes >= 6 && memcmp(reader->text, "udp://", 6) == 0;
    *protocol = is_udp ? WASMC_NET_UDP : WASMC_NET_TCP;
    reader->at = 6;
    return is_tcp || is_udp ||
           refuse(reader->error, "tcp:// or udp://", 0, reader->bytes < 6 ? reader->bytes : 6);
}

/* The length of a prefix: from..end of the text, at most `most`. */
static bool read_bits(struct reader *reader, size_t from, size_t end, uint32_t most, uint32_t *bits)
{
    *bits = 0;
    size_t at = from;
    for (; at < end && reader->text[at] >= '0' && reader->text[at] <= '9' && *bits <= most; at++)
        *bits = *bits * 10 + (uint32_t)(reader->text[at] - '0');
    bool has_zero = end - from > 1 && reader->text[from] == '0';
    if (at == end && at > from && !has_zero && *bits <= most)
        return true;
    const char *expected =
        most == 32 ? "the length of a prefix, from 0 to 32" : "the length of a prefix, from 0 to 128";
    return refuse(reader->error, expected, from, end - from);
}

/* An address, or a prefix of so many bits, that stands in from..end. */
static bool set_prefix(struct reader *reader, struct wasmc_net_rule *rule, wasmc_net_address address, uint32_t bits,
                       size_t from, size_t end)
{
    rule->prefix = (struct wasmc_net_prefix){address, (uint8_t)bits};
    if (bits == 128) {
        rule->prefix.first = wasmc_net_canonical(rule->direction, address);
        return true;
    }
    if (bits >= 96 && address >> 32 == 0)
        return refuse(reader->error, "an IPv4 prefix instead of one of IPv4-compatible addresses", from, end - from);
    /* What is behind the prefix is what its last address has and it has not. */
    struct wasmc_net_prefix bare = {0, (uint8_t)bits};
    return (address & wasmc_net_prefix_last(bare)) == 0 ||
           refuse(reader->error, "a prefix with no bits set behind it", from, end - from);
}

/* [IPv6] or [IPv6]/BITS. */
static bool read_v6(struct reader *reader, struct wasmc_net_rule *rule)
{
    size_t from = reader->at;
    const char *text = reader->text;
    const char *close = memchr(text + from, ']', reader->bytes - from);
    wasmc_net_address address;
    if (close == NULL)
        return refuse(reader->error, "']' behind the IPv6 address", reader->bytes, 0);
    size_t end = (size_t)(close - text);
    if (!wasmc_net_parse_v6(text + from + 1, end - from - 1, &address))
        return refuse(reader->error, "an IPv6 address, without a scope and with its prefix behind the ']'", from + 1,
                      end - from - 1);
    end++;
    uint32_t bits = 128;
    if (end < reader->bytes && text[end] == '/') {
        size_t slash = end;
        const char *colon = memchr(text + slash, ':', reader->bytes - slash);
        end = colon != NULL ? (size_t)(colon - text) : reader->bytes;
        if (!read_bits(reader, slash + 1, end, 128, &bits))
            return false;
    }
    reader->at = end;
    return set_prefix(reader, rule, address, bits, from, end);
}

/* a.b.c.d or a.b.c.d/BITS. */
static bool read_v4(struct reader *reader, struct wasmc_net_rule *rule, size_t end)
{
    size_t from = reader->at;
    const char *slash = memchr(reader->text + from, '/', end - from);
    size_t address_end = slash != NULL ? (size_t)(slash - reader->text) : end;
    wasmc_net_address address;
    if (!wasmc_net_parse_v4(reader->text + from, address_end - from, &address))
        return refuse(reader->error, "an IPv4 address, four numbers from 0 to 255", from, address_end - from);
    uint32_t bits = 32;
    if (slash != NULL && !read_bits(reader, address_end + 1, end, 32, &bits))
        return false;
    reader->at = end;
    return set_prefix(reader, rule, address, 96 + bits, from, end);
}

static bool read_name(struct reader *reader, struct wasmc_net_rule *rule, size_t end)
{
    static const struct wasmc_net_pattern below_localhost = {{"localhost", 9}, WASMC_NET_BELOW};
    static const struct wasmc_net_pattern localhost = {{"localhost", 9}, WASMC_NET_NAMED};
    size_t from = reader->at;
    const char *text = reader->text;
    if (end - from == 1 && text[from] == '*')
        return refuse(reader->error, "an address, a name or *.NAME (all addresses are 0.0.0.0/0 and [::]/0)", from, 1);
    if (!wasmc_net_pattern_parse(text + from, end - from, false, &rule->pattern, reader->error)) {
        reader->error->at += from;
        return false;
    }
    if (wasmc_net_pattern_has(&localhost, rule->pattern.name) ||
        wasmc_net_pattern_has(&below_localhost, rule->pattern.name))
        return refuse(reader->error, "127.0.0.1 or [::1], as no name leads to loopback", from, end - from);
    rule->is_named = true;
    reader->at = end;
    return true;
}

static bool read_host(struct reader *reader, struct wasmc_net_rule *rule)
{
    size_t from = reader->at;
    const char *text = reader->text;
    if (from < reader->bytes && text[from] == '[')
        return read_v6(reader, rule);
    const char *colon = memchr(text + from, ':', reader->bytes - from);
    size_t end = colon != NULL ? (size_t)(colon - text) : reader->bytes;
    if (colon != NULL && memchr(text + end + 1, ':', reader->bytes - end - 1) != NULL)
        return refuse(reader->error, "an IPv6 address in brackets", from, reader->bytes - from);
    if (end == from)
        return refuse(reader->error, "a host: an address, a name or *.NAME", from, 0);
    const char *slash = memchr(text + from, '/', end - from);
    if (slash != NULL || wasmc_net_ends_in_number(text + from, end - from))
        return read_v4(reader, rule, end);
    return read_name(reader, rule, end);
}

bool wasmc_net_rule_parse(enum wasmc_net_direction direction, const char *word, struct wasmc_net_rule *rule,
                          struct wasmc_net_error *error)
{
    struct reader reader;
    *rule = (struct wasmc_net_rule){.direction = direction};
    if (!start(&reader, word, error) || !read_protocol(&reader, &rule->protocol) || !read_host(&reader, rule))
        return false;
    if (reader.at == reader.bytes || word[reader.at] != ':')
        return refuse(error, "':' and ports behind the host (* for all)", reader.at, reader.bytes - reader.at);
    return wasmc_net_ports_parse(direction, word, reader.at + 1, reader.bytes, &rule->ports, error);
}

bool wasmc_net_resolve_parse(const char *word, struct wasmc_net_pattern *pattern, struct wasmc_net_error *error)
{
    struct reader reader;
    return start(&reader, word, error) && wasmc_net_pattern_parse(word, reader.bytes, true, pattern, error);
}

bool wasmc_net_rule_has(const struct wasmc_net_rule *rule, wasmc_net_address address)
{
    if (!wasmc_net_prefix_has(rule->prefix, address))
        return false;
    if (!wasmc_net_is_unspecified(address))
        return true;
    /* Nothing goes out to it: what is meant is loopback. */
    uint8_t all = wasmc_net_is_v4(address) ? 96 : 0;
    return rule->direction == WASMC_NET_INBOUND && (rule->prefix.bits == 128 || rule->prefix.bits == all);
}
