/* keeper_prefix.c - what --namespace-prefix may be. */
#include <stddef.h>

#include "keeper.h"

static bool is_letter_or_digit(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

bool wasmc_keeper_takes(const char *prefix)
{
    size_t bytes = 0;
    for (; prefix[bytes] != '\0' && bytes <= WASMC_KEEPER_PREFIX_BYTES; bytes++) {
        bool is_mark = prefix[bytes] == '-' || prefix[bytes] == '_' || prefix[bytes] == '.';
        if (!is_letter_or_digit(prefix[bytes]) && !(is_mark && bytes > 0))
            return false;
    }
    return bytes > 0 && bytes <= WASMC_KEEPER_PREFIX_BYTES;
}
