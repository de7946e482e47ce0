/* answers.c - what the resolver answered to a module. */
#include "policy.h"

static bool has_same(const struct wasmc_net_answer *one, const struct wasmc_net_answer *other)
{
    bool is_same = one->address == other->address;
    for (size_t word = 0; word < WASMC_NET_RULES / 64; word++)
        is_same = is_same && one->rules[word] == other->rules[word];
    return is_same;
}

static bool find_rules(const struct wasmc_net_policy *policy, struct wasmc_net_name name,
                       struct wasmc_net_answer *answer)
{
    bool has_any = false;
    for (size_t i = 0; i < policy->rule_count; i++) {
        const struct wasmc_net_rule *rule = &policy->rules[i];
        if (!rule->is_named || !wasmc_net_pattern_has(&rule->pattern, name))
            continue;
        answer->rules[i / 64] |= UINT64_C(1) << (i % 64);
        has_any = true;
    }
    return has_any;
}

/* An answer of the same address and rules, one that has ended, a free one, or the one that ends first. */
static struct wasmc_net_answer *find_place(struct wasmc_net_policy *policy, const struct wasmc_net_answer *answer,
                                           uint64_t now_ns)
{
    struct wasmc_net_answer *first = NULL;
    for (size_t i = 0; i < policy->answer_count; i++) {
        struct wasmc_net_answer *other = &policy->answers[i];
        if (has_same(other, answer))
            return other;
        if (first == NULL || other->expires_ns < first->expires_ns)
            first = other;
    }
    bool is_taken = first == NULL || first->expires_ns > now_ns;
    if (is_taken && policy->answer_count < policy->answer_capacity) {
        first = &policy->answers[policy->answer_count++];
        *first = (struct wasmc_net_answer){0};
    }
    return first;
}

bool wasmc_net_add_answer(struct wasmc_net_policy *policy, struct wasmc_net_name name, wasmc_net_address address,
                          uint64_t now_ns, uint64_t expires_ns)
{
    struct wasmc_net_answer answer = {.address = address, .expires_ns = expires_ns};
    struct wasmc_net_prefix within;
    if (expires_ns <= now_ns || wasmc_net_is_never_named(address, &within) || !find_rules(policy, name, &answer))
        return false;
    struct wasmc_net_answer *place = find_place(policy, &answer, now_ns);
    if (place == NULL)
        return false;
    /* An answer lives as long as it was given: a later one does not shorten it. */
    if (has_same(place, &answer) && place->expires_ns > expires_ns)
        return true;
    *place = answer;
    return true;
}
