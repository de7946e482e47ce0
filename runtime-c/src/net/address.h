/* address.h - network addresses in one form, so that a rule and a call cannot name one address in two ways.
 *
 * An address of either family is one number, the first bit on the wire the highest; IPv4 is the mapped ::ffff:a.b.c.d.
 * Canonical are:
 *
 *     ::ffff:a.b.c.d, ::a.b.c.d   a.b.c.d (all of ::/96 but :: and ::1)
 *     0.0.0.0, ::  to go to       127.0.0.1, ::1, where the kernel sends what goes there
 *     0.0.0.0, ::  to listen on   themselves: every address of the host
 *     a scope id                  not part of an address: a rule for fe80::1 admits it on each link, and the kernel
 *                                 ignores the scope of addresses that have none
 *
 * 64:ff9b::/96 (NAT64), 2002::/16 (6to4), 2001::/32 (Teredo) and ::ffff:0:0:0/96 (SIIT) are not made IPv4: the packet
 * goes to the IPv6 address, and whether somebody on the way makes another of it is the network's affair; a rule for
 * 10.0.0.0/8 does not say that a translator may be asked. But no name leads through them to where none may lead:
 * wasmc_net_is_never_named.
 *
 * Who asks about an address must give the kernel the canonical one; else a rule for 192.0.2.1 would let ::192.0.2.1
 * pass, which the kernel takes for IPv6.
 */
#ifndef WASMC_NET_ADDRESS_H
#define WASMC_NET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef unsigned __int128 wasmc_net_address;

/* Where the network lies, seen from the program. */
enum wasmc_net_direction {
    WASMC_NET_OUTBOUND, /* the address that a socket connects or sends to */
    WASMC_NET_INBOUND,  /* the address that a socket is bound to, or the peer that comes to it */
};

#define WASMC_NET_V4_FIRST ((wasmc_net_address)0xffff << 32)
#define WASMC_NET_V4_LAST (WASMC_NET_V4_FIRST | UINT32_MAX)

/* The addresses that begin with the same bits; an IPv4 prefix has 96 or more, mapped as its addresses are. */
struct wasmc_net_prefix {
    wasmc_net_address first;
    uint8_t bits;
};

static inline bool wasmc_net_is_v4(wasmc_net_address address)
{
    return address >> 32 == 0xffff;
}

static inline bool wasmc_net_is_unspecified(wasmc_net_address address)
{
    return address == 0 || address == WASMC_NET_V4_FIRST;
}

static inline wasmc_net_address wasmc_net_prefix_last(struct wasmc_net_prefix prefix)
{
    wasmc_net_address all = ~(wasmc_net_address)0;
    return prefix.first | (prefix.bits == 0 ? all : prefix.bits == 128 ? 0 : all >> prefix.bits);
}

/* A prefix of IPv6 never has an address of IPv4, so that [::]/0 is IPv6 alone. */
static inline bool wasmc_net_prefix_has(struct wasmc_net_prefix prefix, wasmc_net_address address)
{
    return prefix.first <= address && address <= wasmc_net_prefix_last(prefix) &&
           wasmc_net_is_v4(address) == wasmc_net_is_v4(prefix.first);
}

/* The number of 4 or 16 bytes as they are on the wire: IPv4 mapped, IPv6 as it is. */
wasmc_net_address wasmc_net_from_bytes(const uint8_t *bytes, size_t count);

/* The address that is meant by one from wasmc_net_from_bytes or from a text. */
wasmc_net_address wasmc_net_canonical(enum wasmc_net_direction direction, wasmc_net_address address);

/* Whether no name leads to a canonical address: loopback, link-local, unspecified, multicast, broadcast, where clouds
 * tell machines their secrets, and addresses of IPv6 in which a translator may see one of these. Who answers for a name
 * is not who was granted it, so only a rule with the address admits these. `within` receives the prefix it is in. */
bool wasmc_net_is_never_named(wasmc_net_address address, struct wasmc_net_prefix *within);

/* a.b.c.d, four decimal numbers without leading zeros. */
bool wasmc_net_parse_v4(const char *text, size_t bytes, wasmc_net_address *address);

/* As RFC 4291 writes IPv6, without brackets and scope; the number that is written. */
bool wasmc_net_parse_v6(const char *text, size_t bytes, wasmc_net_address *address);

#endif
