#include <unistd.h>

#include "check.h"
#include "text.h"

/* What the calls in between write, read back through a pipe. */
static int ends[2];

static struct wasmc_text begin(void)
{
    struct wasmc_text text;
    CHECK(pipe(ends) == 0);
    wasmc_text_begin(&text, ends[1]);
    return text;
}

static const char *end(struct wasmc_text *text)
{
    static char result[4096];
    wasmc_text_flush(text);
    close(ends[1]);
    ssize_t bytes = read(ends[0], result, sizeof result - 1);
    result[bytes < 0 ? 0 : bytes] = '\0';
    close(ends[0]);
    return result;
}

static const char *escaped(const char *bytes, size_t count, size_t limit)
{
    struct wasmc_text text = begin();
    wasmc_text_escaped(&text, bytes, count, limit);
    return end(&text);
}

void test_text(void)
{
    struct wasmc_text text = begin();
    wasmc_text_decimal(&text, 0);
    wasmc_text_string(&text, " ");
    wasmc_text_decimal(&text, UINT64_MAX);
    wasmc_text_string(&text, " ");
    wasmc_text_signed(&text, INT64_MIN);
    wasmc_text_string(&text, " ");
    wasmc_text_hex(&text, 0);
    wasmc_text_hex(&text, UINT64_MAX);
    CHECK_TEXT(end(&text), "0 18446744073709551615 -9223372036854775808 0x00xffffffffffffffff");

    CHECK_TEXT(escaped("plain \xc3\xa4", 8, 100), "plain \xc3\xa4");
    CHECK_TEXT(escaped("\x1b[2J\n\x7f", 6, 100), "\\x1b[2J\\x0a\\x7f");
    CHECK_TEXT(escaped("a\0b", 3, 100), "a\\x00b");
    CHECK_TEXT(escaped("\xc2\x9b" "1m", 4, 100), "\\xc2\\x9b1m");
    CHECK_TEXT(escaped("abcdef", 6, 3), "abc...");

    /* Longer than the buffer. */
    text = begin();
    for (int i = 0; i < 1000; i++)
        wasmc_text_string(&text, "xy");
    CHECK_EQUAL(strlen(end(&text)), 2000, "a long message");
}
