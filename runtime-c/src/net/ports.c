/* ports.c - the ports of a rule. */
#include "rule.h"

#include <string.h>

static bool refuse(struct wasmc_net_error *error, const char *expected, size_t at, size_t bytes)
{
    *error = (struct wasmc_net_error){expected, at, bytes};
    return false;
}

/* One port from text[*at..end), which is to end there. */
static bool parse_port(const char *text, size_t *at, size_t end, uint32_t *port, struct wasmc_net_error *error)
{
    size_t first = *at;
    *port = 0;
    for (; *at < end && text[*at] >= '0' && text[*at] <= '9' && *port <= UINT16_MAX; (*at)++)
        *port = *port * 10 + (uint32_t)(text[*at] - '0');
    if (*at == end && *at > first && text[first] != '0' && *port <= UINT16_MAX)
        return true;
    return refuse(error, "a port from 1 to 65535", first, end - first);
}

/* text[first..end): a port, or two with '-' between them. */
static bool parse_range(const char *text, size_t first, size_t end, struct wasmc_net_port_range *range,
                        struct wasmc_net_error *error)
{
    uint32_t least;
    uint32_t most;
    const char *hyphen = memchr(text + first, '-', end - first);
    size_t at = first;
    if (!parse_port(text, &at, hyphen != NULL ? (size_t)(hyphen - text) : end, &least, error))
        return false;
    most = least;
    at++;
    if (hyphen != NULL && !parse_port(text, &at, end, &most, error))
        return false;
    *range = (struct wasmc_net_port_range){(uint16_t)least, (uint16_t)most};
    return least <= most || refuse(error, "a range whose first port is not above its last", first, end - first);
}

/* In order of the first port. */
static void insert(struct wasmc_net_ports *ports, struct wasmc_net_port_range range)
{
    size_t at = ports->count++;
    for (; at > 0 && ports->ranges[at - 1].first > range.first; at--)
        ports->ranges[at] = ports->ranges[at - 1];
    ports->ranges[at] = range;
}

/* Makes one of ranges with nothing between them. */
static void merge(struct wasmc_net_ports *ports)
{
    size_t kept = 0;
    for (size_t i = 1; i < ports->count; i++) {
        struct wasmc_net_port_range *last = &ports->ranges[kept];
        struct wasmc_net_port_range next = ports->ranges[i];
        if (next.first > (uint32_t)last->last + 1)
            ports->ranges[++kept] = next;
        else if (next.last > last->last)
            last->last = next.last;
    }
    ports->count = (uint8_t)(kept + 1);
}

bool wasmc_net_ports_parse(enum wasmc_net_direction direction, const char *text, size_t at, size_t bytes,
                           struct wasmc_net_ports *ports, struct wasmc_net_error *error)
{
    ports->count = 0;
    if (bytes - at == 1 && text[at] == '*') {
        insert(ports, (struct wasmc_net_port_range){direction == WASMC_NET_INBOUND ? 0 : 1, UINT16_MAX});
        return true;
    }
    if (at == bytes)
        return refuse(error, "ports: 80, 80,443, 8000-8010, or * for all", at, 0);
    for (size_t end; at <= bytes; at = end + 1) {
        const char *comma = memchr(text + at, ',', bytes - at);
        end = comma != NULL ? (size_t)(comma - text) : bytes;
        struct wasmc_net_port_range range;
        if (ports->count == WASMC_NET_PORT_RANGES)
            return refuse(error, "at most 16 ports and ranges", at, bytes - at);
        if (!parse_range(text, at, end, &range, error))
            return false;
        insert(ports, range);
    }
    merge(ports);
    return true;
}

bool wasmc_net_ports_have(const struct wasmc_net_ports *ports, uint32_t port)
{
    for (size_t i = 0; i < ports->count; i++) {
        if (ports->ranges[i].first <= port && port <= ports->ranges[i].last)
            return true;
    }
    return false;
}
