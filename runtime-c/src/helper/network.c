/* network.c - the process that an interpreted program's network is in: what processes.c does at the start of a compiled one,
 * for a process that has threads, another libc, and a name that is not the program's. */
#include <stddef.h>
#include <string.h>

#include "../grants.h"
#include "../net/broker.h"
#include "../net/start.h"
#include "../runtime.h"
#include "../sys/helper.h"
#include "../sys/sys.h"
#include "embedding.h"

#define STREAM 3

/* Which an interpreted program may ask for. */
WASMC_BRINGS(wasmc_broker_look_up);
/* Whose rules linked modules have. */
WASMC_BRINGS(wasmc_grants_start_module);

static _Noreturn void end(void)
{
    wasmc_sys_exit(WASMC_EXIT_START);
}

static char *read_block(size_t bytes)
{
    char *block = wasmc_arena_allocate(bytes + 1);
    if (block == NULL || wasmc_helper_read(STREAM, block, bytes) != 0)
        end();
    return block;
}

/* The index-th of strings that lie one after the other. */
static const char *name_at(const void *context, uint32_t index)
{
    const char *name = context;
    while (index-- > 0)
        name += strlen(name) + 1;
    return name;
}

int main(int argc, char **argv, char **envp)
{
    static struct wasmc_grants grants;
    static struct wasmc_net_rules rules;
    struct wasmc_embedding embedding;
    int channels[WASMC_EMBEDDING_CHANNELS];
    if (wasmc_helper_read(STREAM, &embedding, sizeof embedding) != 0)
        end();
    const char *names = read_block(embedding.names_bytes);
    const char *words = read_block(embedding.words_bytes);
    wasmc_grants_start(&grants, words, false, argc, argv, envp);
    wasmc_net_rules_start(&rules, &grants, embedding.module_count, name_at, names);
    wasmc_net_start_processes(&rules, &grants, channels);
    if (channels[WASMC_BROKER_INNER] >= 0)
        wasmc_net_await_inside(channels[WASMC_BROKER_INNER]);
    if (wasmc_helper_pass(STREAM, channels, WASMC_EMBEDDING_CHANNELS) != 0)
        end();
    for (unsigned i = 0; i < WASMC_EMBEDDING_CHANNELS; i++) {
        if (channels[i] >= 0)
            (void)wasmc_sys_close(channels[i]);
    }
    char unused;
    (void)wasmc_helper_read(STREAM, &unused, 1);
    return 0;
}
