#include "rules.h"

#include "../grants.h"
#include "../runtime.h"
#include "../sys/sys.h"
#include "../text.h"

WASMC_BRINGS(wasmc_net_words_include);

static _Noreturn void refuse(enum wasmc_grant_id id, const char *word, const struct wasmc_net_error *error)
{
    struct wasmc_text text;
    wasmc_message_begin(&text, WASMC_LAST_WORDS_MS, "environment");
    wasmc_text_string(&text, wasmc_options[id].name);
    wasmc_text_string(&text, " ");
    wasmc_net_error_print(&text, word, error);
    wasmc_message_fields(&text);
    wasmc_message_end(&text);
    wasmc_sys_exit(WASMC_EXIT_START);
}

static uint16_t count(const struct wasmc_grants *grants, enum wasmc_grant_id id)
{
    uint16_t found = 0;
    for (const struct wasmc_grant *grant = NULL; (grant = wasmc_grants_next(grants, id, grant)) != NULL;)
        found += found < UINT16_MAX;
    return found;
}

static void *allocate(size_t bytes)
{
    void *memory = wasmc_arena_allocate(bytes);
    if (memory == NULL)
        wasmc_fail(WASMC_EXIT_START, "", "the host refuses the memory for the rules of the network", NULL, "");
    return memory;
}

static uint16_t at_most(uint16_t number, uint16_t most)
{
    return number < most ? number : most;
}

static void add_rules(struct wasmc_net_policy *policy, const struct wasmc_grants *grants, enum wasmc_grant_id id,
                      enum wasmc_net_direction direction)
{
    struct wasmc_net_error error;
    for (const struct wasmc_grant *grant = NULL; (grant = wasmc_grants_next(grants, id, grant)) != NULL;) {
        if (!wasmc_net_policy_add(policy, direction, grant->word, &error))
            refuse(id, grant->word, &error);
    }
}

static void start_policy(struct wasmc_net_policy *policy, const struct wasmc_grants *grants)
{
    uint16_t outbound = count(grants, WASMC_GRANT_ALLOW_OUTBOUND), inbound = count(grants, WASMC_GRANT_ALLOW_INBOUND);
    uint16_t names = count(grants, WASMC_GRANT_ALLOW_RESOLVE);
    policy->rule_capacity = at_most((uint16_t)(at_most(outbound, WASMC_NET_RULES) + at_most(inbound, WASMC_NET_RULES)),
                                    WASMC_NET_RULES);
    policy->name_capacity = at_most(names, WASMC_NET_RULES);
    policy->rules = allocate(policy->rule_capacity * sizeof *policy->rules);
    policy->names = allocate(policy->name_capacity * sizeof *policy->names);
    add_rules(policy, grants, WASMC_GRANT_ALLOW_OUTBOUND, WASMC_NET_OUTBOUND);
    add_rules(policy, grants, WASMC_GRANT_ALLOW_INBOUND, WASMC_NET_INBOUND);
    struct wasmc_net_error error;
    for (const struct wasmc_grant *grant = NULL;
         (grant = wasmc_grants_next(grants, WASMC_GRANT_ALLOW_RESOLVE, grant)) != NULL;) {
        if (!wasmc_net_policy_add_name(policy, grant->word, &error))
            refuse(WASMC_GRANT_ALLOW_RESOLVE, grant->word, &error);
    }
    bool is_named = false;
    for (uint16_t i = 0; i < policy->rule_count; i++)
        is_named = is_named || policy->rules[i].is_named;
    if (is_named && policy->name_count > 0) {
        policy->answer_capacity = WASMC_NET_ANSWERS;
        policy->answers = allocate(WASMC_NET_ANSWERS * sizeof *policy->answers);
    }
}

static void start_module(struct wasmc_net_rules *rules, struct wasmc_net_module *module, const struct wasmc_grants *own)
{
    start_policy(&module->policy, own);
    bool has_rules = module->policy.rule_count > 0 || module->policy.name_count > 0;
    /* In a network of its own the program needs no rule; a module that is linked to it has what it is given. */
    module->has_sockets = has_rules || (module->is_main && rules->is_isolated);
    for (const struct wasmc_grant *grant = NULL; (grant = wasmc_grants_next(own, WASMC_GRANT_DIR, grant)) != NULL;)
        module->has_directories = module->has_directories || !grant->dir.read_only;
    rules->has_any = rules->has_any || has_rules;
    rules->has_directories = rules->has_directories || module->has_directories;
    rules->has_listeners = rules->has_listeners || wasmc_grants_next(own, WASMC_GRANT_TCP_LISTEN, NULL) != NULL;
    rules->has_names = rules->has_names || module->policy.name_count > 0;
}

void wasmc_net_rules_start(struct wasmc_net_rules *rules, const struct wasmc_grants *grants, uint32_t module_count,
                           wasmc_net_module_name name, const void *context)
{
    *rules = (struct wasmc_net_rules){
        .modules = allocate(module_count * sizeof *rules->modules),
        .count = module_count,
        .has_loopback = !wasmc_grants_have(grants, WASMC_GRANT_NO_LOOPBACK),
        .is_isolated = wasmc_grants_have(grants, WASMC_GRANT_ISOLATE_NETWORK),
        .resolv_conf = wasmc_grants_word(grants, WASMC_GRANT_RESOLV_CONF),
    };
    for (uint32_t i = 0; i < module_count; i++) {
        struct wasmc_grants own = {0};
        struct wasmc_net_module *module = &rules->modules[i];
        module->is_main = i + 1 == module_count;
        if (!module->is_main && wasmc_grants_start_module != NULL)
            wasmc_grants_start_module(&own, grants, name(context, i));
        start_module(rules, module, module->is_main ? grants : &own);
    }
}

int wasmc_net_ask(const struct wasmc_net_module *module, enum wasmc_net_direction direction,
                  enum wasmc_net_protocol protocol, wasmc_net_address address, uint16_t port, uint64_t now_ns)
{
    const struct wasmc_net_call call = {direction, protocol, address, port, now_ns};
    return wasmc_net_decide(&module->policy, &call);
}

bool wasmc_net_admits_all_peers(const struct wasmc_net_module *module, int rule)
{
    const struct wasmc_net_rule *admitting = &module->policy.rules[rule];
    return !admitting->is_named && (admitting->prefix.bits == 128 || admitting->prefix.bits == 0 ||
                                    (admitting->prefix.bits == 96 && wasmc_net_is_v4(admitting->prefix.first)));
}

bool wasmc_net_admits_peer(const struct wasmc_net_module *module, const struct wasmc_net_meeting *meeting)
{
    for (uint16_t i = 0; i < module->policy.rule_count; i++) {
        const struct wasmc_net_rule *rule = &module->policy.rules[i];
        if (rule->direction == WASMC_NET_INBOUND && rule->protocol == meeting->protocol &&
            wasmc_net_admits_all_peers(module, i) && wasmc_net_rule_has(rule, meeting->local) &&
            wasmc_net_ports_have(&rule->ports, meeting->local_port))
            return true;
    }
    return wasmc_net_ask(module, WASMC_NET_INBOUND, meeting->protocol, meeting->peer, meeting->local_port,
                         meeting->now_ns) != WASMC_NET_DENIED;
}
