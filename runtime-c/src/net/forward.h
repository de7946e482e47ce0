#ifndef WASMC_NET_FORWARD_H
#define WASMC_NET_FORWARD_H
struct wasmc_grants;
void wasmc_forward_open(const struct wasmc_grants *grants);
void wasmc_forward_start(void);
#endif
