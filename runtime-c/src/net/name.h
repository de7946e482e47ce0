/* name.h - names of hosts, and patterns of them.
 *
 * A name is 1 to 253 bytes, with or without a dot at the end, of labels of 1 to 63 letters, digits, hyphens (not first
 * or last) and underscores; upper and lower case of ASCII are the same. Other scripts are A-labels (xn--...). What
 * ends in a number is no name: 127.1 and 0x7f.1 are addresses to those who look names up.
 *
 *     example.com      that name
 *     *.example.com    every name below it, of one or more labels before it, and not example.com itself
 *     *                every name; of --allow-resolve only
 *
 * Of one or more labels, as WASI's draft of these options and WAMR's --allow-resolve have it: whoever answers for
 * a.example.com can let it lead wherever b.a.example.com would, so that a pattern of one label, as in certificates,
 * would look stricter than it is.
 */
#ifndef WASMC_NET_NAME_H
#define WASMC_NET_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WASMC_NET_NAME_BYTES 253
/* The longest name that stands behind "*.", so that every label of 63 bytes has room before it: of names below it there
 * are then more than any set of rules can list, which makes inclusion of patterns a comparison of two. */
#define WASMC_NET_SUFFIX_BYTES (WASMC_NET_NAME_BYTES - 64)

/* Not terminated, without the dot at the end; the bytes are somebody else's. */
struct wasmc_net_name {
    const char *text;
    size_t bytes;
};

enum wasmc_net_pattern_kind {
    WASMC_NET_NAMED, /* the name */
    WASMC_NET_BELOW, /* names below it */
    WASMC_NET_ANY,   /* every name */
};

struct wasmc_net_pattern {
    struct wasmc_net_name name;
    enum wasmc_net_pattern_kind kind;
};

/* Something that was not expected: from byte `at` on, so many bytes. */
struct wasmc_net_error {
    const char *expected;
    size_t at;
    size_t bytes;
};

/* Whether the last label, if it has digits alone or is 0x with digits, makes a text a number and not a name. */
bool wasmc_net_ends_in_number(const char *text, size_t bytes);

/* Bytes that may be anybody's, the guest's too. On failure `error`, which may be null, receives why. */
bool wasmc_net_name_parse(const char *text, size_t bytes, struct wasmc_net_name *name, struct wasmc_net_error *error);

/* A name, or one with "*." before it, or with may_be_any "*". */
bool wasmc_net_pattern_parse(const char *text, size_t bytes, bool may_be_any, struct wasmc_net_pattern *pattern,
                             struct wasmc_net_error *error);

bool wasmc_net_pattern_has(const struct wasmc_net_pattern *pattern, struct wasmc_net_name name);

/* Whether `outer` has every name that `inner` has. */
bool wasmc_net_pattern_includes(const struct wasmc_net_pattern *outer, const struct wasmc_net_pattern *inner);

#endif
