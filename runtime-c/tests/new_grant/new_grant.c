/* new_grant.c - a row of grants.def is enough: with those of rows.def, words are read, divided among modules, inherited,
 * narrowed and refused, and the compiler's list has them. */
#include "check.h"
#include "grants.h"

int checks_passed;
int checks_failed;

static char *no_variables[] = {NULL};

/* Baked words, then those of WASMC_GRANTS; false when one is refused. */
static bool add(struct wasmc_grants *grants, bool is_ceiling, const char *baked, const char *words,
                struct wasmc_grant_error *error)
{
    *grants = (struct wasmc_grants){.is_ceiling = is_ceiling, .envp = no_variables};
    return wasmc_grants_add(grants, WASMC_GRANTS_BAKED, wasmc_words_of(baked), error) &&
           wasmc_grants_add(grants, WASMC_GRANTS_ENVIRONMENT, wasmc_words_of(words), error);
}

static unsigned count_rules(const struct wasmc_grants *grants)
{
    unsigned count = 0;
    for (const struct wasmc_grant *rule = NULL; (rule = wasmc_grants_next(grants, WASMC_GRANT_NEW_RULES, rule)) != NULL;)
        count++;
    return count;
}

static void check_reading(void)
{
    struct wasmc_grants grants;
    struct wasmc_grant_error error;
    CHECK(add(&grants, false, "--new-rules=tcp:a:80\0--new-limit\0" "3\0", "--new-rules\0udp:*\0--new-flag\0", &error));
    const struct wasmc_grant *rule = wasmc_grants_next(&grants, WASMC_GRANT_NEW_RULES, NULL);
    CHECK(rule != NULL && strcmp(rule->word, "tcp:a:80") == 0 && count_rules(&grants) == 2);
    CHECK(wasmc_grants_number(&grants, WASMC_GRANT_NEW_LIMIT, 7) == 3);
    CHECK(wasmc_grants_have(&grants, WASMC_GRANT_NEW_FLAG));
    CHECK(!add(&grants, false, "", "--new-limit=10\0", &error));
    CHECK(strcmp(error.before, "--new-limit") == 0 && strcmp(error.after, ": expected a number from 2 to 9") == 0);
    CHECK(!add(&grants, false, "", "--new-limit=1\0", &error) && !add(&grants, false, "", "--new-flag=1\0", &error));
    CHECK(!add(&grants, false, "", "--new-rules\0", &error));
}

static void check_modules(void)
{
    static char *arguments[] = {"program", NULL};
    struct wasmc_grants program;
    struct wasmc_grants module;
    wasmc_grants_start(&program, "--new-rules=a\0--new-limit=4\0--module=m\0--new-rules=b\0--new-rules=c\0", false, 1,
                       arguments, no_variables);
    wasmc_grants_start_module(&module, &program, "m");
    CHECK(count_rules(&program) == 1 && count_rules(&module) == 2);
    CHECK(wasmc_grants_number(&module, WASMC_GRANT_NEW_LIMIT, 7) == 4);
    struct wasmc_grant_error error;
    CHECK(!wasmc_grants_add(&module, WASMC_GRANTS_BAKED, wasmc_words_of("--new-flag\0"), &error));
}

static void check_ceiling(void)
{
    static const char baked[] = "--new-rules=a\0--new-rules=b\0--new-limit=4\0--dir=d\0";
    struct wasmc_grants grants;
    struct wasmc_grant_error error;
    CHECK(add(&grants, true, baked, "", &error) && count_rules(&grants) == 2);
    CHECK(add(&grants, true, baked, "--new-rules=b\0--new-limit=3\0", &error) && count_rules(&grants) == 1);
    CHECK(wasmc_grants_next(&grants, WASMC_GRANT_DIR, NULL) != NULL);
    CHECK(!add(&grants, true, baked, "--new-rules=c\0", &error));
    CHECK(!add(&grants, true, baked, "--new-limit=5\0", &error));
    CHECK(!add(&grants, true, baked, "--new-flag\0", &error));
}

/* What the compiler lists in its help and takes from manifests. */
static void check_rows(void)
{
    struct wasmc_grant_row found = {0};
    for (unsigned i = 0; wasmc_grant_row_at(i).option != NULL; i++) {
        if (strcmp(wasmc_grant_row_at(i).option, "--new-limit") == 0)
            found = wasmc_grant_row_at(i);
    }
    CHECK(found.option != NULL && strcmp(found.help, "Most of something.") == 0 && strcmp(found.key, "new-limit") == 0);
    CHECK(found.value == WASMC_VALUE_COUNT && found.least == 2 && found.most == 9 && found.scope == WASMC_SCOPE_EACH);
}

int main(void)
{
    check_reading();
    check_modules();
    check_ceiling();
    check_rows();
    printf("new grant: %d passed, %d failed\n", checks_passed, checks_failed);
    return checks_failed == 0 ? 0 : 1;
}
