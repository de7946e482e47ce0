/* ceiling_words.c - what WASMC_GRANTS may say about the network under a ceiling. */
#include "ceiling_words.h"

#include "policy.h"

/* Adds the baked words of a grant. One that is no rule adds nothing, and whoever makes the module's policy refuses it. */
static void add_baked(struct wasmc_net_policy *policy, const struct wasmc_grants *baked, enum wasmc_grant_id id)
{
    struct wasmc_net_error unused;
    for (const struct wasmc_grant *grant = baked->first; grant != NULL; grant = grant->next) {
        if (grant->id != id || grant->source != WASMC_GRANTS_BAKED)
            continue;
        if (id == WASMC_GRANT_ALLOW_RESOLVE)
            wasmc_net_policy_add_name(policy, grant->word, &unused);
        else
            wasmc_net_policy_add(policy, id == WASMC_GRANT_ALLOW_OUTBOUND ? WASMC_NET_OUTBOUND : WASMC_NET_INBOUND,
                                 grant->word, &unused);
    }
}

static bool include_name(const struct wasmc_grants *baked, const char *word)
{
    struct wasmc_net_pattern names[WASMC_NET_RULES];
    struct wasmc_net_policy policy = {.names = names, .name_capacity = WASMC_NET_RULES};
    struct wasmc_net_pattern pattern;
    struct wasmc_net_error unused;
    add_baked(&policy, baked, WASMC_GRANT_ALLOW_RESOLVE);
    return !wasmc_net_resolve_parse(word, &pattern, &unused) || wasmc_net_policy_includes_name(&policy, &pattern);
}

static bool include_rule(const struct wasmc_grants *baked, enum wasmc_grant_id id, const char *word)
{
    struct wasmc_net_rule rules[WASMC_NET_RULES];
    struct wasmc_net_policy policy = {.rules = rules, .rule_capacity = WASMC_NET_RULES};
    enum wasmc_net_direction direction = id == WASMC_GRANT_ALLOW_OUTBOUND ? WASMC_NET_OUTBOUND : WASMC_NET_INBOUND;
    struct wasmc_net_rule rule;
    struct wasmc_net_error unused;
    add_baked(&policy, baked, id);
    return !wasmc_net_rule_parse(direction, word, &rule, &unused) || wasmc_net_policy_includes(&policy, &rule);
}

/* A word that is no rule is let through: whoever makes the policy says what is wrong with it. */
bool wasmc_net_words_include(const struct wasmc_grants *baked, enum wasmc_grant_id id, const char *word)
{
    return id == WASMC_GRANT_ALLOW_RESOLVE ? include_name(baked, word) : include_rule(baked, id, word);
}
