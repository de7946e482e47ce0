#include "check.h"
#include "fixture.h"

static int a;
static int b;

static struct wasmc_table table;
static const struct wasmc_elem_instance elem = {(const void *const[]){&a, &b}, 2};

static void test_grow(void)
{
    const void *first[2] = {&a, NULL};
    table = (struct wasmc_table){first, 2, 5, 2, 0};
    CHECK(wasmc_table_grow(&table, &b, 0) == 2);
    CHECK(wasmc_table_grow(&table, &b, 4) == -1);
    CHECK(wasmc_table_grow(&table, &b, UINT64_MAX) == -1);
    CHECK(wasmc_table_grow(&table, &b, 2) == 2);
    CHECK(table.size == 4 && table.elements != first);
    CHECK(table.elements[0] == &a && table.elements[1] == NULL && table.elements[2] == &b);
    CHECK(table.elements[3] == &b);
    CHECK(wasmc_table_grow(&table, NULL, 1) == 4);
    CHECK(table.elements[4] == NULL);
    CHECK(wasmc_table_grow(&table, NULL, 1) == -1);

    struct wasmc_table unlimited = {NULL, 0, UINT32_MAX, 0, 0};
    CHECK(wasmc_table_grow(&unlimited, NULL, WASMC_TABLE_LIMIT + 1) == -1);
    CHECK(wasmc_table_grow(&unlimited, NULL, 1000) == 0);
    CHECK(wasmc_table_grow(&unlimited, &a, 1) == 1000);
    CHECK(unlimited.elements[999] == NULL && unlimited.elements[1000] == &a);
}

static void fill_past_end(struct fixture *fixture)
{
    (void)fixture;
    wasmc_table_fill(&table, 3, &b, 3, 7);
}

static void copy_past_end(struct fixture *fixture)
{
    (void)fixture;
    wasmc_table_copy(&table, &table, 0, 4, 2, 7);
}

static void copy_wraps(struct fixture *fixture)
{
    (void)fixture;
    wasmc_table_copy(&table, &table, UINT64_MAX, 0, 2, 7);
}

static void init_past_end(struct fixture *fixture)
{
    (void)fixture;
    wasmc_table_init(&table, &elem, 0, 1, 2, 7);
}

static void test_bulk(void)
{
    const void *elements[5] = {&a, NULL, NULL, NULL, &b};
    table = (struct wasmc_table){elements, 5, 5, 5, 0};
    wasmc_table_copy(&table, &table, 1, 0, 4, 0);
    CHECK(elements[0] == &a && elements[1] == &a && elements[4] == NULL);
    wasmc_table_fill(&table, 3, &b, 2, 0);
    CHECK(elements[2] == NULL && elements[3] == &b && elements[4] == &b);
    wasmc_table_init(&table, &elem, 2, 0, 2, 0);
    CHECK(elements[2] == &a && elements[3] == &b);
    wasmc_table_fill(&table, 5, &a, 0, 0);
    wasmc_table_copy(&table, &table, 5, 5, 0, 0);
    wasmc_table_init(&table, &elem, 5, 2, 0, 0);

    CHECK(fixture_trap_of(fill_past_end, NULL) == WASMC_TRAP_OUT_OF_BOUNDS_TABLE);
    CHECK(elements[3] == &b);
    CHECK(fixture_trap_of(copy_past_end, NULL) == WASMC_TRAP_OUT_OF_BOUNDS_TABLE);
    CHECK(fixture_trap_of(copy_wraps, NULL) == WASMC_TRAP_OUT_OF_BOUNDS_TABLE);
    CHECK(fixture_trap_of(init_past_end, NULL) == WASMC_TRAP_OUT_OF_BOUNDS_TABLE);
    CHECK(elements[0] == &a);
}

void test_table(void)
{
    test_grow();
    test_bulk();
}
