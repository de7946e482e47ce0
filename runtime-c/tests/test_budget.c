/* Unit tests have no instances: everything is the program's. Accounts of modules: Tests/Resources. */
#include "check.h"
#include "runtime.h"

#define PROGRAM NULL

static void test_growth(void)
{
    wasmc_budget_limit(NULL, 1000, 1000);
    CHECK(wasmc_budget_take(PROGRAM, 0, WASMC_BUDGET_GROWTH) && wasmc_budget_take(PROGRAM, 600, WASMC_BUDGET_GROWTH));
    CHECK(!wasmc_budget_take(PROGRAM, 401, WASMC_BUDGET_GROWTH));
    CHECK(!wasmc_budget_take(PROGRAM, UINT64_MAX, WASMC_BUDGET_GROWTH));
    CHECK(wasmc_budget_take(PROGRAM, 400, WASMC_BUDGET_GROWTH) && !wasmc_budget_take(PROGRAM, 1, WASMC_BUDGET_GROWTH));
    wasmc_budget_give_back(PROGRAM, 1000);
    CHECK(wasmc_budget_take(PROGRAM, 1000, WASMC_BUDGET_GROWTH));
    wasmc_budget_give_back(PROGRAM, 1000);
}

/* Small tables are there whatever the limit, and count for what comes later. Last, as they stay. */
static void test_start(void)
{
    wasmc_budget_limit(NULL, 1000, 1000);
    CHECK(wasmc_budget_take(PROGRAM, 65536, WASMC_BUDGET_START_TABLES));
    CHECK(!wasmc_budget_take(PROGRAM, 1, WASMC_BUDGET_GROWTH));
    CHECK(wasmc_budget_take(PROGRAM, 1000, WASMC_BUDGET_START) && !wasmc_budget_take(PROGRAM, 1, WASMC_BUDGET_START));
    CHECK(!wasmc_budget_take(PROGRAM, 1, WASMC_BUDGET_START_TABLES));
    wasmc_budget_limit(NULL, UINT64_MAX, UINT64_MAX);
    CHECK(wasmc_budget_take(PROGRAM, 1, WASMC_BUDGET_GROWTH));
}

/* A table and a memory pay, and get back what the host then refuses. */
static void test_payers(void)
{
    const void *first[1];
    struct wasmc_table table = {first, 0, 100, 0, 0};
    wasmc_budget_limit(NULL, 80, 80);
    CHECK(wasmc_table_grow(&table, NULL, 11) == -1 && wasmc_table_grow(&table, NULL, 10) == 0);
    CHECK(wasmc_table_grow(&table, NULL, 1) == -1 && table.size == 10);
    wasmc_budget_give_back(PROGRAM, 80);

    struct wasmc_memory memory = {0};
    struct wasmc_memory_desc desc = {.min_pages = 2, .max_pages = 9, .page_log2 = 16, .flags = WASMC_MEMORY_EXPLICIT};
    wasmc_budget_limit(NULL, 2 * 65536 - 1, UINT64_MAX);
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, UINT64_MAX, NULL) == WASMC_MEMORY_OVER_LIMIT);
    wasmc_budget_limit(NULL, 3 * 65536, UINT64_MAX);
    CHECK(wasmc_memory_start(&memory, &desc, UINT64_MAX, UINT64_MAX, NULL) == WASMC_MEMORY_READY);
    CHECK(wasmc_memory_grow(&memory, 2) == -1 && wasmc_memory_grow(&memory, 1) == 2);
    CHECK(wasmc_memory_grow(&memory, 1) == -1 && memory.size_pages == 3);
    wasmc_budget_give_back(PROGRAM, 3 * 65536);
}

void test_budget(void)
{
    test_growth();
    test_payers();
    test_start();
}
