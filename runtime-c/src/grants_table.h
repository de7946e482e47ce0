/* grants_table.h - the rows of grants.def as the runtime reads them. */
#ifndef WASMC_GRANTS_TABLE_ROWS_H
#define WASMC_GRANTS_TABLE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "wasmc/grants.h"

struct wasmc_option {
    char name[20];
    uint8_t scope;     /* enum wasmc_grant_scope */
    uint8_t value;     /* enum wasmc_grant_value */
    uint8_t least;     /* of a number */
    uint8_t narrowing; /* enum wasmc_grant_narrowing */
    uint32_t group : 8; /* enum wasmc_grant_id */
    uint32_t most : 24; /* of a number; 0: any */
};

/* By enum wasmc_grant_id; behind them what is refused by name. */
extern const struct wasmc_option wasmc_options[];

/* The option that a word names, alone or as NAME=VALUE; *value then points behind the '='. Null: none. */
const struct wasmc_option *wasmc_option_find(const char *word, const char **value);

/* What a value of an option has to look like, for a message. */
const char *wasmc_option_form(const struct wasmc_option *option);

static inline enum wasmc_grant_id wasmc_option_id(const struct wasmc_option *option)
{
    return (enum wasmc_grant_id)(option - wasmc_options);
}

static inline bool wasmc_option_is_number(const struct wasmc_option *option)
{
    return option->value == WASMC_VALUE_SIZE || option->value == WASMC_VALUE_DURATION ||
           option->value == WASMC_VALUE_COUNT;
}

#endif
