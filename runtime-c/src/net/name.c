/* name.c - names of hosts, and patterns of them. */
#include "name.h"

static bool refuse(struct wasmc_net_error *error, const char *expected, size_t at, size_t bytes)
{
    if (error != NULL)
        *error = (struct wasmc_net_error){expected, at, bytes};
    return false;
}

/* Not by the locale. */
static char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_byte(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || is_digit(c) || c == '-' || c == '_';
}

static bool is_hex_digit(char c)
{
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

bool wasmc_net_ends_in_number(const char *text, size_t bytes)
{
    if (bytes > 0 && text[bytes - 1] == '.')
        bytes--;
    size_t first = bytes;
    while (first > 0 && text[first - 1] != '.')
        first--;
    size_t count = bytes - first;
    bool is_hex = count >= 2 && text[first] == '0' && lower(text[first + 1]) == 'x';
    for (size_t i = is_hex ? 2 : 0; i < count; i++) {
        if (is_hex ? !is_hex_digit(text[first + i]) : !is_digit(text[first + i]))
            return false;
    }
    return count > 0;
}

static bool check_label(const char *text, size_t first, size_t end, struct wasmc_net_error *error)
{
    if (first == end)
        return refuse(error, "a label between dots", first, 0);
    if (end - first > 63)
        return refuse(error, "a label of at most 63 bytes", first, end - first);
    for (size_t i = first; i < end; i++) {
        if ((unsigned char)text[i] >= 0x80)
            return refuse(error, "an A-label (xn--...) for other than ASCII", first, end - first);
        if (!is_name_byte(text[i]))
            return refuse(error, "letters, digits, '-' and '_' in a name", i, 1);
    }
    if (text[first] == '-' || text[end - 1] == '-')
        return refuse(error, "a label that neither begins nor ends with '-'", first, end - first);
    return true;
}

bool wasmc_net_name_parse(const char *text, size_t bytes, struct wasmc_net_name *name, struct wasmc_net_error *error)
{
    size_t end = bytes > 0 && text[bytes - 1] == '.' ? bytes - 1 : bytes;
    if (end == 0)
        return refuse(error, "a name", 0, bytes);
    if (end > WASMC_NET_NAME_BYTES)
        return refuse(error, "a name of at most 253 bytes", 0, bytes);
    for (size_t first = 0, at = 0; at <= end; at++) {
        if (at < end && text[at] != '.')
            continue;
        if (!check_label(text, first, at, error))
            return false;
        first = at + 1;
    }
    if (wasmc_net_ends_in_number(text, end))
        return refuse(error, "a name that does not end in a number", 0, bytes);
    *name = (struct wasmc_net_name){text, end};
    return true;
}

bool wasmc_net_pattern_parse(const char *text, size_t bytes, bool may_be_any, struct wasmc_net_pattern *pattern,
                             struct wasmc_net_error *error)
{
    *pattern = (struct wasmc_net_pattern){.kind = WASMC_NET_NAMED};
    if (may_be_any && bytes == 1 && text[0] == '*') {
        pattern->kind = WASMC_NET_ANY;
        return true;
    }
    size_t star = bytes >= 2 && text[0] == '*' && text[1] == '.' ? 2 : 0;
    if (!wasmc_net_name_parse(text + star, bytes - star, &pattern->name, error)) {
        if (error != NULL)
            error->at += star;
        return false;
    }
    if (star == 0)
        return true;
    pattern->kind = WASMC_NET_BELOW;
    return pattern->name.bytes <= WASMC_NET_SUFFIX_BYTES ||
           refuse(error, "at most 189 bytes behind '*.'", star, bytes - star);
}

/* Whether the last bytes of a name are those of another. */
static bool ends_with(struct wasmc_net_name name, struct wasmc_net_name end)
{
    if (name.bytes < end.bytes)
        return false;
    const char *from = name.text + (name.bytes - end.bytes);
    for (size_t i = 0; i < end.bytes; i++) {
        if (lower(from[i]) != lower(end.text[i]))
            return false;
    }
    return true;
}

bool wasmc_net_pattern_has(const struct wasmc_net_pattern *pattern, struct wasmc_net_name name)
{
    switch (pattern->kind) {
    case WASMC_NET_NAMED: return name.bytes == pattern->name.bytes && ends_with(name, pattern->name);
    case WASMC_NET_BELOW:
        return name.bytes > pattern->name.bytes && name.text[name.bytes - pattern->name.bytes - 1] == '.' &&
               ends_with(name, pattern->name);
    case WASMC_NET_ANY: break;
    }
    return true;
}

bool wasmc_net_pattern_includes(const struct wasmc_net_pattern *outer, const struct wasmc_net_pattern *inner)
{
    if (outer->kind == WASMC_NET_ANY || inner->kind == WASMC_NET_ANY)
        return outer->kind == WASMC_NET_ANY;
    if (inner->kind == WASMC_NET_NAMED)
        return wasmc_net_pattern_has(outer, inner->name);
    /* What is below a name is below all that the name is below. */
    return outer->kind == WASMC_NET_BELOW &&
           (wasmc_net_pattern_has(outer, inner->name) ||
            (outer->name.bytes == inner->name.bytes && ends_with(inner->name, outer->name)));
}
