/* ceiling.c - whether rules together include a rule.
 *
 * The addresses of the rule are gone through in stretches. The rules that have the first address of one must have the
 * rule's ports together; the stretch ends where the first of them does, as others that begin meanwhile take nothing
 * away. A rule with a name may lead to every address to which names lead, so it is included when each of its ports is
 * given for the name, or for all these addresses, or partly so and partly so.
 */
#include "policy.h"

struct question {
    const struct wasmc_net_policy *policy;
    const struct wasmc_net_rule *rule;
};

struct range {
    wasmc_net_address first;
    wasmc_net_address last;
};

static bool has_at(const struct question *question, const struct wasmc_net_rule *other, wasmc_net_address at)
{
    const struct wasmc_net_rule *rule = question->rule;
    if (other->direction != rule->direction || other->protocol != rule->protocol)
        return false;
    if (!other->is_named)
        return wasmc_net_rule_has(other, at);
    return rule->is_named && wasmc_net_pattern_includes(&other->pattern, &rule->pattern);
}

/* The rules that have an address, and of each the first range of ports that does not end below those looked at. */
struct having {
    const struct wasmc_net_ports *ports[WASMC_NET_RULES];
    uint8_t next[WASMC_NET_RULES];
    size_t count;
    wasmc_net_address last; /* which all of them have */
};

static void find_having(const struct question *question, wasmc_net_address at, struct having *having)
{
    having->count = 0;
    having->last = ~(wasmc_net_address)0;
    for (size_t i = 0; i < question->policy->rule_count; i++) {
        const struct wasmc_net_rule *other = &question->policy->rules[i];
        if (!has_at(question, other, at))
            continue;
        having->next[having->count] = 0;
        having->ports[having->count++] = &other->ports;
        if (!other->is_named && wasmc_net_prefix_last(other->prefix) < having->last)
            having->last = wasmc_net_prefix_last(other->prefix);
    }
}

/* How far ports go on from one, of which none has been above; -1 when no rule has it. */
static int find_reach(struct having *having, int port)
{
    int reach = -1;
    for (size_t i = 0; i < having->count; i++) {
        const struct wasmc_net_ports *ports = having->ports[i];
        uint8_t *next = &having->next[i];
        while (*next < ports->count && ports->ranges[*next].last < port)
            (*next)++;
        if (*next < ports->count && ports->ranges[*next].first <= port && ports->ranges[*next].last > reach)
            reach = ports->ranges[*next].last;
    }
    return reach;
}

/* Whether rules have all these ports together. */
static bool cover_ports(struct having *having, const struct wasmc_net_ports *ports)
{
    for (size_t i = 0; i < ports->count; i++) {
        for (int port = ports->ranges[i].first; port <= ports->ranges[i].last;) {
            int reach = find_reach(having, port);
            if (reach < 0)
                return false;
            port = reach + 1;
        }
    }
    return true;
}

/* Whether nobody asks about an address, or the rule does not admit it; `last` then receives how far that goes. */
static bool is_left_out(const struct question *question, wasmc_net_address at, bool is_v4, wasmc_net_address *last)
{
    struct wasmc_net_prefix within;
    *last = at;
    if (!is_v4 && wasmc_net_is_v4(at)) {
        *last = WASMC_NET_V4_LAST;
        return true;
    }
    if (at >> 32 == 0 && at > 1) { /* not canonical */
        *last = UINT32_MAX;
        return true;
    }
    if (!question->rule->is_named)
        return !wasmc_net_rule_has(question->rule, at);
    bool is_never_named = wasmc_net_is_never_named(at, &within);
    if (is_never_named)
        *last = wasmc_net_prefix_last(within);
    return is_never_named;
}

static bool covers(const struct question *question, struct range range)
{
    bool is_v4 = wasmc_net_is_v4(range.first);
    for (wasmc_net_address at = range.first;;) {
        wasmc_net_address last;
        struct having having;
        if (!is_left_out(question, at, is_v4, &last)) {
            find_having(question, at, &having);
            if (!cover_ports(&having, &question->rule->ports))
                return false;
            last = having.last;
        }
        if (last >= range.last)
            return true;
        at = last + 1;
    }
}

bool wasmc_net_policy_includes(const struct wasmc_net_policy *policy, const struct wasmc_net_rule *rule)
{
    struct question question = {policy, rule};
    struct wasmc_net_prefix prefix = rule->prefix;
    if (!rule->is_named)
        return covers(&question, (struct range){prefix.first, wasmc_net_prefix_last(prefix)});
    return covers(&question, (struct range){WASMC_NET_V4_FIRST, WASMC_NET_V4_LAST}) &&
           covers(&question, (struct range){0, ~(wasmc_net_address)0});
}

bool wasmc_net_policy_includes_name(const struct wasmc_net_policy *policy, const struct wasmc_net_pattern *pattern)
{
    for (size_t i = 0; i < policy->name_count; i++) {
        if (wasmc_net_pattern_includes(&policy->names[i], pattern))
            return true;
    }
    return false;
}
