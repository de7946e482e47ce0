/* policy.h - what a module may reach on the network: nothing, but for its rules.
 *
 * A policy is one module's, and so are the answers in it: a name that was looked up for one module opens nothing for
 * another. Nothing here allocates, blocks or asks the time; the caller has the storage and a lock around each policy.
 */
#ifndef WASMC_NET_POLICY_H
#define WASMC_NET_POLICY_H

#include "rule.h"

/* Rules of a module, and patterns of names that it may look up. */
#define WASMC_NET_RULES 256
/* The most answers that a policy has a use for: a call looks at each. */
#define WASMC_NET_ANSWERS 512

/* A name leads to an address until expires_ns. Of the name nothing counts but which rules it meets, a bit for each; so
 * an answer is a line of the cache, and a name takes no room. */
struct wasmc_net_answer {
    wasmc_net_address address;
    uint64_t rules[WASMC_NET_RULES / 64];
    uint64_t expires_ns;
};

struct wasmc_net_policy {
    struct wasmc_net_rule *rules;
    struct wasmc_net_pattern *names; /* of --allow-resolve */
    struct wasmc_net_answer *answers;
    uint16_t rule_capacity; /* at most WASMC_NET_RULES, as name_capacity */
    uint16_t name_capacity;
    uint16_t answer_capacity; /* at most WASMC_NET_ANSWERS */
    uint16_t rule_count;
    uint16_t name_count;
    uint16_t answer_count;
};

/* Adds a rule, a pattern; false: see the error. All are added before the first answer. */
bool wasmc_net_policy_add(struct wasmc_net_policy *policy, enum wasmc_net_direction direction, const char *word,
                          struct wasmc_net_error *error);
bool wasmc_net_policy_add_name(struct wasmc_net_policy *policy, const char *word, struct wasmc_net_error *error);

/* One question. The address is canonical; the port is the one of that address, 0 (inbound only) any free one. */
struct wasmc_net_call {
    enum wasmc_net_direction direction;
    enum wasmc_net_protocol protocol;
    wasmc_net_address address;
    uint32_t port;
    uint64_t now_ns; /* of the monotonic clock, as the expiry of answers: never less than before */
};

#define WASMC_NET_DENIED (-1)

/* The number of the first rule that admits a call, from 0 in the order in which they were added; WASMC_NET_DENIED. */
int wasmc_net_decide(const struct wasmc_net_policy *policy, const struct wasmc_net_call *call);

/* Until when it is admitted, unless answers come that live longer: UINT64_MAX by a rule without a name, 0 if not at all. */
uint64_t wasmc_net_admitted_until(const struct wasmc_net_policy *policy, const struct wasmc_net_call *call);

/* The same of a pattern and a name that the guest wants looked up, which may be any bytes. */
int wasmc_net_decide_name(const struct wasmc_net_policy *policy, const char *text, size_t bytes);

/* The program's own resolver answered so for the name that this module asked about, whatever other names (CNAME) led
 * there. Rules with a name that meets it admit the address while now_ns < expires_ns. False when nothing follows: no
 * rule has the name, or no name leads there. When all places are taken, the answer that ends first gives way: who is
 * denied then can ask again. */
bool wasmc_net_add_answer(struct wasmc_net_policy *policy, struct wasmc_net_name name, wasmc_net_address address,
                          uint64_t now_ns, uint64_t expires_ns);

/* For --ceiling. Whether whatever a rule could ever admit, the rules of a policy together would admit, whatever answers
 * come: prefixes and ports in parts, over several rules. Exact: no is no less certain than yes. */
bool wasmc_net_policy_includes(const struct wasmc_net_policy *policy, const struct wasmc_net_rule *rule);
bool wasmc_net_policy_includes_name(const struct wasmc_net_policy *policy, const struct wasmc_net_pattern *pattern);

#endif
