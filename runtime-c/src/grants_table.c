#include "grants_table.h"

#include <string.h>

const struct wasmc_option wasmc_options[] = {
#define ROW(name, scope, kind, least, most, narrowing, group) {name, scope, kind, least, narrowing, group, most},
#define WASMC_GRANT(id, option, scope, value, narrowing, group, key, value_name, help) \
    ROW_OF(option, WASMC_SCOPE_##scope, WASMC_LIMITS_##value, WASMC_NARROW_##narrowing, WASMC_GRANT_##group)
#define ROW_OF(...) ROW(__VA_ARGS__)
#define WASMC_GRANT_REFUSED(option, takes_value)
#include "wasmc/grants.def"
#undef WASMC_GRANT
#undef WASMC_GRANT_REFUSED
#define WASMC_GRANT(id, option, scope, value, narrowing, group, key, value_name, help)
#define WASMC_GRANT_REFUSED(option, takes_value)                                                        \
    ROW(option, WASMC_SCOPE_EACH, (takes_value) ? WASMC_VALUE_REFUSED : WASMC_VALUE_REFUSED_FLAG, 0, 0, \
        WASMC_NARROW_NOTHING, WASMC_GRANT_NONE)
#include "wasmc/grants.def"
#undef WASMC_GRANT
#undef WASMC_GRANT_REFUSED
};

const struct wasmc_option *wasmc_option_find(const char *word, const char **value)
{
    size_t name_bytes = strcspn(word, "=");
    *value = word[name_bytes] == '=' ? word + name_bytes + 1 : NULL;
    for (size_t i = 0; i < sizeof wasmc_options / sizeof wasmc_options[0]; i++) {
        const struct wasmc_option *option = &wasmc_options[i];
        if (option->scope != WASMC_SCOPE_BUILD && strlen(option->name) == name_bytes &&
            memcmp(option->name, word, name_bytes) == 0)
            return option;
    }
    return NULL;
}

/* Nothing is wrong with any word, or whoever parses it says what. */
#define FORM_FLAG ""
#define FORM_WORD ""
#define FORM_PREFIX ""
#define FORM_WORDS ""
#define FORM_SECTION ""
#define FORM_ADDRESS ""
#define FORM_OUTBOUND ""
#define FORM_INBOUND ""
#define FORM_PATTERN ""
#define FORM_FORWARD ""
#define FORM_DIRECTORY ""
#define FORM_SIZE(least) ": expected a whole number of bytes, or with KiB, MiB, GiB or TiB, such as 256MiB"
#define FORM_DURATION(least) \
    ": expected a whole number of seconds, or with ns, us, ms, s, m or h, such as 10s or 500ms"
#define FORM_COUNT(least, most) ": expected a number from " #least " to " #most
#define FORM_MODE ": expected auto, require, log or off"
#define FORM_STREAM ": expected stdin, stdout or stderr"
#define FORM_VARIABLE ": expected NAME or NAME=VALUE"

const char *wasmc_option_form(const struct wasmc_option *option)
{
    switch (wasmc_option_id(option)) {
#define WASMC_GRANT(id, option, scope, value, narrowing, group, key, value_name, help) \
    case WASMC_GRANT_##id: return FORM_##value;
#define WASMC_GRANT_REFUSED(option, takes_value)
#include "wasmc/grants.def"
#undef WASMC_GRANT
#undef WASMC_GRANT_REFUSED
    case WASMC_GRANT_COUNT: break;
    }
    return "";
}
