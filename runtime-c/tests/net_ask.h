/* net_ask.h - questions to the network's policy as text, for the table of test_net_policy.c and for network/ask.c.
 *
 * Rules are lines, joined by ';', which are followed in their order:
 *
 *     out RULE | in RULE | resolve PATTERN
 *     answer NAME ADDRESS NOW EXPIRES         the resolver's, whose name is checked as a guest's
 *
 * A call is one of these, with the verdict that is written behind it:
 *
 *     out PROTOCOL ADDRESS PORT NOW           the number of the rule, or "denied"; so `in`
 *     resolve NAME                            the number of the pattern, or "denied"
 *     includes out RULE                       "yes" or "no"; so `in`
 *     includes resolve PATTERN
 *     parse out RULE                          "yes", or "expected WHAT at BYTE+BYTES"; so `in` and `resolve`
 */
#ifndef WASMC_TESTS_NET_ASK_H
#define WASMC_TESTS_NET_ASK_H

#include <stddef.h>

void net_ask(const char *rules, const char *call, char *verdict, size_t bytes);

#endif
