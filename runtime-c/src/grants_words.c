/* grants_words.c - lists of words: from a line, from a program, option by option, module by module. */
#include "grants.h"

#include <string.h>

static const char *next_word(const struct wasmc_words *words, struct wasmc_word_cursor *cursor)
{
    if (cursor->index == words->count)
        return NULL;
    cursor->word = cursor->index == 0 ? words->first : cursor->word + strlen(cursor->word) + 1;
    cursor->index++;
    return cursor->word;
}

enum wasmc_words_step wasmc_words_next(const struct wasmc_words *words, struct wasmc_word_cursor *cursor,
                                       struct wasmc_option_word *result, struct wasmc_grant_error *error)
{
    const char *word = next_word(words, cursor);
    if (word == NULL)
        return WASMC_WORDS_END;
    const char *value;
    const struct wasmc_option *option = wasmc_option_find(word, &value);
    if (option == NULL) {
        wasmc_grants_refuse(error, "unknown option ", word, "");
        return WASMC_WORDS_REFUSED;
    }
    bool takes_value = option->value != WASMC_VALUE_FLAG && option->value != WASMC_VALUE_REFUSED_FLAG;
    if (!takes_value && value != NULL) {
        wasmc_grants_refuse(error, "option takes no value: ", word, "");
        return WASMC_WORDS_REFUSED;
    }
    if (takes_value && value == NULL) {
        value = next_word(words, cursor);
        if (value == NULL) {
            wasmc_grants_refuse(error, "option needs a value: ", word, "");
            return WASMC_WORDS_REFUSED;
        }
    }
    if (option->value >= WASMC_VALUE_REFUSED) {
        wasmc_grants_refuse(error, "option ", option->name, " is not supported by this version");
        return WASMC_WORDS_REFUSED;
    }
    *result = (struct wasmc_option_word){option, value != NULL ? value : ""};
    return WASMC_WORDS_OPTION;
}

struct wasmc_words wasmc_words_section(const struct wasmc_words *words, const char *name)
{
    struct wasmc_words section = {words->first, 0};
    struct wasmc_word_cursor cursor = {0};
    struct wasmc_option_word word;
    struct wasmc_grant_error error;
    size_t begin = 0;
    bool is_inside = name == NULL;
    enum wasmc_words_step step;
    while ((step = wasmc_words_next(words, &cursor, &word, &error)) == WASMC_WORDS_OPTION) {
        bool is_border = word.option->value == WASMC_VALUE_SECTION;
        if (is_inside && is_border)
            return section;
        if (is_inside) {
            section.count = cursor.index - begin;
        } else if (is_border && strcmp(word.value, name) == 0) {
            is_inside = true;
            begin = cursor.index;
            section.first = cursor.word + strlen(cursor.word) + 1;
        }
    }
    /* Who reads the section says what is wrong in it. */
    if (is_inside && step == WASMC_WORDS_REFUSED)
        section.count = words->count - begin;
    return section;
}

struct wasmc_words wasmc_words_of(const char *words)
{
    struct wasmc_words result = {words, 0};
    if (words == NULL)
        return result;
    for (const char *at = words; *at != '\0'; at += strlen(at) + 1)
        result.count++;
    return result;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

/* Moves one word from *from to *to, which never overtakes it. False: a quote that does not end. */
static bool unquote_word(const char **from, char **to)
{
    char quote = '\0';
    const char *in = *from;
    char *out = *to;
    for (; *in != '\0' && (quote != '\0' || !is_blank(*in)); in++) {
        if (quote == '\0' && (*in == '\'' || *in == '"')) {
            quote = *in;
        } else if (quote != '\0' && *in == quote) {
            quote = '\0';
        } else if (*in == '\\' && quote != '\'') {
            if (in[1] == '\0')
                return false;
            /* Inside "..." only these are special, as in a shell. */
            if (quote == '"' && strchr("\\\"$`\n", in[1]) == NULL)
                *out++ = *in;
            *out++ = *++in;
        } else {
            *out++ = *in;
        }
    }
    if (quote != '\0')
        return false;
    *from = *in != '\0' ? in + 1 : in;
    *out++ = '\0';
    *to = out;
    return true;
}

bool wasmc_words_unquote(char *line, struct wasmc_words *words)
{
    const char *from = line;
    char *to = line;
    *words = (struct wasmc_words){line, 0};
    for (;;) {
        while (is_blank(*from))
            from++;
        if (*from == '\0')
            return true;
        if (!unquote_word(&from, &to))
            return false;
        words->count++;
    }
}

