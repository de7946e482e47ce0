/* budget.c - the bytes that memories and tables may take: one budget for the program, and within it one for each linked
 * module with a --max-memory of its own. What an instance defines is its own to pay, whoever makes it grow. */
#include "lock.h"
#include "runtime.h"

/* Tables of up to so many bytes are there at start whatever the limit: compilers make one for calls by pointer, and a
 * limit that is just the memory's size means the memory. They count for what grows. */
#define START_TABLE_BYTES UINT64_C(65536)

static struct wasmc_account program_account = {.limit_bytes = UINT64_MAX};

static uint32_t budget_lock;

void wasmc_budget_limit(struct wasmc_account *account, uint64_t program_bytes, uint64_t instance_bytes)
{
    program_account.limit_bytes = program_bytes;
    if (account != NULL)
        account->limit_bytes = instance_bytes;
}

static bool take(struct wasmc_account *account, uint64_t bytes, enum wasmc_budget_use use)
{
    if (use == WASMC_BUDGET_START_TABLES) {
        uint64_t room = START_TABLE_BYTES - account->small_table_bytes;
        account->small_table_bytes += bytes < room ? bytes : room;
    }
    uint64_t counted_bytes = account->used_bytes + bytes;
    if (use != WASMC_BUDGET_GROWTH)
        counted_bytes -= account->small_table_bytes;
    if (bytes > INT64_MAX || counted_bytes > account->limit_bytes)
        return false;
    account->used_bytes += bytes;
    return true;
}

bool wasmc_budget_take(struct wasmc_account *account, uint64_t bytes, enum wasmc_budget_use use)
{
    wasmc_lock(&budget_lock);
    bool result = take(&program_account, bytes, use);
    if (result && account != NULL && !take(account, bytes, use)) {
        program_account.used_bytes -= bytes;
        result = false;
    }
    wasmc_unlock(&budget_lock);
    return result;
}

void wasmc_budget_give_back(struct wasmc_account *account, uint64_t bytes)
{
    wasmc_lock(&budget_lock);
    program_account.used_bytes -= bytes;
    if (account != NULL)
        account->used_bytes -= bytes;
    wasmc_unlock(&budget_lock);
}
