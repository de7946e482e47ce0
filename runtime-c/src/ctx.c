#include "ctx.h"

#include <string.h>

void wasmc_ctx_join(struct wasmc_ctx *ctx, struct wasmc_ctx *member)
{
    if (ctx->next != NULL)
        return; /* a script instantiates it again */
    ctx->next = member->next != NULL ? member->next : member;
    member->next = ctx;
}

struct wasmc_ctx *wasmc_ctx_find(const struct wasmc_ctx *ctx, const char *name)
{
    for (struct wasmc_ctx *other = ctx->next; other != NULL && other != ctx; other = other->next) {
        if (strcmp(other->name, name) == 0)
            return other;
    }
    return NULL;
}
