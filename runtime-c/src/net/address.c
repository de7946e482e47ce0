/* address.c - canonical addresses, and those to which no name leads. */
#include "address.h"

wasmc_net_address wasmc_net_from_bytes(const uint8_t *bytes, size_t count)
{
    wasmc_net_address address = 0;
    for (size_t i = 0; i < count; i++)
        address = address << 8 | bytes[i];
    return count == 4 ? WASMC_NET_V4_FIRST | address : address;
}

wasmc_net_address wasmc_net_canonical(enum wasmc_net_direction direction, wasmc_net_address address)
{
    if (address >> 32 == 0 && address > 1)
        address |= WASMC_NET_V4_FIRST;
    if (direction == WASMC_NET_INBOUND || !wasmc_net_is_unspecified(address))
        return address;
    return wasmc_net_is_v4(address) ? WASMC_NET_V4_FIRST | UINT32_C(0x7f000001) : 1;
}

#define V4(a, b, c, d, bits) {WASMC_NET_V4_FIRST | (uint32_t)(a) << 24 | (b) << 16 | (c) << 8 | (d), 96 + (bits)}
/* Its first and its last 64 bits. */
#define V6(high, low, bits) {(wasmc_net_address)UINT64_C(high) << 64 | UINT64_C(low), bits}

static const struct wasmc_net_prefix never_named[] = {
    V4(0, 0, 0, 0, 8),          /* unspecified; "this network" */
    V4(127, 0, 0, 0, 8),        /* loopback */
    V4(169, 254, 0, 0, 16),     /* link-local, with the metadata of most clouds */
    V4(224, 0, 0, 0, 4),        /* multicast */
    V4(255, 255, 255, 255, 32), /* broadcast */
    V4(100, 100, 100, 200, 32), /* metadata: Alibaba */
    V4(168, 63, 129, 16, 32),   /* the host of a machine: Azure */
    V4(192, 0, 0, 192, 32),     /* metadata: Oracle */
    V6(0, 0, 127),              /* unspecified, loopback */
    V6(0xfe80000000000000, 0, 10),                  /* link-local */
    V6(0xff00000000000000, 0, 8),                   /* multicast */
    V6(0xfd000ec200000000, 0, 32),                  /* metadata and other services of the host: Amazon */
    V6(0xfd2000ce00000000, 0x254, 128),             /* metadata: Google */
    V6(0xfd0000c100000000, 0xa9fea9fe, 128),        /* metadata: Oracle */
    V6(0xfd00004200000000, 0x42, 128),              /* metadata: Scaleway */
    V6(0xfd00a9fea9fe0000, 1, 128),                 /* metadata: Linode */
    V6(0x2001000000000000, 0, 32),                  /* Teredo, which names a server and a client */
    V6(0x2002000000000000, 0, 16),                  /* 6to4, given up by RFC 7526 */
    V6(0x0064ff9b00010000, 0, 48),                  /* NAT64 of the site, where only it knows the place of IPv4 */
    V6(0, 0xffff000000000000, 96),                  /* SIIT */
};

static const struct wasmc_net_prefix nat64 = V6(0x0064ff9b00000000, 0, 96);

static bool find_never_named(wasmc_net_address address, struct wasmc_net_prefix *within)
{
    for (size_t i = 0; i < sizeof never_named / sizeof never_named[0]; i++) {
        if (wasmc_net_prefix_has(never_named[i], address)) {
            *within = never_named[i];
            return true;
        }
    }
    return false;
}

bool wasmc_net_is_never_named(wasmc_net_address address, struct wasmc_net_prefix *within)
{
    if (!wasmc_net_prefix_has(nat64, address))
        return find_never_named(address, within);
    /* A network that has only IPv6 reaches every public IPv4 host like this: what counts is whom. */
    if (!find_never_named(WASMC_NET_V4_FIRST | (uint32_t)address, within))
        return false;
    within->first = nat64.first | (uint32_t)within->first;
    return true;
}
