/* network.c - the words of the network's grants, for the compiler: the grammar is the one that programs have. */
#include <string.h>

#include "../net/forward.h"
#include "../net/keeper.h"
#include "../net/rule.h"
#include "wasmc/grants.h"
#include "wasmc_host.h"

static bool parse_prefix(const char *word, struct wasmc_net_error *error)
{
    *error = (struct wasmc_net_error){WASMC_KEEPER_PREFIX_FORM, 0, strlen(word)};
    return wasmc_keeper_takes(word);
}

static bool parse(uint32_t value, const char *word, struct wasmc_net_error *error)
{
    struct wasmc_net_rule rule;
    struct wasmc_net_pattern pattern;
    struct wasmc_forward forward;
    switch (value) {
    case WASMC_VALUE_OUTBOUND: return wasmc_net_rule_parse(WASMC_NET_OUTBOUND, word, &rule, error);
    case WASMC_VALUE_INBOUND: return wasmc_net_rule_parse(WASMC_NET_INBOUND, word, &rule, error);
    case WASMC_VALUE_PATTERN: return wasmc_net_resolve_parse(word, &pattern, error);
    case WASMC_VALUE_FORWARD: return wasmc_forward_parse(word, &forward, error);
    case WASMC_VALUE_PREFIX: return parse_prefix(word, error);
    default: return true;
    }
}

bool wasmc_host_check_word(uint32_t value, const char *word, struct wasmc_host_word_error *error)
{
    struct wasmc_net_error found = {0};
    if (parse(value, word, &found))
        return true;
    *error = (struct wasmc_host_word_error){found.expected, found.at, found.bytes};
    return false;
}
