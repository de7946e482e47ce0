/* policy.c - what a module may reach on the network. */
#include "policy.h"

#include <string.h>

static bool refuse_another(const char *word, struct wasmc_net_error *error)
{
    *error = (struct wasmc_net_error){"fewer rules of one module", 0, strnlen(word, WASMC_NET_RULE_BYTES)};
    return false;
}

bool wasmc_net_policy_add(struct wasmc_net_policy *policy, enum wasmc_net_direction direction, const char *word,
                          struct wasmc_net_error *error)
{
    if (policy->rule_count == policy->rule_capacity || policy->rule_count == WASMC_NET_RULES)
        return refuse_another(word, error);
    if (!wasmc_net_rule_parse(direction, word, &policy->rules[policy->rule_count], error))
        return false;
    policy->rule_count++;
    return true;
}

bool wasmc_net_policy_add_name(struct wasmc_net_policy *policy, const char *word, struct wasmc_net_error *error)
{
    if (policy->name_count == policy->name_capacity)
        return refuse_another(word, error);
    if (!wasmc_net_resolve_parse(word, &policy->names[policy->name_count], error))
        return false;
    policy->name_count++;
    return true;
}

/* The rules of the names that lead to an address now. */
static void find_answers(const struct wasmc_net_policy *policy, const struct wasmc_net_call *call,
                         uint64_t rules[WASMC_NET_RULES / 64])
{
    for (size_t word = 0; word < WASMC_NET_RULES / 64; word++)
        rules[word] = 0;
    for (size_t i = 0; i < policy->answer_count; i++) {
        const struct wasmc_net_answer *answer = &policy->answers[i];
        if (answer->address != call->address || call->now_ns >= answer->expires_ns)
            continue;
        for (size_t word = 0; word < WASMC_NET_RULES / 64; word++)
            rules[word] |= answer->rules[word];
    }
}

int wasmc_net_decide(const struct wasmc_net_policy *policy, const struct wasmc_net_call *call)
{
    uint64_t named[WASMC_NET_RULES / 64];
    find_answers(policy, call, named);
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct wasmc_net_rule *rule = &policy->rules[i];
        if (rule->direction != call->direction || rule->protocol != call->protocol)
            continue;
        bool has_address = rule->is_named ? named[i / 64] >> (i % 64) & 1 : wasmc_net_rule_has(rule, call->address);
        if (has_address && wasmc_net_ports_have(&rule->ports, call->port))
            return (int)i;
    }
    return WASMC_NET_DENIED;
}

static uint64_t last_answer(const struct wasmc_net_policy *policy, size_t rule, const struct wasmc_net_call *call)
{
    uint64_t last_ns = 0;
    for (size_t i = 0; i < policy->answer_count; i++) {
        const struct wasmc_net_answer *answer = &policy->answers[i];
        if (answer->address == call->address && answer->expires_ns > last_ns && answer->rules[rule / 64] >> (rule % 64) & 1)
            last_ns = answer->expires_ns;
    }
    return last_ns;
}

uint64_t wasmc_net_admitted_until(const struct wasmc_net_policy *policy, const struct wasmc_net_call *call)
{
    uint64_t until_ns = 0;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct wasmc_net_rule *rule = &policy->rules[i];
        if (rule->direction != call->direction || rule->protocol != call->protocol ||
            !wasmc_net_ports_have(&rule->ports, call->port))
            continue;
        if (!rule->is_named && wasmc_net_rule_has(rule, call->address))
            return UINT64_MAX;
        uint64_t last_ns = rule->is_named ? last_answer(policy, i, call) : 0;
        until_ns = last_ns > until_ns ? last_ns : until_ns;
    }
    return until_ns > call->now_ns ? until_ns : 0;
}

int wasmc_net_decide_name(const struct wasmc_net_policy *policy, const char *text, size_t bytes)
{
    struct wasmc_net_name name;
    if (!wasmc_net_name_parse(text, bytes, &name, NULL))
        return WASMC_NET_DENIED;
    for (size_t i = 0; i < policy->name_count; i++) {
        if (wasmc_net_pattern_has(&policy->names[i], name))
            return (int)i;
    }
    return WASMC_NET_DENIED;
}
