/* rules.h - the policies of a program's modules, made once from their grants before there is a broker, so that the guest's
 * process and the brokers begin with the same. */
#ifndef WASMC_NET_RULES_H
#define WASMC_NET_RULES_H

#include "policy.h"

struct wasmc_grants;

struct wasmc_net_module {
    struct wasmc_net_policy policy;
    bool is_main;
    bool has_sockets; /* whether it may have any of TCP or UDP, be it in the isolated network alone */
    bool has_directories; /* that it may change: sockets of Unix can be in them */
};

struct wasmc_net_rules {
    struct wasmc_net_module *modules; /* by the number of their instance */
    uint32_t count;
    bool has_any;     /* some module has a rule or a pattern: somebody must be there to ask */
    bool has_directories; /* some module has */
    bool has_names;   /* some module may look up names */
    bool has_listeners; /* some module has --tcplisten: sockets that this process binds while it starts */
    bool has_loopback; /* of the isolated network */
    bool is_isolated;
    const char *resolv_conf; /* or null */
};

/* Names of the program's modules by their number; null ends the list, and the one before it is the main module. */
typedef const char *(*wasmc_net_module_name)(const void *context, uint32_t index);

/* Ends the process at a rule that is none. */
void wasmc_net_rules_start(struct wasmc_net_rules *rules, const struct wasmc_grants *grants, uint32_t module_count,
                           wasmc_net_module_name name, const void *context);

/* Whether a module may go to an address, or be bound to it; the rule's number or WASMC_NET_DENIED. */
int wasmc_net_ask(const struct wasmc_net_module *module, enum wasmc_net_direction direction,
                  enum wasmc_net_protocol protocol, wasmc_net_address address, uint16_t port, uint64_t now_ns);

/* Whether whoever reaches a socket that is bound by this rule may do so: the rule is about one address of the host, or all,
 * and not about where the peers are. */
bool wasmc_net_admits_all_peers(const struct wasmc_net_module *module, int rule);

struct wasmc_net_meeting {
    enum wasmc_net_protocol protocol;
    wasmc_net_address local;
    wasmc_net_address peer;
    uint16_t local_port;
    uint64_t now_ns;
};

/* Whether a peer may come to a socket: a rule about all peers admits the local address, or one has the peer's. */
bool wasmc_net_admits_peer(const struct wasmc_net_module *module, const struct wasmc_net_meeting *meeting);

#endif
